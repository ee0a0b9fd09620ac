"""Procedures whose result the authority gives at once, while the applicant waits."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.succeeding import set_at_once


class Command(BaseCommand):
    """`at_once CODE --by-decision "…"`, or with `--no` to take it back."""

    help = "Đặt thủ tục là thủ tục trả kết quả ngay khi nhận hồ sơ; --no là thôi"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã thủ tục, ví dụ 2.000815")
        parser.add_argument("--by-decision", required=True, help="số và ngày văn bản quy định")
        parser.add_argument("--no", action="store_true", help="thôi trả kết quả ngay")

    def handle(self, *args: Any, **options: Any) -> None:
        code, wanted = options["code"], not options["no"]
        try:
            version = set_at_once(
                code=code, at_once=wanted, decision=options["by_decision"], by=at_the_machine()
            )
        except NotFound as error:
            raise CommandError(f"Không có thủ tục {code} đang công bố.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        said = "trả kết quả ngay" if version.at_once else "không trả kết quả ngay"
        self.stdout.write(f"{code}: {said}, từ phiên bản {version.number}.")
