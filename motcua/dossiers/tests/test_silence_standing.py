"""Nobody does anything: after so many working hours whoever has it is told, a day later their head."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
import time_machine

from motcua.dossiers.actions import apologies, processing, visiting
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.rules.silence import LIMITS
from motcua.dossiers.tests.test_silence_clocks import (
    BINH,
    DAY,
    HOA,
    HOUR,
    HUNG,
    MAI,
    MINUTE,
    MONDAY,
    YEN,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_working_hours

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
# What lies where for too long, and who hears of it.
LYING = [
    (S.ASSIGNING, K.UNASSIGNED, HOA, BINH),
    (S.PROPOSED, K.UNSIGNED, BINH, BINH),
    (S.APPROVED, K.UNISSUED, YEN, BINH),
    (S.REFUSED, K.UNISSUED, YEN, BINH),
    (S.PRE_SUPPLEMENT, K.ASKED_LONG, HUNG, BINH),
    (S.RESULT_READY, K.UNCOLLECTED, HUNG, BINH),
]


def after(hours: int) -> datetime:
    """So many working hours after Monday at nine; the 24th of November is a holiday."""
    return add_working_hours(MONDAY, Fraction(hours), work_calendar())


@pytest.mark.parametrize(("status", "kind", "owner", "head"), LYING)
def test_what_lies_too_long_is_told_to_whoever_has_it_and_a_working_day_later_to_the_head(
    cast: Cast, status: Status, kind: AlarmKind, owner: str, head: str
) -> None:
    dossier = since_monday(cast, status)
    hours = LIMITS[status][1]

    looked(after(hours) - MINUTE)
    assert told(dossier, kind) == []
    looked(after(hours) + MINUTE)
    looked(after(hours + 7))
    assert told(dossier, kind) == [("warning", [owner])]
    looked(after(hours + 8) + 2 * MINUTE)
    looked(after(hours + 8) + 3 * MINUTE)
    assert told(dossier, kind) == [("warning", [owner]), ("passed", [head])]


def test_papers_asked_for_without_a_date_by_law_are_asked_after_when_two_weeks_are_over(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.SUPPLEMENT)
    Dossier.objects.filter(pk=dossier.pk).update(supply_by=None, clock_at=None, warn_at=None)

    looked(after(79))
    assert told(dossier, K.ASKED_LONG) == []
    looked(after(80) + MINUTE)
    assert told(dossier, K.ASKED_LONG) == [("warning", [MAI])]


def test_in_the_last_quarter_of_the_time_mai_is_asked_why_nothing_happened(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    quarter = (dossier.due_at - dossier.changed_at) / 4

    looked(dossier.due_at - quarter - MINUTE)
    assert told(dossier, K.STEP) == []
    looked(dossier.due_at - quarter)
    assert told(dossier, K.STEP) == [("warning", [MAI])]


def test_whoever_does_something_is_left_in_peace_until_the_time_is_short_again(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    asked = dossier.due_at - (dossier.due_at - dossier.changed_at) / 4
    looked(asked)
    with time_machine.travel(asked + MINUTE, tick=False):
        processing.examine_dossier(post=cast.mai, reference=dossier.reference, note="Đang xem.")
    looked(asked + 2 * MINUTE)

    assert told(dossier, K.STEP) == []
    assert Alarm.objects.get(kind=K.STEP).closed_at == asked + 2 * MINUTE


def test_a_dossier_that_was_promised_no_date_is_asked_after_once_a_week(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    Dossier.objects.filter(pk=dossier.pk).update(
        due_at=None, original_due_at=None, clock_at=None, warn_at=None
    )

    looked(MONDAY + 7 * DAY - HOUR)
    assert told(dossier, K.STEP) == []
    looked(MONDAY + 7 * DAY + MINUTE)
    assert told(dossier, K.STEP) == [("warning", [MAI])]


def test_a_late_dossier_without_a_letter_is_told_to_binh_on_every_working_day(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    monday = dossier.due_at + timedelta(days=(7 - dossier.due_at.weekday()) % 7 or 7)
    for moment in (monday, monday + MINUTE, monday + DAY):
        looked(moment)
    assert told(dossier, K.NO_LETTER) == [("passed", [BINH])]
    assert Alarm.objects.filter(kind=K.NO_LETTER).count() == 2

    saturday = monday + 5 * DAY
    looked(saturday)
    assert not Alarm.objects.filter(kind=K.NO_LETTER, raised_at=saturday).exists()


def test_the_letter_ends_it(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    monday = dossier.due_at + timedelta(days=(7 - dossier.due_at.weekday()) % 7 or 7)
    looked(monday)
    with time_machine.travel(monday + HOUR, tick=False):
        apologies.apologise(post=cast.binh, reference=dossier.reference, reason="Chờ xác minh.")
    looked(monday + 2 * HOUR)

    assert told(dossier, K.NO_LETTER) == []


def test_a_visit_without_a_record_a_working_day_later_is_mais_and_then_hoas_business(
    cast: Cast,
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, S.VERIFYING, "1.004746")
    visit = dossier.verifications.get().visit_at

    looked(visit + DAY - HOUR)
    assert told(dossier, K.VISIT) == []
    looked(visit + DAY + 2 * HOUR)
    assert told(dossier, K.VISIT) == [("warning", [MAI])]
    looked(visit + 2 * DAY + 3 * HOUR)
    assert told(dossier, K.VISIT) == [("warning", [MAI]), ("passed", [HOA])]

    with time_machine.travel(visit + 2 * DAY + 4 * HOUR, tick=False):
        visiting.record_verification(
            post=cast.mai, reference=dossier.reference, record="Đúng nơi cư trú.",
            present="Bà Lan.",
        )  # fmt: skip
    assert told(dossier, K.VISIT) == []
