"""Many dossiers are given to one officer at once: each with its own end, one for all, or none."""

from datetime import datetime
from typing import Any

import pytest
import time_machine

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import tick
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.tests.test_silence_clocks import MONDAY, since_monday
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
FIVE_DAYS, IN_THE_DAY = "1.004746", "1.001193"


def given(cast: Cast, dossiers: list[Dossier], **typed: Any) -> tuple[int, str]:
    """Hòa confirms the page on which these dossiers go to Mai."""
    order = {"do": "assign", "confirm": "1", "chosen": cast.mai.pk, "chon": [], **typed}
    order["chon"] = tick(*dossiers)
    with time_machine.travel(MONDAY, tick=False):
        response = desk_of(cast.hoa).post("/can-bo/hang-loat/", order)
    for dossier in dossiers:
        dossier.refresh_from_db()
    return response.status_code, text_of(response)


def two(cast: Cast) -> list[Dossier]:
    return [since_monday(cast, Status.ASSIGNING, code) for code in (IN_THE_DAY, FIVE_DAYS)]


def test_each_is_given_a_share_of_its_own_time(cast: Cast) -> None:
    dossiers = two(cast)
    given(cast, dossiers, finish="share")

    short, long = (dossier.step_due_at for dossier in dossiers)
    assert short and long and short < long
    assert [dossier.status for dossier in dossiers] == [Status.EXAMINING] * 2


def test_one_end_for_all_is_judged_for_each(cast: Cast) -> None:
    dossiers = two(cast)
    day = datetime(2026, 11, 20, 16, tzinfo=HANOI)  # after the date of the short one
    _, said = given(cast, dossiers, finish="same", finish_day="20/11/2026", finish_hour="16:00")

    assert [dossier.step_due_at for dossier in dossiers] == [None, day]
    assert "xong 1, còn 1 hồ sơ chưa làm được" in said
    assert "muộn hơn ngày hẹn trả" in said


def test_no_end_is_no_end(cast: Cast) -> None:
    dossiers = two(cast)
    given(cast, dossiers, finish="none")

    assert [dossier.step_due_at for dossier in dossiers] == [None, None]
    assert [dossier.status for dossier in dossiers] == [Status.EXAMINING] * 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"finish": "same"}, "ngày và giờ của hạn chung"),
        ({"finish": "share", "finish_day": "18/11/2026", "finish_hour": "16:00"}, "Cùng một hạn"),
        ({"finish": "same", "finish_day": "hôm nay", "finish_hour": "16:00"}, "ngày/tháng/năm"),
    ],
)
def test_a_page_that_contradicts_itself_assigns_nothing(
    cast: Cast, typed: dict[str, str], said: str
) -> None:
    dossiers = two(cast)
    status, shown = given(cast, dossiers, **typed)

    assert status == 422
    assert said in shown
    assert f'value="{cast.mai.pk}" selected' in shown
    assert [dossier.status for dossier in dossiers] == [Status.ASSIGNING] * 2
