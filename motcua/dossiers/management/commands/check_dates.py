"""`check_dates`: is every stored date what its dossier's moves make of it? Exit 1 if one is not."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from motcua.dossiers.due_checks import differing_dates

TOLD = 50


class Command(BaseCommand):
    """Count every accepted dossier again, on the calendar and by the law stored with it."""

    help = "Tính lại ngày hẹn của mọi hồ sơ từ các bước đã ghi và đối chiếu với ngày đang lưu."

    def handle(self, *args: Any, **options: Any) -> None:
        looked_at, wrong = 0, 0

        def note(count: int) -> None:
            nonlocal looked_at
            looked_at = count
            self.stderr.write(f"Đã xem {count} hồ sơ.")

        for each in differing_dates(note):
            wrong += 1
            if wrong <= TOLD:
                why = f" ({each.why})" if each.why else ""
                counted = f"đang lưu {_at(each.stored)}, tính ra {_at(each.counted)}"
                self.stdout.write(f"{each.reference}: {counted}{why}")
        if wrong:
            raise CommandError(
                f"{wrong} trong {looked_at} hồ sơ có ngày hẹn không khớp cách tính. "
                "Xem từng hồ sơ ở trang Cách tính ngày hẹn.",
                returncode=1,
            )
        self.stdout.write(f"Ngày hẹn của cả {looked_at} hồ sơ khớp với các bước đã ghi.")


def _at(at: datetime | None) -> str:
    return f"{localtime(at):%H:%M %d/%m/%Y}" if at else "không có"
