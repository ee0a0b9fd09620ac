"""What Lan reads of dates: late only past what was promised to her; an apology and a wrong paper."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from motcua.dossiers import jobs
from motcua.dossiers.actions import apologies
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.tests.test_apologies import (
    MARRIAGE,
    REASON,
    at,
    due_of,
    later,
    opening_before,
    sign,
)
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)
SECOND = timedelta(seconds=1)
LATE = "mc-due--late"


def a_slow_one(cast: Cast, status: Status) -> Dossier:
    """A dossier of five working days, taken in on Friday."""
    with time_machine.travel(FRIDAY, tick=False):
        return a_dossier(cast, status, MARRIAGE)


def read(cast: Cast, moment: datetime, place: str = "") -> str:
    with at(moment):
        return text_of(signed_in(cast.lan).get(f"/ho-so/{place}"))


def test_a_step_that_is_late_is_not_told_to_lan_as_a_late_dossier(cast: Cast) -> None:
    dossier = a_slow_one(cast, Status.ACCEPTED)
    assert dossier.transfer_due_at and dossier.transfer_due_at < due_of(dossier)

    for place in ("", f"{dossier.reference}/"):
        assert LATE not in read(cast, due_of(dossier), place)
        assert LATE in read(cast, due_of(dossier) + SECOND, place)


def test_a_result_that_is_there_is_not_late_whenever_it_is_fetched(cast: Cast) -> None:
    dossier = a_slow_one(cast, Status.RESULT_READY)
    long_after = later(dossier, 20)

    for place in ("", f"{dossier.reference}/"):
        assert LATE not in read(cast, long_after, place)


def test_the_head_says_by_how_much_it_is_late_and_whom_to_phone(cast: Cast) -> None:
    dossier = a_slow_one(cast, Status.EXAMINING)
    agency = dossier.agency
    agency.phone = "0270 3812 345"
    agency.save()

    page = read(cast, later(dossier, 11), f"{dossier.reference}/")

    assert "Hồ sơ quá hạn 11 ngày làm việc" in page
    assert page.index("0270 3812 345.") < page.index("Tiến trình")


def test_the_letter_that_promises_no_new_date_is_called_what_it_is(cast: Cast) -> None:
    dossier = a_slow_one(cast, Status.EXAMINING)
    with at(later(dossier)):
        apologies.apologise(post=cast.binh, reference=dossier.reference, reason=REASON)
        jobs.issue_slip(dossier.moves.latest("seq").pk)

    page = read(cast, later(dossier, 2), f"{dossier.reference}/")

    head, rest = page.split("Tiến trình", 1)
    assert "xin lỗi ông/bà." in head
    assert REASON in head
    assert head.count("Văn bản xin lỗi vì chậm trả kết quả (PDF)") == 1
    assert "đề nghị gia hạn" not in page
    assert "Văn bản xin lỗi vì chậm trả kết quả, số" in rest


def test_a_new_date_in_time_is_an_apology_and_nothing_is_late(cast: Cast) -> None:
    dossier = a_slow_one(cast, Status.EXAMINING)
    with at(opening_before(dossier)):
        sign(cast, dossier, later(dossier, 3))
        jobs.issue_slip(dossier.moves.latest("seq").pk)

    page = read(cast, later(dossier, 2), f"{dossier.reference}/")

    assert "và đã hẹn lại" in page
    assert LATE not in page
    assert "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (PDF)" in page


def test_a_paper_that_is_being_put_right_is_no_button(lan: Client, cast: Cast) -> None:
    wrong, right = a_dossier(cast, Status.CORRECTING), a_dossier(cast, Status.DELIVERED)

    page = text_of(lan.get(f"/ho-so/{wrong.reference}/"))

    assert "Xem bản cũ đang được đính chính" in page
    assert "govuk-button" not in page.partition("Tiến trình")[0].partition("<h1")[2]
    assert 'class="govuk-button"' in text_of(lan.get(f"/ho-so/{right.reference}/"))
