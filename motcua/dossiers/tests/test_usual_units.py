"""How long things take is told of the unit that settles, where it has a history of its own."""

import pytest
import time_machine

from motcua.dossiers.actions.measuring import count_usual_times
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.tests.test_usual_times import HOUR, LEAST, NIGHT, history, page
from motcua.dossiers.usual import usual_time, usual_times_everywhere
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier

pytestmark = pytest.mark.django_db


def test_the_units_own_history_goes_before_that_of_its_agency(cast: Cast) -> None:
    quick, slow = cast.mai.unit_id, cast.binh.unit_id
    history(cast.ward, [4] * LEAST, unit_id=quick)
    history(cast.ward, [40] * (LEAST - 1), unit_id=slow)  # too little to say anything of it
    count_usual_times(NIGHT)

    def told(unit_id: int | None) -> tuple[str, int, float] | None:
        found = usual_time(cast.ward.pk, BIRTH, unit_id=unit_id)
        return (found.place, found.n, found.high / HOUR) if found else None

    assert told(quick) == ("Phòng Tư pháp - Hộ tịch, UBND phường Mỹ Phước", LEAST, 4)
    whole = ("UBND phường Mỹ Phước", 2 * LEAST - 1, 40)
    assert [told(slow), told(None)] == [whole, whole]


def test_the_catalogue_goes_on_telling_of_agencies(cast: Cast) -> None:
    history(cast.ward, [4] * LEAST, unit_id=cast.mai.unit_id)
    count_usual_times(NIGHT)

    found = usual_times_everywhere(BIRTH)
    assert [usual.place for usual in found[cast.ward.code]] == ["UBND phường Mỹ Phước"]


def test_lan_reads_whose_time_it_is_once_a_unit_has_her_dossier(cast: Cast) -> None:
    lan = signed_in(cast.lan)
    sent, examined = a_dossier(cast, Status.SUBMITTED), a_dossier(cast, Status.EXAMINING)
    history(cast.ward, [9] * LEAST, case=sent.case, unit_id=examined.unit_id)
    with time_machine.travel(NIGHT, tick=False):
        count_usual_times()

    before = page(lan, f"/ho-so/{sent.reference}/")
    assert "tại UBND phường Mỹ Phước 8 trên 10" in before
    assert f"{LEAST} hồ sơ của cả cơ quan" in before
    with_unit = page(lan, f"/ho-so/{examined.reference}/")
    assert "tại Phòng Tư pháp - Hộ tịch, UBND phường Mỹ Phước" in with_unit
    assert f"{LEAST} hồ sơ của riêng đơn vị này" in with_unit
