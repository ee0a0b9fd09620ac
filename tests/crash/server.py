"""A house of our own: what bin/run starts, on a port, a folder and a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from motcua.config.database import BASE_DIR

WEB = b"motcua.config.web"
READY = "Sẵn sàng"
PATIENCE = 90.0


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """The address of the database of this test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@dataclass
class House:
    """The programs of bin/run: the supervisor, and below it web, worker and mail."""

    var: Path
    port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def files(self) -> Path:
        """Where it keeps the papers."""
        return self.var / "files"

    @property
    def letters(self) -> list[Path]:
        """The e-mails its mail sink took in."""
        return sorted((self.var / "mail").glob("*.eml"))

    @property
    def log(self) -> Path:
        """Everything its programs said."""
        return self.var / "house.log"

    def said(self) -> str:
        """The log, as far as it goes."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def start(self) -> None:
        """Start it as bin/run does, and wait until it says that it is ready."""
        self.var.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "PYTHONPATH": str(BASE_DIR),
            "PYTHONUNBUFFERED": "1",
            "MOTCUA_VAR": str(self.var),
            "MOTCUA_HOST": "127.0.0.1",
            "MOTCUA_PORT": str(self.port),
            "MOTCUA_SMTP_PORT": str(self.mail_port),
            "MOTCUA_PORTAL_URL": f"http://127.0.0.1:{self.port}",
            "MOTCUA_WORKERS": "2",
            "MOTCUA_DEMO": "0",
            "MOTCUA_CITIZEN_PASSWORDS": "1",
            "MOTCUA_SECOND_FACTOR": "optional",
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.config.run"],
                cwd=BASE_DIR,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while READY not in self.said():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"The house did not start:\n{self.said()}")
            time.sleep(0.1)

    def stop(self) -> int:
        """Ask it to stop, as Ctrl-C does; its exit code."""
        assert self.process is not None
        assert self.process.poll() is None, f"It was stopped by somebody else:\n{self.said()}"
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise

    def web(self) -> int | None:
        """The process that looks after the web workers, if there is one at the moment."""
        assert self.process is not None
        mains = [pid for pid in children(self.process.pid) if WEB in command(pid)]
        return mains[0] if mains else None

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        main = self.web()
        return [pid for pid in children(main) if _works(pid)] if main else []

    def until_whole(self, workers: int = 2, patience: float = 30.0) -> None:
        """Wait until so many workers are there again."""
        until = time.monotonic() + patience
        while len(self.workers()) < workers:
            assert time.monotonic() < until, f"Workers did not come back:\n{self.said()}"
            time.sleep(0.1)


def children(parent: int) -> list[int]:
    """The processes whose parent this is."""
    return [pid for pid in _processes() if _told(pid)[0] == parent]


def in_session(leader: int) -> list[int]:
    """The processes of the session this one began, its orphans too."""
    return [pid for pid in _processes() if _told(pid)[1] == leader]


def _processes() -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            yield int(entry.name)


def command(pid: int) -> bytes:
    """The words a process was started with; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _works(pid: int) -> bool:
    words = command(pid)  # a forked worker bears its parent's name, a spawned one does not
    return WEB in words or b"multiprocessing.spawn" in words


def _told(pid: int) -> tuple[int, int]:
    """Parent and session of a process; zeros when it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return 0, 0
    words = told.rpartition(b")")[2].split()
    return int(words[1]), int(words[3])
