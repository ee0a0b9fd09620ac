"""The citizens' ledger: what was asked for, and what the house said it had taken.

It lives outside the house, is only ever added to, and each line is on the disk before the client
goes on: whatever is in it was promised to somebody.
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MARK = re.compile(r"phieu-[0-9a-f]{16}")


def new_mark() -> str:
    """A word that is typed into one dossier and into no other: it shows a double for what it is."""
    return f"phieu-{secrets.token_hex(8)}"


def mark_in(answers: Mapping[str, Any]) -> str:
    """The mark somebody typed into these answers, or nothing."""
    found = MARK.search(json.dumps(answers))
    return found[0] if found else ""


@dataclass(frozen=True)
class Asked:
    """What a client wants filed: who for, the whole form, and each paper by its fingerprint."""

    mark: str
    owner: str  # person:… or partner:…
    procedure: str
    answers: dict[str, Any]
    papers: list[tuple[str, str]]  # slot, sha256


@dataclass
class Ledger:
    """Every wish, and the receipts that came for it, in the order they came."""

    path: Path
    asked: dict[str, Asked] = field(default_factory=dict)
    receipts: dict[str, list[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, wish: Asked) -> None:
        """Note a wish before the first word of it is sent."""
        self._write({"said": "asked", **asdict(wish)})
        self.asked[wish.mark] = wish

    def acknowledge(self, mark: str, reference: str) -> None:
        """Note that the house said: taken, under this reference."""
        self._write({"said": "acknowledged", "mark": mark, "reference": reference})
        with self._lock:
            self.receipts.setdefault(mark, []).append(reference)

    def _write(self, line: Mapping[str, Any]) -> None:
        words = json.dumps(line, ensure_ascii=False).encode() + b"\n"
        with self._lock, self.path.open("ab") as opened:
            opened.write(words)
            opened.flush()
            os.fsync(opened.fileno())

    @classmethod
    def read(cls, path: Path) -> "Ledger":
        """The ledger as it stands on the disk."""
        ledger = cls(path)
        for words in path.read_text("utf-8").splitlines():
            line = json.loads(words)
            if line.pop("said") == "asked":
                papers = [(slot, digest) for slot, digest in line.pop("papers")]
                ledger.asked[line["mark"]] = Asked(papers=papers, **line)
            else:
                ledger.receipts.setdefault(line["mark"], []).append(line["reference"])
        return ledger
