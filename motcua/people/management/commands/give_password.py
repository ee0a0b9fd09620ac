"""`give_password USERNAME`: a new password for an official, above all for a keeper."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused
from motcua.people.keeping import give_lost_password


class Command(BaseCommand):
    """No keeper gives another one a password in the back office; everybody else is helped there."""

    help = "Cấp lại mật khẩu của một tài khoản cán bộ; ghi vào nhật ký và báo cho người đó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            password = give_lost_password(by=at_the_machine(), username=options["username"])
        except Refused as no:
            raise CommandError(str(no)) from no
        self.stdout.write(f"Mật khẩu mới (chỉ hiện một lần): {password}")
