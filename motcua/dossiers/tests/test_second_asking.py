"""One more slip than the law allows: asked for with a reason, granted by somebody else, then it counts."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from motcua.audit.queries import entries_of
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import more_papers, processing
from motcua.dossiers.models import Dossier, SecondAsking
from motcua.dossiers.tests.test_more_papers import MONDAY, ask, codes
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY) as now:
        yield now


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    """Lan's dossier on Mai's table, taken in on Monday at nine."""
    return a_dossier(cast, Status.EXAMINING)


@pytest.fixture
def asked_once(cast: Cast, examined: Dossier) -> Dossier:
    """Asked once, handed in, found full: Mai has it again."""
    ask(cast, examined)
    handed_in(cast, examined)
    more_papers.resume_dossier(post=cast.hung, reference=examined.reference)
    examined.refresh_from_db()
    return examined


def test_a_second_slip_needs_a_reason_and_waits_for_an_approver(
    cast: Cast, asked_once: Dossier
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(cast, asked_once)
    assert codes(refusal) == ["second_reason_missing"]

    ask(cast, asked_once, second_reason="Giấy mới nộp lại thiếu dấu.")

    assert asked_once.status == Status.EXAMINING
    with pytest.raises(Refused) as refusal:
        ask(cast, asked_once, second_reason="Lần nữa.")
    assert codes(refusal) == ["second_asking_waits"]


def test_granted_the_second_slip_goes_out_as_it_was_written_and_counts(
    cast: Cast, asked_once: Dossier
) -> None:
    ask(cast, asked_once, second_reason="Giấy mới nộp lại thiếu dấu.")
    asking = SecondAsking.objects.get()
    for _ in range(2):  # the button was pressed twice
        more_papers.decide_second_asking(
            post=cast.binh, reference=asked_once.reference, asking_id=asking.pk, is_granted=True
        )

    asked_once.refresh_from_db()
    move = asked_once.moves.last()
    assert asked_once.status == Status.SUPPLEMENT
    assert more_papers.times_asked(asked_once) == 2
    assert move is not None
    assert (move.by, move.facts["approved_by"]) == (cast.mai.holder_name, cast.binh.holder_name)
    deeds = [entry.deed for entry in entries_of(asked_once.reference)]
    assert {"dossier.second_asking", "dossier.second_asking_decided"} <= set(deeds)


def test_whoever_asked_does_not_grant_and_a_refusal_has_a_reason(
    cast: Cast, asked_once: Dossier
) -> None:
    ask(cast, asked_once, second_reason="Giấy mới nộp lại thiếu dấu.")
    asking = SecondAsking.objects.get()
    told: dict[str, Any] = {"reference": asked_once.reference, "asking_id": asking.pk}
    for post in (cast.hung, cast.hoa, cast.yen):
        with pytest.raises(NotFound):
            more_papers.decide_second_asking(post=post, is_granted=True, **told)
    account, cast.binh.account = cast.binh.account, cast.mai.account
    cast.binh.save()
    with pytest.raises(Refused) as refusal:
        more_papers.decide_second_asking(post=cast.binh, is_granted=True, **told)
    assert codes(refusal) == ["same_hand"]
    cast.binh.account = account
    cast.binh.save()
    with pytest.raises(Refused):
        more_papers.decide_second_asking(post=cast.binh, is_granted=False, **told)

    more_papers.decide_second_asking(post=cast.binh, is_granted=False, answer="Đã đủ.", **told)

    asked_once.refresh_from_db()
    assert asked_once.status == Status.EXAMINING


def test_an_asking_lapses_once_somebody_else_examines(cast: Cast, asked_once: Dossier) -> None:
    ask(cast, asked_once, second_reason="Giấy mới nộp lại thiếu dấu.")
    processing.propose_dossier(
        post=cast.mai, reference=asked_once.reference, outcome="approve", note="Đủ."
    )

    with pytest.raises(Refused) as refusal:
        more_papers.decide_second_asking(
            post=cast.binh, reference=asked_once.reference,
            asking_id=SecondAsking.objects.get().pk, is_granted=True,
        )  # fmt: skip

    assert codes(refusal) == ["second_asking_lapsed"]
