"""The calendar is changed by two persons: Quân drafts, Nga agrees; every agreement is an edition."""

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from motcua.audit.queries import deeds_on, entries_of
from motcua.core import events
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Refused
from motcua.core.two_persons import Hand
from motcua.workdays import queries
from motcua.workdays.actions.drafting import (
    add_changes,
    approve_draft,
    open_draft,
    reject_draft,
    remove_change,
    send_draft,
    take_back,
)
from motcua.workdays.models import CalendarDraft, DayOff
from motcua.workdays.queries import latest_edition, work_calendar
from motcua.workdays.types import HANOI, OFFICE_HOURS, Slot
from motcua.workdays.types.changes import Change, ChangeKind, DraftStatus

pytestmark = pytest.mark.django_db
QUAN = Hand(Actor(Role.KEEPER, "post:9", "Bùi Minh Quân"), "account:9")
NGA = Hand(Actor(Role.KEEPER, "post:10", "Lý Thị Nga"), "account:10")
NOW = datetime(2026, 11, 22, 9, tzinfo=HANOI)
TYPHOON = Change(ChangeKind.DAY_OFF, date(2026, 12, 1), "Nghỉ bão")
EARLY = (Slot(time(7), time(11, 30)), Slot(time(13, 30), time(17)))


@pytest.fixture(autouse=True)
def _november(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def sent(*changed: Change, year: int = 2026, hand: Hand = QUAN) -> int:
    number = open_draft(hand=hand, year=year)
    add_changes(hand=hand, number=number, revision=1, changed=changed or [TYPHOON])
    send_draft(hand=hand, number=number, revision=2, note="Công điện số 1")
    return number


def agree(number: int, **other: Any) -> int:
    seen: dict[str, Any] = {"hand": NGA, "revision": 2, "edition": latest_edition()} | other
    return approve_draft(number=number, **seen)


def test_a_day_off_holds_once_another_person_has_agreed() -> None:
    before, number = latest_edition(), sent()
    assert work_calendar().is_open(TYPHOON.day)

    made = agree(number)

    assert made == before + 1 == work_calendar().number
    assert not work_calendar().is_open(TYPHOON.day)
    assert work_calendar().names[TYPHOON.day] == "Nghỉ bão"
    found = queries.draft(number)
    assert (found.status, found.decided_by) == (DraftStatus.APPROVED, "Lý Thị Nga")
    assert queries.editions()[0].changed == ("01/12/2026: ngày thường → nghỉ, Nghỉ bão",)
    assert queries.editions()[0].draft == number
    assert deeds_on("calendar:2026")[-3:] == [
        "calendar.draft",
        "calendar.send",
        "calendar.approve",
    ]
    assert entries_of("calendar:2026")[-1].facts["edition"] == made


def test_the_house_hears_of_the_edition_in_the_same_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[object] = []
    monkeypatch.setattr("motcua.workdays.actions.editions.publish", heard.append)

    made = agree(sent())

    (fact,) = heard
    assert isinstance(fact, events.Event)
    assert getattr(fact, "edition") == made  # noqa: B009 - the event's type is asserted above


def test_every_edition_can_be_read_again_as_it_was() -> None:
    before, _ = latest_edition(), agree(sent())
    agree(sent(Change(ChangeKind.HOURS, date(2026, 12, 7), owner="unit:5", slots=EARLY)))

    assert queries.calendar_of_edition(before).is_open(TYPHOON.day)
    assert not queries.calendar_of_edition(before + 1).is_open(TYPHOON.day)
    assert queries.calendar_of_edition(before + 1, unit_id=5).slots_on(date(2026, 12, 7)) == (
        OFFICE_HOURS
    )
    assert queries.calendar_of_edition(before + 2, unit_id=5) == work_calendar(unit_id=5)
    with pytest.raises(NotFound):
        queries.calendar_of_edition(before + 3)


def test_a_unit_keeps_its_own_hours_from_a_day_on() -> None:
    agree(sent(Change(ChangeKind.HOURS, date(2026, 12, 7), owner="agency:4", slots=EARLY)))

    own = work_calendar(agency_id=4, unit_id=5)
    assert own.slots_on(date(2026, 12, 4)) == OFFICE_HOURS
    assert own.slots_on(date(2026, 12, 7)) == EARLY
    assert work_calendar().slots_on(date(2026, 12, 7)) == OFFICE_HOURS
    assert own is work_calendar(agency_id=4, unit_id=6)


def test_nobody_agrees_to_their_own_draft_in_whatever_post() -> None:
    number = sent()
    elsewhere = Hand(Actor(Role.KEEPER, "post:77", "Bùi Minh Quân"), QUAN.person)

    for hand in (QUAN, elsewhere):
        with pytest.raises(Refused, match="không tự duyệt"):
            agree(number, hand=hand)
        with pytest.raises(Refused, match="không tự duyệt"):
            reject_draft(hand=hand, number=number, revision=2, reason="x")

    assert work_calendar().is_open(TYPHOON.day)


def test_a_draft_that_is_turned_down_says_why_and_changes_nothing() -> None:
    before, number = latest_edition(), sent()
    with pytest.raises(Refused, match="lý do"):
        reject_draft(hand=NGA, number=number, revision=2, reason="  ")

    reject_draft(hand=NGA, number=number, revision=2, reason="Chưa có công điện")

    assert queries.draft(number).reason == "Chưa có công điện"
    assert latest_edition() == before
    with pytest.raises(Refused, match="vừa thay đổi"):
        agree(number)


def test_a_draft_is_agreed_to_once() -> None:
    number = sent()
    made = agree(number)

    with pytest.raises(Refused, match="vừa thay đổi"):
        agree(number)

    assert latest_edition() == made


def test_who_saw_another_calendar_or_another_draft_looks_again() -> None:
    other = sent(Change(ChangeKind.DAY_OFF, date(2026, 12, 2), "Nghỉ bão"), hand=NGA)
    number, seen = sent(), latest_edition()
    agree(other, hand=QUAN)

    with pytest.raises(Refused, match="thay đổi khác được duyệt"):
        agree(number, edition=seen)
    with pytest.raises(Refused, match="vừa thay đổi"):
        agree(number, revision=1)
    agree(number)


def test_what_was_sound_when_sent_is_looked_at_again_when_agreed() -> None:
    number = sent()
    with (
        time_machine.travel(datetime(2026, 12, 2, 9, tzinfo=HANOI)),
        pytest.raises(Refused, match="Dòng 1: ngày 01/12/2026 đã qua"),
    ):
        agree(number)


def test_only_the_one_who_drafts_writes_sends_and_takes_back() -> None:
    number = open_draft(hand=QUAN, year=2026)

    with pytest.raises(Refused, match="Chỉ người soạn"):
        add_changes(hand=NGA, number=number, revision=1, changed=[TYPHOON])
    with pytest.raises(Refused, match="chưa có dòng nào"):
        send_draft(hand=QUAN, number=number, revision=1, note="x")
    add_changes(hand=QUAN, number=number, revision=1, changed=[TYPHOON])
    with pytest.raises(Refused, match="Mời nêu căn cứ"):
        send_draft(hand=QUAN, number=number, revision=2, note="")
    send_draft(hand=QUAN, number=number, revision=2, note="Công điện")
    with pytest.raises(Refused, match="Chỉ người soạn"):
        take_back(hand=NGA, number=number)
    take_back(hand=QUAN, number=number)
    remove_change(hand=QUAN, number=number, revision=3, line=1)
    with pytest.raises(NotFound):
        remove_change(hand=QUAN, number=number, revision=4, line=1)
    take_back(hand=QUAN, number=number, drop=True)

    assert queries.draft(number).status is DraftStatus.DROPPED
    assert queries.open_drafts() == []


def test_a_line_that_is_wrong_is_refused_and_the_others_stay() -> None:
    number = open_draft(hand=QUAN, year=2026)
    add_changes(hand=QUAN, number=number, revision=1, changed=[TYPHOON])

    with pytest.raises(Refused, match="Dòng 2: ngày 01/12/2026 đã có ở dòng 1"):
        add_changes(hand=QUAN, number=number, revision=2, changed=[TYPHOON])

    assert queries.draft(number).changes == (TYPHOON,)


def test_a_year_nobody_entered_is_drafted_from_what_is_known_and_then_there() -> None:
    number = open_draft(hand=QUAN, year=2028)
    first, *days = queries.draft(number).changes
    assert first.kind is ChangeKind.ENTER
    assert date(2028, 11, 24) in {each.day for each in days}
    send_draft(hand=QUAN, number=number, revision=1, note="Lịch dự kiến")

    agree(number, revision=1)

    assert not work_calendar().is_open(date(2028, 11, 24))
    assert queries.present_rows().years[2028] is False


def test_a_year_gone_by_or_too_far_away_is_not_drafted() -> None:
    for year in (2025, 2032, 9999):
        with pytest.raises(Refused, match="từ năm 2026 đến năm 2031"):
            open_draft(hand=QUAN, year=year)


def test_a_person_has_one_draft_of_a_year_in_hand() -> None:
    assert open_draft(hand=QUAN, year=2026) == open_draft(hand=QUAN, year=2026)
    assert open_draft(hand=NGA, year=2026) != open_draft(hand=QUAN, year=2026)
    first = sent()
    open_draft(hand=QUAN, year=2026)
    with pytest.raises(Refused, match="đang soạn một đề nghị khác"):
        take_back(hand=QUAN, number=first)


def test_nothing_is_agreed_to_on_a_calendar_that_somebody_changed_by_hand() -> None:
    number = sent()
    DayOff.objects.filter(day=date(2026, 11, 24)).delete()

    with pytest.raises(Refused, match="sửa ngoài hệ thống"):
        agree(number)

    assert CalendarDraft.objects.get(pk=number).status == DraftStatus.WAITING


def test_a_calendar_of_a_unit_is_one_question_once_it_is_known(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    work_calendar(agency_id=1, unit_id=2)

    with django_assert_num_queries(1):
        work_calendar(agency_id=3, unit_id=4)


def test_a_draft_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        queries.draft(999_999)
    with pytest.raises(NotFound):
        agree(999_999)
