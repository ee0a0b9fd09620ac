"""A log of its own for a stage: somewhere to lie, a key, and everything sealed by now."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test.utils import override_settings

from motcua.audit.log_keys import open_log
from motcua.audit.sealing import Sequencer
from motcua.core import clock
from motcua.core.actors import at_the_machine


@contextmanager
def log_of_its_own() -> Iterator[None]:
    """What is sealed in here lies in a folder that goes away."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        with override_settings(LOG_ROOT=root / "log", LOG_KEYS=root / "keys"):
            yield


def seal_all() -> int:
    """Everything journalled by now is in a signed checkpoint; how many entries were new."""
    open_log(at_the_machine(), clock.now())
    return Sequencer().round()
