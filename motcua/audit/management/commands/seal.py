"""`seal [--once | --rebuild-files]`: the sequencer of the log, every second until told to stop."""

import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection

from motcua.audit.log_keys import KeyTrouble
from motcua.audit.reopening import rebuild_files
from motcua.audit.sealing import LogTrouble, Sequencer
from motcua.core import clock
from motcua.core.actors import at_the_machine
from motcua.tlog.note import Malformed
from motcua.tlog.tiles import Conflict, MissingHash

EACH, AFTER_TROUBLE = 1.0, 10.0  # seconds
TROUBLES = (LogTrouble, KeyTrouble, Conflict, MissingHash, Malformed)


class Command(BaseCommand):
    """Seal what is committed; trouble is said once, and looked at again."""

    help = "Niêm phong nhật ký: xếp mục vào sổ, ghi tệp, ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="một lượt rồi thôi")
        parser.add_argument(
            "--rebuild-files", action="store_true",
            help="dựng lại thư mục tệp của sổ đã mất, khi cơ sở dữ liệu không mất mục nào",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"] or options["rebuild_files"]:
            try:
                if options["rebuild_files"]:
                    rebuild_files(at_the_machine(), clock.now())
                self.stdout.write(f"Đã niêm phong {Sequencer().round()} mục.")
            except TROUBLES as trouble:
                raise CommandError(str(trouble)) from trouble
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self._keep_sealing(stop)

    def _keep_sealing(self, stop: threading.Event) -> None:
        sequencer, told = Sequencer(), ""
        while not stop.is_set():
            begun, wait = time.monotonic(), EACH
            try:
                sequencer.round()
                told = ""
            except (*TROUBLES, Error) as trouble:
                if str(trouble) != told:
                    self.stderr.write(f"Không niêm phong được: {trouble}")
                told, wait, sequencer = str(trouble), AFTER_TROUBLE, Sequencer()
                connection.close()
            stop.wait(max(0.0, wait - (time.monotonic() - begun)))
