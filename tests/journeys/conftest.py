"""A real chromium for the journeys, and an agency at work behind a real server."""

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from motcua.testing.cast import Cast, assemble
from tests.browser import eyes

# Playwright's event loop lives in this thread; the ORM is still used by one thread at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not os.path.exists(eyes.CHROMIUM):
        pytest.skip(f"no chromium at {eyes.CHROMIUM}")
    with eyes.browser() as browser:
        yield browser


@pytest.fixture
def house(transactional_db: None, live_server: object) -> str:
    """The address of a running house. The last such test emptied the database: it is filled anew."""
    for command in ("seed_places", "seed_calendar", "seed_catalogue", "seed_notices"):
        call_command(command, verbosity=0)
    return str(live_server)


@pytest.fixture
def people(house: str) -> Cast:
    """The cast, in the database that the server sees."""
    return assemble()
