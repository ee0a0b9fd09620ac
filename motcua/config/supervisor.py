"""Runs several programs as one: prefixes what they say, restarts what dies, stops all on Ctrl-C."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

CALM = 60.0  # seconds after which a program is taken to run well again
FIRST_WAIT, LONGEST_WAIT = 0.2, 10.0
GRACE = 15.0  # seconds to finish what is under way
PALETTE = (36, 32, 35, 33, 34)


@dataclass
class Program:
    """One program to keep running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    wait: float = FIRST_WAIT
    due_at: float = 0.0
    restarts: int = 0


@dataclass
class Supervisor:
    """Keeps programs running until it is told to stop."""

    programs: list[Program]
    each_round: Callable[[], None] = lambda: None
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Start everything, watch over it, and stop everything; 0 after an orderly stop."""
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._told_to_stop)
        try:
            while not self.stopping.is_set():
                now = time.monotonic()
                for number, program in enumerate(self.programs):
                    self._watch(program, number, now)
                self.each_round()
                self.stopping.wait(0.2)
        finally:
            self.stop()
        return 0

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _watch(self, program: Program, number: int, now: float) -> None:
        process = program.process
        if process is not None and process.poll() is None:
            return
        if process is not None:
            _end_group(process, signal.SIGKILL)  # orphans of a killed parent keep its port
            if now - program.started_at > CALM:
                program.wait = FIRST_WAIT
            program.due_at = now + program.wait
            program.wait = min(program.wait * 2, LONGEST_WAIT)
            program.process = None
            program.restarts += 1
            print(
                f"{program.name} đã dừng (mã {process.returncode}); "
                f"khởi động lại sau {program.due_at - now:.1f} giây",
                flush=True,
            )
        if now >= program.due_at:
            self._start(program, number, now)

    def _start(self, program: Program, number: int, now: float) -> None:
        program.started_at = now
        program.process = subprocess.Popen(
            program.command,
            env=dict(program.environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C reaches us alone; we tell them in order
        )
        threading.Thread(
            target=_repeat, args=(program.process, _label(program.name, number)), daemon=True
        ).start()

    def stop(self) -> None:
        """Ask every program to finish; after `GRACE` seconds insist."""
        alive = [p.process for p in self.programs if p.process and p.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in alive:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _end_group(process, signal.SIGKILL)


def _end_group(process: subprocess.Popen[str], how: signal.Signals) -> None:
    try:
        os.killpg(process.pid, how)
    except (ProcessLookupError, PermissionError):
        return


def _label(name: str, number: int) -> str:
    plain = f"{name:<7}│ "
    colour = PALETTE[number % len(PALETTE)]
    return f"\033[{colour}m{plain}\033[0m" if sys.stdout.isatty() else plain


def _repeat(process: subprocess.Popen[str], label: str) -> None:
    assert process.stdout is not None
    with process.stdout as said:
        for line in said:
            print(f"{label}{line.rstrip()}", flush=True)
