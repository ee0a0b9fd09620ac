"""The checker bites: each kind of fault is planted into a sound house, and named."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from motcua.audit.models import Entry, Head
from motcua.dossiers.actions.intake import submit_dossier
from motcua.dossiers.models import Document, Dossier, Move, Task, WorklistCount
from motcua.files import shelf
from motcua.testing.cast import Cast
from tests.crash.checker import Fault, examine
from tests.crash.ledger import Ledger, new_mark
from tests.crash.making import ready_drafts
from tests.crash.snapshot import look

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(cast: Cast, var: Path, book: Ledger) -> Dossier:
    """Three dossiers of Lan's, asked for, filed and acknowledged; the second one is the victim's."""
    for wish, reference in ready_drafts(3, [cast.lan], cast.ward.code):
        book.ask(wish)
        submit_dossier(citizen=cast.lan, reference=reference)
        book.acknowledge(wish.mark, reference)
    return Dossier.objects.order_by("pk")[1]


def faults(book: Ledger) -> set[Fault]:
    return {found.fault for found in examine(Ledger.read(book.path), look())}


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def unguarded() -> Iterator[None]:
    """As one who rules the database and has switched the journal's guards off."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # what was done before is looked at before
    sql("SET CONSTRAINTS ALL DEFERRED")
    sql("SET LOCAL session_replication_role = replica")
    yield
    sql("SET LOCAL session_replication_role = origin")


def again(dossier: Dossier, **changes: object) -> Dossier:
    """The dossier once more, as if its key had been ignored: with all its papers and rows."""
    move = dossier.moves.get()
    papers = list(dossier.documents.all())
    task = dossier.tasks.get()
    entry = Entry.objects.get(subject=dossier.reference)
    dossier.pk, dossier.key, dossier.reference = None, uuid.uuid4(), f"T-{uuid.uuid4().hex[:12]}"
    for name, value in changes.items():
        setattr(dossier, name, value)
    dossier.save()
    for row in (*papers, task, move):
        row.pk, row.dossier = None, dossier
        row.save()
    entry.pk, entry.subject = None, dossier.reference
    entry.save()
    return dossier


def lose_it(dossier: Dossier) -> None:
    for rows in (Task, Move, Document):
        rows.objects.filter(dossier=dossier).delete()
    Dossier.objects.filter(pk=dossier.pk).delete()


def lose_it_with_its_journal(dossier: Dossier) -> None:
    lose_it(dossier)
    forget_the_journal(dossier)


def empty_it(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(answers={})


def change_a_word(dossier: Dossier) -> None:
    section = next(iter(dossier.answers))
    dossier.answers[section]["thua"] = "một chữ"
    Dossier.objects.filter(pk=dossier.pk).update(answers=dossier.answers)


def give_it_to_nobody(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(submitter=None)


def unsubmit_it(dossier: Dossier) -> None:
    with unguarded():
        Dossier.objects.filter(pk=dossier.pk).update(status="draft")


def rename_it(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(reference="T-261122-AAAABBBB")


def lose_a_paper(dossier: Dossier) -> None:
    dossier.documents.all().delete()


def attach_a_paper_twice(dossier: Dossier) -> None:
    paper = dossier.documents.get()
    paper.pk = None
    paper.save()


def place_of(dossier: Dossier) -> Path:
    return shelf.place(dossier.documents.get().digest)


def flip_a_byte(dossier: Dossier) -> None:
    place = place_of(dossier)
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.chmod(0o600)
    place.write_bytes(content)


def cut_the_file_short(dossier: Dossier) -> None:
    place = place_of(dossier)
    content = place.read_bytes()
    place.chmod(0o600)
    place.write_bytes(content[:-1])


def lose_the_file(dossier: Dossier) -> None:
    place_of(dossier).unlink()


def leave_a_file_behind(dossier: Dossier) -> None:
    """As after a crash between the disk and the commit, when no sweep has passed."""
    draft = shelf.write_draft([b"of nobody"])
    shelf.keep(draft.path, draft.digest)


def forget_the_journal(dossier: Dossier) -> None:
    reference = dossier.reference
    with unguarded():
        Entry.objects.filter(subject=reference).delete()
        Head.objects.filter(subject=reference).delete()


def rewrite_the_journal(dossier: Dossier) -> None:
    with unguarded():
        Entry.objects.filter(subject=dossier.reference).update(actor="person:0")


def forget_the_move(dossier: Dossier) -> None:
    Move.objects.filter(dossier=dossier).delete()


def forget_the_task(dossier: Dossier) -> None:
    Task.objects.filter(dossier=dossier).delete()


def forget_the_job(dossier: Dossier) -> None:
    move = str(dossier.moves.get().pk)
    sql("DELETE FROM procrastinate_jobs WHERE args->'facts'->>'move_id' = %s", move)


def queue_the_job_twice(dossier: Dossier) -> None:
    sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) SELECT queue_name, task_name,"
        " args FROM procrastinate_jobs WHERE args->'facts'->>'move_id' = %s",
        str(dossier.moves.get().pk),
    )


def miscount(dossier: Dossier) -> None:
    WorklistCount.objects.filter(status="submitted").update(number=2)


PLANTS: list[tuple[Callable[[Dossier], object], set[Fault]]] = [
    (lose_it, {Fault.LOST, Fault.COUNTER}),
    (lose_it_with_its_journal, {Fault.LOST, Fault.COUNTER}),
    (empty_it, {Fault.LOST, Fault.EXTRA}),
    (change_a_word, {Fault.CHANGED}),
    (give_it_to_nobody, {Fault.CHANGED}),
    (unsubmit_it, {
        Fault.UNFINISHED, Fault.MOVE, Fault.JOURNAL, Fault.JOB, Fault.TASK, Fault.COUNTER,
    }),
    (rename_it, {Fault.RECEIPT, Fault.JOURNAL, Fault.LOST}),
    (lose_a_paper, {Fault.PAPER_LOST}),
    (attach_a_paper_twice, {Fault.PAPER_EXTRA}),
    (flip_a_byte, {Fault.FILE_CHANGED}),
    (cut_the_file_short, {Fault.FILE_CHANGED}),
    (lose_the_file, {Fault.FILE_MISSING}),
    (leave_a_file_behind, {Fault.FILE_EXTRA}),
    (forget_the_journal, {Fault.JOURNAL}),
    (rewrite_the_journal, {Fault.CHAIN}),
    (forget_the_move, {Fault.MOVE, Fault.JOB}),
    (forget_the_task, {Fault.TASK}),
    (forget_the_job, {Fault.JOB}),
    (queue_the_job_twice, {Fault.JOB}),
    (miscount, {Fault.COUNTER}),
]  # fmt: skip


def test_a_sound_house_has_no_fault(filed: Dossier, book: Ledger) -> None:
    assert examine(Ledger.read(book.path), look()) == []


@pytest.mark.parametrize(("plant", "named"), PLANTS, ids=[plant.__name__ for plant, _ in PLANTS])
def test_a_planted_fault_is_named(
    filed: Dossier, book: Ledger, plant: Callable[[Dossier], object], named: set[Fault]
) -> None:
    plant(filed)

    assert faults(book) == named


def test_a_dossier_filed_twice_under_one_wish_is_named(filed: Dossier, book: Ledger) -> None:
    again(filed)

    assert {Fault.DOUBLED, Fault.COUNTER} <= faults(book)


def test_a_second_draft_of_one_wish_is_named(filed: Dossier, book: Ledger) -> None:
    filed.pk, filed.key, filed.reference, filed.status = None, uuid.uuid4(), "T-1", "draft"
    filed.save()

    assert Fault.DOUBLED in faults(book)


def test_a_dossier_nobody_asked_for_is_named(filed: Dossier, book: Ledger, cast: Cast) -> None:
    wish, reference = ready_drafts(1, [cast.lan], cast.ward.code)[0]
    assert faults(book) == {Fault.EXTRA}
    submit_dossier(citizen=cast.lan, reference=reference)

    assert faults(book) == {Fault.EXTRA}
    book.ask(wish)
    assert faults(book) == set()


def test_an_acknowledgement_of_what_never_was_is_named(filed: Dossier, book: Ledger) -> None:
    mark = new_mark()
    book.asked[mark] = next(iter(book.asked.values()))
    book.acknowledge(mark, "T-261122-CCCCDDDD")
    found = examine(book, look())

    assert [(one.fault, one.about) for one in found] == [(Fault.LOST, "T-261122-CCCCDDDD")]


def test_two_receipts_for_one_wish_are_named(filed: Dossier, book: Ledger) -> None:
    mark = next(iter(book.receipts))
    book.acknowledge(mark, "T-261122-EEEEFFFF")

    assert faults(book) == {Fault.RECEIPT}


def test_the_ledger_on_the_disk_is_the_ledger(filed: Dossier, book: Ledger) -> None:
    read = Ledger.read(book.path)

    assert read.asked == book.asked
    assert read.receipts == book.receipts
