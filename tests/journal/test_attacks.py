"""What somebody who owns the database can do to the past, and by what each of it is found (F-38).

Every act is done as the superuser with the triggers off, as thoroughly as the story says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.adapters.simulator import Theatre
from motcua.adapters.witness.fake import FakeWitness
from motcua.audit import rules
from motcua.audit.actions import record
from motcua.audit.log_keys import origin, signing_key
from motcua.audit.models import Checkpoint, Cosignature, Entry, Head, Leaf, Outsider, TimeStamp
from motcua.audit.proofs import proof_of
from motcua.audit.sealing import Sequencer
from motcua.audit.vouching import show_witnesses, stamp_log
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.testing.by_hand import by_hand
from motcua.tlog import note
from motcua.tlog.tiles import Tiles
from motcua.tlog.tree import Frontier

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")
LANS, THUS = "dossier:7", "dossier:8"
DEED = "dossier.accept"

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Before:
    """How it was before the attack: Lan's proof, and who else had seen the log."""

    proof: Path
    witness: FakeWitness


@pytest.fixture
def before(opened: Path, authority: Theatre, witness: FakeWitness, tmp_path: Path) -> Before:
    """Deeds on Lan's dossier and Thu's, sealed, cosigned, stamped; Lan took her proof home."""
    sequencer = Sequencer()
    for number in range(4):
        for subject in (LANS, THUS):
            record(HUNG, DEED, subject, at=clock.now(), revision=number)
        sequencer.round()
    assert show_witnesses() == 1
    assert stamp_log()
    kept = tmp_path / "ho-so.dvcproof"
    kept.write_bytes(proof_of(LANS, {DEED}))
    assert found() == found(kept) == ""
    return Before(kept, witness)


def found(proof: Path | None = None) -> str:
    """What the check says; empty when it ends well."""
    said = StringIO()
    try:
        call_command("verify_journal", *(["--proof", str(proof)] if proof else []), stdout=said)
    except CommandError as wrong:
        assert wrong.returncode == 1
        return said.getvalue()
    return ""


def lans(seq: int) -> Entry:
    return Entry.objects.get(subject=LANS, seq=seq)


def forged(entry: Entry) -> bytes:
    return bytes(entry.body).replace(b"post:1", b"post:9")


def change_a_body() -> None:
    Entry.objects.filter(pk=lans(2).pk).update(body=forged(lans(2)))


def delete_one_in_the_middle() -> None:
    lans(2).delete()


def delete_the_last() -> None:
    lans(4).delete()
    third = lans(3)
    Head.objects.filter(subject=LANS).update(seq=3, hash=third.hash)


def swap_two() -> None:
    second, third = lans(2), lans(3)
    Entry.objects.filter(pk=second.pk).update(body=third.body, salt=third.salt)
    Entry.objects.filter(pk=third.pk).update(body=second.body, salt=second.salt)


def rewrite_the_chain() -> None:
    """Everything on Lan's dossier, told by another, each link right."""
    prev = rules.FIRST_PREV
    for entry in Entry.objects.filter(subject=LANS).order_by("seq"):
        body = forged(entry)
        link = rules.link(prev, bytes(entry.salt), body)
        Entry.objects.filter(pk=entry.pk).update(body=body, prev=prev, hash=link, actor="post:9")
        prev = link
    Head.objects.filter(subject=LANS).update(hash=prev)


def rewrite_the_leaves_too() -> None:
    rewrite_the_chain()
    for leaf in Leaf.objects.select_related("entry").filter(entry__subject=LANS):
        hash_ = rules.leaf(bytes(leaf.entry.salt), bytes(leaf.entry.body))
        Leaf.objects.filter(pk=leaf.pk).update(hash=hash_)


def rewrite_the_files_too() -> None:
    rewrite_the_leaves_too()
    for path in Path(settings.LOG_ROOT).rglob("*"):
        if path.is_file():
            path.unlink()
    hashes = [bytes(h) for h in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    Tiles(settings.LOG_ROOT).append(0, hashes)


def rewrite_everything_and_sign_again() -> None:
    """With the log's own secret: whoever rules the machine has that too."""
    rewrite_the_files_too()
    hashes = [bytes(h) for h in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    for row in Checkpoint.objects.order_by("size"):
        edge = Frontier()
        for hash_ in hashes[: row.size]:
            edge.append(hash_)
        told = note.Checkpoint(origin(), row.size, edge.root())
        signed = note.sign(told, signing_key()).signed
        Checkpoint.objects.filter(pk=row.pk).update(root=edge.root(), note=signed)
    Tiles(settings.LOG_ROOT).publish(signed)


def and_throw_away_who_vouched() -> None:
    rewrite_everything_and_sign_again()
    for table in (Cosignature, TimeStamp, Outsider):
        table.objects.all().delete()


def restore_an_old_backup() -> None:
    keep = Leaf.objects.count() - 4
    gone = list(Leaf.objects.filter(index__gte=keep).values_list("entry_id", flat=True))
    for table in (Cosignature, TimeStamp):
        table.objects.filter(checkpoint__size__gt=keep).delete()
    Checkpoint.objects.filter(size__gt=keep).delete()
    Leaf.objects.filter(index__gte=keep).delete()
    Entry.objects.filter(pk__in=gone).delete()
    for head in Head.objects.filter(subject__in=(LANS, THUS)):
        last = Entry.objects.filter(subject=head.subject).order_by("-seq")[0]
        Head.objects.filter(subject=head.subject).update(seq=last.seq, hash=last.hash)


def slip_one_in() -> None:
    """A deed of last month, written today at the end of the chain, with everything a deed has."""
    record(HUNG, DEED, LANS, at=clock.now() - clock.now().resolution * 30 * 86_400 * 10**6)
    Sequencer().round()


ATTACKS: list[tuple[Callable[[], None], tuple[str, ...]]] = [
    (change_a_body, (f"{LANS} #2: content-changed",)),
    (delete_one_in_the_middle, (f"{LANS} #2: missing", "entry-gone")),
    (delete_the_last, ("entry-gone",)),
    (swap_two, (f"{LANS} #2: content-changed",)),
    (rewrite_the_chain, (f"{LANS} #1: not-in-log",)),
    (rewrite_the_leaves_too, ("tiles-differ", "root-differs", f"mục {LANS} #1")),
    (rewrite_the_files_too, ("root-differs", "tiles-differ")),
    (rewrite_everything_and_sign_again, ("cosignature-broken", "timestamp-broken")),
    (restore_an_old_backup, ("log-shrunk", "nguoi-lam-chung.example đã thấy")),
]


@pytest.mark.parametrize(("attack", "named"), ATTACKS, ids=[a.__name__ for a, _ in ATTACKS])
def test_each_act_is_found_and_named_and_the_proof_from_before_convicts(
    before: Before, attack: Callable[[], None], named: tuple[str, ...]
) -> None:
    with by_hand():
        attack()

    told = found()
    assert told
    for words in named:
        assert words in told, told
    assert "proof-differs" in found(before.proof)


def test_who_rewrites_all_and_throws_away_all_that_vouched_is_refused_by_the_witness(
    before: Before,
) -> None:
    with by_hand():
        and_throw_away_who_vouched()
    assert found() == ""  # inside the database nothing contradicts any more

    record(HUNG, DEED, THUS, at=clock.now())
    Sequencer().round()
    assert show_witnesses() == 0
    told = found()
    assert "not-vouched — nguoi-lam-chung.example" in told
    assert "422" in told
    assert "proof-differs" in found(before.proof)


def test_a_deed_dated_back_is_an_anomaly_of_time(before: Before) -> None:
    slip_one_in()
    assert f"{LANS} #5: time-anomaly" in found()


def test_an_entry_that_was_kept_away_from_the_log_is_named(before: Before) -> None:
    with by_hand():
        Leaf.objects.filter(entry__subject=THUS, entry__seq=1).delete()
    told = found()
    assert f"{THUS} #1: not-in-log" in told
    assert "leaf-gap" in told


def test_last_entries_deleted_with_their_leaves_are_missed_by_the_files(before: Before) -> None:
    with by_hand():
        delete_the_last()
        gone = Leaf.objects.exclude(entry_id__in=Entry.objects.values("pk"))
        gone.delete()
    told = found()
    assert "leaf-gap" in told or "log-shrunk" in told


def test_a_tail_deleted_without_its_head_is_missing(before: Before) -> None:
    with by_hand():
        lans(4).delete()
    assert f"{LANS} #4: missing-tail" in found()


def test_an_hour_that_nobody_can_read_does_not_hide_the_rest(before: Before) -> None:
    with by_hand(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET at = 'infinity' WHERE subject = %s", [LANS])
        Entry.objects.filter(subject=THUS, seq=1).delete()
    told = found()
    assert "Các chuỗi: unreadable" in told
    assert "entry-gone" in told


def test_the_triggers_refuse_each_row_of_the_log_while_they_are_on(before: Before) -> None:
    for table in ("leaf", "checkpoint", "cosignature", "timestamp", "logkey"):
        for statement in (f"DELETE FROM audit_{table}", f"UPDATE audit_{table} SET id = id"):
            words = (
                statement.replace("SET id = id", 'SET "index" = "index"')
                if table == "leaf"
                else statement
            )
            with (
                pytest.raises(Exception, match="Cannot update or delete"),
                connection.cursor() as c,
            ):
                c.execute(words)
