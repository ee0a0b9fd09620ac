"""Bãi bỏ a procedure: off the list and not startable at once, by a decision."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.abolishing import abolish_procedure


class Command(BaseCommand):
    """`abolish_procedure CODE --by-decision "…" [--on YYYY-MM-DD]`."""

    help = "Bãi bỏ một thủ tục theo quyết định"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã thủ tục, ví dụ 1.001193")
        parser.add_argument("--by-decision", required=True, help="số và ngày quyết định bãi bỏ")
        parser.add_argument("--on", type=date.fromisoformat, help="ngày bãi bỏ, mặc định hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["code"]
        try:
            done = abolish_procedure(code=code, decision=options["by_decision"], on=options["on"])
        except NotFound as error:
            raise CommandError(f"Không có thủ tục {code}. Kiểm tra lại mã.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Đã bãi bỏ {done.code} {done.name} từ {done.abolished_on:%d/%m/%Y}. "
            "Hồ sơ đã nộp vẫn được giải quyết theo phiên bản đã nộp."
        )
