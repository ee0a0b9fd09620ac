"""Mai settles a dossier together with others: each begins when its inputs are there (WF-05)."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import more_papers, processing, stationing
from motcua.dossiers.actions.interlinking import close_station, interlink
from motcua.dossiers.models import Dossier, Station
from motcua.dossiers.queries import desk_dossier, desk_list
from motcua.dossiers.queries_files import digests_in_use
from motcua.dossiers.stations import Per, Planned
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier, a_pdf, asked_more
from motcua.testing.linking import a_neighbour, a_plan, at_the_centre, linked
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 8, tzinfo=HANOI)
FIVE_DAYS = "1.004222"


def in_hand(cast: Cast) -> Dossier:
    """Mai has had it since eight on Monday."""
    with time_machine.travel(MONDAY):
        return a_dossier(cast, Status.EXAMINING, FIVE_DAYS)


def divided(cast: Cast) -> Dossier:
    """At nine she divides it among four units."""
    dossier = in_hand(cast)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        linked(cast, dossier)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    return in_hand(cast)


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    return divided(cast)


def station(dossier: Dossier, order: int) -> Station:
    return Station.objects.get(dossier=dossier, order=order)


def due_of(dossier: Dossier, order: int) -> datetime:
    due = station(dossier, order).due_at
    assert due is not None
    return localtime(due).replace(microsecond=0)


def answer(dossier: Dossier, post: Post, text: str = "Đã xong.", hours: int = 2) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=hours)):
        stationing.answer_station(post=post, reference=dossier.reference, answer=text)


def all_answer(cast: Cast, dossier: Dossier) -> None:
    for post in (a_unit_asked(cast), at_the_centre(cast), a_neighbour(cast)):
        answer(dossier, post)


def test_those_whose_inputs_are_ready_begin_at_once_the_others_wait(
    cast: Cast, shared: Dossier
) -> None:
    begun = {row.order: row.started_at for row in shared.stations.all()}
    assert [bool(begun[n]) for n in (1, 2, 3, 4)] == [True, True, False, False]
    assert shared.status == Status.EXAMINING
    assert deeds_on(shared.reference)[-1] == "dossier.interlink"

    answer(shared, a_unit_asked(cast))
    assert station(shared, 3).started_at is not None
    assert station(shared, 4).started_at is None  # the lead waits for everybody


def test_a_limit_is_counted_in_working_time_from_when_its_turn_came(
    cast: Cast, shared: Dossier
) -> None:
    assert due_of(shared, 1) == datetime(2026, 11, 30, 15, tzinfo=HANOI)  # 9h + 4h of work
    answer(shared, a_unit_asked(cast), hours=2)
    assert due_of(shared, 3) == datetime(2026, 11, 30, 16, tzinfo=HANOI)


def test_the_overall_clock_runs_on(cast: Cast, examined: Dossier) -> None:
    due, clock_at, since = examined.due_at, examined.clock_at, examined.since_at
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        linked(cast, examined)
    all_answer(cast, examined)
    examined.refresh_from_db()
    assert (examined.due_at, examined.clock_at, examined.since_at) == (due, clock_at, since)


def test_nothing_is_proposed_while_a_part_is_open_and_the_lead_is_done_with_the_proposal(
    cast: Cast, shared: Dossier
) -> None:
    def propose() -> None:
        processing.propose_dossier(
            post=cast.mai, reference=shared.reference, outcome="approve", note="Đồng ý."
        )

    with pytest.raises(Refused) as no:
        propose()
    assert "Văn phòng" in no.value.reasons[0].text
    all_answer(cast, shared)
    assert station(shared, 4).started_at is not None
    propose()
    assert station(shared, 4).done_at is not None
    shared.refresh_from_db()
    assert shared.status == Status.PROPOSED


def test_mai_waits_no_longer_for_one_with_a_reason_and_what_needed_it_begins(
    cast: Cast, shared: Dossier
) -> None:
    with pytest.raises(Refused):
        close_station(post=cast.mai, reference=shared.reference, number=1, note=" ")
    close_station(post=cast.mai, reference=shared.reference, number=1, note="Đã có sổ gốc.")

    first = station(shared, 1)
    assert (first.done_at, first.reason) == (None, "Đã có sổ gốc.")
    assert first.closed_at is not None
    assert station(shared, 3).started_at is not None
    assert deeds_on(shared.reference)[-1] == "dossier.close_station"
    with pytest.raises(NotFound):
        answer(shared, a_unit_asked(cast), hours=200)


def test_what_has_not_begun_is_planned_anew_what_has_stays(cast: Cast, shared: Dossier) -> None:
    office, neighbour = a_unit_asked(cast).unit_id, a_neighbour(cast).unit_id
    plan = a_plan(cast)
    with time_machine.travel(MONDAY + timedelta(hours=2)), pytest.raises(Refused) as no:
        interlink(post=cast.mai, reference=shared.reference, plan=plan)
    assert no.value.reasons[0].field == "unit-1"

    anew = {
        3: Planned(neighbour, "Chỉ đối chiếu trang 12.", 2, Per.HOUR),
        4: plan[4],
    }
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        interlink(post=cast.mai, reference=shared.reference, plan=anew)
    third = station(shared, 3)
    assert third.task == "Chỉ đối chiếu trang 12."
    assert third.started_at is not None  # it waits for nobody any more
    assert station(shared, 1).unit_id == office
    assert sorted(station(shared, 4).needs) == [1, 2, 3]


def test_a_line_left_out_is_not_waited_for(cast: Cast, shared: Dossier) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        interlink(post=cast.hung, reference=shared.reference, plan={4: a_plan(cast)[4]})
    assert station(shared, 3).closed_at is not None
    answer(shared, a_unit_asked(cast), hours=3)
    answer(shared, at_the_centre(cast), hours=3)
    assert station(shared, 4).started_at is not None


def test_a_plan_that_ends_after_the_promised_day_is_refused(cast: Cast, examined: Dossier) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=1)), pytest.raises(Refused) as no:
        interlink(post=cast.mai, reference=examined.reference, plan=a_plan(cast, hours=40))
    assert {reason.code for reason in no.value.reasons} == {"past_the_date"}
    assert not Station.objects.exists()


def test_others_see_the_dossier_only_while_their_part_runs(cast: Cast, shared: Dossier) -> None:
    neighbour, phuc = a_neighbour(cast), a_unit_asked(cast)
    with pytest.raises(NotFound):
        desk_dossier(neighbour, shared.reference)  # it waits
    assert desk_dossier(phuc, shared.reference).steps == [Step.ANSWER_STATION]
    assert desk_list(phuc, "lien-thong").worklist.number == 1
    answer(shared, phuc)

    assert desk_dossier(neighbour, shared.reference).steps == [Step.ANSWER_STATION]
    with pytest.raises(NotFound):
        desk_dossier(phuc, shared.reference)
    assert desk_list(phuc, "lien-thong").worklist.number == 0
    for stranger in (cast.sau, cast.hoa):
        with pytest.raises(NotFound):
            stationing.answer_station(post=stranger, reference=shared.reference, answer="Xong.")


def test_a_part_goes_on_while_the_applicant_supplies_papers(cast: Cast, shared: Dossier) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=1, minutes=30)):
        asked_more(cast, shared)
    shared.refresh_from_db()
    assert shared.status == Status.SUPPLEMENT
    answer(shared, a_unit_asked(cast))
    assert station(shared, 1).done_at is not None


def test_when_the_dossier_ends_nobody_works_on_it(cast: Cast, shared: Dossier) -> None:
    more_papers.stop_dossier(
        post=cast.binh, reference=shared.reference, reason="Tòa án đã thụ lý vụ việc.",
        legal_basis="Nghị định số 118/2025/NĐ-CP",
    )  # fmt: skip
    assert not shared.stations.filter(closed_at=None).exists()
    with pytest.raises(NotFound):
        desk_dossier(a_unit_asked(cast), shared.reference)


def test_a_paper_of_a_part_is_kept_from_the_sweep(cast: Cast, shared: Dossier) -> None:
    paper = BytesIO(a_pdf("ket qua lien thong"))
    paper.name = "trich-luc.pdf"
    stationing.answer_station(
        post=at_the_centre(cast), reference=shared.reference, answer="Kèm trích lục", upload=paper
    )
    digest = station(shared, 2).digest
    assert digests_in_use([digest]) == {digest}


def test_an_answer_writes_the_answer_and_not_the_whole_line(cast: Cast, shared: Dossier) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer(shared, a_unit_asked(cast))
    table = 'UPDATE "dossiers_station"'
    first, *_ = [each["sql"] for each in asked if each["sql"].startswith(table)]
    assert '"answer"' in first
    assert '"task"' not in first


def test_an_answer_to_a_task_that_was_written_anew_is_refused(cast: Cast, shared: Dossier) -> None:
    seen = shared.revision
    answer(shared, a_unit_asked(cast))
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        close_station(post=cast.mai, reference=shared.reference, number=3, note="Sắp lại.")
        anew = {
            5: Planned(a_neighbour(cast).unit_id, "Việc khác.", 1, Per.HOUR),
            4: a_plan(cast)[4],
        }
        interlink(post=cast.mai, reference=shared.reference, plan=anew)
        with pytest.raises(Refused) as no:
            stationing.answer_station(
                post=a_neighbour(cast), reference=shared.reference, revision=seen, answer="Cũ."
            )
    assert no.value.reasons[0].code == "changed_meanwhile"
