"""Letters of apology are counted to the unit that had the dossier, in the year they were signed."""

from datetime import datetime

import pytest
from django.db import connection

from motcua.agencies.models import Unit
from motcua.dossiers import statistics
from motcua.dossiers.actions import apologies
from motcua.dossiers.actions.measuring import rebuild_statistics
from motcua.dossiers.models import Dossier, YearCount
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_apologies import at, due_of, later, opening_before, running, sign
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.testing.cast import Cast
from motcua.workdays.types import HANOI

__all__ = ["running"]
pytestmark = pytest.mark.django_db


def letters(unit: Unit, year: int) -> int:
    lines = statistics.of_units(unit.agency_id, year)
    return sum(line.figures.apologies for line in lines if line.code == unit.code)


def test_a_letter_is_counted_once_when_it_is_signed(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        apologies.draft_letters()
        assert letters(cast.mai.unit, 2026) == 0
        sign(cast, running, later(running))
    assert letters(cast.mai.unit, 2026) == 1
    running.refresh_from_db()
    with at(due_of(running).replace(year=2027, month=1, day=5)):
        apologies.apologise(post=cast.binh, reference=running.reference, reason="Chậm.")

    assert (letters(cast.mai.unit, 2026), letters(cast.mai.unit, 2027)) == (1, 1)
    assert statistics.differences() == []


def test_it_stays_with_the_unit_though_the_dossier_moves_on(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        sign(cast, running, later(running))
    Dossier.objects.filter(pk=running.pk).update(unit_id=cast.binh.unit_id)
    rebuild_statistics()

    assert (letters(cast.mai.unit, 2026), letters(cast.binh.unit, 2026)) == (1, 0)
    assert statistics.of_agency(cast.ward.pk, 2026).apologies == 1


def test_a_letter_that_was_not_counted_is_found(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        sign(cast, running, later(running))
    YearCount.objects.update(apologies=0)

    (found,) = statistics.differences()
    assert (found.kept[-1], found.raw[-1]) == (0, 1)


def test_what_was_signed_before_there_was_a_figure_is_counted_by_the_migration(
    cast: Cast, running: Dossier
) -> None:
    from importlib import import_module  # its name begins with a digit

    with at(opening_before(running)):
        sign(cast, running, later(running))
    YearCount.objects.update(apologies=0)
    migration = import_module("motcua.dossiers.migrations.0032_stepdates")
    with connection.cursor() as cursor:
        cursor.execute(migration.COUNT_LETTERS)
        cursor.execute(migration.COUNT_LETTERS)

    assert statistics.differences() == []


def test_binh_reads_it_beside_what_was_late(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        sign(cast, running, later(running))
    with at(datetime(2026, 12, 1, 9, tzinfo=HANOI)):
        shown = text_of(desk_of(cast.binh).get("/can-bo/thong-ke/"))

    assert 'data-l="Thư xin lỗi">1</td>' in shown
    assert "<strong>1</strong> thư đã ký vì chậm trả kết quả" in shown
