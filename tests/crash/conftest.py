"""A house that runs, in the database of the test, and the people who file with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings, global_settings
from django.core.management import call_command
from django.db import connection

from motcua.testing.cast import Cast, assemble
from tests.crash.ledger import Ledger
from tests.crash.server import House


@pytest.fixture
def var(tmp_path: Path, settings: LazySettings) -> Path:
    """The folder of the house; what the test stores lies where the house looks for it."""
    folder = tmp_path / "var"
    settings.FILES_ROOT = folder / "files"
    return folder


@pytest.fixture
def stage(transactional_db: None, settings: LazySettings, var: Path) -> Cast:
    """The cast, in rows that other processes see; the test before this one emptied the tables."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS  # those that the house knows
    # Stories told in the browser leave jobs about dossiers that are gone; here a worker would run them.
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    for command in (
        "seed_places",
        "seed_calendar",
        "seed_profiles",
        "seed_forms",
        "seed_catalogue",
        "seed_notices",
        "seed_corrections",
    ):
        call_command(command, verbosity=0)
    return assemble()


@pytest.fixture
def house(stage: Cast, var: Path) -> Iterator[House]:
    """What bin/run starts, running."""
    running = House(var)
    running.start()
    try:
        yield running
    finally:
        code = running.stop()
    assert code == 0, running.said()


@pytest.fixture
def book(tmp_path: Path) -> Ledger:
    """An empty ledger on the disk."""
    return Ledger(tmp_path / "ledger.jsonl")
