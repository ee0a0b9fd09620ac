"""On paper one unit works after another, each passes the papers on with a slip (WF-04)."""

from datetime import timedelta

import pytest
import time_machine

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import station_paper
from motcua.dossiers.actions import processing, stationing
from motcua.dossiers.actions.interlinking import close_station
from motcua.dossiers.models import Dossier, Station
from motcua.dossiers.queries import desk_dossier, desk_list
from motcua.dossiers.slips.lists import TransferList
from motcua.dossiers.station_paper import station_slip
from motcua.dossiers.station_queries import giver_of, slip_just_given
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_interlinking import MONDAY, answer, divided, in_hand, station
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.linking import a_neighbour, at_the_centre, passed_on_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_paper(cast: Cast) -> Dossier:
    dossier = in_hand(cast)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        passed_on_paper(cast, dossier)
    dossier.refresh_from_db()
    return dossier


def test_each_gets_the_papers_when_the_one_before_is_done_the_lead_last(
    cast: Cast, on_paper: Dossier
) -> None:
    assert [bool(station(on_paper, n).started_at) for n in (1, 2, 3)] == [True, False, False]
    first = station(on_paper, 1)
    assert first.slip == "01/2026/BGHS-H99.31-CM"
    assert first.given_by == cast.mai.holder_name

    answer(on_paper, a_neighbour(cast), hours=2)
    second = station(on_paper, 2)
    assert second.given_by == "Lê Văn Lực"
    assert second.slip == "01/2026/BGHS-H99.32-CM"  # the first of that unit, and not Mai's first
    answer(on_paper, a_unit_asked(cast), hours=3)
    assert station(on_paper, 3).given_by == "Ngô Văn Phúc"  # back to the lead


def test_both_sides_confirm_the_papers(cast: Cast, on_paper: Dossier) -> None:
    with pytest.raises(NotFound):
        stationing.receive_papers(post=a_unit_asked(cast), reference=on_paper.reference)
    here = f"/can-bo/ho-so/{on_paper.reference}/"
    neighbour = desk_of(a_neighbour(cast))
    assert "Đã nhận giấy tờ" in neighbour.get(here).content.decode()
    for _ in range(2):
        assert neighbour.post(here + "lien-thong/nhan/").status_code == 302

    first = station(on_paper, 1)
    assert first.received_by == "Lê Văn Lực"
    assert deeds_on(on_paper.reference).count("dossier.station_papers") == 1


def test_the_slip_is_a_paper_with_task_and_limit_for_giver_and_receiver_only(
    cast: Cast, on_paper: Dossier
) -> None:
    place = f"/can-bo/ho-so/{on_paper.reference}/lien-thong/1/giay/"
    for reader in (cast.mai, a_neighbour(cast)):
        assert desk_of(reader).get(place).content.startswith(b"%PDF")
    for stranger in (a_unit_asked(cast), cast.sau):
        assert desk_of(stranger).get(place).status_code == 404
    missing = place.replace("/1/giay", "/2/giay")
    assert desk_of(cast.mai).get(missing).status_code == 404  # nothing was passed to it yet


def test_what_goes_by_wire_has_no_papers_to_confirm(cast: Cast) -> None:
    dossier = divided(cast)
    with pytest.raises(Refused):
        stationing.receive_papers(post=a_unit_asked(cast), reference=dossier.reference)


def test_an_agency_of_another_level_gets_its_part_at_its_desk_and_gives_it_back(
    cast: Cast,
) -> None:
    dossier, cuc = divided(cast), at_the_centre(cast)
    assert desk_list(cuc, "lien-thong").worklist.number == 1
    assert desk_dossier(cuc, dossier.reference).page.agency.id == cast.ward.pk
    answer(dossier, cuc, "Thửa 12, tờ 3.")
    assert station(dossier, 2).done_by == "Hồ Thị Cúc"
    with pytest.raises(NotFound):
        desk_dossier(cuc, dossier.reference)


def test_in_the_end_mai_confirms_the_papers_and_nobody_else_of_the_ward_does(
    cast: Cast, on_paper: Dossier
) -> None:
    here = f"/can-bo/ho-so/{on_paper.reference}/"
    answer(on_paper, a_neighbour(cast), hours=2)
    answer(on_paper, a_unit_asked(cast), hours=3)
    assert "Đã nhận giấy tờ" not in desk_of(cast.hung).get(here).content.decode()
    with pytest.raises(NotFound):
        stationing.receive_papers(post=cast.hung, reference=on_paper.reference)

    mai = desk_of(cast.mai)
    assert "Đã nhận giấy tờ" in mai.get(here).content.decode()
    assert mai.post(here + "lien-thong/nhan/").status_code == 302
    assert station(on_paper, 3).received_by == cast.mai.holder_name


def test_papers_that_lie_at_a_unit_nobody_waits_for_go_on_from_there(
    cast: Cast, on_paper: Dossier
) -> None:
    neighbour = a_neighbour(cast)
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        stationing.receive_papers(post=neighbour, reference=on_paper.reference)
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        close_station(post=cast.mai, reference=on_paper.reference, number=1, note="Đã rõ.")
    second = station(on_paper, 2)
    assert second.given_by == neighbour.holder_name
    assert giver_of(second) == neighbour.unit
    assert second.slip == "01/2026/BGHS-H99.32-CM"


def test_papers_that_never_came_to_the_unit_before_go_on_from_mai(
    cast: Cast, on_paper: Dossier
) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        close_station(post=cast.mai, reference=on_paper.reference, number=1, note="Đã rõ.")
    second = station(on_paper, 2)
    assert second.given_by == cast.mai.holder_name
    assert giver_of(second) == cast.mai.unit


def test_the_slip_stands_under_the_unit_that_gives_and_names_both_with_their_agencies(
    cast: Cast, on_paper: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[TransferList] = []
    monkeypatch.setattr(station_paper, "print_paper", printed.append)
    station_slip(cast.mai, on_paper.reference, 1)
    answer(on_paper, a_neighbour(cast), hours=2)
    station_slip(cast.mai, on_paper.reference, 2)
    there, back = printed
    law, luc = cast.mai.unit.name, "Phòng Tư pháp - Hộ tịch, UBND xã Tân Hòa"
    assert there.heading.office.name == law
    assert there.heading.office.superior == "UBND phường Mỹ Phước"
    assert (there.giver_office, there.receiver_office) == (f"{law}, UBND phường Mỹ Phước", luc)
    assert back.heading.office.superior == "UBND xã Tân Hòa"
    assert back.giver_office == luc


def test_luc_reads_the_slip_he_gave_and_nothing_else_of_the_dossier(
    cast: Cast, on_paper: Dossier
) -> None:
    here = f"/can-bo/ho-so/{on_paper.reference}/"
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        luc = desk_of(a_neighbour(cast))
        said = luc.post(
            f"{here}buoc/answer_station/",
            {"revision": on_paper.revision, "answer": "Khớp sổ."}, follow=True,
        )  # fmt: skip
        slip = f"{here}lien-thong/2/giay/"
        read = luc.get(slip)
        others = [luc.get(f"{here}lien-thong/{n}/giay/").status_code for n in (1, 3)]
        strangers = [
            desk_of(post).get(slip).status_code for post in (cast.sau, at_the_centre(cast))
        ]
        page = luc.get(here).status_code

    assert said.redirect_chain == [("/can-bo/danh-sach/lien-thong/", 302)]
    assert f'href="{slip}">In giấy bàn giao số 01/2026/BGHS-H99.32-CM' in said.content.decode()
    assert read.content.startswith(b"%PDF")
    assert deeds_on(on_paper.reference)[-1] == "dossier.read"
    assert others == [404, 404]
    assert strangers == [404, 404]
    assert page == 404


def test_luc_is_not_led_to_the_slip_of_an_earlier_round(cast: Cast, on_paper: Dossier) -> None:
    luc = a_neighbour(cast)
    answer(on_paper, luc, hours=2)
    given = slip_just_given(luc, on_paper.reference)
    assert given is not None
    assert given.slip == "01/2026/BGHS-H99.32-CM"
    Station.objects.create(
        dossier=on_paper, order=9, unit=luc.unit, task="Xem lại.", amount=1, per="working_day",
        planned_at=MONDAY, planned_by="Mai", done_at=MONDAY + timedelta(hours=5),
        closed_at=MONDAY + timedelta(hours=5),
    )  # fmt: skip
    assert slip_just_given(luc, on_paper.reference) is None


def test_who_answers_or_proposes_had_the_papers(cast: Cast, on_paper: Dossier) -> None:
    here = f"/can-bo/ho-so/{on_paper.reference}/"
    told = "trả kết quả cũng là xác nhận đã nhận"
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        assert told in desk_of(a_neighbour(cast)).get(here).content.decode()
    answer(on_paper, a_neighbour(cast), hours=2)
    first = station(on_paper, 1)
    assert (first.received_by, first.received_at) == ("Lê Văn Lực", first.done_at)

    phuc = a_unit_asked(cast)
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        stationing.receive_papers(post=phuc, reference=on_paper.reference)
        assert told not in desk_of(phuc).get(here).content.decode()
    answer(on_paper, phuc, hours=4)
    assert station(on_paper, 2).received_at == MONDAY + timedelta(hours=3)
    with time_machine.travel(MONDAY + timedelta(hours=5)):
        processing.propose_dossier(
            post=cast.mai, reference=on_paper.reference, outcome="approve", note="Đủ điều kiện."
        )
    assert station(on_paper, 3).received_by == cast.mai.holder_name
    assert deeds_on(on_paper.reference).count("dossier.station_papers") == 3
