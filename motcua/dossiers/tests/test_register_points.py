"""The spreadsheet of the register tells the points of each result against the legal time."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.dossiers import register
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_register import ordered, texts_of
from motcua.dossiers.workflow import Status
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def points_of(cast: Cast) -> dict[str, int | None]:
    today = localdate(clock.now())
    batches = register.read_through(cast.hung, register.Wanted(today, today))
    return {row.code: row.points for batch in batches for row in batch}


def test_each_result_has_its_points_and_what_has_none_has_none(cast: Cast) -> None:
    early, late, same, ended = (a_dossier(cast, Status.DELIVERED) for _ in range(4))
    running = a_dossier(cast, Status.EXAMINING)
    for dossier, gap in ((early, DAY), (late, -DAY), (same, timedelta()), (ended, DAY)):
        finished = Dossier.objects.get(pk=dossier.pk).finished_at
        assert finished is not None
        Dossier.objects.filter(pk=dossier.pk).update(legal_due_at=finished + gap)
    with by_hand():
        Dossier.objects.filter(pk=ended.pk).update(status=Status.STOPPED)

    assert points_of(cast) == {
        early.code: 2, same.code: 1, late.code: 0, running.code: None, ended.code: None,
    }  # fmt: skip


def test_the_spreadsheet_has_a_column_of_them(cast: Cast) -> None:
    a_dossier(cast, Status.DELIVERED)

    assert "Điểm thời gian giải quyết" in texts_of(ordered(cast.hung))
