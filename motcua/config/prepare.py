"""What must be true before the house opens: tables, static files, catalogue, cast.

Each step is skipped when nothing it depends on has changed since it last succeeded; the marks are
kept beside the database, so that a new database is filled again.
"""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from motcua.config.database import BASE_DIR

Words = tuple[str, ...]


@dataclass(frozen=True)
class Preparation:
    """One step: what people read, the commands, and the files on whose change it is done again."""

    name: str
    text: str
    commands: tuple[Words, ...]
    depends_on: tuple[str, ...]


PREPARATIONS = (
    Preparation(
        "migrate",
        "tạo và cập nhật bảng trong cơ sở dữ liệu",
        (("migrate", "--noinput", "-v0"),),
        ("motcua/*/migrations/*.py", "uv.lock"),
    ),
    Preparation(
        "static",
        "gom tệp tĩnh",
        (("collectstatic", "--noinput", "-v0"),),
        ("motcua/sites/static/**/*", "uv.lock"),
    ),
    Preparation(
        "places",
        "nạp danh mục tỉnh, xã",
        (("seed_places",),),
        ("motcua/agencies/management/commands/seed_places.py", "motcua/agencies/seeds*"),
    ),
    Preparation(
        "catalogue",
        "nạp danh mục thủ tục khởi đầu",
        (("seed_catalogue",),),
        ("motcua/procedures/seeds/**/*", "motcua/procedures/management/commands/seed_catalogue.py"),
    ),
    Preparation(
        "notices",
        "nạp mẫu thông báo",
        (("seed_notices",),),
        ("motcua/notices/seeds*", "motcua/notices/management/commands/seed_notices.py"),
    ),
    Preparation(
        "workdays",
        "nạp lịch nghỉ lễ",
        (("seed_calendar",),),
        ("motcua/workdays/seeds*", "motcua/workdays/management/commands/seed_calendar.py"),
    ),
    Preparation(
        "demo",
        "dựng dữ liệu minh họa",
        (("seed_demo",),),
        ("motcua/testing/cast.py", "motcua/*/management/commands/seed_demo.py"),
    ),
)


def _fingerprint(patterns: Iterable[str], database: str) -> str:
    marks = hashlib.sha256(database.encode())
    for pattern in patterns:
        for path in sorted(BASE_DIR.glob(pattern)):
            if path.is_file():
                marks.update(f"{path.relative_to(BASE_DIR)}\n".encode())
                marks.update(path.read_bytes())
    return marks.hexdigest()


def identity(address: str) -> str:
    """Which database this is: another server, or one made anew, has another identity."""
    with psycopg.connect(address) as database:
        row = database.execute(
            "SELECT system_identifier, oid FROM pg_control_system(), pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    return f"{row}"


def prepare(
    marks: Path, environment: dict[str, str], say: Callable[[str], None], *, demo: bool = True
) -> bool:
    """Bring everything up to date; False when a step failed (it has been said which)."""
    marks.mkdir(parents=True, exist_ok=True)
    known, database = commands_known(), identity(environment["DATABASE_URL"])
    for step in PREPARATIONS:
        mark, wanted = marks / step.name, _fingerprint(step.depends_on, database)
        commands = [words for words in step.commands if words[0] in known]
        current = mark.exists() and mark.read_text() == wanted
        if not commands or current or (step.name == "demo" and not demo):
            continue
        begun = time.monotonic()
        say(f"  · {step.text} …")
        for words in commands:
            if not _done(words, environment, say):
                return False
        mark.write_text(wanted)
        say(f"    xong sau {time.monotonic() - begun:.1f} giây")
    return True


def commands_known() -> set[str]:
    """The management commands that exist: Django's that we call, and ours."""
    own = {path.stem for path in BASE_DIR.glob("motcua/*/management/commands/*.py")}
    return own | {"migrate", "collectstatic"}


def _done(words: Words, environment: dict[str, str], say: Callable[[str], None]) -> bool:
    line = [sys.executable, "-m", "django", *words]
    done = subprocess.run(
        line,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"    không chạy được `bin/manage {' '.join(words)}`:\n{done.stdout[-3000:]}")
    return done.returncode == 0
