"""What is left of a clock is told in working time: a weekend is nobody's lateness."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from motcua.audit.queries import entries_of
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.remaining import in_words, remaining
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI, WorkCalendar

CALENDAR = WorkCalendar(years=frozenset({2026}), days_off=frozenset(), swapped_in=frozenset())


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("due", "warn", "now", "tone", "text"),
    [
        (at(23, 8, 10), at(20, 16, 10), at(20, 16, 50), "soon", "Còn 1 giờ"),  # over the weekend
        (at(20, 17, 30), at(20, 15, 30), at(22, 9), "late", "Vừa quá hạn"),
        (at(20, 17, 30), at(20, 15, 30), at(23, 9), "late", "Quá hạn 1 giờ"),
        (at(27, 17, 30), at(26, 17, 30), at(20, 17, 30), "ok", "Còn 5 ngày làm việc"),
        (at(27, 17, 30), at(26, 17, 30), at(20, 5), "ok", "Còn 5 ngày làm việc"),  # as the ledger
        (at(20, 17, 30), at(20, 15, 30), at(20, 5), "ok", "Còn 8 giờ"),
        (at(19, 17, 30), at(18, 17, 30), at(20, 17, 30), "late", "Quá hạn 1 ngày làm việc"),
    ],
)
def test_it_is_said_in_working_time(
    due: datetime, warn: datetime, now: datetime, tone: str, text: str
) -> None:
    left = remaining(due, warn, now, CALENDAR)

    assert left is not None
    assert (left.tone, in_words(left)) == (tone, text)


def test_no_clock_no_words() -> None:
    assert remaining(None, None, at(20, 9), CALENDAR) is None


def test_a_year_nobody_configured_still_tells_late_from_in_time() -> None:
    next_year = datetime(2027, 1, 5, 9, tzinfo=HANOI)
    left = remaining(at(30, 9, month=12), at(29, 9, month=12), next_year, CALENDAR)

    assert left is not None
    assert in_words(left) == "Quá hạn"


@pytest.mark.django_db
def test_a_dossier_due_on_monday_morning_is_soon_due_on_friday_evening(cast: Cast) -> None:
    with time_machine.travel(at(20, 8, 10)):
        dossier = a_dossier(cast, Status.SUBMITTED)
    with time_machine.travel(at(20, 13)):
        assert queries.desk_list(cast.hung, "sap-den-han").rows == []
    with time_machine.travel(at(20, 16, 50)):
        listed = queries.desk_list(cast.hung, "sap-den-han").rows

    assert [row.reference for row in listed] == [dossier.reference]


@pytest.mark.django_db
def test_whose_names_a_list_showed_is_in_the_journal_of_the_post(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    hung = desk_of(cast.hung)

    hung.get("/can-bo/danh-sach/cho-tiep-nhan/")
    hung.get("/can-bo/danh-sach/cho-tra/")
    hung.get("/can-bo/tim/", {"q": "lan"})

    said = [(e.deed, e.facts["what"]) for e in entries_of(cast.hung.actor.key)]
    assert said == [("dossier.listed", "cho-tiep-nhan"), ("dossier.listed", "search")]
    assert entries_of(cast.hung.actor.key)[0].facts["shown"] == [dossier.reference]


@pytest.mark.django_db
def test_what_the_agency_waits_for_comes_before_any_number_of_drafts(
    cast: Cast, lan: Client
) -> None:
    asked = a_dossier(cast, Status.PRE_SUPPLEMENT)
    ready = a_dossier(cast, Status.RESULT_READY)
    draft = a_dossier(cast, Status.DRAFT)
    for number in range(30):
        Dossier.objects.create(**{**_columns(draft), "reference": f"T-X-{number}"})

    rows = queries.my_dossiers(cast.lan).rows

    assert [row.reference for row in rows[:2]] == [asked.reference, ready.reference]
    assert asked.reference in lan.get("/ho-so/").content.decode()


def _columns(dossier: Dossier) -> dict[str, object]:
    names = ("submitter", "agency", "procedure_version", "procedure_code", "procedure_name")
    plain = ("applicant", "applicant_name", "channel", "created_at", "changed_at", "since_at")
    return {name: getattr(dossier, name) for name in (*names, *plain)}
