"""The first page of the back office: how the house is, in sentences."""

import json
import shutil
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role

RECENT_REPORTS = 5


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what, how it is, and whether that is well."""

    name: str
    text: str
    well: bool


@post_required(Role.KEEPER)
def home(request: HttpRequest) -> HttpResponse:
    """Sức khỏe hệ thống: for the keeper only."""
    findings = [_database(), *_queue(), _files(), _reports()]
    well = all(finding.well for finding in findings)
    page = {"findings": findings, "well": well, "post": post_of(request)}
    return render(request, "backoffice/home.html", page)


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))"
            )
            version, size = cursor.fetchone()
    except Error:
        return Finding("Cơ sở dữ liệu", "Không trả lời.", False)
    return Finding("Cơ sở dữ liệu", f"PostgreSQL {version}, {size}.", True)


def _queue() -> list[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE status = 'todo'), "
                "count(*) FILTER (WHERE status = 'failed') FROM procrastinate_jobs "
                "WHERE status IN ('todo', 'failed')"
            )
            waiting, failed = cursor.fetchone()
            cursor.execute(
                "SELECT count(*) FROM procrastinate_workers "
                "WHERE last_heartbeat > now() - interval '1 minute'"
            )
            (workers,) = cursor.fetchone()
    except Error:
        return [Finding("Việc nền", "Chưa đọc được hàng đợi.", False)]
    return [
        Finding("Việc nền", f"{waiting} việc đang chờ, {failed} việc không làm được.", not failed),
        Finding("Bộ xử lý việc nền", f"{workers} bộ đang chạy.", workers > 0),
    ]


def _files() -> Finding:
    root = settings.FILES_ROOT
    where = root if root.exists() else settings.VAR_DIR
    usage = shutil.disk_usage(where)
    free = usage.free / usage.total
    return Finding("Kho tệp", f"Còn trống {free:.0%} dung lượng đĩa.", free > 0.1)


def _reports() -> Finding:
    path = settings.CSP_REPORTS
    if not path.exists():
        return Finding("Chính sách bảo mật trang", "Không trang nào vi phạm.", True)
    lines = path.read_text(encoding="utf-8").splitlines()
    last = [_blocked(line) for line in lines[-RECENT_REPORTS:]]
    return Finding(
        "Chính sách bảo mật trang", f"{len(lines)} vi phạm; gần đây: {'; '.join(last)}.", False
    )


def _blocked(line: str) -> str:
    report = json.loads(line)["report"]
    inner = report.get("csp-report", report) if isinstance(report, dict) else {}
    return f"{inner.get('document-uri', '?')} – {inner.get('violated-directive', '?')}"
