"""`verify_journal [subject]`: is the journal the one that was written?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.audit import queries
from motcua.audit.types import Verdict


class Command(BaseCommand):
    """Print a verdict for each subject that is not whole, and a total; exit 1 if any is not."""

    help = "Kiểm tra chuỗi nhật ký: nội dung, liên kết, mục bị mất."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", nargs="?", default="", help="chỉ kiểm tra một đối tượng")
        parser.add_argument("--all", action="store_true", help="in cả những chuỗi nguyên vẹn")

    def handle(self, *args: Any, **options: Any) -> None:
        whole = entries = 0
        faults = []
        for found in queries.verify(options["subject"]):
            entries += found.entries
            if found.verdict is Verdict.OK:
                whole += 1
                if options["all"]:
                    self.stdout.write(f"{found.subject}: ok ({found.entries} mục)")
                continue
            faults.append(found)
            self.stdout.write(f"{found.subject} #{found.seq}: {found.verdict} — {found.note}")
        self.stdout.write(
            f"Đã kiểm tra {entries} mục: {whole} chuỗi nguyên vẹn, {len(faults)} chuỗi hỏng."
        )
        if faults:
            first = faults[0]
            raise CommandError(
                f"Nhật ký không nguyên vẹn: {first.subject} #{first.seq} {first.verdict}.",
                returncode=1,
            )
