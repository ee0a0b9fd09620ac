"""The head of a unit says by when a step is to be finished: proposed, kept, shown, asked after."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.errors import Refused
from motcua.dossiers import queries
from motcua.dossiers.actions import more_papers, processing
from motcua.dossiers.letters import calendar_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.step_dates import latest, proposed, step_date_reasons, warned_from
from motcua.dossiers.silence_facts import a_round
from motcua.dossiers.silence_queries import looks
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import page, press, text_of
from motcua.dossiers.tests.test_silence_clocks import (
    HOA,
    HOUR,
    MAI,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked, consulted
from motcua.testing.dossiers import asked_more, handed_in
from motcua.workdays.types import HANOI, WorkCalendar

CALENDAR = WorkCalendar(years=frozenset({2026, 2027}))
DUE = datetime(2026, 11, 20, 9, tzinfo=HANOI)  # Friday, four working days after Monday at nine
WEDNESDAY = datetime(2026, 11, 18, 16, tzinfo=HANOI)
FRIDAY = datetime(2026, 11, 20, 16, tzinfo=HANOI)
db = pytest.mark.django_db


def codes(end: datetime, now: datetime = MONDAY, due: datetime | None = DUE) -> list[str]:
    return [reason.code for reason in step_date_reasons(end, now, due, CALENDAR)]


def test_three_quarters_of_the_working_time_left_are_proposed_on_the_half_hour() -> None:
    assert proposed(MONDAY, DUE, CALENDAR) == datetime(2026, 11, 19, 9, tzinfo=HANOI)
    odd = MONDAY + timedelta(minutes=7)
    assert proposed(odd, DUE, CALENDAR) == datetime(2026, 11, 19, 9, tzinfo=HANOI)
    assert proposed(DUE, DUE, CALENDAR) is None


def test_a_day_is_kept_to_sign_or_a_quarter_of_what_is_left_where_that_is_less() -> None:
    assert latest(MONDAY, DUE, CALENDAR) == datetime(2026, 11, 19, 9, tzinfo=HANOI)
    short = datetime(2026, 11, 16, 15, tzinfo=HANOI)  # four hours of work: one of them
    assert latest(MONDAY, short, CALENDAR) == datetime(2026, 11, 16, 14, tzinfo=HANOI)


@given(
    st.datetimes(datetime(2026, 3, 2), datetime(2026, 12, 1)),
    st.integers(1, 40 * 24 * 60),
)
def test_what_is_proposed_is_never_refused(begun: datetime, minutes: int) -> None:
    now = begun.replace(tzinfo=HANOI)
    due = now + timedelta(minutes=minutes)
    end = proposed(now, due, CALENDAR)

    assert end is None or codes(end, now, due) == []


def test_a_step_ends_in_working_time_to_come_and_leaves_time_to_sign() -> None:
    assert codes(MONDAY - MINUTE) == ["step_gone_by"]
    assert codes(datetime(2026, 11, 18, 20, tzinfo=HANOI)) == ["step_not_working"]
    assert codes(datetime(2026, 11, 19, 9, 1, tzinfo=HANOI)) == ["step_too_late"]
    assert codes(datetime(2026, 11, 23, 9, tzinfo=HANOI)) == ["step_after_promise"]
    assert codes(datetime(2026, 11, 19, 9, tzinfo=HANOI)) == []
    assert codes(datetime(2026, 11, 23, 9, tzinfo=HANOI), due=None) == []
    late = DUE + HOUR
    assert codes(late + HOUR, now=late) == []  # late already: the sooner the better


def test_the_officer_is_warned_when_a_quarter_is_left_two_hours_at_least() -> None:
    thursday = datetime(2026, 11, 19, 9, tzinfo=HANOI)  # 24 hours of work: six of them
    assert warned_from(MONDAY, thursday, CALENDAR) == datetime(2026, 11, 18, 11, tzinfo=HANOI)
    afternoon = datetime(2026, 11, 16, 15, 30, tzinfo=HANOI)  # four and a half hours: two of them
    assert warned_from(MONDAY, afternoon, CALENDAR) == datetime(2026, 11, 16, 11, 30, tzinfo=HANOI)
    assert warned_from(MONDAY, MONDAY + HOUR, CALENDAR) == MONDAY


def assigned(cast: Cast, end: datetime | None, dossier: Dossier | None = None) -> Dossier:
    """Hòa gives the dossier to Mai on Monday at nine, to be finished by `end`."""
    dossier = dossier or since_monday(cast, Status.ASSIGNING)
    with time_machine.travel(MONDAY, tick=False):
        return processing.assign_dossier(
            post=cast.hoa, reference=dossier.reference, assignee_id=cast.mai.pk, finish_by=end
        )


@db
def test_the_end_of_the_step_is_kept_with_the_task_until_mai_proposes(cast: Cast) -> None:
    dossier = assigned(cast, WEDNESDAY)
    assert dossier.tasks.get(done_at=None).due_at == WEDNESDAY
    with time_machine.travel(MONDAY + HOUR, tick=False):
        processing.examine_dossier(post=cast.mai, reference=dossier.reference, note="Đang xem.")
        consulted(cast, dossier)
    dossier.refresh_from_db()
    assert (dossier.step_due_at, dossier.tasks.get(done_at=None).due_at) == (WEDNESDAY, WEDNESDAY)


@db
def test_whoever_proposes_or_asks_the_applicant_is_asked_for_no_step_any_more(cast: Cast) -> None:
    proposing, asking = assigned(cast, WEDNESDAY), assigned(cast, WEDNESDAY)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        processing.propose_dossier(
            post=cast.mai, reference=proposing.reference, outcome="approve", note="Đủ điều kiện."
        )
        asked_more(cast, asking)

    for dossier in (proposing, asking):
        dossier.refresh_from_db()
        assert (dossier.step_due_at, dossier.step_warn_at) == (None, None)
        assert dossier.tasks.get(done_at=None).due_at == dossier.clock_at


@db
@pytest.mark.parametrize("end", [WEDNESDAY, None])
def test_when_the_papers_are_here_a_step_that_had_an_end_has_a_share_of_the_new_time(
    cast: Cast, end: datetime | None
) -> None:
    dossier = assigned(cast, end)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        asked_more(cast, dossier)
    with time_machine.travel(FRIDAY, tick=False):
        handed_in(cast, dossier)
        more_papers.resume_dossier(post=cast.hung, reference=dossier.reference)

    dossier.refresh_from_db()
    assert dossier.due_at
    anew = proposed(FRIDAY, dossier.due_at, calendar_of(dossier)) if end else None
    assert (dossier.step_due_at, dossier.step_warn_at is not None) == (anew, anew is not None)
    assert dossier.tasks.get(done_at=None).due_at == (anew or dossier.clock_at)


@db
def test_the_end_is_refused_with_the_sentence_and_nothing_is_assigned(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        assigned(cast, MONDAY - HOUR)

    assert [reason.code for reason in refusal.value.reasons] == ["step_gone_by"]
    assert Dossier.objects.get().status == Status.ASSIGNING


@db
def test_mai_is_warned_in_the_last_quarter_and_hoa_told_when_it_is_over(cast: Cast) -> None:
    dossier = assigned(cast, WEDNESDAY)
    assert dossier.step_warn_at

    looked(dossier.step_warn_at - MINUTE)
    assert told(dossier, AlarmKind.STEP_DATE) == []
    looked(dossier.step_warn_at)
    looked(WEDNESDAY)
    assert told(dossier, AlarmKind.STEP_DATE) == [("warning", [MAI])]
    looked(WEDNESDAY + MINUTE)
    looked(WEDNESDAY + 2 * MINUTE)
    assert told(dossier, AlarmKind.STEP_DATE) == [("warning", [MAI]), ("passed", [HOA])]


@db
def test_whoever_was_given_an_end_is_asked_after_by_it_and_not_by_the_share(cast: Cast) -> None:
    dossier = since_monday(cast, Status.ASSIGNING)
    assert dossier.due_at
    quarter = dossier.due_at - (dossier.due_at - MONDAY) / 4  # on Saturday evening
    assigned(cast, FRIDAY, dossier)

    looked(quarter + HOUR)
    with time_machine.travel(quarter + HOUR, tick=False):
        marks = a_round().marks
    [share] = [each for each in looks() if each.kind is AlarmKind.STEP]

    assert not share.rows(marks).exists()  # it is not even fetched, round after round
    assert told(dossier, AlarmKind.STEP) == []
    assert told(dossier, AlarmKind.STEP_DATE) == [("passed", [HOA])]


@db
def test_another_end_ends_the_warning_of_the_first(cast: Cast) -> None:
    dossier = assigned(cast, WEDNESDAY)
    assert dossier.step_warn_at
    looked(dossier.step_warn_at)
    with time_machine.travel(dossier.step_warn_at + MINUTE, tick=False):
        processing.assign_dossier(
            post=cast.hoa, reference=dossier.reference, assignee_id=cast.mai.pk,
            finish_by=FRIDAY,
        )  # fmt: skip
    looked(dossier.step_warn_at + 2 * MINUTE)

    assert told(dossier, AlarmKind.STEP_DATE) == []


@db
def test_the_form_begins_with_the_share_and_says_the_last_moment(cast: Cast) -> None:
    dossier = since_monday(cast, Status.ASSIGNING)
    with time_machine.travel(MONDAY, tick=False):
        hoa = desk_of(cast.hoa)
        shown = text_of(hoa.get(page(dossier)))
        assert 'name="finish_day" value="20/11/2026"' in shown
        assert "để còn thời gian ký" in shown
        typed = {"chosen": cast.mai.pk, "finish_day": "18/11/2026", "finish_hour": "16:00"}
        press(hoa, dossier, Step.ASSIGN, **typed)
        assert "xong bước 16:00 18/11/2026" in text_of(hoa.get("/can-bo/danh-sach/dang-xu-ly/"))
        assert "<dt>Phải xong bước này trước</dt><dd>16:00 18/11/2026" in text_of(
            desk_of(cast.mai).get(page(dossier))
        )


@db
def test_the_steps_say_the_end_that_the_head_set_and_the_citizen_reads_the_promise(
    cast: Cast, lan: Client
) -> None:
    dossier = since_monday(cast, Status.ASSIGNING)
    with time_machine.travel(MONDAY, tick=False):
        typed = {"chosen": cast.mai.pk, "finish_day": "18/11/2026", "finish_hour": "16:00"}
        press(desk_of(cast.hoa), dossier, Step.ASSIGN, **typed)
        said = queries.desk_dossier(cast.mai, dossier.reference).page.timeline
        mine = text_of(lan.get(f"/ho-so/{dossier.reference}/"))

    done = next(item for item in said if item.step == Step.ASSIGN)
    assert done.note.endswith("phải xong trước 16:00 18/11/2026")
    waiting = next(item for item in said if item.state == "now")
    assert waiting.at == WEDNESDAY
    assert "18/11/2026" not in mine


@db
def test_a_step_without_a_note_says_the_end_in_a_sentence_of_its_own(cast: Cast) -> None:
    dossier = since_monday(cast, Status.ASSIGNING)
    with time_machine.travel(MONDAY, tick=False):
        typed = {"chosen": cast.mai.pk, "finish_day": "18/11/2026", "finish_hour": "16:00"}
        press(desk_of(cast.hoa), dossier, Step.ASSIGN, **typed)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        asked_more(cast, dossier)
        handed_in(cast, dossier)
        more_papers.resume_dossier(post=cast.hung, reference=dossier.reference)
        said = queries.desk_dossier(cast.mai, dossier.reference).page.timeline

    resumed = next(item for item in said if item.step == Step.RESUME)
    assert resumed.note.startswith("Phải xong trước ")


@db
def test_a_guest_does_not_read_the_end_that_the_head_of_another_unit_set(cast: Cast) -> None:
    dossier = since_monday(cast, Status.CONSULTING)
    Dossier.objects.filter(pk=dossier.pk).update(step_due_at=WEDNESDAY)
    with time_machine.travel(MONDAY, tick=False):
        hers, his = (
            queries.desk_dossier(post, dossier.reference).page.timeline
            for post in (cast.mai, a_unit_asked(cast))
        )

    assert WEDNESDAY in [item.at for item in hers]
    assert WEDNESDAY not in [item.at for item in his]


@db
@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("18/11/2026", "", "nhập cả ngày và giờ"),
        ("31/02/2026", "16:00", "theo ngày/tháng/năm"),
        ("18/11/2026", "25:00", "giờ và phút"),
        ("18/11/0026", "16:00", "xem lại năm"),
        ("18/11/2026", "12:00", "trong giờ làm việc"),
        ("18/11/2036", "16:00", "2036"),
    ],
)
def test_a_wrong_end_is_refused_in_words(cast: Cast, day: str, hour: str, said: str) -> None:
    dossier = since_monday(cast, Status.ASSIGNING)
    with time_machine.travel(MONDAY, tick=False):
        typed = {"chosen": cast.mai.pk, "finish_day": day, "finish_hour": hour}
        response = press(desk_of(cast.hoa), dossier, Step.ASSIGN, **typed)

    assert response.status_code == 422
    assert said in text_of(response)
    dossier.refresh_from_db()
    assert dossier.status == Status.ASSIGNING
