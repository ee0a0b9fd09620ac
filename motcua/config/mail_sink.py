"""A mail server for one machine: keeps each letter as a file. Called by bin/run: PORT FOLDER"""

import signal
import sys
import threading
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Folder:
    """Writes every letter it accepts to one .eml file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep the letter, then say it was accepted."""
        self.number += 1
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{self.number:05d}.eml"
        content = envelope.content or b""
        part = self.folder / f".{name}"
        part.write_bytes(content if isinstance(content, bytes) else content.encode())
        part.rename(self.folder / name)
        print(f"{', '.join(envelope.rcpt_tos)} → {name}", flush=True)
        return "250 OK"


def main(port: int, folder: Path) -> None:
    """Serve until told to stop."""
    folder.mkdir(parents=True, exist_ok=True)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    controller = Controller(Folder(folder), hostname="127.0.0.1", port=port)
    controller.start()
    stop.wait()
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
