"""A date counted by an older rule is counted again by that rule; by one that is gone it stays, and is shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from motcua.dossiers import recounts
from motcua.dossiers.actions import recounting
from motcua.dossiers.due_pages import due_page_at
from motcua.dossiers.ledger import redate
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_recounts import (
    AFTER_THE_STORM,
    DUE,
    MONDAY,
    agreed,
    counted,
    due_of,
    running,
    storm,
)
from motcua.dossiers.types import LineState
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.rules import RULE_VERSION, RULE_VERSIONS
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 30, 19, tzinfo=HANOI)  # after closing
NEXT_MORNING = datetime(2026, 12, 1, 7, 30, tzinfo=HANOI)
CLOSING = datetime(2026, 12, 1, 17, 30, tzinfo=HANOI)


@pytest.fixture(autouse=True)
def _monday(db: None) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def promised_by_rule_one(cast: Cast) -> Dossier:
    """Bình moved the date to an evening; by the first rule that was the next morning."""
    dossier = running(cast)
    facts = {"due_at": EVENING.isoformat(), "reason": "Chờ ý kiến"}
    dossier.take(Step.MOVE_DATE, by=cast.binh.actor, at=MONDAY, facts=facts, due_at=NEXT_MORNING)
    Dossier.objects.filter(pk=dossier.pk).update(rule_version=1)
    return dossier


@pytest.mark.parametrize("beside", [False, True])
def test_a_date_by_the_first_rule_moves_with_the_calendar_by_that_rule(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, *, beside: bool
) -> None:
    dossier = promised_by_rule_one(cast)
    number = counted(cast, storm(cast))
    page = recounts.recount(number)
    assert (page.found, page.skipped) == (1, 0)
    assert [(line.old, line.new, line.note) for line in page.lines] == [(NEXT_MORNING, CLOSING, "")]

    agreed(cast, number)
    if beside:
        monkeypatch.setattr(recounting, "_with_asides", set)
    recounting.move_recount(number)

    assert due_of(dossier) == CLOSING
    assert dossier.legal_due_at == AFTER_THE_STORM
    assert dossier.rule_version == 1


def test_a_step_taken_meanwhile_is_counted_by_that_rule_too(cast: Cast) -> None:
    dossier = promised_by_rule_one(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    dossier.refresh_from_db()
    dossier.take(Step.PROPOSE, by=cast.mai.actor, at=MONDAY, outcome="approve")

    recounting.move_recount(number)

    assert due_of(dossier) == CLOSING
    assert dossier.rule_version == 1


def test_a_date_by_a_rule_that_is_gone_stays_and_the_list_says_so_with_its_number(
    cast: Cast,
) -> None:
    dossier, odd = running(cast), DUE + timedelta(days=20)
    gone = RULE_VERSION + 7
    Dossier.objects.filter(pk=dossier.pk).update(due_at=odd, rule_version=gone)

    number = counted(cast, storm(cast))

    page = recounts.recount(number)
    assert (page.found, page.skipped) == (0, 1)
    assert page.lines[0].state is LineState.SKIPPED
    shown = desk_of(cast.nga).get(f"/quan-tri/lich/tinh-lai/{number}/").content.decode()
    assert f"Giữ nguyên: Tính theo quy tắc số {gone}" in shown
    assert "1 hồ sơ không tính lại được" in shown
    assert due_of(dossier) == odd


def test_the_page_of_the_count_tells_it_by_the_rule_that_it_names(cast: Cast) -> None:
    dossier = promised_by_rule_one(cast)

    page = due_page_at(cast.mai, dossier.reference)

    assert (page.rule_version, page.trouble) == (1, "")
    assert "07:30" in page.lines[-1].text
    Dossier.objects.filter(pk=dossier.pk).update(rule_version=RULE_VERSION)
    assert due_page_at(cast.mai, dossier.reference).trouble


def test_every_rule_that_ever_gave_a_date_is_still_there() -> None:
    assert tuple(range(1, RULE_VERSION + 1)) == RULE_VERSIONS


def test_the_next_step_of_a_date_by_the_first_rule_leaves_it_by_that_rule(cast: Cast) -> None:
    dossier = promised_by_rule_one(cast)
    dossier.refresh_from_db()

    issued = redate(dossier, Step.ISSUE, MONDAY + timedelta(hours=1))
    fresh = a_dossier(cast, Status.SUBMITTED)
    fresh.rule_version = 1  # however it was answered
    begun = redate(fresh, Step.ACCEPT, MONDAY, unit_id=cast.hung.unit_id)

    assert (issued["due_at"], issued["rule_version"]) == (NEXT_MORNING, 1)
    assert begun["rule_version"] == RULE_VERSION
