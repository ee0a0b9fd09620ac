"""One round of the watch over a million open dossiers, against one index scan of the same dossiers.

    bin/bench watchdog [--dossiers 1000000] [--silent 200] [--rounds 5]

The real watch, in a process of its own, on copies of dossiers that the cast brought to the desk, to
the unit and to the leader. The first round finds the silent ones; then the watch finds nothing new,
which is what it does every few minutes of every day. Beside it: counting the open dossiers by the
narrowest index that has them all. Processor time of both processes, so that other work on the
machine is not counted.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bench import meter
from bench.ground import ground

BEGUN = datetime.fromisoformat("2026-11-16T08:30:00+07:00")
NOW = datetime.fromisoformat("2026-11-18T10:30:00+07:00")
FIFTEEN_DAYS = "1.004746"
# Of a hundred: this many stand in this status, for at most so many hours before NOW, and are due so
# many hours after it at the least.
SHARES = {
    "submitted": (12, 4, 4), "pre_supplement": (4, 100, 0), "assigning": (8, 5, 60),
    "examining": (58, 500, 600), "supplement": (6, 40, 60), "proposed": (6, 8, 60),
    "result_ready": (6, 40, 0),
}  # fmt: skip
ROWS = """
INSERT INTO dossiers_dossier ({names})
SELECT {values} FROM dossiers_dossier s, generate_series(%(low)s::bigint, %(high)s::bigint) g WHERE s.id = %(pk)s
"""
CHANGED = "(%(now)s::timestamptz - (10 + g * 7919 %% (%(spent)s * 60)) * interval '1 minute')"
LATER = "(%(now)s::timestamptz + (%(left)s * 60 + g * 31 %% 9000) * interval '1 minute')"
OWN = {
    "key": "gen_random_uuid()",
    "reference": "'T-261116-' || upper(lpad(to_hex(g), 8, '0'))",
    "code": "CASE WHEN s.code IS NULL THEN NULL ELSE 'H99.31-261116-9' || lpad(g::text, 7, '0') END",
    "changed_at": CHANGED,
    "since_at": CHANGED,
    "due_at": f"CASE WHEN s.due_at IS NULL THEN NULL ELSE {LATER} END",
    "answer_due_at": f"CASE WHEN s.status = 'submitted' THEN {LATER} ELSE s.answer_due_at END",
    "clock_at": f"CASE WHEN s.clock_at IS NULL THEN NULL ELSE {LATER} END",
    "warn_at": f"CASE WHEN s.clock_at IS NULL THEN NULL ELSE {LATER} - interval '2 hours' END",
}
# So many of those being examined are late, and nobody has said a word.
SILENT = """
UPDATE dossiers_dossier SET due_at = %s::timestamptz - interval '1 day',
    clock_at = %s::timestamptz - interval '1 day', warn_at = %s::timestamptz - interval '2 days'
WHERE id IN (SELECT id FROM dossiers_dossier WHERE status = 'examining' ORDER BY id LIMIT %s)
"""


def measure(wanted: argparse.Namespace) -> None:
    """A server of its own, then the work in a process of its own, so that its memory is its own."""
    print(f"Watch over {wanted.dossiers} open dossiers  |  {meter.machine()}", flush=True)
    with ground() as place:
        place.prepared()
        command = [sys.executable, "-m", "bench.watchdog", "--inside"]
        for name in ("dossiers", "silent", "rounds"):
            command += [f"--{name}", str(getattr(wanted, name))]
        env = place.environment() | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        subprocess.run(command, env=env, check=True)


def inside(wanted: argparse.Namespace) -> None:
    """Make the dossiers, let the watch find the silent ones, then measure quiet rounds."""
    import django

    django.setup()
    import time_machine

    from motcua.testing.cast import assemble

    cast = assemble()
    with time_machine.travel(BEGUN, tick=True):
        _watch()  # everything it needs is loaded before there is anything to see
        _fill(cast, wanted.dossiers, wanted.silent)
    with time_machine.travel(NOW, tick=False):
        before = _memory()
        first, found = _cost(_watch)
        print(f"first round   {found} alarms raised, {first:.2f} s of processor", flush=True)
        if found < 2 * wanted.silent:
            raise SystemExit("The watch did not find the silent ones; there is no figure.")
        _rounds(wanted)
        print(f"most memory   {_memory():.0f} MB ({before:.0f} MB before the watch)")


def _rounds(wanted: argparse.Namespace) -> None:
    """A quiet round here, a scan there."""
    ratios = []
    for number in range(wanted.rounds):
        watch, found = _cost(_watch)
        scan, count = _cost(_scan)
        if found or count < wanted.dossiers:
            raise SystemExit(f"{found} alarms in a quiet round, {count} open dossiers: no figure.")
        ratios.append(watch / scan)
        print(
            f"round {number + 1}       watch {watch * 1000:.0f} ms, scan {scan * 1000:.0f} ms, "
            f"ratio {ratios[-1]:.2f}",
            flush=True,
        )
    print(f"one round of the watch / one index scan: {meter.Spread(tuple(ratios))}")


def _watch() -> int:
    """What the clock does every five minutes: both watches."""
    from motcua.dossiers.actions.silence import break_silence
    from motcua.dossiers.actions.watching import raise_alarms

    return raise_alarms() + break_silence()


def _scan() -> int:
    """Every open dossier by an index."""
    from django.db import connection

    from motcua.dossiers.models.dossier_indexes import OPEN

    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "SELECT count(*), max(since_at) FROM dossiers_dossier WHERE status = ANY(%s)", [OPEN]
        )
        count = int(cursor.fetchone()[0])
        cursor.execute("RESET enable_seqscan")
    return count


def _cost(work: Callable[[], int]) -> tuple[float, int]:
    """Processor seconds of this process and of its PostgreSQL; and what came out."""
    ours, theirs = time.process_time(), _server()
    found = work()
    return max(time.process_time() - ours + _server() - theirs, 0.001), found


def _fill(cast: Any, count: int, silent: int) -> None:
    """Copies of one real dossier of each status."""
    from django.db import connection

    from motcua.dossiers.workflow import Status
    from motcua.testing.dossiers import a_dossier

    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = 'dossiers_dossier' AND column_name <> 'id'"
        )
        names = [name for (name,) in cursor.fetchall()]
        values = ", ".join(OWN.get(name, f's."{name}"') for name in names)
        insert = ROWS.format(names=", ".join(f'"{name}"' for name in names), values=values)
        low = 0
        for status, (share, spent, left) in SHARES.items():
            first = a_dossier(cast, Status(status), FIFTEEN_DAYS)
            cursor.execute("SET session_replication_role = replica")  # copies: their keys are right
            high = low + count * share // 100
            told: dict[str, Any] = {
                "low": low + 1,
                "high": high,
                "pk": first.pk,
                "now": NOW,
                "spent": spent,
            }
            cursor.execute(insert, told | {"left": left})
            cursor.execute("RESET session_replication_role")
            print(f"  {high} dossiers", flush=True)
            low = high
        cursor.execute(SILENT, [NOW, NOW, NOW, silent])
        cursor.execute("VACUUM ANALYZE")


def _server() -> float:
    """Processor seconds of the process that PostgreSQL gave this connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return meter.cpu_of(cursor.fetchone()[0])


def _memory() -> float:
    """The most memory this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench watchdog", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_000_000)
    parser.add_argument("--silent", type=int, default=200, help="late, without a word about it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    (inside if wanted.inside else measure)(wanted)


if __name__ == "__main__":
    main()
