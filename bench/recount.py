"""F-21: running dossiers counted anew after a holiday was added: the list, then the moving.

    bin/bench recount [--dossiers 100000] [--aside 300]

The real jobs, in a process of their own, on copies of one dossier that the cast brought to its case
officer. Prints progress as the back office shows it, the time of both jobs and the most memory the
process took; beside it what `Dossier.take`, one dossier at a time, would take.
"""

import argparse
import os
import resource
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from typing import Any

from bench import meter
from bench.ground import ground

FIVE_DAYS = "1.004884"
FRIDAY = datetime.fromisoformat("2026-11-20T08:30:00+07:00")
SUNDAY = datetime.fromisoformat("2026-11-22T09:00:00+07:00")
STORM = date(2026, 11, 26)
EVERY = 5  # seconds between two lines of progress
COPY = {
    "dossiers_dossier": {
        "key": "gen_random_uuid()",
        "reference": "'T-261120-' || upper(lpad(to_hex(g), 8, '0'))",
        "code": "'H99.31-261120-9' || lpad(g::text, 6, '0')",
    },
    "dossiers_move": {"dossier_id": "d.id"},
    "dossiers_task": {"dossier_id": "d.id"},
}


def measure(wanted: argparse.Namespace) -> None:
    """A server of its own, then the work in a process of its own, so that its memory is its own."""
    print(f"Recount of {wanted.dossiers} running dossiers  |  {meter.machine()}", flush=True)
    with ground() as place:
        place.prepared()
        command = [sys.executable, "-m", "bench.recount", "--inside"]
        command += ["--dossiers", str(wanted.dossiers), "--aside", str(wanted.aside)]
        env = place.environment() | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        subprocess.run(command, env=env, check=True)


def inside(wanted: argparse.Namespace) -> None:
    """Make the dossiers, add the holiday, run both jobs."""
    import django

    django.setup()
    import time_machine

    from motcua.testing.cast import assemble

    cast = assemble()
    with time_machine.travel(FRIDAY, tick=False):
        _fill(cast, wanted.dossiers)
    with time_machine.travel(SUNDAY, tick=True):
        edition = _storm(cast)
        _one_by_one(wanted.aside)
        before = _memory()
        number = _jobs(cast, edition)
        print(f"most memory            {_memory():.0f} MB ({before:.0f} MB before the jobs)")
        _tell(number, wanted.aside)
        _check(number, wanted.dossiers)


def _fill(cast: Any, count: int) -> None:
    """Copies of one real dossier, its moves and its task."""
    from django.db import connection

    from motcua.dossiers.workflow import Status
    from motcua.testing.dossiers import a_dossier

    first = a_dossier(cast, Status.EXAMINING, FIVE_DAYS)
    with connection.cursor() as cursor:
        for table, own in COPY.items():
            cursor.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s AND column_name <> 'id'",
                [table],
            )
            names = [name for (name,) in cursor.fetchall()]
            values = ", ".join(own.get(name, f's."{name}"') for name in names)
            if table == "dossiers_dossier":
                source = f"{table} s, generate_series(1, {count - 1}) g WHERE s.id = {first.pk}"
            else:
                source = (
                    f"{table} s, dossiers_dossier d WHERE s.dossier_id = {first.pk}"
                    f" AND d.id > {first.pk} ORDER BY d.id, s.id"
                )
            quoted = ", ".join(f'"{name}"' for name in names)
            cursor.execute(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {source}")
        cursor.execute("VACUUM ANALYZE")


def _storm(cast: Any) -> int:
    """A day off inside every one of these limits, by two persons."""
    from motcua.testing.drafts import hand
    from motcua.workdays.actions import drafting
    from motcua.workdays.queries import latest_edition
    from motcua.workdays.types.changes import Change, ChangeKind

    quan, nga = hand(cast.quan), hand(cast.nga)
    number = drafting.open_draft(hand=quan, year=STORM.year)
    off = Change(ChangeKind.DAY_OFF, STORM, "Nghỉ bão")
    drafting.add_changes(hand=quan, number=number, revision=1, changed=[off])
    drafting.send_draft(hand=quan, number=number, revision=2, note="Công điện")
    return drafting.approve_draft(hand=nga, number=number, revision=2, edition=latest_edition())


def _one_by_one(count: int) -> None:
    """What `take` needs for one dossier; undone."""
    from django.db import transaction

    from motcua.core import clock
    from motcua.core.actors import Actor, Role
    from motcua.dossiers import ledger
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.workflow import Step
    from motcua.workdays.queries import latest_edition

    by, counting = Actor(Role.SYSTEM, "bench", "Đo"), ledger.Counting()
    begun = time.perf_counter()
    with transaction.atomic():
        for pk in Dossier.objects.order_by("pk").values_list("pk", flat=True)[:count]:
            dossier = Dossier.objects.select_for_update().get(pk=pk)
            moves = ledger.clock_moves([pk])[pk]
            found = ledger.counted_again(dossier, moves, counting, latest_edition())
            dossier.take(Step.RECOUNT, by=by, at=clock.now(), **ledger.dated(dossier, found))
        transaction.set_rollback(True)
    each = 1000 * (time.perf_counter() - begun) / count
    print(f"one by one with take   {each:.2f} ms a dossier", flush=True)


def _jobs(cast: Any, edition: int) -> int:
    """Ask, count, agree, move; each job timed, with its progress."""
    from motcua.dossiers.actions import recounting
    from motcua.testing.drafts import hand

    number = recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason="Nghỉ bão")
    preview = _timed("list", number, lambda: recounting.count_recount(number))
    recounting.approve_recount(hand=hand(cast.nga), number=number)
    moving = _timed("moving", number, lambda: recounting.move_recount(number))
    print(f"list {preview:.1f} s, moving {moving:.1f} s, together {preview + moving:.1f} s")
    return number


def _tell(number: int, count: int) -> None:
    """What the jobs that follow need to tell one applicant."""
    from motcua.dossiers.jobs import tell_recounted
    from motcua.dossiers.models import RecountLine

    lines = RecountLine.objects.filter(recount_id=number).order_by("pk")
    last = lines.values_list("pk", flat=True)[count - 1]
    begun = time.process_time()
    tell_recounted(number, 0, last)
    each = 1000 * (time.process_time() - begun) / count
    print(f"telling                {each:.1f} ms of processor an applicant, in jobs of their own")


def _timed(name: str, number: int, job: Any) -> float:
    done = threading.Event()
    shown = threading.Thread(target=_progress, args=(name, number, done), daemon=True)
    shown.start()
    begun, ours, theirs = time.perf_counter(), time.process_time(), _server()
    job()
    took = time.perf_counter() - begun
    cpu = f"{time.process_time() - ours:.1f} s ours, {_server() - theirs:.1f} s PostgreSQL's"
    print(f"{name:<8} {took:.1f} s by the clock; processor time {cpu}", flush=True)
    done.set()
    shown.join()
    return took


def _server() -> float:
    """Processor seconds of the process that PostgreSQL gave this connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return meter.cpu_of(cursor.fetchone()[0])


def _progress(name: str, number: int, done: threading.Event) -> None:
    """What the back office would show now and then."""
    from django.db import connection

    from motcua.dossiers.recounts import recount

    while not done.wait(EVERY):
        now = recount(number)
        print(f"  {name:<8} {now.dealt_with} of {now.of}", flush=True)
    connection.close()


def _memory() -> float:
    """The most memory this process ever took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _check(number: int, count: int) -> None:
    """Every dossier has its date, its move, its change and a whole chain, or there is no figure."""
    from motcua.audit.types import Verdict
    from motcua.audit.verifying import verify
    from motcua.dossiers.due_checks import differing_dates
    from motcua.dossiers.models import DueChange
    from motcua.dossiers.recounts import recount

    found = recount(number)
    fine = (Verdict.OK, Verdict.TIME_ANOMALY)  # the day of this measurement lies before the seeds'
    whole = all(each.verdict in fine for each in verify())
    changed = DueChange.objects.count()
    print(f"moved {found.moved}, changes {changed}, journal {'whole' if whole else 'BROKEN'}")
    if (found.moved, changed) != (count, count) or not whole or any(differing_dates()):
        raise SystemExit("The dates, the changes or the journal are not what they should be.")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench recount", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--aside", type=int, default=300, help="taken one by one, to compare")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    (inside if wanted.inside else measure)(wanted)


if __name__ == "__main__":
    main()
