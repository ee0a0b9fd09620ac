"""The shorter time limit that the authority promises for a procedure."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.succeeding import set_local_limit
from motcua.procedures.types import UNIT_NAMES, Duration


class Command(BaseCommand):
    """`local_limit CODE DAYS --by-decision "…" [--unit working_day] [--agency NAME]`; DAYS 0 takes it back."""

    help = "Đặt thời hạn giải quyết của địa phương, ngắn hơn luật định; 0 là bỏ"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã thủ tục, ví dụ 1.001612")
        parser.add_argument("days", type=int, help="số ngày (hoặc đơn vị khác, xem --unit)")
        parser.add_argument("--by-decision", required=True, help="số và ngày văn bản rút ngắn")
        parser.add_argument("--unit", choices=list(UNIT_NAMES), default="working_day")
        parser.add_argument("--agency", default="", help="cơ quan quyết định, ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        code, days = options["code"], options["days"]
        limit = Duration(days, options["unit"]) if days else None
        try:
            promise = set_local_limit(
                code=code,
                limit=limit,
                decision=options["by_decision"],
                agency=options["agency"],
                by=at_the_machine(),
            )
        except NotFound as error:
            raise CommandError(f"Không có thủ tục {code} đang công bố.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        promised = limit.words if limit else "theo luật định"
        self.stdout.write(f"{code}: {promised}, từ phiên bản {promise.version.number}.")
        for number in promise.dropped:
            self.stdout.write(
                f"Bản nháp phiên bản {number} không giữ được thời hạn này: luật của nó ngắn hơn, "
                "tính bằng đơn vị khác hoặc không có thời hạn bằng số."
            )
