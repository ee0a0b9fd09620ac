"""`drop_factor USERNAME --reason …`: take a lost second factor away where no second keeper can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused
from motcua.people.keeping import drop_lost_factor


class Command(BaseCommand):
    """For a house whose only keeper lost the telephone; everybody else is helped in the back office."""

    help = "Gỡ bước xác thực thứ hai của một tài khoản; ghi vào nhật ký và báo cho người đó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--reason", required=True, help="lý do, ghi vào nhật ký")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            drop_lost_factor(
                by=at_the_machine(), username=options["username"], reason=options["reason"]
            )
        except Refused as no:
            raise CommandError(str(no)) from no
        self.stdout.write(f"{options['username']}: đã gỡ; lần đăng nhập sau phải thiết lập lại.")
