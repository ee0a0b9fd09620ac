"""No dossier changes unless the journal tells of it; what changed past it is found at night."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from motcua.audit.actions import record
from motcua.audit.models import Entry, Head
from motcua.audit.queries import told_of
from motcua.core import clock
from motcua.dossiers import replay
from motcua.dossiers.models import Dossier
from motcua.dossiers.replay import standing_otherwise
from motcua.dossiers.rules.replay import Row, Told, difference
from motcua.dossiers.workflow import Status, Step
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def committed() -> None:
    """What the database asks before it commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def sign_it(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.APPROVED)


def turn_it_back(dossier: Dossier) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET revision = revision - 1 WHERE id = %s", [dossier.pk]
        )


def sign_it_and_tell_of_a_look(cast: Cast, dossier: Dossier) -> None:
    sign_it(dossier)
    record(cast.binh.actor, "dossier.read", dossier.reference, at=clock.now(), what="page")


@pytest.mark.parametrize("act", [sign_it, turn_it_back])
def test_a_status_or_a_number_written_past_the_journal_is_refused_at_commit(
    cast: Cast, act: Callable[[Dossier], None]
) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    committed()

    with pytest.raises(IntegrityError, match=dossier.reference), transaction.atomic():
        act(dossier)
        committed()
    dossier.refresh_from_db()
    assert dossier.status == Status.EXAMINING


def test_an_entry_that_tells_of_something_else_does_not_do(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    with pytest.raises(IntegrityError, match="journal does not tell"), transaction.atomic():
        sign_it_and_tell_of_a_look(cast, dossier)
        committed()


def test_steps_pass_also_two_in_one_transaction_and_in_a_savepoint(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    with transaction.atomic():
        dossier.take(Step.URGE, by=cast.binh.actor, at=clock.now())
        with transaction.atomic():
            dossier.take(Step.URGE, by=cast.binh.actor, at=clock.now())
        committed()
    assert list(standing_otherwise()) == []


def test_what_is_neither_status_nor_number_needs_no_entry(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DRAFT)
    Dossier.objects.filter(pk=dossier.pk).update(answers={}, changed_at=clock.now())
    committed()


def told() -> list[tuple[str, str]]:
    return [(each.fault.value, each.where) for each in standing_otherwise()]


def forge_a_signature(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(status=Status.APPROVED)


def skip_a_revision(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(revision=99)


def change_the_result(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(result_digest="0" * 64)


def promise_later(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(due_at=F("due_at") + timedelta(days=10))


def promise_nothing(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(due_at=None)


def forget_its_steps(dossier: Dossier) -> None:
    Entry.objects.filter(subject=dossier.reference).delete()
    Head.objects.filter(subject=dossier.reference).delete()


def forget_one_step(dossier: Dossier) -> None:
    Entry.objects.filter(subject=dossier.reference, deed="dossier.accept").delete()


@pytest.mark.parametrize(
    "act",
    [
        forge_a_signature,
        skip_a_revision,
        change_the_result,
        promise_later,
        promise_nothing,
        forget_its_steps,
        forget_one_step,
    ],
)
def test_what_was_done_by_hand_is_found_by_telling_the_journal_again(
    cast: Cast, act: Callable[[Dossier], None]
) -> None:
    other, dossier = a_dossier(cast, Status.ACCEPTED), a_dossier(cast, Status.RESULT_READY)
    assert told() == []
    with by_hand():
        act(dossier)
    assert told() == [("state-differs", dossier.reference)]
    assert other.reference != dossier.reference


@pytest.mark.parametrize(("steps", "found"), [(1, []), (99, [("state-differs", "")])])
def test_a_step_taken_between_row_and_journal_is_no_fault(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, steps: int, found: list[tuple[str, str]]
) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    left = [steps]

    def meanwhile(subjects: Collection[str], deeds: Collection[str]) -> object:
        if left[0] and subjects:
            left[0] -= 1
            dossier.take(Step.URGE, by=cast.binh.actor, at=clock.now())
        return told_of(subjects, deeds)

    monkeypatch.setattr(replay, "told_of", meanwhile)
    assert [(fault, "") for fault, _ in told()] == found


def test_a_date_promised_before_the_journal_named_it_is_held_from_the_next_one_on() -> None:
    first, later = datetime(2026, 12, 1, 10, tzinfo=UTC), datetime(2026, 12, 8, 10, tzinfo=UTC)
    old, new = Told(1, "draft", "accepted", 1), Told(2, "accepted", "accepted", 2, due=later)

    assert difference([old], Row("accepted", 1, "", first), "draft") == ""
    assert difference([old, new], Row("accepted", 2, "", later), "draft") == ""
    assert "hẹn trả" in difference([old, new], Row("accepted", 2, "", first), "draft")
    stopped = Told(3, "accepted", "stopped", 3, due="")
    assert difference([old, new, stopped], Row("stopped", 3, "", None), "draft") == ""
    assert "hẹn trả" in difference([old, new, stopped], Row("stopped", 3, "", later), "draft")


def test_a_dossier_that_is_gone_is_missed(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    reference = dossier.reference
    with by_hand(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM dossiers_dossier WHERE id = %s", [dossier.pk])
    assert told() == [("state-differs", reference)]


def test_a_draft_that_was_thrown_away_is_not_missed(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DRAFT)
    record(cast.lan.actor, "dossier.read", dossier.reference, at=clock.now(), what="page")
    dossier.documents.all().delete()
    dossier.delete()
    assert told() == []


def test_steps_that_do_not_follow_one_another_lead_nowhere() -> None:
    steps = [Told(1, "draft", "submitted", 1), Told(3, "accepted", "examining", 2)]
    assert "mục #3" in difference(steps, Row("examining", 2, ""), "draft")
    assert difference(steps[:1], Row("submitted", 1, ""), "draft") == ""
