"""Every entry gets one place in the log, whatever is killed on the way."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from motcua.adapters.witness.fake import FakeWitness
from motcua.audit import rules
from motcua.audit.actions import record
from motcua.audit.log_checks import check_log, leaves_and_roots
from motcua.audit.log_keys import known_keys
from motcua.audit.models import Checkpoint, Entry, Leaf, LogKey, Outsider
from motcua.audit.queries import entries_of, told_of
from motcua.audit.sealing import LOCK, TAKE, LogTrouble, Sequencer
from motcua.audit.verifying import emptied, verify
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.testing.by_hand import by_hand
from motcua.tlog import note
from motcua.tlog.tiles import Conflict, Tiles
from motcua.tlog.tree import Frontier, root_of

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("opened")]


def deeds(count: int, subject: str = "dossier:7") -> None:
    for number in range(count):
        record(HUNG, "dossier.submit", subject, at=clock.now(), revision=number)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """The clock of the house says this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: moment)
        yield


def whole() -> bool:
    """Nothing is wrong with the log, and every entry is in it."""
    assert list(check_log()) == []
    return Leaf.objects.count() == Entry.objects.count()


def last() -> Checkpoint:
    found = Checkpoint.objects.order_by("size").last()
    assert found is not None
    return found


def test_every_entry_gets_the_next_place_and_its_own_fingerprint() -> None:
    deeds(3)
    assert Sequencer().round() == 4  # the opening of the log is its first entry

    leaves = list(Leaf.objects.order_by("index").select_related("entry"))
    assert [leaf.index for leaf in leaves] == [0, 1, 2, 3]
    assert [leaf.entry_id for leaf in leaves] == list(Entry.objects.values_list("pk", flat=True))
    for leaf in leaves:
        entry = leaf.entry
        assert bytes(leaf.hash) == rules.leaf(bytes(entry.salt), bytes(entry.body))


def test_the_checkpoint_is_signed_over_the_root_of_the_leaves() -> None:
    deeds(5)
    Sequencer().round()

    signed = note.parse(bytes(last().note))
    told = note.Checkpoint.parse(signed.text)
    edge = Frontier()
    for hash_ in Leaf.objects.order_by("index").values_list("hash", flat=True):
        edge.append(bytes(hash_))
    assert (told.origin, told.size, told.root) == ("mot-cua.example/nhat-ky", 6, edge.root())
    assert note.is_signed_by(signed, known_keys()[0].key)
    tiles = Tiles(settings.LOG_ROOT)
    assert tiles.checkpoint() == signed.signed
    assert root_of(6, tiles.hash_at) == edge.root()


def test_a_round_without_news_signs_nothing_and_the_next_goes_on() -> None:
    deeds(2)
    sequencer = Sequencer()
    assert [sequencer.round(), sequencer.round()] == [3, 0]
    assert Checkpoint.objects.count() == 1

    deeds(2, "dossier:8")
    assert [sequencer.round(), Sequencer().round()] == [2, 0]
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [3, 5]
    assert whole()


def test_many_entries_are_sealed_in_batches_over_the_edge_of_a_tile() -> None:
    deeds(299)
    assert Sequencer(batch=64).round() == 300
    assert Checkpoint.objects.count() == 5
    assert (settings.LOG_ROOT / "tile/0/000").stat().st_size == 256 * 32
    assert whole()


def nothing_more(*args: Any, **kwargs: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    "killed_at",
    ["append", "publish", "create"],
    ids=["before tiles", "before publishing", "unsigned"],
)
def test_a_sequencer_that_died_is_followed_by_one_that_goes_on_where_it_was(
    killed_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds(3)
    Sequencer().round()
    deeds(4)
    with monkeypatch.context() as dying:
        where: Any = Checkpoint.objects if killed_at == "create" else Tiles
        dying.setattr(where, killed_at, nothing_more)
        with pytest.raises(KeyboardInterrupt):
            Sequencer().round()
    assert Leaf.objects.count() == 8
    deeds(2)

    assert Sequencer().round() == 2
    assert last().size == 10
    assert whole()


def test_only_one_seals_at_a_time() -> None:
    deeds(2)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            assert Sequencer().round() == 0
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    finally:
        other.close()
    assert Sequencer().round() == 3


def forget_the_last(count: int) -> None:
    """As a backup of some time ago would have it."""
    with by_hand():
        keep = Leaf.objects.count() - count
        gone = Leaf.objects.filter(index__gte=keep)
        Entry.objects.filter(pk__in=gone.values("entry_id")).delete()
        gone.delete()
        Checkpoint.objects.filter(size__gt=keep).delete()


def test_on_an_old_backup_nothing_more_is_signed() -> None:
    deeds(3)
    Sequencer().round()
    deeds(3)
    Sequencer().round()
    forget_the_last(3)

    deeds(5, "dossier:9")
    with pytest.raises(LogTrouble, match="bản sao lưu"):
        Sequencer().round()
    assert last().size == 4


def test_over_changed_files_nothing_more_is_signed() -> None:
    deeds(3)
    Sequencer().round()
    tile = settings.LOG_ROOT / "tile/0/000.p/4"
    tile.chmod(0o600)
    tile.write_bytes(bytes(32) + tile.read_bytes()[32:])
    deeds(1)
    with pytest.raises((LogTrouble, Conflict)):
        Sequencer().round()


def test_leaves_with_a_gap_are_named() -> None:
    deeds(3)
    Sequencer().round()
    with by_hand():
        Leaf.objects.filter(index=1).delete()
    [found] = leaves_and_roots()
    assert (found.fault, found.where) == ("leaf-gap", "lá 1")


def verdicts() -> dict[str, str]:
    return {found.subject: found.verdict.value for found in verify()}


def test_what_is_dated_before_the_log_began_is_sealed_like_the_rest() -> None:
    record(HUNG, "dossier.submit", "dossier:1", at=datetime(2026, 1, 5, tzinfo=UTC))
    Sequencer(batch=1).round()
    assert whole()
    assert verdicts()["dossier:1"] == "ok"


def test_what_waited_while_nobody_sealed_was_not_dated_back() -> None:
    deeds(1)
    Sequencer().round()
    for hour in range(3):
        at = clock.now() + timedelta(hours=hour)
        record(HUNG, "dossier.accept", f"dossier:{hour}", at=at)
    with moved_to(clock.now() + timedelta(hours=5)):
        Sequencer(batch=1).round()
    assert set(verdicts().values()) == {"ok"}


def test_what_waited_behind_a_sequencer_that_was_killed_was_not_dated_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deeds(1)
    Sequencer().round()
    record(HUNG, "dossier.accept", "dossier:1", at=clock.now())
    with monkeypatch.context() as dying:
        dying.setattr(Tiles, "append", nothing_more)
        with pytest.raises(KeyboardInterrupt):
            Sequencer().round()
    record(HUNG, "dossier.accept", "dossier:2", at=clock.now())
    with moved_to(clock.now() + timedelta(hours=5)):
        Sequencer().round()
    assert set(verdicts().values()) == {"ok"}


def test_a_deed_dated_back_after_a_quiet_time_is_found_whatever_its_row_says_of_itself() -> None:
    deeds(1)
    Sequencer().round()
    with moved_to(clock.now() + timedelta(days=3)):
        deeds(1, "dossier:8")
        Sequencer().round()
        record(HUNG, "dossier.accept", "dossier:7", at=clock.now() - timedelta(days=2))
        with connection.cursor() as cursor, by_hand():
            cursor.execute("UPDATE audit_entry SET xact = NULL WHERE subject = 'dossier:7'")
        Sequencer().round()
    assert verdicts()["dossier:7"] == "time-anomaly"


def test_files_that_fell_behind_are_brought_up_to_what_another_machine_signed(
    opened: Path, tmp_path: Path
) -> None:
    deeds(3)
    Sequencer().round()
    shutil.copytree(opened, tmp_path / "behind")
    deeds(300)
    Sequencer().round()
    settings.LOG_ROOT = tmp_path / "behind"

    deeds(1)
    assert Sequencer().round() == 1
    assert whole()


def test_the_next_to_seal_looks_only_at_leaves_behind_what_is_settled() -> None:
    told: dict[str, Any] = {"header": b"", "after": 10**6, "batch": 10}
    with connection.cursor() as cursor:
        for way in ("nestloop", "hashjoin", "seqscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("EXPLAIN " + TAKE, told)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "(entry_id > 1000000)" in plan, plan


def test_lost_chains_are_looked_for_in_one_join_however_many_there_are() -> None:
    plan = emptied().explain()
    assert "Anti Join" in plan, plan
    assert "SubPlan" not in plan, plan


def test_rubbish_in_one_row_is_named_and_the_other_checks_go_on() -> None:
    deeds(3)
    deeds(2, "dossier:8")
    Sequencer().round()
    entry = Entry.objects.get(subject="dossier:7", seq=2)
    rubbish = {"body": b"[]", "hash": rules.link(bytes(entry.prev), bytes(entry.salt), b"[]")}
    with by_hand():
        Entry.objects.filter(pk=entry.pk).update(**rubbish)
        LogKey.objects.update(vkey="x")
        Checkpoint.objects.get().cosignatures.create(witness="w", line="x", at=clock.now())
        Entry.objects.filter(subject="dossier:8", seq=1).delete()
    Outsider.objects.create(name="w", size=10**6)
    assert [each.deed for each in entries_of("dossier:7")] == ["dossier.submit"] * 3
    assert len(told_of(["dossier:7"], ["dossier.submit"])) == 2

    assert verdicts()["dossier:7"] == "content-changed"
    assert verdicts()["dossier:8"] == "missing"
    assert {f.fault.value for f in check_log()} >= {"unreadable", "entry-gone", "log-shrunk"}


def test_a_line_of_a_witness_that_nobody_can_read_is_a_broken_one(witness: FakeWitness) -> None:
    deeds(3)
    Sequencer().round()
    name = witness.key.name
    Checkpoint.objects.get().cosignatures.create(witness=name, line="x", at=clock.now())
    assert [each.fault.value for each in check_log()] == ["cosignature-broken"]
