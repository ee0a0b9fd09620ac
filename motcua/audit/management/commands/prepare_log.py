"""`prepare_log`: make the key that signs the log, unless there is one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.audit.log_keys import KeyTrouble, known_keys, open_log
from motcua.core import clock
from motcua.core.actors import at_the_machine


class Command(BaseCommand):
    """Print the fingerprint to be published elsewhere."""

    help = "Tạo khóa ký sổ niêm phong nhật ký, nếu chưa có."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            open_log(at_the_machine(), clock.now())
        except KeyTrouble as trouble:
            raise CommandError(str(trouble)) from trouble
        now = known_keys()[-1].key
        self.stdout.write(f"{now.name}: dấu vân tay của khóa {now.fingerprint}")
