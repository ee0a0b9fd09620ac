"""A real chromium, and a house full of what every installation has."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser

from motcua.testing.cast import Cast, assemble
from tests.browser import eyes


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not Path(eyes.CHROMIUM).exists():
        pytest.skip(f"no chromium at {eyes.CHROMIUM}")
    with eyes.browser() as found:
        yield found


@pytest.fixture
def house(transactional_db: None, live_server: object) -> str:
    """The address of a running house. The last such test emptied the database: fill it anew."""
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
    with connection.cursor() as cursor:  # its tables are not Django's to empty
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    return str(live_server)


@pytest.fixture
def people(house: str) -> Cast:
    return assemble()
