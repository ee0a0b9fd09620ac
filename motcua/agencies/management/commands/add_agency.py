"""`add_agency CODE NAME --kind commune [--parent H99] …`: enter an agency, or correct it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.actions.keeping import KINDS, add_agency
from motcua.agencies.types import NewAgency
from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused

MORE = {
    "parent": "mã cơ quan cấp trên",
    "old_code": "mã cũ",
    "province_code": "mã tỉnh",
    "commune_code": "mã xã",
    "address": "địa chỉ",
    "phone": "điện thoại",
    "email": "thư điện tử",
}


class Command(BaseCommand):
    """Once per code; again with the same code corrects what is typed and leaves the rest."""

    help = "Thêm cơ quan, hoặc sửa cơ quan đã có mã ấy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã định danh, ví dụ H99.33")
        parser.add_argument("name", help="tên cơ quan")
        parser.add_argument("--kind", required=True, choices=KINDS)
        for option, text in MORE.items():
            parser.add_argument(f"--{option.replace('_', '-')}", help=text)

    def handle(self, *args: Any, **options: Any) -> None:
        typed = {name: options[name] for name in ("code", "name", "kind", *MORE)}
        try:
            fresh = add_agency(by=at_the_machine(), new=NewAgency(**typed))
        except Refused as no:
            raise CommandError(str(no)) from no
        self.stdout.write(f"{options['code']}: {'đã thêm' if fresh else 'đã sửa'}.")
