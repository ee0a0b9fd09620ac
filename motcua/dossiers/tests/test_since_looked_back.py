"""An upgrade tells by the moves of each dossier since when it lies where it lies."""

from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection

from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.test_silence_clocks import MINUTE, looked, since_monday
from motcua.dossiers.tests.test_silence_goes_on import moved_later, urged
from motcua.dossiers.tests.test_silence_standing import after
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import BESIDE, Status
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
S = Status
upgrade = import_module("motcua.dossiers.migrations.0029_since_filled")
known = Dossier.objects.order_by("pk").values_list("pk", "since_at", "since_revision")


def forget() -> None:
    """As the columns are before the upgrade has looked back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dossiers_dossier ALTER COLUMN since_at DROP NOT NULL")
        cursor.execute("UPDATE dossiers_dossier SET since_at = NULL, since_revision = 0")


def look_back() -> None:
    upgrade.look_back(None, SimpleNamespace(connection=connection))


def test_it_finds_what_every_step_had_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(upgrade, "BATCH", 2)
    monkeypatch.setattr(upgrade, "MANY", 1)
    for status in (S.DRAFT, S.SUBMITTED, S.EXAMINING, S.PROPOSED, S.WITHDRAWN):
        since_monday(cast, status)
    running = Dossier.objects.get(status=S.PROPOSED)
    with time_machine.travel(after(10), tick=False):
        urged(cast, running)
        moved_later(cast, running)
    before = list(known)
    forget()

    look_back()

    assert list(known.all()) == before
    last = before[-1][0]
    assert f"hồ sơ {last}/{last}" in capsys.readouterr().out
    assert set(upgrade.BESIDE) <= BESIDE  # as it was then
    Dossier.objects.update(since_revision=99)
    look_back()  # once more: what is known stays
    assert {row[2] for row in known.all()} == {99}


def test_an_alarm_that_stands_stays_the_alarm_it_is(cast: Cast) -> None:
    dossier = since_monday(cast, S.PROPOSED)
    with time_machine.travel(after(10), tick=False):
        urged(cast, dossier)
    looked(after(16) + MINUTE)
    Alarm.objects.filter(kind=AlarmKind.UNSIGNED).update(occasion=dossier.revision + 1)
    forget()

    look_back()
    looked(after(17))

    alarm = Alarm.objects.get(kind=AlarmKind.UNSIGNED)
    assert (alarm.occasion, alarm.closed_at) == (dossier.since_revision, None)
