"""`verify_files [--sweep]`: is every kept file still what it was? Exit 1 if one is not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.files.actions import sweep_orphans
from motcua.files.queries import damaged_files


class Command(BaseCommand):
    """Check every kept file against its fingerprint; with `--sweep`, clear what crashes left."""

    help = "Đối chiếu mọi tệp đã lưu với dấu vân của nó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sweep", action="store_true", help="dọn tệp không còn ai dùng")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sweep"]:
            self.stdout.write(f"Đã dọn {sweep_orphans()} tệp không có hồ sơ nào dùng.")
        damaged = list(damaged_files())
        for digest in damaged:
            self.stdout.write(f"{digest}: mất hoặc hỏng")
        if damaged:
            raise CommandError(f"{len(damaged)} tệp mất hoặc hỏng.", returncode=1)
        self.stdout.write("Mọi tệp đều nguyên vẹn.")
