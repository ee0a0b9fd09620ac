"""A late dossier can still ask; an answer is to the question that was read; Mai can be replaced."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.core.errors import Refused
from motcua.dossiers.actions import consulting, processing, visiting
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.tests.test_consulting import FIVE_DAYS, MONDAY, two_units
from motcua.dossiers.types import Asking
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 12, 21, 9, tzinfo=HANOI)


def test_mai_asks_for_an_opinion_although_the_result_is_late(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        dossier = a_dossier(cast, Status.EXAMINING, FIVE_DAYS)
    asking = Asking(a_unit_asked(cast).unit_id, "Nơi cư trú?", date(2026, 12, 23))

    with time_machine.travel(LATE):
        consulting.consult(post=cast.mai, reference=dossier.reference, asked=[asking])

    assert Consultation.objects.get().due_at == datetime(2026, 12, 23, 17, 30, tzinfo=HANOI)


def test_phuc_does_not_answer_a_question_that_was_asked_anew_since_he_read_it(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        dossier = a_dossier(cast, Status.CONSULTING, FIVE_DAYS)
    read, phuc = dossier.revision, a_unit_asked(cast)
    consulting.close_consult(post=cast.mai, reference=dossier.reference, note="Hỏi lại cho rõ")
    asking = Asking(phuc.unit_id, "Đất có tranh chấp?", date(2026, 12, 1))
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        consulting.consult(post=cast.mai, reference=dossier.reference, asked=[asking])

    with pytest.raises(Refused) as refusal:
        consulting.opine(
            post=phuc, reference=dossier.reference, revision=read, answer="Có đăng ký cư trú."
        )

    assert [reason.code for reason in refusal.value.reasons] == ["changed_meanwhile"]
    assert Consultation.objects.get(closed_at=None).answer == ""


def test_what_another_unit_answered_meanwhile_costs_phuc_no_second_typing(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        dossier = a_dossier(cast, Status.EXAMINING, FIVE_DAYS)
    office, land = two_units(cast)
    asked = [Asking(unit.pk, "Nơi cư trú?", date(2026, 12, 1)) for unit in (office, land)]
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        consulting.consult(post=cast.mai, reference=dossier.reference, asked=asked)
    dossier.refresh_from_db()
    seen = {"reference": dossier.reference, "revision": dossier.revision}

    for unit in (land, office):
        consulting.opine(post=unit.agency.posts.get(unit=unit, role=Role.UNIT_HEAD), **seen, answer="Không.")  # type: ignore[arg-type]  # fmt: skip

    assert not Consultation.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("status", [Status.CONSULTING, Status.VERIFYING])
def test_hoa_gives_it_to_somebody_else_while_others_are_asked_or_a_visit_waits(
    cast: Cast, status: Status
) -> None:
    dossier = a_dossier(cast, status)
    tam = a_post("tam", "Lý Văn Tám", cast.mai.unit, Role.CASE_OFFICER, "Công chức")

    processing.assign_dossier(post=cast.hoa, reference=dossier.reference, assignee_id=tam.pk)

    dossier.refresh_from_db()
    assert (dossier.status, dossier.assignee) == (status, tam)
    assert dossier.tasks.get(done_at=None).assignee == tam
    _goes_on(Dossier.objects.get(pk=dossier.pk), tam)
    dossier.refresh_from_db()
    assert dossier.status == Status.EXAMINING


def _goes_on(dossier: Dossier, tam: Post) -> None:
    if dossier.status == Status.CONSULTING:
        consulting.close_consult(post=tam, reference=dossier.reference, note="Đã rõ")
        return
    visiting.record_verification(
        post=tam, reference=dossier.reference, record="Đúng nơi cư trú.", present="Bà Mai"
    )
