"""The last word about a dossier that has ended: when it is lost, somebody by name phones, for a month."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from motcua.core.errors import Refused
from motcua.dossiers.actions import delivery, intake
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_silence_clocks import (
    BINH,
    DAY,
    HOUR,
    HUNG,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.tests.test_silence_nobody import NGA, QUAN, a_dead_job, bounced
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import CLOSED, Status
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
MONTH = timedelta(days=30)


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_the_last_word_that_came_back_is_hungs_to_phone_about_and_then_binhs(
    cast: Cast, status: Status
) -> None:
    dossier = since_monday(cast, status)
    bounced(dossier)

    looked(MONDAY + 2 * HOUR)
    looked(MONDAY + 2 * HOUR + MINUTE)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG])]
    looked(MONDAY + DAY + 3 * HOUR)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG]), ("passed", [BINH])]

    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        said = {"to": "person", "outcome": "told", "note": "Đã báo, đã nói lý do."}
        note_call(post=cast.hung, reference=dossier.reference, **said)
    looked(MONDAY + 2 * DAY + HOUR)
    assert told(dossier, K.UNREACHED) == []


@pytest.mark.parametrize("status", sorted(CLOSED))
def test_a_job_that_died_over_an_ended_dossier_is_told_to_the_keepers(
    cast: Cast, status: Status
) -> None:
    dossier = since_monday(cast, status)
    a_dead_job({"dossier_id": dossier.pk})

    looked(MONDAY + HOUR)
    assert told(dossier, K.DEAD_JOB) == [("warning", [QUAN, NGA])]
    looked(MONDAY + DAY + 2 * HOUR)
    assert told(dossier, K.DEAD_JOB)[1:] == [("passed", [BINH])]


def test_a_month_after_the_end_it_is_over_and_no_call_is_written_down_any_more(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.REJECTED)
    bounced(dossier)
    looked(MONDAY + 2 * HOUR)
    here = f"/can-bo/ho-so/{dossier.reference}/"
    with time_machine.travel(MONDAY + MONTH - HOUR, tick=False):
        assert "Ghi đã gọi điện báo" in desk_of(cast.hung).get(here).content.decode()
    looked(MONDAY + MONTH - HOUR)
    assert told(dossier, K.UNREACHED)

    later = MONDAY + MONTH + HOUR
    looked(later)
    assert told(dossier, K.UNREACHED) == []
    with time_machine.travel(later, tick=False):
        hung = desk_of(cast.hung)
        assert "Ghi đã gọi điện báo" not in hung.get(here).content.decode()
        assert hung.get(f"{here}goi-dien/").status_code == 404
        with pytest.raises(Refused):
            note_call(
                post=cast.hung, reference=dossier.reference, to="person", outcome="told", note="x"
            )


def test_what_was_lost_before_the_end_is_over_with_it_and_a_dead_job_is_not(cast: Cast) -> None:
    dossier = since_monday(cast, S.SUBMITTED)
    bounced(dossier)
    a_dead_job({"dossier_id": dossier.pk})
    looked(MONDAY + 2 * HOUR)
    assert told(dossier, K.UNREACHED)
    with time_machine.travel(MONDAY + 2 * HOUR + 30 * MINUTE, tick=False):
        intake.reject_dossier(
            post=cast.hung, reference=dossier.reference, reason="Sai nơi nộp.", legal_basis="Điều 1"
        )

    looked(MONDAY + 3 * HOUR)
    assert told(dossier, K.UNREACHED) == []
    assert told(dossier, K.DEAD_JOB) == [("warning", [QUAN, NGA])]


def test_of_two_jobs_that_died_over_one_dossier_the_second_is_told_when_the_first_is_mended(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    first = a_dead_job({"dossier_id": dossier.pk})
    second = a_dead_job({"dossier_id": dossier.pk})
    looked(MONDAY + HOUR)
    assert Alarm.objects.get(kind=K.DEAD_JOB).occasion == first
    looked(MONDAY + 2 * DAY)

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [first])
    looked(MONDAY + 2 * DAY + MINUTE)
    assert Alarm.objects.get(kind=K.DEAD_JOB, closed_at=None).occasion == second


def test_a_result_handed_over_and_its_receipt_that_nobody_got_is_found_too(cast: Cast) -> None:
    dossier = since_monday(cast, S.RESULT_READY)
    with time_machine.travel(MONDAY + 30 * MINUTE, tick=False):
        delivery.deliver_result(
            post=cast.hung, reference=dossier.reference, receiver_name=dossier.applicant_name
        )
    bounced(Dossier.objects.get(pk=dossier.pk))

    looked(MONDAY + 2 * HOUR)

    assert told(dossier, K.UNREACHED) == [("warning", [HUNG])]
