"""A result owed within the day: bà Bình is not told of a last hour for signing that was yesterday."""

from datetime import datetime
from html import unescape

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_apologies import at, later, opening_before, running, sign
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from motcua.workdays.types import HANOI

__all__ = ["running"]
pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 9, tzinfo=HANOI)


@pytest.mark.parametrize(("procedure", "in_a_day"), [(BIRTH, True), ("1.004222", False)])
def test_the_page_of_the_letter_says_whether_another_date_can_be_promised_at_all(
    cast: Cast, procedure: str, in_a_day: bool
) -> None:
    with time_machine.travel(MORNING, tick=False):
        dossier = a_dossier(cast, Status.EXAMINING, procedure)
        place = f"/can-bo/ho-so/{dossier.reference}/thu-xin-loi/"
        shown = unescape(desk_of(cast.binh).get(place).content.decode())

    due = localtime(dossier.due_at)
    assert (due.date() == MORNING.date()) is in_a_day
    assert ("không hẹn lại trước được" in shown) is in_a_day
    assert ("Thư hẹn lại ký chậm nhất" in shown) is not in_a_day
    assert "27/11/2026" not in shown  # the working day before it came


def test_who_has_promised_as_often_as_allowed_reads_no_last_hour_for_signing(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running)):
        binh, place = desk_of(cast.binh), f"/can-bo/ho-so/{running.reference}/thu-xin-loi/"
        before = unescape(binh.get(place).content.decode())
        sign(cast, running, later(running))
        shown = unescape(binh.get(place).content.decode())

    assert "Thư hẹn lại ký chậm nhất" in before
    assert "quy định chỉ cho hẹn lại" in shown
    assert "Thư hẹn lại ký chậm nhất" not in shown
    assert "đã hẹn lại 1/1 lần" not in shown
