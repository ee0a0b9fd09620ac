"""How surely one must prove who one is to file a procedure online (mức độ định danh)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.succeeding import set_identity_level


class Command(BaseCommand):
    """`identity_level CODE 1|2 --by-decision "…"`."""

    help = "Đặt mức độ định danh tối thiểu để nộp trực tuyến một thủ tục"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã thủ tục, ví dụ 2.000815")
        parser.add_argument("level", type=int, choices=(1, 2), help="mức 1 hoặc 2")
        parser.add_argument("--by-decision", required=True, help="số và ngày văn bản quy định")

    def handle(self, *args: Any, **options: Any) -> None:
        code, level = options["code"], options["level"]
        try:
            version = set_identity_level(
                code=code, level=level, decision=options["by_decision"], by=at_the_machine()
            )
        except NotFound as error:
            raise CommandError(f"Không có thủ tục {code} đang công bố.") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        said = f"cần định danh mức {version.min_identity_level}, từ phiên bản {version.number}."
        self.stdout.write(f"{code}: {said}")
