"""The sequencer is killed again and again while officials work: no entry is lost, doubled or out of place."""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from motcua.audit.actions import record
from motcua.audit.log_checks import check_log, oldest_unsealed
from motcua.audit.log_keys import open_log
from motcua.audit.models import Checkpoint, Entry, Leaf
from motcua.audit.sealing import Sequencer
from motcua.audit.verifying import verify
from motcua.config.database import BASE_DIR
from motcua.core import clock
from motcua.core.actors import Actor, Role, at_the_machine
from tests.crash.server import database_url

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")
KILLS, WRITERS, BATCH = 40, 2, 20
PATIENCE = 60.0

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def log_folder(tmp_path: Path, settings: LazySettings) -> Path:
    """The folder of the house that seals; the test looks at the same files."""
    settings.LOG_ROOT, settings.LOG_KEYS = tmp_path / "log", tmp_path / "keys"
    open_log(at_the_machine(), clock.now())
    return tmp_path


def killed_sealers(var: Path) -> subprocess.CompletedProcess[str]:
    """Sequencers in processes of their own, each killed with SIGKILL somewhere in its work."""
    environment = {
        **os.environ, "DATABASE_URL": database_url(), "MOTCUA_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings", "PYTHONPATH": str(BASE_DIR),
    }  # fmt: skip
    line = [sys.executable, "-m", "tests.crash.sealer", str(KILLS)]
    return subprocess.run(
        line, cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


def work(number: int, stop: threading.Event) -> None:
    """Deeds on a few subjects, some in transactions that stay open for a while."""
    chance = random.Random(number)
    while not stop.is_set():
        with transaction.atomic():
            for _ in range(chance.randrange(1, BATCH)):
                subject = f"dossier:{number}-{chance.randrange(5)}"
                record(HUNG, "dossier.read", subject, at=clock.now())
            time.sleep(chance.random() / 5)
    connection.close()


@contextmanager
def at_work() -> Iterator[None]:
    """Officials at work meanwhile."""
    stop = threading.Event()
    hands = [threading.Thread(target=work, args=(n, stop)) for n in range(WRITERS)]
    for hand in hands:
        hand.start()
    try:
        yield
    finally:
        stop.set()
        for hand in hands:
            hand.join(PATIENCE)


def test_a_sequencer_killed_forty_times_leaves_no_gap_and_no_double(log_folder: Path) -> None:
    with at_work():
        ended = killed_sealers(log_folder)
    sealed = Leaf.objects.count()
    Sequencer().round()  # finishes what the last one left half done
    assert ended.returncode == 0, ended.stderr
    assert 0 < sealed <= Leaf.objects.count() == Entry.objects.count()
    assert list(check_log()) == []
    assert {found.verdict.value for found in verify()} == {"ok"}
    print(
        f"\n{KILLS} kills: {Leaf.objects.count()} entries, {Checkpoint.objects.count()} checkpoints"
    )


def test_an_entry_committed_after_later_ones_is_sealed_too(log_folder: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        with transaction.atomic():
            record(HUNG, "dossier.accept", "dossier:slow", at=clock.now())
            begun.set()
            go_on.wait(PATIENCE)
        connection.close()

    slow = threading.Thread(target=slowly)
    slow.start()
    begun.wait(PATIENCE)
    sequencer = Sequencer()
    for number in range(5):  # the rounds go on, and must not pass over what they cannot see
        record(HUNG, "dossier.accept", f"dossier:{number}", at=clock.now())
        assert sequencer.round() >= 1
    go_on.set()
    slow.join(PATIENCE)

    sequencer.round()
    late = Leaf.objects.get(entry__subject="dossier:slow")
    assert late.entry_id < Leaf.objects.get(index=late.index - 1).entry_id
    for number in range(3):
        record(HUNG, "dossier.accept", f"dossier:{number}", at=clock.now())
        sequencer.round()
    settled = Checkpoint.objects.order_by("-size")[0].settled
    assert late.entry_id <= settled < Entry.objects.order_by("-pk")[0].pk + 1
    assert list(check_log()) == []


def test_what_began_later_and_numbered_first_is_not_passed_over(log_folder: Path) -> None:
    """A transaction with a larger number than everything that ended is under way all the same."""
    first, second = connection.copy(), connection.copy()
    sequencer = Sequencer()
    try:
        for each in (first, second):
            each.set_autocommit(False)
            with each.cursor() as cursor:
                cursor.execute("SELECT pg_current_xact_id()")
        early = entered(second, "dossier:early")  # the later transaction takes the smaller number
        entered(first, "dossier:late")
        first.commit()
        sequencer.round()  # nothing larger than the first has ended by now
        for number in range(3):
            record(HUNG, "dossier.accept", f"dossier:{number}", at=clock.now())
            sequencer.round()
        second.commit()
    finally:
        first.close()
        second.close()
    assert oldest_unsealed() is not None
    sequencer.round()
    assert Leaf.objects.filter(entry_id=early).exists()


def entered(other: BaseDatabaseWrapper, subject: str) -> int:
    """An entry written over another connection, its transaction still open; its number."""
    with other.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (subject, seq, at, actor, deed, body, salt, prev, hash)"
            " VALUES (%s, 1, now(), '', 'dossier.accept', '', '', '', '') RETURNING id",
            [subject],
        )
        return int(cursor.fetchone()[0])
