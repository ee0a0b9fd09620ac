"""Received on paper while the system was down, entered later: the hour of the paper counts (RCV-22)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import jobs, register
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
from motcua.notices.models import Message
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import (
    BIRTH,
    STRANGER,
    accepted,
    asked_paper,
    filed_at_counter,
    found_right,
)
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


def test_the_result_is_due_from_the_hour_of_the_paper_and_the_answer_from_the_entry(
    cast: Cast,
) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        in_time = accepted(cast, filed_at_counter(cast, MARRIAGE))

    dossier = entered(cast)
    assert dossier.submitted_at == WEDNESDAY
    assert dossier.answer_due_at == datetime(2026, 11, 23, 9, tzinfo=HANOI)
    accepted(cast, dossier)

    dossier.refresh_from_db()
    in_time.refresh_from_db()
    assert dossier.accepted_at == WEDNESDAY
    assert dossier.due_at == in_time.due_at
    assert dossier.original_due_at == in_time.original_due_at
    assert dossier.transfer_due_at and dossier.transfer_due_at > FRIDAY
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
        (PaperReception(WEDNESDAY.replace(hour=22, minute=15), "1", WHY), ["late_while_closed"]),
        (PaperReception(WEDNESDAY.replace(hour=17, minute=30), "1", WHY), []),  # the last minute
        (
            PaperReception(WEDNESDAY - timedelta(days=3), "1", WHY),
            ["late_while_closed"],
        ),  # a Sunday
        (PaperReception(WEDNESDAY.replace(hour=22), "1", WHY, was_closed=True), []),
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


def test_the_desk_has_its_hours_from_the_entry_and_who_holds_a_receipt_is_not_written_to(
    cast: Cast,
) -> None:
    dossier = entered(cast)
    assert raise_alarms() == 0
    with time_machine.travel(FRIDAY + timedelta(days=3, minutes=1), tick=False):
        assert raise_alarms() == 1
        alarm = dossier.alarms.get()
        jobs.tell_officials(alarm.pk)
        jobs.tell_waiting(alarm.pk)

    assert (alarm.level, alarm.due_at) == ("passed", FRIDAY + timedelta(days=3))
    assert set(Message.objects.values_list("template_code", flat=True)) == {"answer_passed"}


def test_who_files_at_the_counter_without_a_paper_before_hears_that_the_answer_is_late(
    cast: Cast,
) -> None:
    owner = replace(STRANGER, email="hhen@example.com")
    dossier = filed_at_counter(cast, MARRIAGE, owner)
    with time_machine.travel(FRIDAY + timedelta(days=3, minutes=1), tick=False):
        raise_alarms()
        jobs.tell_waiting(dossier.alarms.get().pk)

    assert Message.objects.get().template_code == "answer_overdue_no_account"


def test_papers_that_were_not_complete_are_accepted_when_they_are(cast: Cast) -> None:
    dossier = entered(cast)
    intake.ask_supplement(
        post=cast.hung, reference=dossier.reference, items=[(asked_paper(dossier), "Ảnh mờ.")]
    )
    with by_hand():
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.SUBMITTED)
    dossier.refresh_from_db()
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


def test_the_heads_find_it_in_a_list_and_everybody_on_its_page(cast: Cast) -> None:
    dossier = entered(cast)
    filed_at_counter(cast)
    assert [row.reference for row in desk_list(cast.binh, "nhap-muon").rows] == [dossier.reference]
    for post in (cast.hung, cast.binh):
        page = desk_of(post).get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
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


def test_an_hour_at_which_the_desk_was_closed_is_asked_about_beside_its_field(cast: Cast) -> None:
    late = {"late_day": "18/11/2026", "late_hour": "22:15", "late_book": "117", "late_reason": WHY}
    hung, there = desk_of(cast.hung), f"/can-bo/nop-tai-quay/{BIRTH}/"
    refused = hung.post(there, a_counter_filing(accept="1") | late)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert shown.count("bộ phận một cửa không làm việc") == 2
    assert 'id="id_late_hour_error"' in shown
    assert 'value="22:15"' in shown

    said = a_counter_filing(accept="1") | late | {"late_outside": "on"}
    assert hung.post(there, said).status_code == 302
    assert LateEntry.objects.get().received_at == WEDNESDAY.replace(hour=22, minute=15)


def test_the_clock_of_now_is_used_when_nothing_was_late(cast: Cast) -> None:
    dossier = accepted(cast, filed_at_counter(cast))
    assert dossier.accepted_at == clock.now()
    assert not LateEntry.objects.exists()
