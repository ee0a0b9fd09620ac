"""What must be true before the house opens: tables, static files, catalogue, cast.

Each step is skipped when nothing it depends on has changed since it last succeeded in this database.
Steps that are due run in one process (`python -m motcua.config.prepare FOLDER STEP…`), static files
beside them in another.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg

from motcua.config.database import BASE_DIR


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
        ("motcua/agencies/management/commands/seed_places.py", "motcua/agencies/seeds*"),
    ),
    Preparation(
        "seed_catalogue",
        "nạp danh mục thủ tục khởi đầu",
        ("motcua/procedures/seeds/**/*", "motcua/procedures/*.toml"),
    ),
    Preparation("seed_notices", "nạp mẫu thông báo", ("motcua/notices/seeds*",)),
    Preparation("seed_calendar", "nạp lịch nghỉ lễ", ("motcua/workdays/seeds*",)),
    Preparation("seed_demo", "dựng dữ liệu minh họa", ("motcua/testing/*.py",)),
)


def _fingerprint(patterns: Iterable[str], database: str) -> str:
    marks = hashlib.sha256(database.encode())
    for pattern in patterns:
        for path in sorted(BASE_DIR.glob(pattern)):
            if path.is_file():
                marks.update(f"{path.relative_to(BASE_DIR)}\n".encode())
                marks.update(path.read_bytes())
    return marks.hexdigest()


def _identity(address: str) -> str:
    """Which database this is: another server, or one made anew, has another identity."""
    with psycopg.connect(address) as database:
        row = database.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    return f"{row}"


def _due(marks: Path, step: Preparation, database: str) -> bool:
    mark = marks / step.command
    return not mark.exists() or mark.read_text() != _fingerprint(step.depends_on, database)


def prepare(
    marks: Path, environment: dict[str, str], say: Callable[[str], None], *, demo: bool = True
) -> bool:
    """Bring everything up to date; False when a step failed (it has been said which)."""
    marks.mkdir(parents=True, exist_ok=True)
    database = _identity(environment["DATABASE_URL"])
    due = [step for step in STEPS if _due(marks, step, database)]
    names = [step.command for step in due if demo or step.command != "seed_demo"]
    beside = _collect(environment) if _due(marks, STATIC, "") else None
    well = not names or _run_steps(marks, names, environment)
    if beside is not None:
        said, _ = beside.communicate()
        if beside.returncode:
            say(f"  · {STATIC.text}: không chạy được\n{said[-3000:]}")
            return False
        (marks / STATIC.command).write_text(_fingerprint(STATIC.depends_on, ""))
    return well


def _collect(environment: dict[str, str]) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"]
    return subprocess.Popen(
        line, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def _run_steps(marks: Path, names: list[str], environment: dict[str, str]) -> bool:
    line = [sys.executable, "-m", "motcua.config.prepare", str(marks), *names]
    return subprocess.run(line, env=environment, check=False).returncode == 0


def main(marks: Path, names: list[str]) -> None:
    """Run the steps of these names, in their order, and mark each one done."""
    import django
    from django.core.management import call_command

    django.setup()
    database = _identity(os.environ["DATABASE_URL"])
    for step in STEPS:
        if step.command in names:
            begun = time.monotonic()
            print(f"  · {step.text} …", flush=True)
            call_command(step.command, verbosity=0, stdout=StringIO())
            (marks / step.command).write_text(_fingerprint(step.depends_on, database))
            print(f"    xong sau {time.monotonic() - begun:.1f} giây", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
