"""`verify_journal [subject] [--proof FILE]`: is the journal the one that was written?"""

from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError
from django.utils.timezone import localtime

from motcua.audit.log_checks import check_log
from motcua.audit.proofs import against
from motcua.audit.reopening import reopened
from motcua.audit.types import Finding, LogFinding, Verdict
from motcua.audit.verifying import verify


class Command(BaseCommand):
    """Print a verdict for each subject that is not whole, what is wrong with the log, and a total.

    Exit 1 if anything is.
    """

    help = "Kiểm tra nhật ký: chuỗi của từng đối tượng, sổ niêm phong, và trạng thái hồ sơ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", nargs="?", default="", help="chỉ kiểm tra một đối tượng")
        parser.add_argument("--all", action="store_true", help="in cả những chuỗi nguyên vẹn")
        parser.add_argument("--proof", type=Path, help="đối chiếu với tệp bằng chứng của người dân")

    def handle(self, *args: Any, **options: Any) -> None:
        faults = self._chains(options["subject"], whole_too=options["all"])
        if options["proof"]:
            faults += self._told(against(options["proof"].read_bytes()))
        if not options["subject"]:
            faults += self._told(check_log())
            self._name_the_logs()
        if faults:
            raise CommandError(f"Nhật ký không nguyên vẹn: {faults[0]}.", returncode=1)

    def _chains(self, subject: str, *, whole_too: bool) -> list[str]:
        """What is wrong with the chains, each printed."""
        whole = entries = 0
        faults: list[str] = []
        for found in self._until_rubbish(subject, faults):
            entries += found.entries
            if found.verdict is Verdict.OK:
                whole += 1
                if whole_too:
                    self.stdout.write(f"{found.subject}: ok ({found.entries} mục)")
                continue
            faults.append(f"{found.subject} #{found.seq} {found.verdict}")
            self.stdout.write(f"{found.subject} #{found.seq}: {found.verdict} — {found.note}")
        self.stdout.write(
            f"Đã kiểm tra {entries} mục: {whole} chuỗi nguyên vẹn, {len(faults)} chuỗi hỏng."
        )
        return faults

    def _until_rubbish(self, subject: str, faults: list[str]) -> Iterator[Finding]:
        """The verdicts; what cannot even be read ends them, and not the checks of the log."""
        try:
            yield from verify(subject)
        except DataError as rubbish:
            faults.append("các chuỗi: unreadable")
            self.stdout.write(f"Các chuỗi: unreadable — {rubbish}")

    def _name_the_logs(self) -> None:
        """Where the log was begun anew: which one ended where, and which one took over."""
        for each in reopened():
            lost = max(0, each.ended - each.kept)
            self.stdout.write(
                f"Sổ {each.before} đã dừng ở dấu cỡ {each.ended}, {lost} mục đã ký không còn. "
                f"Sổ {each.origin} tiếp {each.kept} mục còn lại từ "
                f"{localtime(each.at):%H:%M %d/%m/%Y}: {each.reason}"
            )

    def _told(self, findings: Iterable[LogFinding]) -> list[str]:
        """What is wrong with the log over all chains, each printed."""
        faults = []
        for found in findings:
            faults.append(f"{found.fault} {found.where}")
            self.stdout.write(f"Sổ niêm phong: {found.fault} — {found.where}: {found.note}")
        if not faults:
            self.stdout.write("Sổ niêm phong khớp.")
        return faults
