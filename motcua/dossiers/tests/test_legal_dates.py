"""What a result is judged by: the date of the law, whatever officials promised later (DL-11)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from motcua.dossiers import register, statistics
from motcua.dossiers.actions import recounting
from motcua.dossiers.control_facts import control_sheet
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.jobs import tell_recounted
from motcua.dossiers.ledger import redate
from motcua.dossiers.models import Dossier
from motcua.dossiers.recounts import recount
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_due_dates import DUE, FIVE_DAYS, MONDAY, later
from motcua.dossiers.tests.test_due_dates import step as stepped
from motcua.dossiers.tests.test_recounts import AFTER_THE_STORM, agreed, counted, storm
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
PROMISE = datetime(2026, 12, 10, 17, 30, tzinfo=HANOI)
AFTER_FIRST = datetime(2026, 12, 2, 9, tzinfo=HANOI)  # later than DUE, before PROMISE
RESTARTED = datetime(2026, 12, 4, 17, 30, tzinfo=HANOI)


def approved(cast: Cast) -> Dossier:
    """Accepted on Monday, due on DUE, and ready to be issued."""
    with time_machine.travel(MONDAY, tick=False):
        return a_dossier(cast, Status.APPROVED, FIVE_DAYS)


def promised(dossier: Dossier, cast: Cast, name: Step, at: datetime = MONDAY) -> Dossier:
    told = {"due_at": PROMISE.isoformat(), "reason": "Chờ xác minh", "approved_by": "Bình"}
    stepped(dossier, name, cast.binh.actor, at + timedelta(hours=1), **told)
    return dossier


def restarted(dossier: Dossier, cast: Cast) -> Dossier:
    """Papers were asked for, and full ones handed in on Friday: five days from then."""
    with by_hand():
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.EXAMINING)
    stepped(dossier, Step.ASK_MORE, cast.mai.actor, later(2))
    assert dossier.legal_due_at is None  # nobody is late while papers are awaited
    stepped(dossier, Step.HAND_IN, cast.lan.actor, later(4))
    stepped(dossier, Step.RESUME, cast.hung.actor, later(7), handed_in_at=later(4).isoformat())
    with by_hand():
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.APPROVED)
    return dossier


def issued(dossier: Dossier, cast: Cast, at: datetime) -> Dossier:
    dossier.refresh_from_db()
    dossier.take(Step.ISSUE, by=cast.yen.actor, at=at, finished_at=at)
    return dossier


def judged(dossier: Dossier) -> dict[str, Any]:
    """How every place that judges a result calls this one."""
    assert dossier.accepted_at and dossier.finished_at
    figures = statistics.of_agency(dossier.agency_id, 2026)
    assert statistics.differences() == []
    day = dossier.accepted_at.astimezone(HANOI).date()
    post = dossier.agency.posts.filter(unit=dossier.moves.get(step=Step.ACCEPT).unit)[0]
    [lines] = register.read_through(post, register.Wanted(day, day))
    [line] = [each for each in lines if each.code == dossier.code]
    rows = control_sheet(dossier, "https://x.example/q").handovers
    return {
        "figures": (figures.on_time, figures.late),
        "register": "quá hạn" in line.note,
        "sheet": next(r.standing for r in rows if r.note.startswith("Ban hành")),
    }


LATE = {"figures": (0, 1), "register": True, "sheet": "late"}


@pytest.mark.parametrize("name", [Step.EXTEND, Step.MOVE_DATE])
def test_a_later_promise_that_is_kept_is_still_late_by_the_first_date(
    cast: Cast, name: Step
) -> None:
    dossier = promised(approved(cast), cast, name)
    assert (dossier.due_at, dossier.legal_due_at, dossier.original_due_at) == (PROMISE, DUE, DUE)
    assert judged(issued(dossier, cast, AFTER_FIRST)) == LATE
    assert list(differing_dates()) == []


def test_a_result_in_the_last_moment_of_the_first_date_is_on_time_whatever_was_promised(
    cast: Cast,
) -> None:
    dossier = issued(promised(approved(cast), cast, Step.EXTEND), cast, DUE)
    assert judged(dossier) == {"figures": (1, 0), "register": False, "sheet": "on_time"}


def test_after_full_papers_began_the_count_again_the_new_date_judges(cast: Cast) -> None:
    dossier = restarted(approved(cast), cast)
    assert (dossier.due_at, dossier.legal_due_at, dossier.original_due_at) == (
        RESTARTED, RESTARTED, DUE,
    )  # fmt: skip
    assert judged(issued(dossier, cast, AFTER_FIRST))["figures"] == (1, 0)
    late = issued(restarted(approved(cast), cast), cast, RESTARTED + timedelta(minutes=1))
    assert statistics.of_agency(late.agency_id, 2026).late == 1
    assert list(differing_dates()) == []


def test_a_promise_after_the_count_began_again_is_judged_by_the_date_it_began_with(
    cast: Cast,
) -> None:
    dossier = promised(restarted(approved(cast), cast), cast, Step.EXTEND, later(8))
    assert (dossier.due_at, dossier.legal_due_at) == (PROMISE, RESTARTED)
    assert judged(issued(dossier, cast, RESTARTED + timedelta(minutes=1))) == LATE


def test_a_new_calendar_moves_what_judges_a_result_though_the_promise_stays(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        plain, given = (a_dossier(cast, Status.APPROVED, FIVE_DAYS) for _ in range(2))
        promised(given, cast, Step.EXTEND)
        number = counted(cast, storm(cast))
        lines = recount(number).lines
        agreed(cast, number)
        recounting.move_recount(number)
        tell_recounted(number, 0, lines[-1].id)
        page = desk_of(cast.nga).get(f"/quan-tri/lich/tinh-lai/{number}/").content.decode()

    for dossier in (plain, given):
        dossier.refresh_from_db()
    assert [(line.promise_stays, line.legal_new) for line in lines] == [
        (False, AFTER_THE_STORM),
        (True, AFTER_THE_STORM),
    ]
    assert "mốc xét đúng hạn từ 01/12/2026 thành 02/12/2026" in page
    assert (plain.due_at, plain.legal_due_at) == (AFTER_THE_STORM, AFTER_THE_STORM)
    assert (given.due_at, given.legal_due_at) == (PROMISE, AFTER_THE_STORM)
    assert [change.kind for change in given.due_changes.all()] == ["extend"]
    told = Message.objects.filter(template_code="due_date_moved", channel="inbox")
    assert {message.dedupe_key for message in told} == {
        f"move:{plain.moves.get(step=Step.RECOUNT).pk}"
    }
    assert list(differing_dates()) == []
    assert judged(issued(given, cast, AFTER_THE_STORM))["sheet"] == "on_time"


def test_the_page_of_the_count_says_by_which_date_the_result_is_judged(cast: Cast) -> None:
    dossier = approved(cast)
    address = f"/can-bo/ho-so/{dossier.reference}/thoi-han/"
    mai = desk_of(cast.mai)
    assert "Mốc xét đúng hạn" not in mai.get(address).content.decode()
    promised(dossier, cast, Step.EXTEND)
    assert "Mốc xét đúng hạn, quá hạn: 17:30 01/12/2026" in mai.get(address).content.decode()


def test_a_date_of_the_law_that_was_changed_behind_the_moves_is_named(cast: Cast) -> None:
    dossier = approved(cast)
    Dossier.objects.filter(pk=dossier.pk).update(legal_due_at=DUE + timedelta(days=1))
    assert [each.why for each in differing_dates()] == ["mốc xét đúng hạn"]


def test_a_dossier_that_ends_while_papers_are_awaited_gets_its_date_back(cast: Cast) -> None:
    dossier = approved(cast)
    with by_hand():
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.EXAMINING)
    stepped(dossier, Step.ASK_MORE, cast.mai.actor, later(2))
    dossier.refresh_from_db()
    ended = redate(dossier, Step.STOP, later(9), {})
    assert ended["legal_due_at"] == ended["due_at"] is not None
    assert ended["due_at"].date() > date(2026, 12, 1)
