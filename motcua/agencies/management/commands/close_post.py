"""`close_post USERNAME --agency CODE --unit CODE --role ROLE`: nobody acts in this post any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.actions.keeping import POST_ROLES, close_post
from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused


class Command(BaseCommand):
    """Once; `add_post` opens it again."""

    help = "Đóng vị trí công tác của người đã chuyển đi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--agency", required=True, help="mã cơ quan")
        parser.add_argument("--unit", required=True, help="mã phòng")
        parser.add_argument("--role", required=True, choices=[str(role) for role in POST_ROLES])

    def handle(self, *args: Any, **options: Any) -> None:
        post = {name: options[name] for name in ("username", "agency", "unit", "role")}
        try:
            closed = close_post(by=at_the_machine(), **post)
        except Refused as no:
            raise CommandError(str(no)) from no
        said = "đã đóng" if closed else "đã đóng từ trước"
        self.stdout.write(
            f"{post['username']}, {post['role']} ở {post['agency']} {post['unit']}: {said}."
        )
