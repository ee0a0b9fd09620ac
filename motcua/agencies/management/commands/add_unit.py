"""`add_unit AGENCY CODE NAME [--desk]`: enter a unit of an agency, or correct it."""

from argparse import ArgumentParser, BooleanOptionalAction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.actions.keeping import add_unit
from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused


class Command(BaseCommand):
    """Once per agency and code; again corrects what is typed and leaves the rest."""

    help = "Thêm phòng, bộ phận của một cơ quan, hoặc sửa nếu đã có."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agency", help="mã cơ quan")
        parser.add_argument("code", help="mã phòng trong cơ quan, ví dụ MC")
        parser.add_argument("name", help="tên phòng, bộ phận")
        text = "là bộ phận tiếp nhận và trả kết quả, hoặc không còn là"
        parser.add_argument("--desk", action=BooleanOptionalAction, help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fresh = add_unit(
                by=at_the_machine(), agency=options["agency"], code=options["code"],
                name=options["name"], is_desk=options["desk"],
            )  # fmt: skip
        except Refused as no:
            raise CommandError(str(no)) from no
        said = "đã thêm" if fresh else "đã sửa"
        self.stdout.write(f"{options['agency']} {options['code']}: {said}.")
