"""What the clock does at night, and that it is night in Việt Nam when it does it."""

import os
from datetime import datetime
from pathlib import Path

import croniter  # type: ignore[import-untyped]  # no stubs
import pytest
from procrastinate.contrib.django import app
from pytest_django import Settings as SettingsWrapper

from motcua.config import schedule
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.workflow import Status
from motcua.files import shelf
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

NOON = datetime(2026, 11, 20, 12, tzinfo=HANOI).timestamp()


def test_what_is_done_once_a_day_is_done_while_the_offices_are_closed() -> None:
    crons = [periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()]
    daily = [cron for cron in crons if cron.split()[1] != "*"]
    assert len(daily) >= 3

    for cron in daily:
        moment = croniter.croniter(cron).get_next(ret_type=float, start_time=NOON)  # as the queue
        assert 1 <= datetime.fromtimestamp(moment, HANOI).hour <= 5


@pytest.mark.django_db
def test_the_night_clears_what_a_crash_left(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    orphan = shelf.write_draft([b"half a paper"]).path
    fresh = shelf.write_draft([b"a paper that is just arriving"]).path
    os.utime(orphan, (0, 0))

    schedule.sweep_files(timestamp=0)

    assert not orphan.exists()
    assert fresh.exists()


def test_the_watch_runs_every_few_minutes_and_twice_is_once(cast: Cast) -> None:
    a_dossier(cast, Status.SUBMITTED)
    Dossier.objects.update(warn_at="2026-01-05T01:00Z", answer_due_at="2026-01-05T03:00Z")

    schedule.watch(timestamp=0)
    schedule.watch(timestamp=0)

    assert [alarm.level for alarm in Alarm.objects.all()] == ["passed"]
    crons = {p.task.name: p.cron for p in app.periodic_registry.periodic_tasks.values()}
    assert crons["house.watch"] == "*/5 * * * *"
