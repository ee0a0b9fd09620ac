"""A unit that is late with its part of an interlinked dossier can be named in an urging document (WF-10)."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.dossiers.actions import urging_documents as acts
from motcua.dossiers.models import Dossier, Station, UrgingDocument
from motcua.dossiers.tests.test_urging_documents import ANSWER, LATER, MONDAY
from motcua.dossiers.urging_documents import (
    LATE_FIRST,
    LISTS_SHOWN,
    NO_PART,
    documents,
    slow_dossiers,
    slow_units,
)
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.linking import linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    """Phúc, Cúc and Lực each have a part of Lan's dossier since Monday; Lực waits for Phúc."""
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.EXAMINING, "1.004222")
        linked(cast, dossier)
    return dossier


def unit_of(dossier: Dossier, order: int) -> int:
    return Station.objects.get(dossier=dossier, order=order).unit_id


def test_a_unit_that_owes_its_part_is_named_with_the_dossier(cast: Cast, shared: Dossier) -> None:
    phuc, luc = unit_of(shared, 1), unit_of(shared, 3)
    with time_machine.travel(LATER, tick=False):
        assert phuc in {unit.id for unit in slow_units(cast.binh)}
        assert luc not in {unit.id for unit in slow_units(cast.binh)}  # not its turn yet
        rows = slow_dossiers(cast.binh, phuc)
        assert [(row.reference, row.why) for row in rows] == [(shared.reference, NO_PART)]
        document = acts.sign_urging(
            post=cast.binh, unit_id=phuc, chosen={shared.reference}, text="Khẩn trương.",
            answer_by=ANSWER,
        )  # fmt: skip

    assert document.lines.get().why == NO_PART


def test_a_part_in_time_done_or_not_waited_for_is_not_urged(cast: Cast, shared: Dossier) -> None:
    phuc = unit_of(shared, 1)
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        assert slow_dossiers(cast.binh, phuc) == []
    Station.objects.filter(dossier=shared, order=1).update(closed_at=MONDAY)
    with time_machine.travel(LATER, tick=False):
        assert slow_dossiers(cast.binh, phuc) == []


def test_however_many_are_never_answered_the_latest_documents_are_on_the_list(cast: Cast) -> None:
    def written(order: int, until: datetime) -> UrgingDocument:
        return UrgingDocument.objects.create(
            agency_id=cast.binh.agency_id, unit_id=cast.hoa.unit_id, year=2026, order=order,
            text="Nhanh lên.", answer_by=until.date(), signed_at=MONDAY, signer=cast.binh,
            signed_by="Bình", signer_title="Phó Chủ tịch",
        )  # fmt: skip

    silent = [written(n, MONDAY + timedelta(days=n % 3)) for n in range(1, LISTS_SHOWN + 10)]
    newest = written(LISTS_SHOWN + 10, LATER + timedelta(days=9))
    with time_machine.travel(LATER, tick=False):
        shown = documents(cast.binh)

    assert len(shown) == LISTS_SHOWN == len({row.pk for row, _ in shown})
    first = [row.answer_by for row, _ in shown[:LATE_FIRST]]
    assert first == sorted(row.answer_by for row in silent)[:LATE_FIRST]
    assert shown[LATE_FIRST] == (newest, False)
    assert (silent[-1], True) in shown
