"""The supervisor: what dies is started again, what is told to stop stops."""

import os
import signal
import sys
import time
from pathlib import Path

from motcua.config.supervisor import Program, Supervisor

SLEEP = "import time; time.sleep(60)"


def test_a_program_that_dies_is_started_again(tmp_path: Path) -> None:
    once = f"open({str(tmp_path / 'starts')!r}, 'a').write('x')"
    program = Program("web", [sys.executable, "-c", once], os.environ)
    supervisor = Supervisor([program])
    deadline = time.monotonic() + 20

    while program.restarts < 2 and time.monotonic() < deadline:
        supervisor._watch(program, 0, time.monotonic())
        time.sleep(0.05)
    supervisor.stop()

    assert (tmp_path / "starts").read_text().startswith("xx")


def test_a_program_that_keeps_dying_is_given_more_and_more_time() -> None:
    program = Program("web", [sys.executable, "-c", "raise SystemExit(1)"], os.environ)
    supervisor = Supervisor([program])
    supervisor._start(program, 0, 0.0)
    assert program.process is not None
    program.process.wait()

    supervisor._watch(program, 0, 1.0)

    assert program.due_at > 1.0
    assert program.process is None


def test_everything_stops_when_told_to() -> None:
    program = Program("web", [sys.executable, "-c", SLEEP], os.environ)
    supervisor = Supervisor([program])
    supervisor._watch(program, 0, time.monotonic())
    assert program.process is not None

    supervisor.stop()

    assert program.process.poll() == -signal.SIGTERM
