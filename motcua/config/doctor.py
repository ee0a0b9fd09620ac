"""bin/doctor: how every part is, in sentences."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator

from motcua.config import database, postgres
from motcua.config.postgres import DatabaseTrouble

Finding = tuple[bool, str]


def findings() -> Iterator[Finding]:
    """(well, sentence) for each part, from the machine up to the adapters."""
    yield sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}."
    yield _browser()
    yield _disk()
    yield from _database()


def _browser() -> Finding:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path:
        return True, f"Trình duyệt cho các bài thử: {path}."
    return False, "Không có chromium: các bài thử trên trình duyệt sẽ không chạy."


def _disk() -> Finding:
    free = shutil.disk_usage(database.BASE_DIR).free // 2**20
    return free > 1024, f"Đĩa còn trống {free} MB."


def _database() -> Iterator[Finding]:
    try:
        if not os.environ.get("DATABASE_URL"):
            folder = postgres.find_pg_bin()
            yield True, f"PostgreSQL {postgres.major_version(folder)}: {folder}."
        with database.running() as address:
            os.environ["DATABASE_URL"] = address
            yield True, f"Cơ sở dữ liệu trả lời: {address.rsplit('@', 1)[-1]}."
            yield from _house()
    except DatabaseTrouble as trouble:
        yield False, str(trouble)


def _house() -> Iterator[Finding]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core import checks

    said = checks.run_checks(databases=["default"], include_deployment_checks=False)
    for message in said:
        yield False, f"{message.id}: {message.msg} {message.hint or ''}".strip()
    yield not said, f"{len(said)} điều cần sửa trong cấu hình."
    for port, path in settings.ADAPTERS.items():
        yield True, f"Cổng nối {port}: {path}."
    yield _answers(settings.EMAIL_HOST, settings.EMAIL_PORT)


def _answers(host: str, port: int) -> Finding:
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False, f"Máy chủ thư {host}:{port} không trả lời (bin/run mở một máy chủ thử)."
    return True, f"Máy chủ thư {host}:{port} trả lời."


def main() -> int:
    """Print every finding; 1 when something is not well."""
    listed = []
    for well, sentence in findings():
        print(f"  {'✓' if well else '✗'} {sentence}")
        listed.append(well)
    return int(not all(listed))


if __name__ == "__main__":
    sys.exit(main())
