"""The ground a measurement stands on: a private PostgreSQL, prepared databases, the web as it runs.

Everything lies in a temporary folder, away from var/, and is deleted afterwards unless kept.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from motcua.config import postgres, prepare, run
from motcua.config.database import NAME, Server

PATIENCE = 60  # seconds for the web to answer
ASSEMBLE = (
    "import django; django.setup(); from motcua.testing.cast import assemble; print(assemble().lan)"
)


@dataclass(frozen=True)
class Web:
    """The web programs of the house, at work on one database."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """The process whose children are the workers."""
        return self.process.pid


@dataclass(frozen=True)
class Ground:
    """A server of its own, and the folder of everything beside it."""

    folder: Path
    server: Server

    def url(self, database: str = NAME) -> str:
        """The address of one of its databases."""
        return self.server.url.replace(f"/{NAME}?", f"/{database}?")

    def environment(self, database: str = NAME) -> dict[str, str]:
        """What programs are started with, as bin/run starts them."""
        return run.environment(self.choices(0, 1), self.url(database)) | {
            "MOTCUA_VAR": str(self.folder)
        }

    def choices(self, port: int, workers: int) -> run.Choices:
        """The choices that bin/run would have read from the environment."""
        return run.Choices("127.0.0.1", port, 0, workers, self.folder)

    def prepared(self) -> None:
        """Tables, catalogue, places, calendar and texts as bin/run makes them; the cast, no dossiers."""
        base = self.environment()
        if not prepare.prepare(self.folder, base, print, demo=False):
            raise SystemExit("The database could not be prepared.")
        subprocess.run([sys.executable, "-c", ASSEMBLE], env=base, check=True)

    def copied(self, database: str) -> None:
        """Another database with the same content."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {database} TEMPLATE {NAME}")

    @contextmanager
    def web(self, database: str = NAME, workers: int = 2) -> Iterator[Web]:
        """The web program of bin/run, answering on a free port."""
        port = _free_port()
        base = self.environment(database)
        web = run.programs(self.choices(port, workers), base)[0]
        log = (self.folder / f"web-{database}.log").open("wb")
        process = subprocess.Popen(
            web.command, env=dict(web.environment), stdout=log, stderr=log, start_new_session=True
        )
        try:
            _until_it_answers(port, self.folder / f"web-{database}.log")
            yield Web(port, process)
        finally:
            process.terminate()
            process.wait(30)
            log.close()


@contextmanager
def ground(keep: bool = False) -> Iterator[Ground]:
    """A fresh PostgreSQL with the settings of the house, in a folder that goes away again."""
    folder = Path(tempfile.mkdtemp(prefix="motcua-bench-"))
    folder.chmod(0o755)
    os.environ["MOTCUA_VAR"] = str(folder)
    try:
        with Server(folder / "pg").used() as address:
            os.environ["DATABASE_URL"] = address
            yield Ground(folder, Server(folder / "pg"))
    finally:
        if keep:
            print(f"Kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def pgbench() -> str:
    """PostgreSQL's own load program, beside the server's programs or on the path."""
    beside = postgres.find_pg_bin() / "pgbench"
    found = str(beside) if beside.exists() else shutil.which("pgbench")
    if not found:
        raise SystemExit("pgbench is missing; install PostgreSQL's contributed programs.")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_answers(port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The web does not answer:\n{log.read_text()[-2000:]}")
