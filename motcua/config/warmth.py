"""What a web process fetches before anybody asks for it."""

import logging
from threading import Timer

from django.db import Error, connection
from django.urls import get_resolver

from motcua.procedures.queries import find

log = logging.getLogger(__name__)


A_MOMENT = 1.0  # seconds, in which the process says that it is ready


def warm_up(after: float = A_MOMENT) -> Timer:
    """Load every page's code now, and in a moment, beside the first requests, the finder's index.

    The index of a whole catalogue takes two seconds of work: readiness does not wait for it, and
    whoever asks sooner waits no longer than without it.
    """
    _ = get_resolver().url_patterns
    loading = Timer(after, _load_finder)
    loading.daemon = True
    loading.start()
    return loading


def _load_finder() -> None:
    try:
        find("")
    except Error as error:  # no database yet: the first question loads it
        log.warning("The finder's index was not loaded at start: %s", error)
    finally:
        connection.close()
