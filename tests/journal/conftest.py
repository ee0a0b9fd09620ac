"""A log of its own for every test of the journal, and somebody who watches it grow."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings as SettingsWrapper

from motcua.adapters.simulator import Theatre
from motcua.adapters.tsa.simulator import Authority
from motcua.adapters.witness.fake import FakeWitness
from motcua.audit import ports
from motcua.audit.log_keys import open_log
from motcua.audit.models import Entry, Head
from motcua.core import clock
from motcua.core.actors import at_the_machine
from motcua.core.ports import adapter
from motcua.testing.by_hand import by_hand


@pytest.fixture(autouse=True)
def log_folder(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """Where this test's log and its secret lie."""
    settings.LOG_ROOT, settings.LOG_KEYS = tmp_path / "log", tmp_path / "keys"
    settings.LOG_ORIGIN, settings.LOG_KEY = "mot-cua.example/nhat-ky", ""
    return tmp_path / "log"


@pytest.fixture
def opened(db: None, log_folder: Path) -> Path:
    """The log has its key; nothing is sealed yet, and nothing else was journalled."""
    with by_hand():
        Entry.objects.all().delete()
        Head.objects.all().delete()
    open_log(at_the_machine(), clock.now())
    return log_folder


@pytest.fixture
def witness(settings: SettingsWrapper) -> Iterator[FakeWitness]:
    """Somebody outside, named in the settings."""
    found = ports.witness()
    assert isinstance(found, FakeWitness)
    settings.WITNESSES = [("https://nguoi-lam-chung.example", found.key.verifier.vkey)]
    yield found


@pytest.fixture(scope="module")
def theatre() -> Iterator[Theatre]:
    """A time-stamping authority that answers over HTTP."""
    authority = Authority()
    playing = Theatre(authority)
    threading.Thread(target=playing.serve_forever, daemon=True).start()
    yield playing
    playing.shutdown()
    authority.close()


@pytest.fixture
def authority(theatre: Theatre, settings: SettingsWrapper) -> Theatre:
    """The same, named in the settings, with its root to be believed."""
    part = theatre.party
    assert isinstance(part, Authority)
    settings.TSA = {"url": theatre.url, "roots": str(part.roots)}
    real = "motcua.adapters.tsa.adapter.Rfc3161Timestamper"
    settings.ADAPTERS = {**settings.ADAPTERS, "timestamper": real}
    adapter.cache_clear()
    return theatre
