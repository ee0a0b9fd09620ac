"""Fixtures for every test, and a database for them when none is running yet."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from motcua.config import database

if TYPE_CHECKING:
    from motcua.testing.cast import Cast

NEEDS_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
LAST = ("slow", "browser", "crash")  # in this order, after everything else

_held = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Have the private PostgreSQL answer while tests run, unless told of another or of none."""
    if os.environ.get("MOTCUA_NO_DATABASE"):
        return
    # Playwright runs an event loop in this thread; Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ["DATABASE_URL"] = _held.enter_context(database.running())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go of the database."""
    _held.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Fast tests first; without a database, only those that need none (bin/test quick)."""
    items.sort(key=_how_late)
    if os.environ.get("MOTCUA_NO_DATABASE"):
        left_out = [item for item in items if _needs_database(item)]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def _how_late(item: pytest.Item) -> list[bool]:
    """What empties the database for itself comes after all that need what every installation has."""
    slow, *last = (item.get_closest_marker(name) is not None for name in LAST)
    mark = item.get_closest_marker("django_db")
    empties = mark is not None and bool(mark.kwargs.get("transaction"))
    return [*last[::-1], empties, slow]


def _needs_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", *LAST))
    return bool(marked or fixtures & NEEDS_DATABASE)


@pytest.fixture(autouse=True)
def _fresh_adapters() -> Iterator[None]:
    from motcua.core import ports

    ports.adapter.cache_clear()
    yield
    ports.adapter.cache_clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """The test database with what every installation has: places, calendar, catalogue, texts."""
    from django.core.management import call_command

    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # untyped plugin
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


@pytest.fixture
def cast(db: None) -> "Cast":
    """The cast, on stage."""
    from motcua.testing.cast import assemble

    return assemble()
