"""Nobody's dossier is stopped because they were silent while they still may speak."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.core.errors import Refused
from motcua.dossiers.actions import more_papers
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_more_papers import DAY, MINUTE, MONDAY, codes, with_law
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, asked_more, asked_paper, handed_in
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
WHY: dict[str, Any] = {"reason": "Không bổ sung.", "legal_basis": "Nghị định số 118/2025/NĐ-CP"}


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY) as now:
        yield now


def stop(post: Post, dossier: Dossier) -> Dossier:
    return more_papers.stop_dossier(post=post, reference=dossier.reference, **WHY)


def test_where_the_law_sets_no_time_binh_stops_nothing_for_silence(
    cast: Cast, monday: time_machine.Traveller
) -> None:
    dossier = a_dossier(cast, Status.SUPPLEMENT)
    assert dossier.supply_by is None

    monday.move_to(MONDAY + 90 * DAY)
    with pytest.raises(Refused) as refusal:
        stop(cast.binh, dossier)

    assert codes(refusal) == ["no_time_to_supply"]
    dossier.refresh_from_db()
    assert dossier.status == Status.SUPPLEMENT


def test_what_still_lacks_gives_lan_the_whole_time_again(
    cast: Cast, monday: time_machine.Traveller
) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    with_law(dossier, supplement_wait_days=5)
    asked_more(cast, dossier)
    dossier.refresh_from_db()
    until = datetime(2026, 12, 7, 17, 30, tzinfo=HANOI)
    assert dossier.supply_by == until

    monday.move_to(until - 60 * MINUTE)
    handed_in(cast, dossier)
    monday.move_to(datetime(2026, 12, 8, 9, tzinfo=HANOI))
    more_papers.say_lacking(
        post=cast.hung, reference=dossier.reference, lacking={asked_paper(dossier): "Vẫn mờ."}
    )

    dossier.refresh_from_db()
    assert dossier.supply_by == dossier.clock_at == datetime(2026, 12, 15, 17, 30, tzinfo=HANOI)
    assert dossier.moves.last().facts["supply_by"].startswith("2026-12-15")  # type: ignore[union-attr]
    with pytest.raises(Refused) as refusal:
        stop(cast.binh, dossier)
    assert codes(refusal) == ["still_time_to_supply"]


def test_who_proposed_does_not_stop_it_in_another_post(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    mais_other = Post.objects.create(
        account=cast.mai.account, agency=cast.ward, unit=cast.binh.unit, role=Role.APPROVER,
        title="Chủ tịch", holder_name=cast.mai.holder_name,
    )  # fmt: skip

    with pytest.raises(Refused):
        stop(mais_other, dossier)
    stop(cast.binh, dossier)

    dossier.refresh_from_db()
    assert dossier.status == Status.STOPPED
