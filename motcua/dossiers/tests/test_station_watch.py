"""What the watch does about the parts of a shared dossier: near, late, deserted, without a limit."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.dossiers import jobs, station_limits
from motcua.dossiers.actions import silence, watching
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.test_interlinking import MONDAY, answer, divided, station
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.notices.models import Message
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked, consulted
from motcua.testing.linking import at_the_centre
from motcua.workdays.types import HANOI, TimeLimit, WorkCalendar, YearNotConfigured

pytestmark = pytest.mark.django_db
THREE = datetime(2026, 11, 30, 15, tzinfo=HANOI)  # when the parts of Phúc and Cúc are due


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    return divided(cast)


def at(moment: datetime) -> int:
    """A round of the watch at this moment."""
    with time_machine.travel(moment):
        return watching.raise_alarms()


def alarms(dossier: Dossier, order: int, kind: AlarmKind = AlarmKind.STATION) -> list[Alarm]:
    rows = Alarm.objects.filter(kind=kind, occasion=station(dossier, order).pk)
    return list(rows.order_by("pk"))


def told(alarm: Alarm) -> set[Post]:
    return set(alarm.raised_to.all())


def inbox(post: Post) -> list[str]:
    rows = Message.objects.filter(channel="inbox", post=post).order_by("pk")
    return [f"{row.subject}\n{row.body}" for row in rows]


def without_head(cast: Cast) -> None:
    """Ông Phúc leaves: nobody takes in what comes to the office of the ward."""
    Post.objects.filter(pk=a_unit_asked(cast).pk).update(is_active=False)


def test_a_late_part_stays_told_while_mai_asks_an_opinion(cast: Cast, shared: Dossier) -> None:
    answer(shared, at_the_centre(cast))
    at(THREE + timedelta(minutes=5))
    with time_machine.travel(THREE + timedelta(minutes=6)):
        consulted(cast, shared)

    (late,) = alarms(shared, 1)[-1:]
    assert late.level == AlarmLevel.PASSED
    assert late.closed_at is None
    jobs.tell_officials(late.pk)
    assert any("chậm trả kết quả" in text for text in inbox(a_unit_asked(cast)))


def test_whoever_does_a_part_is_warned_two_hours_of_work_before_its_end(
    cast: Cast, shared: Dossier
) -> None:
    assert at(MONDAY + timedelta(hours=2)) == 0
    assert at(datetime(2026, 11, 30, 13, 5, tzinfo=HANOI)) == 2
    assert at(datetime(2026, 11, 30, 13, 10, tzinfo=HANOI)) == 0

    (near,) = alarms(shared, 1)
    assert (near.level, told(near)) == (AlarmLevel.WARNING, {a_unit_asked(cast)})
    jobs.tell_officials(near.pk)
    (text,) = inbox(a_unit_asked(cast))
    assert "sắp hết hạn làm phần việc" in text
    assert "15:00 ngày 30/11/2026" in text
    answer(shared, a_unit_asked(cast), hours=6)
    assert alarms(shared, 1)[0].closed_at is not None


def test_a_late_part_is_told_to_whoever_settles_the_dossier_too(
    cast: Cast, shared: Dossier
) -> None:
    at(THREE + timedelta(minutes=5))
    late = alarms(shared, 1)[-1]
    assert {cast.mai, a_unit_asked(cast), cast.binh} == told(late)


def test_a_late_part_of_which_everybody_has_left_is_told_to_the_same_group_anew(
    cast: Cast, shared: Dossier
) -> None:
    head = a_post("dung", "Lê Tiến Dũng", cast.hung.unit, Role.UNIT_HEAD, "Trưởng bộ phận")
    at(THREE + timedelta(minutes=5))
    late = alarms(shared, 1)[-1]
    late.raised_to.clear()
    with time_machine.travel(THREE + timedelta(hours=1)):
        silence.break_silence()
    assert told(late) == {head, cast.mai}


def test_where_only_a_case_officer_is_left_that_one_is_told(cast: Cast, shared: Dossier) -> None:
    without_head(cast)
    unit = a_unit_asked(cast).unit
    an = a_post("an", "Lê Thị An", unit, Role.CASE_OFFICER, "Công chức")
    at(datetime(2026, 11, 30, 13, 5, tzinfo=HANOI))
    assert alarms(shared, 1, AlarmKind.IDLE) == []
    assert told(alarms(shared, 1)[0]) == {an}


def test_a_part_that_nobody_can_do_is_told_to_mai_at_once_and_over_when_somebody_comes(
    cast: Cast, shared: Dossier
) -> None:
    without_head(cast)
    assert at(MONDAY + timedelta(hours=2)) == 1
    assert at(MONDAY + timedelta(hours=2, minutes=5)) == 0
    (idle,) = alarms(shared, 1, AlarmKind.IDLE)
    assert told(idle) == {cast.mai}
    jobs.tell_officials(idle.pk)
    assert any("Văn phòng" in text and "chưa có ai nhận việc" in text for text in inbox(cast.mai))
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        silence.break_silence()  # this watch leaves it to the other
    idle.refresh_from_db()
    assert idle.closed_at is None

    Post.objects.filter(pk=a_unit_asked(cast).pk).update(is_active=True)
    at(MONDAY + timedelta(hours=3))
    idle.refresh_from_db()
    assert idle.closed_at is not None


def test_a_year_missing_at_another_unit_holds_up_nobodys_answer(
    cast: Cast, shared: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_calendar(start: datetime, limit: TimeLimit, calendar: WorkCalendar) -> datetime:
        raise YearNotConfigured(start.year)

    with monkeypatch.context() as patched:
        patched.setattr(station_limits, "due_at", no_calendar)
        answer(shared, a_unit_asked(cast))
        third = station(shared, 3)
        assert third.started_at is not None
        assert third.due_at is None
        assert at(MONDAY + timedelta(hours=2, minutes=5)) == 1
    (idle,) = alarms(shared, 3, AlarmKind.IDLE)
    assert {cast.mai, cast.quan} <= told(idle)  # the keepers see to the calendar

    at(MONDAY + timedelta(hours=2, minutes=10))  # the year is there
    assert station(shared, 3).due_at == datetime(2026, 11, 30, 16, tzinfo=HANOI)
    assert station(shared, 3).warn_at is not None
    idle.refresh_from_db()
    assert idle.closed_at is not None
