"""The demonstration shows every status and a few late dossiers, all brought there by the cast."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings as SettingsWrapper

from motcua.audit.types import Verdict
from motcua.audit.verifying import verify
from motcua.core import clock
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.models import Dossier, Move, Station, UrgingDocument
from motcua.dossiers.workflow import Status
from motcua.testing import demo
from motcua.testing.cast import Cast


def test_sixty_stories_end_in_every_status() -> None:
    told = demo.stories(60)

    assert len(told) == 60
    assert {status for status, *_ in told} == set(Status)


@pytest.mark.django_db
def test_the_first_five_are_late_and_happened_when_they_say(
    cast: Cast, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    demo.play(cast, 26)

    now = clock.now()
    late = Dossier.objects.filter(due_at__lt=now, status__in=demo.LATE)
    assert late.count() == 5
    assert Dossier.objects.filter(status=Status.DRAFT).count() == 2
    document = UrgingDocument.objects.get()
    assert document.signed_by == "Ngô Thị Liên"
    assert document.signer_title == "TL. Chủ tịch\nTrưởng Bộ phận Một cửa"
    assert 0 < document.lines.count() <= demo.MOST_URGED
    parts = Station.objects.order_by("order")
    assert [part.started_at is not None for part in parts] == [True, True, False, False]
    moments = list(Move.objects.order_by("id").values_list("at", flat=True))
    assert max(moments) < now
    assert min(moments) < now - timedelta(days=demo.LONG_AGO)
    assert {found.verdict for found in verify()} == {Verdict.OK}
    assert list(differing_dates()) == []  # every date is what its moves make of it
