"""The web program: python -m motcua.config.web HOST PORT WORKERS THREADS

Granian, with the house's code loaded before its workers are made: a worker that takes the place of
a dead one is a copy of this process and answers at once.
"""

import sys
import time
from typing import Any

import django
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

YOUNG = 5.0  # seconds: whoever dies so soon after the last death may do it again at once
PAUSE = 0.5


class Web(MPServer):
    """Granian, but one worker that dies twice within seconds does not take all others with it."""

    last_death = 0.0

    def _respawn_workers(self, *args: Any, **options: Any) -> None:
        if time.monotonic() - self.last_death < YOUNG:
            time.sleep(PAUSE)  # a worker that cannot even start must not keep the machine busy
        self.last_death = time.monotonic()
        super()._respawn_workers(*args, **options)
        self.respawned_wrks.clear()  # what granian would take for a reason to give up


def main(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until told to stop."""
    django.setup()
    _ = get_resolver().url_patterns  # no database and no threads before the workers are made
    Web(
        "motcua.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=1024,
        http1_settings=HTTP1Settings(),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:5]))
