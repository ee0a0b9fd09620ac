"""A dossier's dates are what its moves make of them, and anyone may see how."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.dossiers import rules
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.ledger import redate
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.clock import DEEDS, ClockMove, events_of
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.workflow import Status, Step
from motcua.law.queries import profile_on
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.models import OfficeHours
from motcua.workdays.queries import latest_edition
from motcua.workdays.rules import RULE_VERSION
from motcua.workdays.types import HANOI, ClockDeed

pytestmark = pytest.mark.django_db
FIVE_DAYS = "1.004884"  # đăng ký lại khai sinh
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
DUE = datetime(2026, 12, 1, 17, 30, tzinfo=HANOI)  # 24/11 is a holiday


def given_on_monday(cast: Cast, status: Status = Status.EXAMINING) -> Dossier:
    with time_machine.travel(MONDAY, tick=False):
        return a_dossier(cast, status, FIVE_DAYS)


def step(dossier: Dossier, name: Step, by: Actor, at: datetime, **facts: Any) -> None:
    """One step, as the actions take it."""
    dossier.refresh_from_db()
    dossier.take(name, by=by, at=at, facts=facts, **redate(dossier, name, at, facts))


def dates(dossier: Dossier) -> tuple[datetime | None, datetime | None]:
    dossier.refresh_from_db()
    return dossier.due_at, dossier.original_due_at


def later(days: int, hour: int = 9) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=days)


def test_an_accepted_dossier_keeps_by_which_law_calendar_and_rule_it_was_promised(
    cast: Cast,
) -> None:
    dossier = given_on_monday(cast, Status.ACCEPTED)
    assert (dossier.due_at, dossier.original_due_at) == (DUE, DUE)
    assert dossier.profile_id == profile_on(MONDAY.date()).id
    assert (dossier.calendar_edition, dossier.rule_version) == (latest_edition(), RULE_VERSION)
    assert dossier.due_changes.count() == 0


def test_the_hours_are_those_of_the_unit_that_accepted_it(cast: Cast) -> None:
    slots = [["07:00", "11:30"], ["13:30", "17:00"]]
    OfficeHours.objects.create(
        owner=f"unit:{cast.hung.unit_id}", since=MONDAY.date(), slots=slots, saturday=[]
    )
    dossier = given_on_monday(cast, Status.ASSIGNING)
    assert dossier.unit_id == cast.hoa.unit_id
    assert dossier.due_at == DUE.replace(hour=17, minute=0)


def test_papers_asked_for_stop_the_clock_and_found_full_it_counts_from_when_they_came(
    cast: Cast,
) -> None:
    dossier = given_on_monday(cast)
    step(dossier, Step.ASK_MORE, cast.mai.actor, later(2))
    assert dates(dossier) == (None, DUE)
    step(dossier, Step.HAND_IN, cast.lan.actor, later(4))
    step(dossier, Step.RESUME, cast.hung.actor, later(7), handed_in_at=later(4).isoformat())

    again = datetime(2026, 12, 4, 17, 30, tzinfo=HANOI)
    assert dates(dossier) == (again, DUE)
    stopped, restarted = dossier.due_changes.all()
    assert (stopped.old, stopped.new, stopped.kind) == (DUE, None, "ask_more")
    assert (restarted.old, restarted.new) == (DUE, again)
    assert list(differing_dates()) == []


def test_a_new_date_is_kept_with_its_reason_and_who_agreed(cast: Cast) -> None:
    dossier, promise = given_on_monday(cast), later(15, 16)
    told = {"due_at": promise.isoformat(), "reason": "Chờ xác minh", "approved_by": "Bình"}
    step(dossier, Step.EXTEND, cast.binh.actor, later(3), **told)
    assert (dossier.due_at, dossier.original_due_at) == (promise, DUE)
    change = dossier.due_changes.get()
    assert (change.reason, change.approved_by) == ("Chờ xác minh", "Bình")
    assert change.move == dossier.moves.last()


def test_a_step_that_the_clock_does_not_hear_changes_no_date(cast: Cast) -> None:
    dossier = given_on_monday(cast)
    assert redate(dossier, Step.PROPOSE, later(1)) == {}
    draft = a_dossier(cast, Status.SUBMITTED)
    assert redate(draft, Step.WITHDRAW, clock.now()) == {}


def test_what_happened_before_acceptance_is_no_event_of_the_clock() -> None:
    moves = [ClockMove(name, MONDAY) for name in ("submit", "withdraw", "accept", "issue")]
    assert [event.deed for event in events_of(moves)] == [ClockDeed.START, ClockDeed.FINISH]


def test_a_clock_set_back_is_steadied(cast: Cast) -> None:
    dossier = given_on_monday(cast)
    step(dossier, Step.ASK_MORE, cast.mai.actor, MONDAY - timedelta(hours=3))
    assert dossier.due_at is None


def test_a_date_changed_behind_the_moves_is_named(cast: Cast) -> None:
    dossier, other = given_on_monday(cast), given_on_monday(cast)
    call_command("check_dates")
    Dossier.objects.filter(pk=dossier.pk).update(due_at=DUE + timedelta(days=1))
    assert [each.reference for each in differing_dates()] == [dossier.reference]
    with pytest.raises(CommandError, match=r"1 trong \d+ hồ sơ"):
        call_command("check_dates")
    assert other.reference not in [each.reference for each in differing_dates()]


def test_how_often_papers_may_be_asked_for_is_the_profiles_word() -> None:
    assert rules.may_ask_again(1, 2) == []
    assert "2 lần" in rules.may_ask_again(2, 2)[0].text
    assert rules.may_ask_again(7, None) == []


def test_the_desk_reads_the_count_line_by_line_and_the_reading_is_journalled(cast: Cast) -> None:
    dossier = given_on_monday(cast)
    page = desk_of(cast.mai).get(f"/can-bo/ho-so/{dossier.reference}/thoi-han/").content.decode()
    for told in (
        "thứ Ba 24/11/2026",
        "nghỉ lễ",
        "5 ngày",
        "17:30 01/12/2026",
        "Lịch làm việc bản số",
    ):
        assert told in page
    assert "dossier.read" in deeds_on(dossier.reference)[-1]
    assert (
        "Cách tính" in desk_of(cast.mai).get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
    )


def test_lan_sees_the_count_of_her_own_dossier_and_nobody_elses_account_does(
    cast: Cast, lan: Client
) -> None:
    dossier = given_on_monday(cast)
    address = f"/ho-so/{dossier.reference}/thoi-han/"
    assert "hẹn trả kết quả" in lan.get(address).content.decode()
    assert signed_in(cast.thu).get(address).status_code == 404
    assert desk_of(cast.quan).get(f"/can-bo{address}").status_code == 404
    waiting = a_dossier(cast, Status.SUBMITTED)
    assert lan.get(f"/ho-so/{waiting.reference}/thoi-han/").status_code == 404


STORIES = ("ask_more", "extend", "move_date", "recount", "examine", "stop", "withdraw", "issue")
ENDS = ("stop", "withdraw", "issue")


def test_the_histories_below_know_every_step_that_a_clock_hears() -> None:
    assert {*STORIES, "resume", "accept", "settle_at_once"} >= set(DEEDS)


@settings(max_examples=40, deadline=None, suppress_health_check=[*HealthCheck])
@given(
    st.booleans(), st.lists(st.tuples(st.sampled_from(STORIES), st.integers(-5, 60)), max_size=8)
)
def test_after_any_history_the_stored_dates_are_the_fold_of_its_moves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, at_once: bool, history: list[tuple[str, int]]
) -> None:
    dossier = given_on_monday(cast, Status.SUBMITTED if at_once else Status.EXAMINING)
    with monkeypatch.context() as anything_goes:
        anything_goes.setattr("motcua.dossiers.models.dossier.next_status", lambda was, *_: was)
        if at_once:  # the clock starts and ends with one step
            post, unit = cast.hung.actor, cast.hung.unit_id
            dates = redate(dossier, Step.SETTLE_AT_ONCE, MONDAY, {}, unit_id=unit)
            dossier.take(Step.SETTLE_AT_ONCE, by=post, at=MONDAY, accepted_at=MONDAY, **dates)
        live(dossier, [each for each in history if not at_once or each[0] == "recount"])
    assert [d for d in differing_dates() if d.reference == dossier.reference] == []
    assert dossier.original_due_at == DUE


def live(dossier: Dossier, history: list[tuple[str, int]]) -> None:
    at, by = MONDAY, Actor(Role.SYSTEM, "test", "Thử")
    for name, hours in history:
        at += timedelta(hours=hours)
        new = {"due_at": (at + timedelta(days=9)).isoformat(), "reason": "thử"}
        facts = {"extend": new, "move_date": new}
        step(dossier, Step(name), by, at, **facts.get(name, {}))
        if name == "ask_more":
            at += timedelta(hours=abs(hours))
            step(dossier, Step.RESUME, by, at, handed_in_at=(at - timedelta(hours=1)).isoformat())
        if name in ENDS:
            break


def test_a_count_that_comes_to_another_day_than_the_promise_says_so(cast: Cast) -> None:
    dossier = given_on_monday(cast)
    address = f"/can-bo/ho-so/{dossier.reference}/thoi-han/"
    assert "ra một ngày khác" not in desk_of(cast.mai).get(address).content.decode()

    Dossier.objects.filter(pk=dossier.pk).update(due_at=DUE + timedelta(days=7))

    page = desk_of(cast.mai).get(address).content.decode()
    assert "ra một ngày khác với ngày đang hẹn" in page
    assert "Tính từng ngày" in page


def test_a_reason_that_ends_its_own_sentence_is_followed_by_one_full_stop(cast: Cast) -> None:
    dossier = given_on_monday(cast)
    told = {"due_at": (DUE + timedelta(days=1)).isoformat(), "reason": "Nghỉ bão số 12."}
    step(dossier, Step.MOVE_DATE, cast.binh.actor, MONDAY, **told, approved_by="Lý Thị Nga")

    page = desk_of(cast.mai).get(f"/can-bo/ho-so/{dossier.reference}/thoi-han/").content.decode()

    assert "Lý do: Nghỉ bão số 12. Người duyệt: Lý Thị Nga" in page
