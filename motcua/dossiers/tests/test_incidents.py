"""A result that went wrong: asked by one, agreed by another, the right one issued, the old one kept."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import incident_queries, statistics
from motcua.dossiers.actions import approving, delivery
from motcua.dossiers.actions.delivery import receive_result
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.incident_queries import check_result, incidents_of
from motcua.dossiers.models import Dossier, Incident
from motcua.dossiers.queries_files import digests_in_use
from motcua.dossiers.tests.conftest import a_right_file
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.correcting import (
    APOLOGY,
    reissued,
    reopened,
    reopening_asked,
    three_days_on,
)
from motcua.testing.drafts import hand
from motcua.workdays.types import HANOI

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


def why_not(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_a_wrong_result_that_was_handed_out_is_opened_again_by_two(
    cast: Cast, delivered: Dossier
) -> None:
    number, until = delivered.result_number, three_days_on(delivered)

    reopened(cast, delivered)

    delivered.refresh_from_db()
    incident = Incident.objects.get()
    assert delivered.status == Status.CORRECTING
    assert (delivered.clock_at, delivered.correct_by) == (until, until)
    assert (delivered.delivered_at, delivered.result_number) == (None, number)
    assert (incident.reported_by, incident.approved_by) == (
        cast.hung.holder_name,
        cast.binh.holder_name,
    )
    assert incident.is_free
    assert incident.apology == APOLOGY
    assert "dossier.reopen" in deeds_on(delivered.reference)


def test_who_asked_does_not_agree_and_nothing_changes_until_another_does(
    cast: Cast, delivered: Dossier
) -> None:
    asked = approving.ask(
        hand=hand(cast.binh), post=cast.binh, reference=delivered.reference,
        kind=ApprovalKind.REOPEN, reason="Sai tên.",
        facts={"incident": "wrong", "fault": "agency", "apology": APOLOGY,
               "correct_by": three_days_on(delivered).isoformat()},
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        approving.grant(
            hand=hand(cast.binh), post=cast.binh, reference=delivered.reference,
            approval_id=asked.pk,
        )  # fmt: skip

    delivered.refresh_from_db()
    assert why_not(refusal) == ["own_draft"]
    assert delivered.status == Status.DELIVERED
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"apology": " "}, "apology_missing"),
        ({"incident": "eaten"}, "incident_unknown"),
        ({"fault": ""}, "fault_unknown"),
        ({"correct_by": "2026-11-01T09:00:00+07:00"}, "date_gone_by"),
        ({"correct_by": "2026-11-28T09:00:00+07:00"}, "date_not_working"),  # a Saturday
    ],
)
def test_what_is_not_said_of_the_mistake_is_asked_for(
    cast: Cast, delivered: Dossier, changed: dict[str, str], code: str
) -> None:
    told = {
        "incident": "wrong", "fault": "agency", "apology": APOLOGY,
        "correct_by": three_days_on(delivered).isoformat(),
    }  # fmt: skip

    with pytest.raises(Refused) as refusal:
        approving.ask(
            hand=hand(cast.hung), post=cast.hung, reference=delivered.reference,
            kind=ApprovalKind.REOPEN, reason="Sai tên.", facts=told | changed,
        )  # fmt: skip

    assert code in why_not(refusal)


def test_the_right_result_replaces_the_wrong_one_which_is_kept(
    cast: Cast, delivered: Dossier
) -> None:
    number, digest = delivered.result_number, delivered.result_digest
    reopened(cast, delivered)

    reissued(cast, delivered, a_right_file())

    delivered.refresh_from_db()
    earlier, incident = delivered.earlier_results.get(), delivered.incidents.get()
    assert (delivered.status, delivered.result_number) == (Status.RESULT_READY, "99/KS")
    assert (earlier.number, earlier.digest) == (number, digest)
    assert incident.settled_by == cast.yen.holder_name
    assert digest != delivered.result_digest
    assert digests_in_use([digest, delivered.result_digest]) == {digest, delivered.result_digest}
    name, _, content = incident_queries.earlier_file(cast.lan, delivered.reference, earlier.pk)
    assert name.startswith("ban-da-thay-the-")
    assert content.startswith(b"%PDF")
    with pytest.raises(NotFound):
        incident_queries.earlier_file(cast.thu, delivered.reference, earlier.pk)


def test_a_wrong_result_needs_another_number_and_another_file(
    cast: Cast, delivered: Dossier
) -> None:
    reopened(cast, delivered)
    same = a_right_file(f"Kết quả giải quyết {delivered.reference}")

    with pytest.raises(Refused) as refusal:
        reissued(cast, delivered, same, delivered.result_number.lower())

    assert why_not(refusal) == ["number_same", "file_same"]
    assert not delivered.earlier_results.exists()


def test_what_was_lost_is_given_again_under_its_own_number_by_the_post_at_its_cost(
    cast: Cast, delivered: Dossier
) -> None:
    number = delivered.result_number
    reopened(cast, delivered, fault="post", incident="lost")

    reissued(cast, delivered, a_right_file("Bản cấp lại"), number)

    delivered.refresh_from_db()
    shown = incidents_of(delivered.reference)[0]
    assert delivered.result_number == number
    assert "bưu chính chịu chi phí" in shown.cost
    assert delivered.incidents.get().is_free


def test_who_damaged_it_themselves_pays_by_the_rule(cast: Cast, delivered: Dossier) -> None:
    reopened(cast, delivered, fault="applicant", incident="damaged")
    assert not delivered.incidents.get().is_free
    assert "theo quy định" in incidents_of(delivered.reference)[0].cost


def test_a_corrected_dossier_is_solved_once_in_the_figures(cast: Cast, delivered: Dossier) -> None:
    year = clock.now().year
    finished, before = delivered.finished_at, statistics.of_agency(cast.ward.pk, year)

    reopened(cast, delivered)
    assert statistics.differences() == []
    assert statistics.of_agency(cast.ward.pk, year) == before
    with time_machine.travel(FRIDAY + timedelta(days=5)):  # the date of the first has gone by
        reissued(cast, delivered, a_right_file())
    receive_result(citizen=cast.lan, reference=delivered.reference)

    delivered.refresh_from_db()
    assert (delivered.status, delivered.finished_at) == (Status.DELIVERED, finished)
    assert statistics.differences() == []
    assert statistics.of_agency(cast.ward.pk, year) == before


def test_it_can_go_wrong_twice_and_both_old_results_are_known(
    cast: Cast, delivered: Dossier
) -> None:
    first = delivered.result_number
    for number in ("99/KS", "100/KS"):
        reopened(cast, delivered)
        reissued(cast, delivered, a_right_file(number), number)
    code = delivered.code or ""
    assert [check_result(code, each).new_number for each in (first, "99/KS")] == ["100/KS"] * 2


def test_what_waits_for_an_answer_lapses_when_the_result_is_opened_again(
    cast: Cast, delivered: Dossier
) -> None:
    first = reopening_asked(cast, delivered)
    with pytest.raises(Refused) as refusal:
        reopening_asked(cast, delivered)
    assert why_not(refusal) == ["asked_before"]
    first.facts["correct_by"] = (clock.now() - timedelta(hours=1)).isoformat()
    first.save()

    with pytest.raises(Refused) as refusal:
        approving.grant(
            hand=hand(cast.binh), post=cast.binh, reference=delivered.reference,
            approval_id=first.pk,
        )  # fmt: skip

    assert why_not(refusal) == ["date_gone_by"]


def test_the_corrected_result_is_handed_over_like_any_other(cast: Cast, delivered: Dossier) -> None:
    reopened(cast, delivered)
    reissued(cast, delivered, a_right_file())

    delivery.deliver_result(
        post=cast.hung, reference=delivered.reference, receiver_name=delivered.applicant_name
    )

    delivered.refresh_from_db()
    assert delivered.status == Status.DELIVERED
    assert delivered.delivered_at is not None
