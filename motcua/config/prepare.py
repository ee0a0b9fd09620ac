"""What must be true before the house opens: tables, static files, catalogue, cast.

A step is skipped when the files it depends on are those of the last time. What was done is written
down in the database itself (`house_prepared`), so that an upgrade, a restored backup or another
database is brought up to date by the next start. Steps that are due run in one process
(`python -m motcua.config.prepare STEP…`), static files beside them in another.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg

from motcua.config.database import BASE_DIR
from motcua.config.durable import DURABLE, forgetful
from motcua.config.postgres import DatabaseTrouble

Connection = psycopg.Connection[Any]
ONE_AT_A_TIME = 4_217_061  # an advisory lock: two machines starting together prepare in turn


@dataclass(frozen=True)
class Preparation:
    """One step: its command, what people read, and the files on whose change it is done again."""

    command: str
    text: str
    depends_on: tuple[str, ...]


STATIC = Preparation("collectstatic", "gom tệp tĩnh", ("motcua/sites/static/**/*", "uv.lock"))
STEPS = (
    Preparation(
        "migrate",
        "tạo và cập nhật bảng trong cơ sở dữ liệu",
        ("motcua/*/migrations/*.py", "uv.lock"),
    ),
    Preparation(
        "seed_places",
        "nạp danh mục tỉnh, xã",
        ("motcua/agencies/actions/places.py", "uv.lock"),
    ),
    Preparation(
        "seed_catalogue",
        "nạp danh mục thủ tục khởi đầu",
        (
            "motcua/procedures/seeds/**/*",
            "motcua/procedures/*.toml",
            "motcua/procedures/actions/*.py",
        ),
    ),
    Preparation(
        "refresh_catalogue",
        "tính lại mức độ trực tuyến của thủ tục",
        (
            "motcua/procedures/rules/*.py",
            "motcua/procedures/forms/*.py",
            "motcua/procedures/detail.py",
        ),
    ),
    Preparation("seed_notices", "nạp mẫu thông báo", ("motcua/notices/seeds*",)),
    Preparation(
        "seed_corrections",
        "nạp lý do yêu cầu bổ sung",
        ("motcua/dossiers/correction_seeds*",),
    ),
    Preparation("prepare_log", "tạo khóa ký sổ niêm phong nhật ký", ("motcua/audit/log_keys.py",)),
    Preparation("seed_calendar", "nạp lịch nghỉ lễ", ("motcua/workdays/seeds*", "uv.lock")),
    Preparation("seed_profiles", "nạp hồ sơ pháp lý", ("motcua/law/seeds*",)),
    Preparation(
        "seed_forms",
        "nạp mẫu giấy",
        ("motcua/dossiers/slips/templates/**/*", "motcua/dossiers/slips/sets.py"),
    ),
    Preparation("seed_demo", "dựng dữ liệu minh họa", ("motcua/testing/*.py",)),
)


def fingerprint(patterns: Iterable[str], root: Path = BASE_DIR) -> str:
    """One value for the names and contents of all files of these patterns."""
    marks = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if path.is_file():
                marks.update(f"{path.relative_to(root)}\n".encode())
                marks.update(path.read_bytes())
    return marks.hexdigest()


def done_here(database: Connection) -> dict[str, str]:
    """Which steps this database has been through, each with its fingerprint of then."""
    database.execute(
        "CREATE TABLE IF NOT EXISTS house_prepared (step text PRIMARY KEY, "
        "fingerprint text NOT NULL, done_at timestamptz NOT NULL DEFAULT now())"
    )
    return dict(database.execute("SELECT step, fingerprint FROM house_prepared").fetchall())


def write_down(database: Connection, step: Preparation) -> None:
    """This database has now been through `step`."""
    database.execute(
        "INSERT INTO house_prepared (step, fingerprint) VALUES (%s, %s) ON CONFLICT (step) "
        "DO UPDATE SET fingerprint = excluded.fingerprint, done_at = now()",
        [step.command, fingerprint(step.depends_on)],
    )


def due(done: Mapping[str, str], *, demo: bool = True, root: Path = BASE_DIR) -> list[str]:
    """The commands of the steps that are to be done, in order."""
    return [
        step.command
        for step in STEPS
        if done.get(step.command) != fingerprint(step.depends_on, root)
        and (demo or step.command != "seed_demo")
    ]


def prepare(
    var: Path, environment: dict[str, str], say: Callable[[str], None], *, demo: bool = True
) -> bool:
    """Bring everything up to date; False when a step failed (it has been said which)."""
    beside = _collect(environment) if _static_is_due(var) else None
    with _database(environment["DATABASE_URL"]) as database:
        _refuse_forgetful(database)
        database.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        names = due(done_here(database), demo=demo)
        well = not names or _run_steps(names, environment)
    if beside is not None:
        said, _ = beside.communicate()
        if beside.returncode:
            say(f"  · {STATIC.text}: không chạy được\n{said[-3000:]}")
            return False
        mark = _static_mark(var)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(fingerprint(STATIC.depends_on))
    return well


@contextmanager
def _database(address: str) -> Iterator[Connection]:
    try:
        database = psycopg.connect(address, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DatabaseTrouble(f"Không nối được cơ sở dữ liệu (DATABASE_URL): {error}") from error
    with database:
        yield database


def _refuse_forgetful(database: Connection) -> None:
    rows = database.execute(
        "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*DURABLE]]
    ).fetchall()
    if found := forgetful(dict(rows)):
        told = ", ".join(f"{name} = {value}" for name, value in found)
        raise DatabaseTrouble(
            f"PostgreSQL đang chạy với {told}: mất điện là mất hồ sơ đã báo nhận. "
            "Đặt lại thành on trong postgresql.conf rồi khởi động lại PostgreSQL."
        )


def _static_mark(var: Path) -> Path:
    return var / "prepared" / STATIC.command


def _static_is_due(var: Path) -> bool:
    """Static files are on this machine's disk, and so is the note about them."""
    mark = _static_mark(var)
    if not mark.exists() or not (var / "static" / "staticfiles.json").exists():
        return True
    return mark.read_text() != fingerprint(STATIC.depends_on)


def _collect(environment: dict[str, str]) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
    return subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _run_steps(names: list[str], environment: dict[str, str]) -> bool:
    line = [sys.executable, "-m", "motcua.config.prepare", *names]
    return subprocess.run(line, env=environment, check=False).returncode == 0


def main(names: list[str]) -> None:
    """Run the steps of these names, in their order, and write each one down."""
    import django
    from django.core.management import call_command

    django.setup()
    with _database(os.environ["DATABASE_URL"]) as database:
        for step in STEPS:
            if step.command in names:
                begun = time.monotonic()
                print(f"  · {step.text} …", flush=True)
                call_command(step.command, verbosity=0, stdout=StringIO())
                write_down(database, step)
                print(f"    xong sau {time.monotonic() - begun:.1f} giây", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
