"""Asking the process apart (`probe.py`): one per web or worker process, replaced when it dies."""

import json
import math
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0  # seconds for one file
QUEUE = 15.0  # seconds to wait for the files of others
LIFETIME = 500  # files, then a fresh process

_lock = threading.Lock()


class _Probe:
    """The process apart, as its owner sees it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.served = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "motcua.files.probe"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PATH": os.defpath},
            bufsize=0,
        )

    @property
    def is_fit(self) -> bool:
        alive = self.process.poll() is None
        return alive and self.owner == os.getpid() and self.served < LIFETIME

    def ask(self, request: dict[str, Any], patience: float) -> dict[str, Any]:
        """The answer, or the refusal that a silent or dead process amounts to."""
        self.served += 1
        assert self.process.stdin and self.process.stdout
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            line = self._line(self.process.stdout.fileno(), patience)
        except TimeoutError:
            self.end()
            # With less time than a file may take, it is not the file that is to blame.
            return {"refusal": "too_slow" if patience >= PATIENCE else "busy"}
        except OSError:
            self.end()
            return {"refusal": "broken"}
        found: dict[str, Any] = json.loads(line)
        return found

    def end(self) -> None:
        """Stop the process and wait for it."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    pipe.close()

    def _line(self, source: int, patience: float) -> bytes:
        until, line = time.monotonic() + patience, b""
        while not line.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not select.select([source], [], [], left)[0]:
                raise TimeoutError
            more = os.read(source, 65536)
            if not more:
                raise BrokenPipeError
            line += more
        return line


_probes: list[_Probe] = []


def ask(deed: str, until: float = math.inf, **request: Any) -> dict[str, Any]:
    """Have the process apart do one deed on files; `refusal` in the answer says why it did not.

    `until` is the moment, on the clock that only goes forward, when the caller's time is up: then,
    and when the files of others take too long, the refusal is that the system is busy.
    """
    left = until - time.monotonic()
    if left <= 0 or not _lock.acquire(timeout=min(QUEUE, left)):
        return {"refusal": "busy"}
    try:
        if _probes and not _probes[0].is_fit:
            _probes.pop().end()
        if not _probes:
            _probes.append(_Probe())
        patience = min(PATIENCE, until - time.monotonic())
        return _probes[0].ask({"deed": deed, **request}, patience)
    finally:
        _lock.release()
