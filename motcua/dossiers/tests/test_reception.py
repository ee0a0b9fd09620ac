"""The hours on the door of a desk: a usual week, its Saturday morning, and what is otherwise today."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.models import OfficeHours
from motcua.workdays.rules.reception import reception_text, today_text
from motcua.workdays.types import HANOI, OFFICE_HOURS, Hours, Slot, WorkCalendar

MORNING = (Slot(time(7, 30), time(11, 30)),)
CULTURE = date(2026, 11, 24)
CALENDAR = WorkCalendar(
    years=frozenset({2026}),
    days_off=frozenset({CULTURE}),
    swapped_in=frozenset({date(2026, 8, 22)}),
    hours=(Hours(date.min, OFFICE_HOURS), Hours(date(2026, 9, 1), OFFICE_HOURS, MORNING)),
    names={CULTURE: "Ngày Văn hóa Việt Nam"},
)
WEEK = "Thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:30"


def test_the_week_is_said_as_on_the_door_and_saturday_from_the_day_it_holds() -> None:
    assert reception_text(CALENDAR, date(2026, 8, 31)) == WEEK
    assert reception_text(CALENDAR, date(2026, 9, 1)) == f"{WEEK}; thứ Bảy: 07:30–11:30"


def test_only_what_is_otherwise_today_is_said() -> None:
    assert today_text(CALENDAR, date(2026, 11, 23)) == ""
    assert today_text(CALENDAR, date(2026, 11, 22)) == ""  # a Sunday like any other
    assert today_text(CALENDAR, CULTURE) == "Hôm nay, 24/11/2026, nghỉ: Ngày Văn hóa Việt Nam."
    swapped = today_text(CALENDAR, date(2026, 8, 22))
    assert swapped == "Hôm nay, 22/08/2026, có làm việc (07:30–11:30, 13:30–17:30)."
    assert today_text(CALENDAR, date(2031, 11, 24)) == ""  # nothing on a guess


@pytest.mark.django_db
def test_lan_reads_on_her_dossier_when_its_desk_is_open(cast: Cast) -> None:
    OfficeHours.objects.create(
        owner=f"unit:{cast.hung.unit_id}", since=date(2026, 1, 1),
        slots=[["07:00", "11:30"], ["13:30", "17:00"]], saturday=[["08:00", "11:00"]],
    )  # fmt: skip
    dossier = a_dossier(cast, Status.SUBMITTED)

    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=HANOI), tick=False):
        shown = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").content.decode()

    assert "Thứ Hai đến thứ Sáu: 07:00–11:30, 13:30–17:00; thứ Bảy: 08:00–11:00" in shown
    assert "Hôm nay, 24/11/2026, nghỉ" in shown


@pytest.mark.django_db
def test_the_procedure_says_the_hours_of_all_or_of_the_agency_chosen(cast: Cast) -> None:
    OfficeHours.objects.create(
        owner=f"agency:{cast.ward.pk}", since=date(2026, 1, 1),
        slots=[["07:00", "11:30"], ["13:30", "17:00"]],
    )  # fmt: skip
    page = "/thu-tuc/1.001193/"

    assert WEEK in Client().get(page).content.decode()
    chosen = Client().get(page, {"co-quan": cast.ward.code}).content.decode()
    assert "07:00–11:30, 13:30–17:00" in chosen
    assert WEEK in Client().get(page, {"co-quan": "không có"}).content.decode()
