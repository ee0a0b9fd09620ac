"""What the journal costs a step, how fast it is verified, how long an entry waits for its seal.

    bin/bench audit [--steps 2000] [--entries 50000] [--seconds 30] [--rounds 5]

P-8: PostgreSQL's processor time of one step (the dossier's row, its move, its entry, the commit) with
chain, locks and triggers ÷ the same with a plain row for the entry and no trigger; and with the
trigger that asks for the entry ÷ without that one. P-9: entries verified in a second, chains, leaves
and checkpoints ÷ SHA-256 of the same bytes alone. Lag: at 200 entries a second, the time from the
commit of an entry until a signed checkpoint holds it.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

from bench import meter
from bench.ground import ground
from bench.watchdog import _server

DOSSIERS, RATE = 500, 200
GUARD = "step_is_journalled"
COPY = """
INSERT INTO dossiers_dossier ({names}) SELECT {values}
FROM dossiers_dossier s, generate_series(1, %s) g WHERE s.id = %s
"""
STEP = "UPDATE dossiers_dossier SET revision = revision + 1, changed_at = now() WHERE id = %s RETURNING revision"
MOVE = """
INSERT INTO dossiers_move (dossier_id, seq, step, source, target, by, by_key, at, facts, note)
VALUES (%s, %s, 'urge', 'examining', 'examining', 'Bình', 'post:1', now(), '{}', '')
"""
PLAIN = """
INSERT INTO audit_entry (subject, seq, at, actor, deed, body, salt, prev, hash)
VALUES (%s, %s, now(), 'post:1', 'dossier.urge', %s, '', '', '')
"""


def measure(wanted: argparse.Namespace) -> None:
    """A server of its own, then the work in a process of its own."""
    print(f"Journal  |  {meter.machine()}", flush=True)
    with ground() as place:
        place.prepared()
        command = [sys.executable, "-m", "bench.audit", "--inside"]
        for name in ("steps", "entries", "seconds", "rounds"):
            command += [f"--{name}", str(getattr(wanted, name))]
        env = place.environment() | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        subprocess.run(command, env=env, check=True)


def inside(wanted: argparse.Namespace) -> None:
    """Each of the three, on the same dossiers."""
    import django

    django.setup()
    from motcua.audit.log_keys import open_log
    from motcua.core import clock
    from motcua.core.actors import at_the_machine

    open_log(at_the_machine(), clock.now())
    _overhead(_dossiers(), wanted)
    _verification(wanted)
    _lag(wanted)


def _dossiers() -> list[tuple[int, str]]:
    """Copies of one real dossier that is being examined: number and reference."""
    from django.db import connection

    from motcua.dossiers.models import Dossier
    from motcua.dossiers.workflow import Status
    from motcua.testing.by_hand import by_hand
    from motcua.testing.cast import assemble
    from motcua.testing.dossiers import a_dossier

    first = a_dossier(assemble(), Status.EXAMINING)
    own = {
        "key": "gen_random_uuid()",
        "reference": "'T-9-' || left(gen_random_uuid()::text, 13)",
        "code": "gen_random_uuid()",
    }
    names = [f.column for f in Dossier._meta.concrete_fields if f.column != "id"]
    values = ", ".join(own.get(name, f's."{name}"') for name in names)
    with connection.cursor() as cursor, by_hand():
        columns = ", ".join(f'"{name}"' for name in names)
        cursor.execute(COPY.format(names=columns, values=values), [DOSSIERS, first.pk])
    return list(Dossier.objects.filter(reference__startswith="T-9-").values_list("pk", "reference"))


def _overhead(dossiers: list[tuple[int, str]], wanted: argparse.Namespace) -> None:
    """P-8: a round of steps each way, in turn."""
    whole: list[float] = []
    guard: list[float] = []
    for number in range(wanted.rounds):
        full = _steps(dossiers, wanted.steps, _journalled)
        with _without(["dossiers_dossier"]):
            unguarded = _steps(dossiers, wanted.steps, _journalled)
        with _without(["dossiers_dossier", "audit_entry", "audit_head"]):
            plain = _steps(dossiers, wanted.steps, _plain)
        whole.append(full / plain)
        guard.append(full / unguarded)
        told = ", ".join(f"{1e6 * each / wanted.steps:.0f}" for each in (full, unguarded, plain))
        print(f"round {number + 1}   µs a step: full, without the guard, plain: {told}", flush=True)
    print(f"P-8 full ÷ plain row:        {meter.Spread(tuple(whole))}")
    print(f"    with ÷ without the guard: {meter.Spread(tuple(guard))}")


class _without:
    """The triggers of these tables are off meanwhile."""

    def __init__(self, tables: list[str]) -> None:
        self.tables = tables

    def _switch(self, word: str) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")

    def __enter__(self) -> None:
        self._switch("DISABLE")

    def __exit__(self, *gone_wrong: object) -> None:
        self._switch("ENABLE")


Journal = Callable[[Any, str, int], None]


def _steps(dossiers: list[tuple[int, str]], count: int, journal: Journal) -> float:
    """PostgreSQL's seconds for so many steps, each committed."""
    from django.db import connection, transaction

    begun = _server()
    turn = cycle(dossiers)
    for _ in range(count):
        pk, reference = next(turn)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(STEP, [pk])
            revision = cursor.fetchone()[0]
            cursor.execute(MOVE, [pk, revision])
            journal(cursor, reference, revision)
    return _server() - begun


def _journalled(cursor: Any, reference: str, revision: int) -> None:
    from motcua.audit.actions import record
    from motcua.core import clock

    record(
        _actor(), "dossier.urge", reference, at=clock.now(), source="examining",
        target="examining", revision=revision, code=reference,
    )  # fmt: skip


def _plain(cursor: Any, reference: str, revision: int) -> None:
    cursor.execute(PLAIN, [f"p:{reference}", revision, b"x" * 300])


def _actor() -> Any:
    from motcua.core.actors import Actor, Role

    return Actor(Role.APPROVER, "post:1", "Nguyễn Thanh Bình")


def _verification(wanted: argparse.Namespace) -> None:
    """P-9: everything is sealed, then verified; beside it the bare hashing."""
    from django.db import connection

    from motcua.audit.actions import record_many
    from motcua.audit.log_checks import files, leaves_and_roots
    from motcua.audit.models import Entry
    from motcua.audit.sealing import Sequencer
    from motcua.audit.verifying import verify
    from motcua.core import clock

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM audit_entry WHERE subject LIKE 'p:%%'")
        cursor.execute("SET session_replication_role = origin")
    for start in range(0, wanted.entries, 1000):
        facts = {f"bench:{n}": {"n": start} for n in range(1000)}
        record_many(_actor(), "dossier.urge", facts, at=clock.now())
    sequencer, begun = Sequencer(), time.process_time()
    count = sequencer.round()
    print(f"sealed {count} entries, {count / (time.process_time() - begun):.0f} a second of Python")
    bodies = [bytes(b) + bytes(s) for b, s in Entry.objects.values_list("body", "salt")]
    ratios = []
    for _ in range(wanted.rounds):
        hashing = _clocked(lambda: [hashlib.sha256(b).digest() for b in bodies])
        checking = _clocked(lambda: ([*verify()], [*leaves_and_roots()], [*files()]))
        ratios.append(hashing / checking)
        print(f"{len(bodies) / checking:.0f} entries a second, {len(bodies) / hashing:.0f} hashes")
    print(f"P-9 verified ÷ hashed:       {meter.Spread(tuple(ratios))}")


def _clocked(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _lag(wanted: argparse.Namespace) -> None:
    """Entries at an even rate, the program of bin/run beside them; when each was under a checkpoint."""
    from motcua.audit.actions import record
    from motcua.audit.models import Checkpoint, Leaf
    from motcua.core import clock

    sealing = subprocess.Popen([sys.executable, "-m", "django", "seal"], env=dict(os.environ))
    waits: list[float] = []
    time.sleep(5)
    committed: list[tuple[int, float]] = []
    begun = time.monotonic()
    for number in range(wanted.seconds * RATE):
        entry = record(_actor(), "dossier.urge", f"lag:{number % 97}", at=clock.now())
        committed.append((entry.pk, clock.now().timestamp()))
        time.sleep(max(0.0, begun + number / RATE - time.monotonic()))
    rate = len(committed) / (time.monotonic() - begun)
    time.sleep(5)
    sealing.terminate()
    sealing.wait(20)
    signed = list(Checkpoint.objects.order_by("size").values_list("size", "at"))
    places = dict(
        Leaf.objects.filter(entry_id__gte=committed[0][0]).values_list("entry_id", "index")
    )
    for pk, at in committed:
        waits.append(next(t for size, t in signed if size > places[pk]).timestamp() - at)
    print(
        f"lag at {rate:.0f} entries a second: median {meter.percentile(waits, 0.5):.2f} s, "
        f"99 % {meter.percentile(waits, 0.99):.2f} s, most {max(waits):.2f} s"
    )


def main() -> None:
    """Read the command line, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    (inside if wanted.inside else measure)(wanted)


if __name__ == "__main__":
    main()
