"""A holiday is added tomorrow: nothing moves by itself, two persons move what must move."""

from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from motcua.audit.queries import deeds_on, entries_of
from motcua.audit.types import Verdict
from motcua.audit.verifying import verify
from motcua.core.errors import Refused
from motcua.dossiers import jobs, ledger, recount_rows, recounts, statistics
from motcua.dossiers.actions import recounting
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.models import Dossier, Recount
from motcua.dossiers.models.batch import STEP
from motcua.dossiers.models.counters import WorklistCount
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.types import LineState, RecountState
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.drafts import hand
from motcua.workdays.actions.drafting import add_changes, approve_draft, open_draft, send_draft
from motcua.workdays.queries import latest_edition
from motcua.workdays.types import HANOI
from motcua.workdays.types.changes import Change, ChangeKind

pytestmark = pytest.mark.django_db
FIVE_DAYS = "1.004884"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
DUE = datetime(2026, 12, 1, 17, 30, tzinfo=HANOI)
AFTER_THE_STORM = DUE + timedelta(days=1)
WHY = "Nghỉ bão ngày 30/11/2026"


@pytest.fixture(autouse=True)
def _monday(db: None) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def running(cast: Cast, status: Status = Status.EXAMINING) -> Dossier:
    return a_dossier(cast, status, FIVE_DAYS)


def storm(cast: Cast, day: date = date(2026, 11, 30)) -> int:
    """Quân asks for a day off, Nga agrees; the new edition."""
    asked_by, agreed_by = hand(cast.quan), hand(cast.nga)
    number = open_draft(hand=asked_by, year=2026)
    off = Change(ChangeKind.DAY_OFF, day, "Nghỉ bão")
    add_changes(hand=asked_by, number=number, revision=1, changed=[off])
    send_draft(hand=asked_by, number=number, revision=2, note="Công điện")
    return approve_draft(hand=agreed_by, number=number, revision=2, edition=latest_edition())


def counted(cast: Cast, edition: int) -> int:
    number = recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason=WHY)
    recounting.count_recount(number)
    return number


def agreed(cast: Cast, number: int) -> None:
    recounting.approve_recount(hand=hand(cast.nga), number=number)


def due_of(dossier: Dossier) -> datetime | None:
    dossier.refresh_from_db()
    return dossier.due_at


def test_a_holiday_added_tomorrow_moves_nothing_until_two_persons_have_moved_it(cast: Cast) -> None:
    dossier, solved, edition = running(cast), running(cast, Status.RESULT_READY), storm(cast)
    assert due_of(dossier) == DUE

    number = counted(cast, edition)
    page = recounts.recount(number)
    assert (page.state, page.found) == (RecountState.READY, 1)
    assert [(line.reference, line.old, line.new) for line in page.lines] == [
        (dossier.reference, DUE, AFTER_THE_STORM)
    ]
    assert due_of(dossier) == DUE

    agreed(cast, number)
    recounting.move_recount(number)
    assert due_of(dossier) == AFTER_THE_STORM
    assert due_of(solved) == DUE
    assert (dossier.original_due_at, dossier.calendar_edition) == (DUE, edition)
    change = dossier.due_changes.get()
    assert (change.reason, change.approved_by, change.old) == (WHY, cast.nga.holder_name, DUE)
    assert recounts.recount(number).moved == 1
    assert list(differing_dates()) == []


def test_the_applicant_is_told_once_why_and_the_journal_is_whole(cast: Cast) -> None:
    dossier = running(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    recounting.move_recount(number)
    last = Recount.objects.get(pk=number).lines.get().pk
    jobs.tell_recounted(number, 0, last)
    move = dossier.moves.get(step=STEP)
    told = Message.objects.filter(dedupe_key=f"move:{move.pk}")
    bodies = [message.body for message in told]
    jobs.tell_recounted(number, 0, last)

    assert [message.body for message in told.all()] == bodies != []
    assert WHY in bodies[0]
    assert "17:30 ngày 02/12/2026" in bodies[0]
    assert deeds_on(dossier.reference)[-1] == f"dossier.{STEP}"
    assert [f.verdict for f in verify(dossier.reference)] == [Verdict.OK]
    assert deeds_on(f"recount:{number}") == ["recount.ask", "recount.approve", "recount.done"]


def test_who_asked_does_not_agree_and_a_second_recount_waits(cast: Cast) -> None:
    running(cast)
    edition = storm(cast)
    number = counted(cast, edition)
    with pytest.raises(Refused, match="tự duyệt"):
        recounting.approve_recount(hand=hand(cast.quan), number=number)
    with pytest.raises(Refused, match="chưa xong"):
        counted(cast, edition)
    recounting.drop_recount(hand=hand(cast.nga), number=number, reason="Bão tan, vẫn làm việc.")
    with pytest.raises(Refused, match="đổi trạng thái"):
        agreed(cast, number)
    counted(cast, edition)


def test_an_old_calendar_is_not_counted_on(cast: Cast) -> None:
    running(cast)
    old = latest_edition()
    with pytest.raises(Refused, match=f"bản số {(edition := storm(cast))}"):
        recounting.ask_recount(hand=hand(cast.quan), edition=old, reason=WHY)
    with pytest.raises(Refused, match="nêu lý do"):
        recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason=" ")


def test_a_dossier_that_went_on_meanwhile_stays_and_the_list_says_why(cast: Cast) -> None:
    dossier, other = running(cast, Status.APPROVED), running(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    with by_hand():
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.RESULT_READY)
    recounting.move_recount(number)
    page = recounts.recount(number)
    assert (due_of(dossier), due_of(other)) == (DUE, AFTER_THE_STORM)
    assert [(line.state, "thay đổi" in line.note) for line in page.lines] == [
        (LineState.SKIPPED, True),
        (LineState.MOVED, False),
    ]
    assert (page.moved, page.stayed, page.state) == (1, 1, RecountState.DONE)


def test_a_job_killed_between_two_batches_goes_on_and_moves_each_date_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [running(cast) for _ in range(3)]
    edition = storm(cast)
    monkeypatch.setattr(recounting, "BATCH", 1)
    number = recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason=WHY)
    assert recounting._count_batch(number, ledger.Counting())
    recounting.count_recount(number)
    assert recounts.recount(number).looked_at == 3
    agreed(cast, number)
    assert recounting._move_batch(number, ledger.Counting())
    for _ in range(2):
        recounting.move_recount(number)
    assert [due_of(each) for each in dossiers] == [AFTER_THE_STORM] * 3
    assert [each.due_changes.count() for each in dossiers] == [1, 1, 1]


def test_a_job_killed_inside_a_batch_leaves_nothing_of_it_and_does_it_anew(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [running(cast) for _ in range(3)]
    number = counted(cast, storm(cast))
    agreed(cast, number)
    monkeypatch.setattr(recounting, "BATCH", 2)
    assert recounting._move_batch(number, ledger.Counting())

    with monkeypatch.context() as power_cut, pytest.raises(KeyboardInterrupt):
        power_cut.setattr(recount_rows, "say_what_became", Mock(side_effect=KeyboardInterrupt))
        recounting.move_recount(number)  # everything of the batch is written but its last line
    assert [due_of(each) for each in dossiers] == [AFTER_THE_STORM, AFTER_THE_STORM, DUE]
    assert recounts.recount(number).moved == 2

    recounting.move_recount(number)
    assert [due_of(each) for each in dossiers] == [AFTER_THE_STORM] * 3
    assert [each.moves.filter(step=STEP).count() for each in dossiers] == [1, 1, 1]
    assert [f.verdict for each in dossiers for f in verify(each.reference)] == [Verdict.OK] * 3
    assert deeds_on(f"recount:{number}")[-1] == "recount.done"


def test_a_step_taken_between_list_and_moving_is_counted_again_and_moved(cast: Cast) -> None:
    dossier = running(cast, Status.PROPOSED)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    dossier.refresh_from_db()
    dossier.take(Step.DECIDE, by=cast.binh.actor, at=MONDAY)
    recounting.move_recount(number)
    assert due_of(dossier) == dossier.legal_due_at == AFTER_THE_STORM
    assert list(differing_dates()) == []


@pytest.mark.parametrize("status", [Status.EXAMINING, Status.ACCEPTED])
def test_a_batch_costs_as_many_statements_as_one_dossier(
    cast: Cast, status: Status, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        running(cast, status)
    edition = storm(cast)
    number = recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason=WHY)
    with django_assert_max_num_queries(20):
        recounting.count_recount(number)
    agreed(cast, number)
    with django_assert_max_num_queries(40):
        recounting.move_recount(number)
    assert recounts.recount(number).moved == 12


def test_a_date_that_is_not_what_its_moves_say_is_shown_and_never_moved(cast: Cast) -> None:
    dossier, odd = running(cast), DUE + timedelta(days=20)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=odd)
    number = counted(cast, storm(cast))
    page = recounts.recount(number)
    assert (page.found, page.skipped) == (0, 1)
    assert "check_dates" in page.lines[0].note


UNLIKE = {"id", "key", "reference", "code", "answers", "dossier", "move", "facts"}
RUNS = (Status.ACCEPTED, Status.ASSIGNING, Status.EXAMINING, Status.PROPOSED, Status.APPROVED)


def left_behind(dossier: Dossier) -> dict[str, Any]:
    """All that a recount wrote of a dossier, without its own numbers."""
    dossier.refresh_from_db()
    move, change = dossier.moves.last(), dossier.due_changes.get()
    assert move and change.move == move
    facts = {name: said for name, said in move.facts.items() if name != "code"}
    entry = entries_of(dossier.reference)[-1]
    plain = {name: said for name, said in entry.facts.items() if name != "code"}
    rows = {
        type(row).__name__ + str(n): {
            k: v for k, v in model_to_dict(row).items() if k not in UNLIKE
        }
        for n, row in enumerate((dossier, move, change, *dossier.tasks.all()))
    }
    assert ("code" in move.facts, move.facts.get("code")) == (True, dossier.code)
    return rows | {
        "facts": facts, "entry": plain, "by": (entry.actor, entry.actor_name, entry.deed, entry.at),
        "chain": [found.verdict for found in verify(dossier.reference)],
    }  # fmt: skip


@pytest.mark.parametrize("status", RUNS)
def test_many_at_once_leave_what_one_step_leaves(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    one, many = running(cast, status), running(cast, status)
    figures = statistics.differences(), list(WorklistCount.objects.values_list().order_by("pk"))
    number = counted(cast, storm(cast))
    agreed(cast, number)
    monkeypatch.setattr(recounting, "_with_asides", lambda ids: {one.pk})
    recounting.move_recount(number)

    alone, together = left_behind(one), left_behind(many)
    facts = alone.pop("facts"), together.pop("facts")
    assert alone == together
    assert facts[0] == facts[1]
    assert together["chain"] == [Verdict.OK]
    assert many.legal_due_at == many.due_at == AFTER_THE_STORM
    assert figures == (
        statistics.differences(),
        list(WorklistCount.objects.values_list().order_by("pk")),
    )
    assert list(differing_dates()) == []


def test_quan_asks_and_nga_agrees_in_the_back_office(cast: Cast) -> None:
    dossier, edition = running(cast), storm(cast)
    quan, nga = desk_of(cast.quan), desk_of(cast.nga)
    assert "Nghỉ bão" in quan.get(f"/quan-tri/lich/ban/{edition}/").content.decode()
    asked = quan.post(f"/quan-tri/lich/ban/{edition}/", {"reason": WHY})
    number = Recount.objects.get().pk
    assert asked["Location"] == f"/quan-tri/lich/tinh-lai/{number}/"
    assert "0/1 hồ sơ" in quan.get(asked["Location"]).content.decode()
    recounting.count_recount(number)
    assert "Duyệt, đổi" not in quan.get(asked["Location"]).content.decode()
    shown = nga.get(asked["Location"]).content.decode()
    assert dossier.code is not None and dossier.code in shown
    assert nga.post(asked["Location"], {"do": "approve"}).status_code == 302
    recounting.move_recount(number)
    assert "Đã đổi 1" in nga.get(asked["Location"]).content.decode()
    assert quan.post(asked["Location"], {"do": "approve"}).status_code == 422
