"""A shared dossier is planned anew: nobody hears nothing, history takes no room, an old page is old."""

from datetime import timedelta

import pytest
import time_machine

from motcua.core.errors import Refused
from motcua.dossiers.actions import processing
from motcua.dossiers.actions.interlinking import interlink
from motcua.dossiers.models import Dossier, Station
from motcua.dossiers.stations import MOST, Per, Planned
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_interlinking import MONDAY, all_answer, answer, divided, station
from motcua.testing.cast import Cast
from motcua.testing.linking import a_neighbour, a_plan, at_the_centre

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    return divided(cast)


def lead(cast: Cast) -> Planned:
    return a_plan(cast)[4]


def page_of(dossier: Dossier) -> str:
    return f"/can-bo/ho-so/{dossier.reference}/lien-thong/"


def test_a_line_that_waits_does_not_go_to_another_unit_unheard(cast: Cast, shared: Dossier) -> None:
    answer(shared, at_the_centre(cast))
    elsewhere = Planned(at_the_centre(cast).unit_id, "Đối chiếu sổ hộ tịch.", 1, Per.HOUR)
    with time_machine.travel(LATER), pytest.raises(Refused) as no:
        interlink(post=cast.mai, reference=shared.reference, plan={3: elsewhere, 4: lead(cast)})
    assert [(each.code, each.field) for each in no.value.reasons] == [("unit_replaced", "unit-3")]
    assert station(shared, 3).unit_id == a_neighbour(cast).unit_id

    with time_machine.travel(LATER):
        interlink(post=cast.mai, reference=shared.reference, plan={5: elsewhere, 4: lead(cast)})
    assert station(shared, 3).closed_at is not None  # told why, like every one that is closed
    assert station(shared, 5).unit_id == elsewhere.unit_id


def sent_back(cast: Cast, dossier: Dossier) -> None:
    """All answer, Mai proposes, Bình sends it back: the plan is over."""
    all_answer(cast, dossier)
    with time_machine.travel(LATER):
        processing.propose_dossier(
            post=cast.mai, reference=dossier.reference, outcome="approve", note="Đồng ý."
        )
        processing.send_back(post=cast.binh, reference=dossier.reference, note="Xem lại.")


def many_before(dossier: Dossier) -> None:
    """Earlier plans had as many lines as one may have."""
    first = station(dossier, 1)
    for order in range(5, 5 + MOST):
        first.pk, first.order = None, order
        first.save(force_insert=True)


def test_what_earlier_plans_had_takes_no_room_in_the_present_one(
    cast: Cast, shared: Dossier
) -> None:
    sent_back(cast, shared)
    many_before(shared)
    last = 23
    again = {n + 19: line for n, line in a_plan(cast, hours=1).items()}
    again[22] = Planned(a_neighbour(cast).unit_id, "Đối chiếu.", 1, Per.HOUR, needs=frozenset({20}))
    with time_machine.travel(LATER + timedelta(hours=3)):
        interlink(post=cast.mai, reference=shared.reference, plan=again)
        mai = desk_of(cast.mai)
        text = mai.get(page_of(shared)).content.decode()
        assert "Dòng 20: Văn phòng" in text
        assert "Dòng 1: Văn phòng" not in text
        assert "Thêm đơn vị" in text
        interlink(post=cast.mai, reference=shared.reference, plan={last: again[last]})
    assert sorted(station(shared, last).needs) == [20, 21]  # of this plan, not of the earlier one


def test_adding_a_line_does_not_make_an_old_page_young(cast: Cast, shared: Dossier) -> None:
    seen = shared.revision
    answer(shared, at_the_centre(cast))
    form = {
        "revision": seen, "lines": 2, "mode": "electronic", "unit-4": cast.mai.unit_id,
        "task-4": "Tổng hợp.", "amount-4": "1", "per-4": "working_hour", "role-4": "lead",
    }  # fmt: skip
    with time_machine.travel(LATER):
        mai = desk_of(cast.mai)
        more = mai.post(page_of(shared), form | {"more": "1"})
        assert f'name="revision" value="{seen}"' in more.content.decode()
        old = mai.post(page_of(shared), form)
        assert old.status_code == 409
        shared.refresh_from_db()
        assert f'name="revision" value="{shared.revision}"' in old.content.decode()
        slip = mai.post(page_of(shared), form | {"needs-4": "hai"})
        assert slip.status_code == 422
        assert f'name="revision" value="{seen}"' in slip.content.decode()
    assert Station.objects.get(dossier=shared, order=4).task == "Tổng hợp, trình ký."
