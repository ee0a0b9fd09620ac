"""`rotate_log_key`: from the next checkpoint on, another key signs the log."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.audit.log_keys import KeyTrouble
from motcua.audit.sealing import rotate_key
from motcua.core import clock
from motcua.core.actors import at_the_machine


class Command(BaseCommand):
    """Rotate, and print the new fingerprint."""

    help = "Đổi khóa ký sổ niêm phong; dấu ký trước đó vẫn kiểm được bằng khóa cũ."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            fresh = rotate_key(at_the_machine(), clock.now())
        except KeyTrouble as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"Khóa mới của {fresh.name}: {fresh.vkey}")
        self.stdout.write(f"Dấu vân tay: {fresh.fingerprint}")
