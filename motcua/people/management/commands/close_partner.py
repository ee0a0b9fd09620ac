"""`close_partner NAME`: its token opens nothing any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound
from motcua.people.actions import close_partner


class Command(BaseCommand):
    """Once; what it filed stays."""

    help = "Ngừng một hệ thống đối tác: mã bí mật của nó hết hiệu lực ngay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="tên đối tác")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            closed = close_partner(by=at_the_machine(), name=options["name"])
        except NotFound as no:
            raise CommandError(f"Không có đối tác “{options['name']}”.") from no
        said = "đã ngừng" if closed else "đã ngừng từ trước"
        self.stdout.write(f"{options['name']}: {said}.")
