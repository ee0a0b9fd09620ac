"""Nobody waits past the promised day without a word: letters of apology, drafted, signed, sent, once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.audit.queries import deeds_on
from motcua.core.errors import Refused
from motcua.dossiers import approval_jobs, jobs, letters
from motcua.dossiers.actions import apologies, processing
from motcua.dossiers.letters import late_unapologised, late_without_letter, law_of
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.tests.test_watching import raised
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_workdays, closing, opening
from motcua.workdays.types import HANOI

MARRIAGE = "1.004884"  # five working days or more: time for a letter
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)
REASON = "Chờ cơ quan khác xác minh nơi cư trú."

db = pytest.mark.django_db


@pytest.fixture
def running(cast: Cast) -> Dossier:
    """Lan's dossier, with Mai since Friday."""
    with time_machine.travel(FRIDAY, tick=False):
        return a_dossier(cast, Status.EXAMINING, MARRIAGE)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def due_of(dossier: Dossier) -> datetime:
    assert dossier.due_at is not None
    return dossier.due_at


def opening_before(dossier: Dossier) -> datetime:
    """The morning of the last day on which the letter can be signed."""
    day = add_workdays(due_of(dossier).astimezone(HANOI).date(), -1, work_calendar())
    return opening(day, work_calendar())


def later(dossier: Dossier, days: int = 1) -> datetime:
    """A working moment so many working days after the promised one."""
    due = due_of(dossier).astimezone(HANOI)
    return datetime.combine(add_workdays(due.date(), days, work_calendar()), due.time(), HANOI)


def sign(cast: Cast, dossier: Dossier, new: datetime, reason: str = REASON) -> Dossier:
    return apologies.sign_letter(
        post=cast.binh, reference=dossier.reference, new_due_at=new, reason=reason
    )


def why_not(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


@db
def test_the_day_before_the_date_the_letter_lies_before_the_leader(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running) - timedelta(minutes=1)):
        assert apologies.draft_letters() == 0
    with at(opening_before(running)):
        assert apologies.draft_letters() == 1
        assert apologies.draft_letters() == 0

    letter = Apology.objects.get()
    assert (letter.state, letter.signer) == ("drafted", cast.binh)
    assert letter.new_due_at and letter.new_due_at > due_of(running)
    assert raised(running) == [("warning", ["Phạm Văn Bình"])]
    assert "dossier.letter_drafted" in deeds_on(running.reference)


@db
def test_the_leader_is_told_that_a_letter_waits(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        apologies.draft_letters()

    jobs.tell_officials(running.alarms.get().pk)

    told = Message.objects.filter(channel="inbox").latest("pk")
    assert "chờ ký" in told.subject
    assert cast.lan.full_name not in told.body


@db
def test_what_is_signed_in_time_gets_no_letter(cast: Cast) -> None:
    with at(FRIDAY):
        ready = a_dossier(cast, Status.RESULT_READY, MARRIAGE)

    with at(opening_before(ready)):
        assert apologies.draft_letters() == 0


@db
def test_binh_signs_and_lan_has_a_new_date_with_an_apology(cast: Cast, running: Dossier) -> None:
    old, new = due_of(running), later(running)
    with at(opening_before(running)):
        apologies.draft_letters()
        sign(cast, running, new)
        move = running.moves.get(step=Step.EXTEND)
        for job in (jobs.issue_slip, approval_jobs.tell_by_letter):
            job(move.pk)

    running.refresh_from_db()
    letter = Apology.objects.get()
    assert (running.due_at, running.original_due_at) == (new, old)
    assert running.status == Status.EXAMINING
    assert (letter.state, letter.new_due_at, letter.signer) == ("sent", new, cast.binh)
    assert letter.number == running.slips.get(kind="04").number
    change = running.due_changes.get()
    assert (change.old, change.new, change.reason) == (old, new, REASON)
    told = Message.objects.filter(channel="inbox").latest("pk")
    assert "xin lỗi" in told.body
    assert REASON in told.body
    assert f"{new:%d/%m/%Y}" in told.subject
    assert not running.alarms.filter(kind=AlarmKind.LATE_AHEAD, closed_at=None).exists()
    assert running.tasks.get(done_at=None).due_at == running.clock_at


@db
def test_a_second_letter_with_a_new_date_is_refused(cast: Cast, running: Dossier) -> None:
    with at(FRIDAY + timedelta(hours=1)):
        sign(cast, running, later(running))
        running.refresh_from_db()
        with pytest.raises(Refused) as refusal:
            sign(cast, running, later(running))

    assert why_not(refusal) == ["promised_before"]
    with at(opening_before(running)):
        assert apologies.draft_letters() == 0


@db
def test_a_law_that_allows_two_new_dates_gets_two(
    cast: Cast, running: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = law_of(running)
    twice = replace(law, limits=replace(law.limits, reappointment_max=2))
    monkeypatch.setattr(letters, "law_of", lambda dossier: twice)
    with at(FRIDAY + timedelta(hours=1)):
        sign(cast, running, later(running))
        running.refresh_from_db()
        sign(cast, running, later(running))

    assert Apology.objects.filter(new_due_at__isnull=False).count() == 2


@db
@pytest.mark.parametrize(
    ("new", "code"),
    [
        (lambda d: due_of(d) - timedelta(days=0, hours=1), "date_not_later"),
        (lambda d: later(d).replace(hour=3), "date_not_working"),
        (lambda d: later(d, 60), "date_too_far"),
        (lambda d: FRIDAY, "date_gone_by"),
        (due_of, "date_same"),
    ],
)
def test_a_new_date_that_is_no_date_is_refused(
    cast: Cast, running: Dossier, new: object, code: str
) -> None:
    with at(FRIDAY + timedelta(hours=1)), pytest.raises(Refused) as refusal:
        sign(cast, running, new(running))  # type: ignore[operator]

    assert why_not(refusal) == [code]
    assert not Apology.objects.exists()


@db
def test_a_letter_without_a_reason_is_refused(cast: Cast, running: Dossier) -> None:
    with at(FRIDAY + timedelta(hours=1)), pytest.raises(Refused) as refusal:
        sign(cast, running, later(running), "  ")

    assert why_not(refusal) == ["reason_missing"]


@db
def test_the_day_after_the_last_day_only_an_apology_without_a_date_is_left(
    cast: Cast, running: Dossier
) -> None:
    last = closing(opening_before(running).date(), work_calendar())
    too_late = last + timedelta(minutes=1)
    with at(too_late):
        with pytest.raises(Refused) as refusal:
            sign(cast, running, later(running))
        apologies.apologise(post=cast.binh, reference=running.reference, reason=REASON)
        with pytest.raises(Refused) as again:
            apologies.apologise(post=cast.binh, reference=running.reference, reason=REASON)

    assert why_not(refusal) == ["letter_too_late"]
    assert why_not(again) == ["apologised_before"]
    before = running.due_at
    running.refresh_from_db()
    assert running.due_at == before


@db
def test_while_there_is_time_to_promise_a_bare_apology_is_refused(
    cast: Cast, running: Dossier
) -> None:
    with at(FRIDAY + timedelta(hours=1)), pytest.raises(Refused) as refusal:
        apologies.apologise(post=cast.binh, reference=running.reference, reason=REASON)

    assert why_not(refusal) == ["letter_in_time"]


@db
def test_a_late_dossier_without_a_letter_is_reported_until_lan_is_told(
    cast: Cast, running: Dossier
) -> None:
    with at(due_of(running) - timedelta(minutes=1)):
        assert late_unapologised() == 0
    with at(due_of(running) + timedelta(minutes=1)):
        assert late_unapologised() == 1
        apologies.apologise(post=cast.binh, reference=running.reference, reason=REASON)
        assert late_unapologised() == 0


@db
def test_a_dossier_late_again_after_its_new_date_is_reported_again(
    cast: Cast, running: Dossier
) -> None:
    new = later(running)
    with at(FRIDAY + timedelta(hours=1)):
        sign(cast, running, new)

    assert list(late_without_letter(Dossier.objects.all(), new + timedelta(minutes=1))) == [running]


@db
def test_the_draft_goes_when_the_result_comes_or_the_leader_answers_for_it(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running)):
        apologies.draft_letters()
        apologies.drop_letter(post=cast.binh, reference=running.reference, reason="Chiều nay ký.")
        assert apologies.draft_letters() == 0

    letter = Apology.objects.get()
    assert (letter.state, letter.reason) == ("dropped", "Chiều nay ký.")
    assert "dossier.letter_dropped" in deeds_on(running.reference)


@db
def test_a_step_inside_the_agency_leaves_the_draft_where_it_is(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running)):
        apologies.draft_letters()
        processing.examine_dossier(post=cast.mai, reference=running.reference, note="Đang chờ.")

    assert Apology.objects.get().state == "drafted"


@db
def test_only_a_leader_signs(cast: Cast, running: Dossier) -> None:
    with at(FRIDAY + timedelta(hours=1)), pytest.raises(Refused) as refusal:
        apologies.sign_letter(
            post=cast.mai, reference=running.reference, new_due_at=later(running), reason=REASON
        )

    assert why_not(refusal) == ["step_not_open"]
