"""Many slow dossiers: no unit is hidden behind a busier one, and nothing that was ticked is dropped."""

from datetime import datetime

import pytest
import time_machine

from motcua.core.errors import Refused
from motcua.dossiers import urging_documents
from motcua.dossiers.actions import urging_documents as acts
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_costs import queries_of
from motcua.dossiers.tests.test_urging_documents import LATER, MONDAY, signed
from motcua.dossiers.urging_documents import slow_dossiers, slow_units
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 11, 9, 9, tzinfo=HANOI)


def late_ones(cast: Cast, number: int) -> list[Dossier]:
    with time_machine.travel(MONDAY, tick=False):
        return [a_dossier(cast, Status.EXAMINING) for _ in range(number)]


def test_a_busy_unit_hides_no_other_and_what_is_not_counted_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = a_unit_asked(cast)
    busy = late_ones(cast, 3)
    moved = late_ones(cast, 1)[0]
    Dossier.objects.filter(pk=moved.pk).update(unit_id=other.unit_id)
    monkeypatch.setattr(urging_documents, "MOST", 2)
    monkeypatch.setattr(urging_documents, "LOOKED_AT", 2)
    with time_machine.travel(LATER, tick=False):
        found = {unit.id: unit.shown for unit in slow_units(cast.binh)}
    assert len(busy) == 3
    assert found == {cast.hoa.unit_id: "hơn 2", other.unit_id: "1"}


def test_the_units_cost_as_many_queries_with_many_dossiers_as_with_one(cast: Cast) -> None:
    late_ones(cast, 1)
    with time_machine.travel(LATER, tick=False):
        few = queries_of(lambda: slow_units(cast.binh))
    late_ones(cast, 3)
    with time_machine.travel(LATER, tick=False):
        assert queries_of(lambda: slow_units(cast.binh)) == few


def test_what_became_slower_meanwhile_pushes_out_nothing_that_was_ticked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = late_ones(cast, 1)[0]
    slower = late_ones(cast, 2)
    Dossier.objects.filter(pk__in=[each.pk for each in slower]).update(clock_at=EARLIER)
    monkeypatch.setattr(urging_documents, "MOST", 2)
    with time_machine.travel(LATER, tick=False):
        page = [row.id for row in slow_dossiers(cast.binh, cast.hoa.unit_id)]
        document = signed(cast.binh, cast.hoa, seen)
    assert seen.pk not in page
    assert [line.dossier_id for line in document.lines.all()] == [seen.pk]


def test_more_than_a_document_names_is_refused_with_the_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = late_ones(cast, 3)
    monkeypatch.setattr(urging_documents, "MOST", 2)
    monkeypatch.setattr(acts, "MOST", 2)
    with (
        time_machine.travel(LATER, tick=False),
        pytest.raises(Refused, match="nhiều nhất 2 hồ sơ; anh/chị đang chọn 3"),
    ):
        signed(cast.binh, cast.hoa, *every)
