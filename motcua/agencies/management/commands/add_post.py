"""`add_post USERNAME NAME --agency CODE --unit CODE --role ROLE`: give an official a post."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.actions.keeping import POST_ROLES, add_post
from motcua.agencies.types import NewPost
from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused

WORDS = ("username", "name", "agency", "unit", "role", "title", "phone", "email")


class Command(BaseCommand):
    """Once per person, unit and role; opens the account when there is none of this name.

    Again corrects what is typed and leaves the rest; a post that was closed is open again.
    """

    help = "Thêm vị trí công tác (và tài khoản nếu chưa có), hoặc sửa, mở lại vị trí đã có."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("name", help="họ, chữ đệm, tên")
        parser.add_argument("--agency", required=True, help="mã cơ quan")
        parser.add_argument("--unit", required=True, help="mã phòng")
        parser.add_argument("--role", required=True, choices=[str(role) for role in POST_ROLES])
        parser.add_argument("--title", help="chức danh")
        parser.add_argument("--phone")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        new = NewPost(**{name: options[name] for name in WORDS})
        try:
            fresh, password = add_post(by=at_the_machine(), new=new)
        except Refused as no:
            raise CommandError(str(no)) from no
        said = "đã thêm" if fresh else "đã sửa"
        self.stdout.write(f"{new.username}, {new.role} ở {new.agency} {new.unit}: {said}.")
        if password:
            self.stdout.write(f"Mật khẩu lần đầu (chỉ hiện một lần): {password}")
