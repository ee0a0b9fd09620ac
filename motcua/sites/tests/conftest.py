"""What the keepers' pages share: a day in November, and Quân and Nga signed in."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from motcua.testing.cast import PASSWORD, Cast
from motcua.workdays.types import HANOI


@pytest.fixture
def november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=HANOI), tick=False):
        yield


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    found = {name: Client() for name in ("quan", "nga")}
    for name, client in found.items():
        assert client.login(username=name, password=PASSWORD)
    return found
