"""The database on one command: a private PostgreSQL in var/pg, behind a socket nobody else opens.

    python -m motcua.config.database url | start | stop | status
    python -m motcua.config.database with COMMAND…      keep it running for the command's duration
    python -m motcua.config.database throwaway COMMAND… the same with a new, empty one
    python -m motcua.config.database dump FILE | restore FILE   (docs/run/backup.md)

`DATABASE_URL`, when set, is used as it is. Everyone who uses the private server holds a shared lock
on var/pg.users; whoever lets go last stops it, unless `start` asked to keep it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from motcua.config import postgres
from motcua.config.postgres import DatabaseTrouble

BASE_DIR = Path(__file__).resolve().parents[2]
NAME = "motcua"
# Statements carry names and identity numbers: the server's log tells of errors, never with what (S-23).
SILENT = (
    "-c log_error_verbosity=terse -c log_min_error_statement=panic -c log_min_duration_statement=-1"
)
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path must fit in 107 bytes
PATIENCE = 300  # seconds: a crashed server first replays its log


@dataclass(frozen=True)
class Server:
    """One private PostgreSQL: its data, and the socket before it."""

    data: Path

    @property
    def sockets(self) -> Path:
        """The folder of the socket: beside the data, or a short one when the path is too long."""
        if len(str(self.data)) <= LONGEST_SOCKET_FOLDER:
            return self.data
        mark = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"motcua-{os.geteuid()}-{mark}"

    @property
    def url(self) -> str:
        """The address of the database, for `DATABASE_URL`."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.sockets), safe='')}"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.data.with_name(self.data.name + ".log")

    @property
    def keep(self) -> Path:
        """While this file is there, the server is not stopped when its last user leaves."""
        return self.data.with_name(self.data.name + ".keep")

    def answers(self) -> bool:
        """True when the server takes connections."""
        return self.pid() is not None and postgres._runs(
            postgres.command("pg_isready", "-q", "-h", str(self.sockets), "-U", NAME)
        )

    def pid(self) -> int | None:
        """The living server's process, or None (a stale file of a dead one does not count)."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if b"postgres" in words and str(self.data).encode() in words else None

    def start(self) -> None:
        """Make the data directory if there is none, and have the server answer."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with _locked(self.data.with_name(self.data.name + ".lock")):
            if self.answers():
                return
            if not (self.data / "PG_VERSION").exists():
                self._make()
            self._refuse_other_version()
            self._launch()
            self._ready_for_vietnamese()

    def _make(self) -> None:
        postgres.own(self.data)
        modern = postgres.major_version(postgres.find_pg_bin()) >= 17
        builtin = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if modern else ()
        postgres.run(
            "initdb", "-D", self.data, "-U", NAME, "-A", "trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", *builtin,
        )  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                "\nlisten_addresses = ''\nmax_connections = 100\nshared_buffers = 256MB\n"
                "random_page_cost = 1.1\ntimezone = 'UTC'\nlog_timezone = 'UTC'\n"
                "idle_in_transaction_session_timeout = '60s'\n"
            )

    def _refuse_other_version(self) -> None:
        ours = postgres.major_version(postgres.find_pg_bin())
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if theirs != str(ours):
            raise DatabaseTrouble(
                f"{self.data} was written by PostgreSQL {theirs}, the one found here is {ours}. "
                f"Upgrade it (the old programs are needed too):\n  {postgres.find_pg_bin()}/"
                f"pg_upgrade --link -b /usr/lib/postgresql/{theirs}/bin -B "
                f"{postgres.find_pg_bin()} -d {self.data} -D {self.data}.new -U {NAME}\n"
                f"or set PG_BIN to the programs of PostgreSQL {theirs}."
            )

    def _launch(self) -> None:
        """Start, again and again: a killed predecessor may still be on its way out."""
        postgres.own(self.sockets)
        deadline = time.monotonic() + 30
        while True:
            if self.pid() is None:
                (self.data / "postmaster.pid").unlink(missing_ok=True)
            try:
                postgres.run(
                    "pg_ctl", "start", "-w", "-t", str(PATIENCE), "-D", self.data, "-l", self.log,
                    "-o", f"-c unix_socket_directories='{self.sockets}' {SILENT}",
                    log=self.log,
                )  # fmt: skip
                return
            except DatabaseTrouble:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.3)

    def _ready_for_vietnamese(self) -> None:
        """Make the database on first start, and check that it knows its letters."""
        import psycopg

        with psycopg.connect(
            self.url.replace(f"/{NAME}?", "/postgres?"), autocommit=True
        ) as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not found.fetchone():
                server.execute(f"CREATE DATABASE {NAME}")
            lowered = server.execute("SELECT lower('ĐẶNG')").fetchone()
        if lowered != ("đặng",):
            raise DatabaseTrouble(
                f"lower('ĐẶNG') is {lowered}: {self.data} was made without C.UTF-8. Make it anew."
            )

    def stop(self) -> None:
        """Stop the server, finishing what it is doing."""
        self.keep.unlink(missing_ok=True)
        if self.pid() is not None:
            postgres.run("pg_ctl", "stop", "-m", "fast", "-t", "60", "-D", self.data)

    @contextmanager
    def used(self) -> Iterator[str]:
        """The running server's address; the last user to leave stops it."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.data.with_name(self.data.name + ".users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.start()
            try:
                yield self.url
            finally:
                self._leave(users.fileno())

    def _leave(self, users: int) -> None:
        if self.keep.exists():
            return
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # someone else still uses it
        self.stop()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def private() -> Server:
    """The server of this installation."""
    folder = Path(os.environ.get("MOTCUA_VAR", BASE_DIR / "var"))
    return Server(folder.resolve() / "pg")


def url() -> str:
    """Where the database is: `DATABASE_URL`, or the private server's address."""
    return os.environ.get("DATABASE_URL") or private().url


@contextmanager
def running() -> Iterator[str]:
    """The database's address, with the private server started if it is the one to use."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with private().used() as address:
        yield address


@contextmanager
def throwaway() -> Iterator[str]:
    """The address of a new, empty server that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="motcua-pg-") as folder:
        os.chmod(folder, 0o755)
        with Server(Path(folder) / "pg").used() as address:
            yield address


def dump(address: str, file: Path) -> None:
    """Write the whole database to `file`, as it is at this moment; the house may go on working."""
    part = file.with_name(file.name + ".part")
    _tool("pg_dump", "--format=custom", "--no-owner", f"--file={part}", f"--dbname={address}")
    part.replace(file)  # a file of this name is a whole one


def restore(address: str, file: Path) -> None:
    """Make the database what it was when `file` was written: all of it, or nothing is changed."""
    _tool(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
        f"--dbname={address}", str(file),
    )  # fmt: skip


def _tool(program: str, *words: str) -> None:
    done = subprocess.run(
        [postgres.find_pg_bin() / program, *words], stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise DatabaseTrouble(f"{program}: {done.stderr.strip()[-2000:]}")


def _run_with(address: str, words: list[str]) -> int:
    return subprocess.run(
        words, env={**os.environ, "DATABASE_URL": address}, check=False
    ).returncode


def main(words: list[str]) -> int:
    """Do what the command line asks."""
    verb, rest = (words[0], words[1:]) if words else ("url", [])
    server = private()
    if verb in {"url", "start"}:
        if not os.environ.get("DATABASE_URL"):
            server.start()
            server.keep.touch()
        print(url())
    elif verb == "stop":
        server.stop()
    elif verb == "status":
        print("running" if server.answers() else "stopped")
    elif verb in {"dump", "restore"} and rest:
        with running() as address:
            (dump if verb == "dump" else restore)(address, Path(rest[0]).resolve())
    elif verb in {"with", "throwaway"} and rest:
        with running() if verb == "with" else throwaway() as address:
            return _run_with(address, rest)
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except DatabaseTrouble as trouble:
        sys.exit(str(trouble))
