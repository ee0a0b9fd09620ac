"""`reopen_log --reason TEXT [--last FILE]`: begin a new log behind one that lost signed entries."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.audit.log_keys import KeyTrouble, known_keys
from motcua.audit.reopening import reopen
from motcua.audit.sealing import LogTrouble
from motcua.core import clock
from motcua.core.actors import at_the_machine
from motcua.tlog.note import Malformed
from motcua.tlog.tiles import Conflict, MissingHash


class Command(BaseCommand):
    """Begin it, and print what has to be made public."""

    help = "Mở sổ niêm phong mới sau khi phục hồi từ bản sao lưu thiếu mục đã ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reason", required=True, help="lý do, ghi vào nhật ký")
        parser.add_argument(
            "--last", type=Path, help="dấu cuối cùng đã công bố của sổ cũ (tệp checkpoint)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        shown = options["last"].read_bytes() if options["last"] else None
        try:
            found = reopen(at_the_machine(), clock.now(), options["reason"], shown)
        except (LogTrouble, KeyTrouble, Conflict, MissingHash, Malformed) as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(
            f"Sổ {found.before} dừng ở dấu cỡ {found.ended}; còn lại {found.kept} mục đã ký."
        )
        fresh = known_keys()[-1].key
        self.stdout.write(f"Sổ mới {fresh.vkey}")
        self.stdout.write(f"Dấu vân tay: {fresh.fingerprint}")
