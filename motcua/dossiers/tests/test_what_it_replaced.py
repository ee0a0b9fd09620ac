"""Who opens an act that was decided long ago reads what it replaced, not what stands today."""

from html import unescape

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.dossiers.actions import approving
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_approvals import (
    FRIDAY,
    MARRIAGE,
    NEW,
    ask_code,
    ask_date,
    decide,
)
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


@pytest.fixture
def running(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.EXAMINING, MARRIAGE)


def page(cast: Cast, asked: Approval) -> str:
    there = f"/can-bo/ho-so/{asked.dossier.reference}/duyet/{asked.pk}/"
    return unescape(desk_of(cast.binh).get(there).content.decode())


def moment(at: object) -> str:
    return f"{localtime(at):%H:%M ngày %d/%m/%Y}"  # type: ignore[arg-type]


def test_a_moved_date_shows_the_one_it_replaced_after_it_was_moved(
    cast: Cast, running: Dossier
) -> None:
    first = running.due_at
    asked = ask_date(cast.mai, running)
    waiting = page(cast, asked)
    assert f"(đang hẹn {localtime(first):%H:%M %d/%m/%Y})" in waiting

    decide(approving.grant, cast.binh, asked)
    shown = page(cast, asked)
    assert f"Hẹn trả mới: {moment(NEW)} (thay cho {moment(first)})" in shown
    assert "đang hẹn" not in shown


def test_a_date_that_was_not_moved_shows_the_one_that_was_to_be_replaced(
    cast: Cast, running: Dossier
) -> None:
    first = running.due_at
    asked = ask_date(cast.mai, running)
    decide(approving.refuse, cast.binh, asked, "Giải quyết kịp.")
    assert f"(thay cho {moment(first)})" in page(cast, asked)


def test_a_code_put_right_shows_the_wrong_one(cast: Cast, running: Dossier) -> None:
    wrong = running.code or ""
    new = f"{wrong.split('-')[0]}-261119-9999"  # a day before: today's numbers are the counter's
    asked = ask_code(cast.hung, running, new)
    assert asked.facts["old_code"] == wrong
    shown = page(cast, asked)
    assert f"Mã mới: {new} (thay cho {wrong})" in shown
