"""Received on paper while the system was down, entered later: the hour of the paper counts (RCV-22)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import register
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.watching import raise_alarms
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.models import Dossier, LateEntry
from motcua.dossiers.queries import desk_list
from motcua.dossiers.rules.late_entries import late_entry_reasons
from motcua.dossiers.slip_facts import slip
from motcua.dossiers.slips.forms import AppointmentSlip, SlipKind
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import a_counter_filing
from motcua.dossiers.types import PaperReception
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, accepted, asked_paper, filed_at_counter, found_right
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import HANOI

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)
WEDNESDAY = datetime(2026, 11, 18, 14, 30, tzinfo=HANOI)
WHY = "Mất điện từ 13 giờ ngày 18/11."
PAPER = PaperReception(WEDNESDAY, "117", WHY)
MARRIAGE = "1.004884"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


def why_not(late: PaperReception) -> list[str]:
    reasons = late_entry_reasons(late, FRIDAY, settings.LATE_ENTRY_WORKDAYS, work_calendar())
    return [reason.code for reason in reasons]


def entered(cast: Cast, procedure: str = MARRIAGE) -> Dossier:
    return filed_at_counter(cast, procedure, late=PAPER)


def test_the_answer_and_the_result_are_due_from_the_hour_of_the_paper(cast: Cast) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        in_time = accepted(cast, filed_at_counter(cast, MARRIAGE))

    dossier = entered(cast)
    assert dossier.submitted_at == WEDNESDAY
    assert dossier.answer_due_at == datetime(2026, 11, 19, 14, 30, tzinfo=HANOI)
    accepted(cast, dossier)

    dossier.refresh_from_db()
    in_time.refresh_from_db()
    assert dossier.accepted_at == WEDNESDAY
    assert dossier.due_at == in_time.due_at
    assert dossier.original_due_at == in_time.original_due_at
    assert dossier.transfer_due_at == in_time.transfer_due_at
    assert dossier.moves.get(step=Step.ACCEPT).at == FRIDAY  # what was done is told as it was
    assert list(differing_dates()) == []


def test_it_is_flagged_with_who_entered_it_when_and_why(cast: Cast) -> None:
    dossier = entered(cast)
    late = LateEntry.objects.get()
    assert (late.received_at, late.book, late.reason) == (WEDNESDAY, "117", WHY)
    assert (late.entered_by, late.entered_at) == (cast.hung.holder_name, FRIDAY)
    assert "dossier.late_entry" in deeds_on(dossier.reference)
    assert dossier.moves.get(step=Step.SUBMIT).facts["late_entry"]["book"] == "117"
    assert not LateEntry.objects.exclude(pk=dossier.pk).exists()


@pytest.mark.parametrize(
    ("late", "codes"),
    [
        (PaperReception(FRIDAY + timedelta(minutes=1), "1", WHY), ["late_in_future"]),
        (PaperReception(FRIDAY, "1", WHY), []),
        (PaperReception(FRIDAY - timedelta(days=7), "1", WHY), []),  # five working days
        (PaperReception(FRIDAY - timedelta(days=8), "1", WHY), ["late_too_long_ago"]),
        (
            PaperReception(WEDNESDAY, " ", ""),
            ["late_book_missing", "late_reason_missing"],
        ),
    ],
)
def test_not_in_the_future_not_long_ago_and_not_without_a_reason(
    late: PaperReception, codes: list[str]
) -> None:
    assert why_not(late) == codes


def test_what_cannot_be_entered_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(Refused):
        filed_at_counter(cast, late=PaperReception(FRIDAY + timedelta(days=1), "1", WHY))
    assert not Dossier.objects.exists()


def test_an_answer_that_is_late_by_the_paper_is_told_to_the_head_at_once(cast: Cast) -> None:
    dossier = entered(cast)
    assert raise_alarms() == 1
    assert dossier.alarms.get().level == "passed"


def test_papers_that_were_not_complete_are_accepted_when_they_are(cast: Cast) -> None:
    dossier = entered(cast)
    intake.ask_supplement(
        post=cast.hung, reference=dossier.reference, items=[(asked_paper(dossier), "Ảnh mờ.")]
    )
    dossier.refresh_from_db()
    dossier.status = Status.SUBMITTED
    dossier.save(update_fields=["status"])
    intake.accept_dossier(post=cast.hung, reference=dossier.reference, checked=found_right(dossier))
    dossier.refresh_from_db()
    assert dossier.accepted_at == FRIDAY


def test_the_receipt_and_the_register_say_when_the_paper_was_received(cast: Cast) -> None:
    dossier = accepted(cast, entered(cast))
    printed = slip(dossier.moves.get(step=Step.ACCEPT), SlipKind.APPOINTMENT, "1", "x")
    assert isinstance(printed, AppointmentSlip)
    assert printed.accepted_at == WEDNESDAY
    day = WEDNESDAY.date()
    rows = [
        r for batch in register.read_through(cast.hung, register.Wanted(day, day)) for r in batch
    ]
    assert [(row.received_at, "nhập muộn" in row.note) for row in rows] == [(WEDNESDAY, True)]


def test_the_heads_find_it_in_a_list_and_everybody_on_its_page(cast: Cast, client: Client) -> None:
    dossier = entered(cast)
    filed_at_counter(cast)
    assert [row.reference for row in desk_list(cast.binh, "nhap-muon").rows] == [dossier.reference]
    for post in (cast.hung, cast.binh):
        client.force_login(post.account)
        page = client.get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
        assert "Nhập muộn" in page
        assert WHY in page
    with time_machine.travel(FRIDAY + timedelta(days=40)):
        assert desk_list(cast.binh, "nhap-muon").rows == []


def test_at_the_counter_all_of_it_is_wanted_or_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.hung.account)
    page = f"/can-bo/nop-tai-quay/{MARRIAGE}/"
    assert "Hồ sơ đã nhận trên giấy" in client.get(page).content.decode()
    answer = client.post(page, {"send": "1", "late_day": "18/11/2026"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="18/11/2026"' in shown


def test_the_long_page_files_it_with_the_hour_of_the_paper(cast: Cast) -> None:
    typed = a_counter_filing(accept="1") | {
        "late_day": "18/11/2026", "late_hour": "14:30", "late_book": "117", "late_reason": WHY,
    }  # fmt: skip
    answer = desk_of(cast.hung).post(f"/can-bo/nop-tai-quay/{BIRTH}/", typed)

    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert (dossier.status, dossier.accepted_at) == (Status.ACCEPTED, WEDNESDAY)
    assert LateEntry.objects.get().book == "117"


def test_the_clock_of_now_is_used_when_nothing_was_late(cast: Cast) -> None:
    dossier = accepted(cast, filed_at_counter(cast))
    assert dossier.accepted_at == clock.now()
    assert not LateEntry.objects.exists()
