"""`add_partner NAME`: let a system file dossiers through the API; prints its token once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.text import clean
from motcua.people.actions import add_partner

NAME_MAX = 200


class Command(BaseCommand):
    """Once per name; only the hash of the token is kept."""

    help = "Thêm hệ thống đối tác; mã bí mật chỉ hiện một lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="tên đối tác")

    def handle(self, *args: Any, **options: Any) -> None:
        name = clean(options["name"])
        if not name or len(name) > NAME_MAX:
            raise CommandError(f"Tên đối tác cần từ 1 đến {NAME_MAX} chữ.")
        token = add_partner(by=at_the_machine(), name=name)
        if not token:
            raise CommandError(f"Đã có đối tác “{name}”; mã đã cấp không xem lại được.")
        self.stdout.write(f"Mã bí mật của “{name}” (chỉ hiện một lần): {token}")
