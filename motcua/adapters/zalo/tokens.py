"""Zalo's tokens, kept in one file of `MOTCUA_VAR` that only its owner reads.

A refresh token opens once: whoever uses it must keep the next one before anything else, and two
workers must never use the same one. The file is locked while it is renewed.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from motcua.adapters.zalo.client import Tokens
from motcua.core import clock

EARLY = timedelta(minutes=10)  # renewed this long before the end


class TokenFile:
    """The tokens we hold; begun from the one in the settings, and again when that one changes."""

    def __init__(self, path: Path, first_refresh: str) -> None:
        self.path, self.first_refresh = path, first_refresh

    @property
    def _begun_with(self) -> str:
        return hashlib.sha256(self.first_refresh.encode()).hexdigest()[:16]

    def access(self, renew: Callable[[str], Tokens], *, refused: str = "") -> str:
        """A token that opens; asks for a new one when it is old, or is the one just `refused`."""
        if fresh := self._fresh(refused):
            return fresh
        with self._locked():
            if fresh := self._fresh(refused):  # another worker was quicker
                return fresh
            tokens = renew(self._read().get("refresh") or self.first_refresh)
            self._keep(tokens)
            return tokens.access

    def _fresh(self, refused: str) -> str:
        kept = self._read()
        access = kept.get("access", "")
        if not access or access == refused:
            return ""
        return access if datetime.fromisoformat(kept["until"]) - EARLY > clock.now() else ""

    def _read(self) -> dict[str, str]:
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        same = isinstance(kept, dict) and kept.get("begun_with") == self._begun_with
        return kept if same else {}

    def _keep(self, tokens: Tokens) -> None:
        until = clock.now() + timedelta(seconds=tokens.seconds)
        kept = {
            "begun_with": self._begun_with, "access": tokens.access, "refresh": tokens.refresh,
            "until": until.isoformat(),
        }  # fmt: skip
        part = self.path.with_suffix(".part")
        part.touch(mode=0o600)
        with part.open("w", encoding="utf-8") as written:
            json.dump(kept, written)
            written.flush()
            os.fsync(written.fileno())
        part.replace(self.path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield
