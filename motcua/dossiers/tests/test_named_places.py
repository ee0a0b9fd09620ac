"""Where each step was taken: with a unit of another agency stands the name of that agency."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.control_facts import control_sheet
from motcua.dossiers.models import Dossier, PhoneCall, TransferList
from motcua.dossiers.queries import desk_dossier, dossier_page
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_handing_over import letters, words_of
from motcua.dossiers.tests.test_interlinking import answer, divided
from motcua.dossiers.tests.test_passing_on import MONDAY, WHY, filed, passed
from motcua.dossiers.transfer_paper import transfer_paper
from motcua.dossiers.types import Channel
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.linking import a_neighbour, at_the_centre

pytestmark = pytest.mark.django_db
DESK = "Bộ phận Tiếp nhận và Trả kết quả"
WARD, COMMUNE = "UBND phường Mỹ Phước", "UBND xã Tân Hòa"
FROM_TO = f"Chuyển cơ quan có thẩm quyền: từ {WARD} tới {COMMUNE}"


def rows(dossier: Dossier) -> list[tuple[str, str, str, str]]:
    sheet = control_sheet(dossier, "https://x.example/q")
    return [(r.note, r.giver_office, r.receiver_office, r.receiver) for r in sheet.handovers]


def test_lan_filed_it_where_she_filed_it_however_far_it_went_since(cast: Cast) -> None:
    dossier = passed(cast, filed(cast))
    steps = dossier_page(cast.lan, dossier.reference).timeline
    assert [(item.title, item.where) for item in steps[:2]] == [
        ("Nộp hồ sơ", WARD), (FROM_TO, f"{DESK}, {WARD}"),
    ]  # fmt: skip
    assert steps[2].where == DESK  # where it waits now
    journal = desk_of(cast.sau).get(f"/can-bo/ho-so/{dossier.reference}/nhat-ky/")
    assert f'data-l="Bộ phận">{WARD}</td>' in unescape(journal.content.decode())


def test_what_comes_after_the_passing_is_with_the_agency_there(cast: Cast) -> None:
    dossier = passed(cast, filed(cast))
    for hours in (0, 2):  # before, after
        PhoneCall.objects.create(
            dossier=dossier, is_reached=True, note="Đã hẹn.", called_by="Ai đó", called_by_key="x",
            called_at=MONDAY + timedelta(hours=hours, minutes=30),
        )  # fmt: skip
    where = [item.where for item in desk_dossier(cast.sau, dossier.reference).page.timeline]
    assert where[:4] == [WARD, WARD, f"{DESK}, {WARD}", COMMUNE]


def test_the_control_sheet_says_from_whom_to_whom(cast: Cast) -> None:
    dossier = passed(cast, filed(cast, Channel.COUNTER))
    assert rows(dossier) == [
        ("Nộp hồ sơ", "Người nộp hồ sơ", f"{DESK}, {WARD}", cast.hung.holder_name),
        (FROM_TO, f"{DESK}, {WARD}", f"{DESK}, {COMMUNE}", ""),
    ]


def test_a_list_between_two_agencies_names_both(cast: Cast) -> None:
    passed(cast, filed(cast, Channel.COUNTER))
    paper = TransferList.objects.get()
    sau, sides = desk_of(cast.sau), (f"{DESK}, {WARD}", f"{DESK}, {COMMUNE}")
    lists = unescape(sau.get("/can-bo/ban-giao/").content.decode())
    page = unescape(sau.get(f"/can-bo/ban-giao/{paper.pk}/").content.decode())
    printed = words_of(transfer_paper(cast.sau, paper.pk)[1])
    for side in sides:
        assert side in lists
        assert side in page
        assert letters(side) in printed


def test_a_unit_of_another_agency_is_named_with_it_and_its_answer_is_read_by_officials(
    cast: Cast,
) -> None:
    dossier = divided(cast)
    answer(dossier, at_the_centre(cast), "Thửa 12, tờ 3.")
    steps = desk_dossier(cast.mai, dossier.reference).page.timeline
    (given,) = [item for item in steps if item.title == "Trả kết quả liên thông"]
    assert given.where == f"{DESK}, {cast.centre.name}"
    assert given.note == "Trích lục bản đồ địa chính. → Thửa 12, tờ 3."

    (hers,) = [
        item for item in dossier_page(cast.lan, dossier.reference).timeline
        if item.title == given.title
    ]  # fmt: skip
    assert hers.where == given.where
    assert "Thửa 12" not in hers.note
    guest = desk_dossier(a_unit_asked(cast), dossier.reference).page.timeline
    assert not any("Thửa 12" in item.note for item in guest)


def test_naming_them_costs_the_same_for_every_answer(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk_dossier(cast.mai, dossier.reference)
        return len(found)

    dossier = divided(cast)
    answer(dossier, a_unit_asked(cast))
    cost()  # the first look of the day is also counted
    one = cost()
    answer(dossier, at_the_centre(cast))
    answer(dossier, a_neighbour(cast))
    assert cost() == one


def test_hung_reads_which_paper_to_print_and_send_along(cast: Cast) -> None:
    dossier = filed(cast, Channel.COUNTER)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        said = desk_of(cast.hung).post(
            f"/can-bo/ho-so/{dossier.reference}/chuyen-co-quan/",
            {"revision": dossier.revision, "agency": cast.commune.pk, "note": WHY}, follow=True,
        )  # fmt: skip
    page, paper = unescape(said.content.decode()), TransferList.objects.get()
    assert f"giấy bàn giao số {paper.number}" in page
    assert f'href="/can-bo/ban-giao/{paper.pk}/ban-in/"' in page
