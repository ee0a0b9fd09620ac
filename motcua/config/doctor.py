"""bin/doctor: how every part is, one line each, and what to do where something is wrong."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from motcua.config import database
from motcua.config.postgres import DatabaseTrouble

if TYPE_CHECKING:
    from motcua.sites.backoffice.findings import Finding

JOURNAL_FAULTS_TOLD = 3


def examination(*, quick: bool) -> "Iterator[Finding]":
    """Every finding, from the settings up to the kept files; the database must be running."""
    from motcua.sites.backoffice.findings import findings

    yield from _settings()
    yield from findings()
    yield _mail()
    yield from _messengers()
    yield _sign_in()
    yield from _timestamper()
    yield _browser()
    if not quick:
        yield journal()
        yield files()
        yield figures()
        yield dates()


def _settings() -> "Iterator[Finding]":
    from django.conf import settings
    from django.core import checks

    from motcua.sites.backoffice.findings import Finding

    said = checks.run_checks(databases=["default"], include_deployment_checks=False)
    for message in said:
        yield Finding(f"Cấu hình {message.id}", str(message.msg), False, str(message.hint or ""))
    if not said:
        ports = ", ".join(f"{port} → {path}" for port, path in settings.ADAPTERS.items())
        yield Finding("Cấu hình", f"Đúng; cổng nối: {ports}.")


def _mail() -> "Finding":
    from django.conf import settings

    from motcua.sites.backoffice.findings import Finding

    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=2).close()
    except OSError as error:
        advice = "Đặt MOTCUA_SMTP_HOST, MOTCUA_SMTP_PORT; khi thử, bin/run mở một máy chủ thư."
        return Finding("Máy chủ thư", f"{where} không trả lời ({error}).", False, advice)
    return Finding("Máy chủ thư", f"{where} trả lời.")


def _messengers() -> "Iterator[Finding]":
    """The channels to telephones that were set up: whether they could send now."""
    from django.conf import settings

    from motcua.notices.ports import messenger
    from motcua.sites.backoffice.findings import Finding

    for port, name in (("zalo", "Zalo"), ("sms", "SMS")):
        if port not in settings.ADAPTERS:
            continue
        reasons = messenger(port).check()
        told = " ".join(reason.text for reason in reasons) or "Đã sẵn sàng gửi."
        yield Finding(name, told, not reasons, "Xem docs/howto/connect-phones.md.")


def _timestamper() -> "Iterator[Finding]":
    """The time-stamping authority, where one is set: whether its settings can be used."""
    from django.conf import settings

    from motcua.audit.ports import timestamper
    from motcua.sites.backoffice.findings import Finding

    if "timestamper" in settings.ADAPTERS:
        reasons = timestamper().check()
        told = " ".join(reason.text for reason in reasons) or "Đã sẵn sàng đóng dấu."
        yield Finding("Dấu thời gian", told, not reasons, "Xem docs/howto/verify-the-journal.md.")


def _sign_in() -> "Finding":
    """By which services citizens come in, and whether each describes itself."""
    from motcua.people.ports import sign_in_services
    from motcua.sites.backoffice.findings import Finding

    services, what = sign_in_services(), "Đăng nhập của người dân"
    where = "Xem docs/howto/connect-sign-in.md."
    names = ", ".join(each.name for each in services.offered())
    if not names:
        return Finding(what, f"Chưa nối dịch vụ định danh nào. {where}")
    reasons = services.check()
    told = " ".join(reason.text for reason in reasons) or f"{names}: đã sẵn sàng."
    return Finding(what, told, not reasons, where)


def _browser() -> "Finding":
    from motcua.sites.backoffice.findings import Finding

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    text = f"Có {path}." if path else "Không có chromium; chỉ bin/test cần."
    return Finding("Trình duyệt để thử", text)


def journal() -> "Finding":
    """Every chain of the journal is the one that was written."""
    from motcua.audit.types import Verdict
    from motcua.audit.verifying import verify
    from motcua.sites.backoffice.findings import Finding

    chains, faults = 0, []
    for found in verify():
        chains += 1
        if found.verdict is not Verdict.OK:
            faults.append(f"{found.subject} #{found.seq} {found.verdict}")
    if not faults:
        return Finding("Nhật ký", f"{chains} chuỗi nguyên vẹn.")
    text = f"{len(faults)} chuỗi không nguyên vẹn: {'; '.join(faults[:JOURNAL_FAULTS_TOLD])}."
    return Finding("Nhật ký", text, False, "Giữ nguyên máy, báo người phụ trách an toàn thông tin.")


def files() -> "Finding":
    """Every kept file is there and is what it was."""
    from motcua.files.queries import damaged_files
    from motcua.sites.backoffice.findings import Finding

    damaged = list(damaged_files())
    if not damaged:
        return Finding("Tệp đã lưu", "Mọi tệp đều nguyên vẹn.")
    text = f"{len(damaged)} tệp mất hoặc hỏng: {', '.join(damaged[:JOURNAL_FAULTS_TOLD])}."
    advice = "Lấy lại các tệp này từ bản sao lưu vào var/files/kept (docs/run/backup.md)."
    return Finding("Tệp đã lưu", text, False, advice)


def figures() -> "Finding":
    """The figures of every year are what a count of the dossiers gives."""
    from motcua.dossiers.statistics import differences
    from motcua.sites.backoffice.findings import Finding

    if not (found := len(differences())):
        return Finding("Số liệu", "Khớp với hồ sơ.")
    advice = "Chạy bin/manage verify_statistics, rồi --rebuild (docs/run/faults.md)."
    return Finding("Số liệu", f"{found} dòng không khớp hồ sơ.", False, advice)


def dates() -> "Finding":
    """Every promised date is what the moves of its dossier make of it."""
    from motcua.dossiers.due_checks import differing_dates
    from motcua.sites.backoffice.findings import Finding

    if not (found := sum(1 for _ in differing_dates())):
        return Finding("Ngày hẹn", "Khớp với các bước đã ghi.")
    text = f"{found} hồ sơ có ngày hẹn không khớp các bước đã ghi."
    return Finding("Ngày hẹn", text, False, "Chạy bin/manage check_dates (docs/run/faults.md).")


def line(finding: "Finding") -> str:
    """A finding as one line."""
    told = f"{'✓' if finding.well else '✗'} {finding.name}: {finding.text}"
    if finding.task:
        told = f"{told} Việc cần làm: {finding.task}."
    where = f" ({finding.page})" if finding.page else ""
    return told if finding.well or not finding.advice else f"{told} → {finding.advice}{where}"


def main(words: list[str]) -> int:
    """Print every finding; 1 when something is not well."""
    all_well = True
    try:
        with database.running() as address:
            os.environ["DATABASE_URL"] = address
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
            import django

            django.setup()
            for finding in examination(quick="--quick" in words):
                print(f"  {line(finding)}", flush=True)
                all_well = all_well and finding.well
    except DatabaseTrouble as trouble:
        print(f"  ✗ Cơ sở dữ liệu: {trouble}")
        return 1
    print("Mọi bộ phận đều khỏe." if all_well else "Có bộ phận cần xem lại.")
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
