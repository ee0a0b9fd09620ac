"""No channel of ours finds the applicant: what they must hear is Hùng's to tell, step after step."""

import pytest
import time_machine

from motcua.dossiers import jobs, lost_news
from motcua.dossiers.actions import apologies, more_papers
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.lost_news import has_place
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.rules.silence import THEY_CAME, TO_BE_HEARD
from motcua.dossiers.tests.conftest import as_if_filed_for, desk_of
from motcua.dossiers.tests.test_silence_clocks import (
    DAY,
    HOUR,
    HUNG,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.types import AlarmKind, Applicant
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
HEN = Applicant("H' Hen Niê", "066194000012")
LANDLINE = Applicant("H' Hen Niê", "066194000012", phone="0254 3822 155")
TO_PHONE = [("warning", [HUNG])]


def of_hen(cast: Cast, status: Status, owner: Applicant = HEN) -> Dossier:
    dossier = since_monday(cast, status)
    as_if_filed_for(dossier, owner)
    dossier.refresh_from_db()
    return dossier


WHERE = [
    S.PRE_SUPPLEMENT, S.REJECTED, S.SUPPLEMENT, S.STOPPED, S.VERIFYING, S.REFUSED, S.RESULT_READY,
]  # fmt: skip


@pytest.mark.parametrize("owner", [HEN, LANDLINE])
@pytest.mark.parametrize("status", WHERE)
def test_what_nobody_can_be_written_is_hungs_to_tell_until_he_did(
    cast: Cast, status: Status, owner: Applicant
) -> None:
    dossier = of_hen(cast, status, owner)
    for move in dossier.moves.all():
        jobs.tell_applicant(move.pk)
    assert not Message.objects.filter(post=None).exists()

    looked(MONDAY + 30 * MINUTE)
    looked(MONDAY + 40 * MINUTE)
    assert told(dossier, K.UNREACHED) == TO_PHONE
    assert told(dossier, K.UNTOLD) == []
    with time_machine.travel(MONDAY + HOUR, tick=False):
        page = desk_of(cast.hung).get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
        assert "Mời gọi điện" in page
        note_call(
            post=cast.hung, reference=dossier.reference, to="person", outcome="told", note="Đã báo."
        )
    looked(MONDAY + 2 * HOUR)
    assert told(dossier, K.UNREACHED) == []


@pytest.mark.parametrize("status", [S.SUBMITTED, S.ACCEPTED, S.EXAMINING, S.PROPOSED, S.DELIVERED])
def test_what_is_done_before_their_eyes_or_inside_disturbs_nobody(
    cast: Cast, status: Status
) -> None:
    dossier = of_hen(cast, status)

    looked(MONDAY + 30 * MINUTE)

    assert told(dossier, K.UNREACHED) == []
    assert told(dossier, K.UNTOLD) == []


def test_who_has_a_mobile_number_is_written_to_and_nobody_is_asked_to_phone(cast: Cast) -> None:
    dossier = of_hen(
        cast, S.SUPPLEMENT, Applicant("H' Hen Niê", "066194000012", phone="0912345678")
    )

    looked(MONDAY + 30 * MINUTE)

    assert told(dossier, K.UNREACHED) == []


@pytest.mark.parametrize(
    ("owner", "is_there"),
    [
        ({"phone": "0254 3822 155"}, False),
        ({"phone": "+1 202 555 0100"}, False),
        ({"phone": "0912 345 678"}, True),
        ({"email": "hen@example.vn"}, True),
        ({"email": " ", "phone": ""}, False),
        ({}, False),
    ],
)
def test_a_landline_is_no_place_to_write_to(owner: dict[str, str], is_there: bool) -> None:
    assert has_place(owner) is is_there


def test_without_a_carrier_no_number_is_a_place(settings: object) -> None:
    settings.ADAPTERS = {}  # type: ignore[attr-defined]

    assert not has_place({"phone": "0912 345 678"})


def test_who_came_with_the_papers_has_heard_that_they_lacked(cast: Cast) -> None:
    dossier = of_hen(cast, S.SUPPLEMENT)
    looked(MONDAY + HOUR)
    assert told(dossier, K.UNREACHED) == TO_PHONE
    step = {"by": cast.hung.actor, "at": MONDAY + 2 * HOUR}
    dossier.take(Step.HAND_IN, **step)  # type: ignore[arg-type]

    looked(MONDAY + 3 * HOUR)
    assert told(dossier, K.UNREACHED) == []
    with time_machine.travel(MONDAY + 3 * HOUR, tick=False):
        kept = {"post": cast.hung, "reference": dossier.reference}
        more_papers.resume_dossier(**kept)  # type: ignore[arg-type]
    looked(MONDAY + 4 * HOUR)
    assert told(dossier, K.UNREACHED) == TO_PHONE


def test_a_letter_in_the_post_has_told_them(cast: Cast) -> None:
    dossier = of_hen(cast, S.EXAMINING)
    assert dossier.due_at
    late = dossier.due_at + DAY
    with time_machine.travel(late, tick=False):
        apologies.apologise(post=cast.binh, reference=dossier.reference, reason="Chờ xác minh.")
    looked(late + HOUR)
    assert told(dossier, K.UNREACHED) == TO_PHONE

    with time_machine.travel(late + 2 * HOUR, tick=False):
        apologies.note_posted(post=cast.hung, reference=dossier.reference)
    assert Apology.objects.get().state == "sent"
    looked(late + 3 * HOUR)
    assert told(dossier, K.UNREACHED) == []


def test_steps_are_read_back_to_the_mark_and_no_further(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = of_hen(cast, S.RESULT_READY)
    monkeypatch.setattr(lost_news, "BATCH", 2)
    every = dossier.moves.count()
    assert every > 4

    after_all = MONDAY + HOUR
    assert len(list(lost_news._steps_between(after_all, after_all))) == 1
    found = [n for rows in lost_news._steps_between(MONDAY - HOUR, after_all) for n in rows]
    issued = dossier.moves.get(step=Step.ISSUE).pk
    assert issued in found
    assert found == sorted(found, reverse=True)


def test_no_step_is_both_heard_by_coming_and_to_be_heard() -> None:
    assert not TO_BE_HEARD & THEY_CAME
    assert set(jobs.TEMPLATES) >= TO_BE_HEARD
    assert not TO_BE_HEARD & jobs.INTERNAL
