"""Bãi bỏ a procedure, by a decision: off the list and not startable at once; or put it back."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.succeeding import restore_procedure


class Command(BaseCommand):
    """`abolish_procedure CODE --by-decision "…" [--on YYYY-MM-DD | --restore]`."""

    help = "Bãi bỏ một thủ tục theo quyết định, hoặc đưa trở lại"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã thủ tục, ví dụ 1.001193")
        parser.add_argument("--by-decision", required=True, help="số và ngày quyết định")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--on", type=date.fromisoformat, help="ngày bãi bỏ, mặc định hôm nay")
        which.add_argument("--restore", action="store_true", help="đưa thủ tục trở lại danh mục")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = self._restored(options) if options["restore"] else self._abolished(options)
        except NotFound as error:
            message = f"Không có thủ tục {options['code']}. Kiểm tra lại mã."
            raise CommandError(message) from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(told)

    def _abolished(self, options: dict[str, Any]) -> str:
        done = abolish_procedure(
            code=options["code"],
            decision=options["by_decision"],
            on=options["on"],
            by=at_the_machine(),
        )
        return (
            f"Đã bãi bỏ {done.code} {done.name} từ {done.abolished_on:%d/%m/%Y}. "
            "Hồ sơ đã nộp vẫn được giải quyết theo phiên bản đã nộp."
        )

    def _restored(self, options: dict[str, Any]) -> str:
        version = restore_procedure(
            code=options["code"], decision=options["by_decision"], by=at_the_machine()
        )
        return f"{options['code']} trở lại danh mục, phiên bản {version.number}."
