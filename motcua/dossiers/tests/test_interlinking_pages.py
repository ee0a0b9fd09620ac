"""The pages of interlinked settling: the plan line by line, the parts, the answer, the doors."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine

from motcua.dossiers.models import Dossier, Station, Urging
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_costs import queries_of
from motcua.dossiers.tests.test_interlinking import (
    MONDAY,
    answer,
    divided,
    in_hand,
    station,
)
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier, a_pdf
from motcua.testing.linking import a_neighbour, at_the_centre, linked

pytestmark = pytest.mark.django_db


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    return in_hand(cast)


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    return divided(cast)


def place(dossier: Dossier) -> str:
    return f"/can-bo/ho-so/{dossier.reference}/"


def typed(cast: Cast, dossier: Dossier) -> dict[str, Any]:
    return {
        "revision": dossier.revision, "lines": 3, "mode": "electronic",
        "unit-1": a_unit_asked(cast).unit_id, "task-1": "Xác nhận nơi cư trú.", "amount-1": "4",
        "per-1": "working_hour", "role-1": "", "needs-1": "",
        "unit-2": at_the_centre(cast).unit_id, "task-2": "Trích lục.", "amount-2": "1",
        "per-2": "working_day", "role-2": "", "needs-2": "1",
        "unit-3": cast.mai.unit_id, "task-3": "Tổng hợp.", "amount-3": "2",
        "per-3": "working_hour", "role-3": "lead", "needs-3": "",
    }  # fmt: skip


def test_mai_plans_line_by_line_and_nothing_typed_is_lost(
    cast: Cast,
    examined: Dossier,
) -> None:
    page, form = place(examined) + "lien-thong/", typed(cast, examined)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        mai = desk_of(cast.mai)
        fresh = mai.get(page).content.decode()
        ring = mai.post(page, form | {"needs-1": "2"})
        wrong = mai.post(page, form | {"needs-1": "hai", "amount-2": ""})
        more = mai.post(page, form | {"more": "1"})
        right = mai.post(page, form)

    assert 'value="lead" selected' in fresh
    assert ring.status_code == 422
    assert "dòng 1, dòng 2 chờ nhau thành vòng" in ring.content.decode()
    assert wrong.status_code == 422
    assert "Xác nhận nơi cư trú." in wrong.content.decode()
    assert 'id="unit-4"' in more.content.decode()
    assert right.status_code == 302
    assert [(s.order, s.needs, s.is_lead) for s in Station.objects.all()] == [
        (1, [], False), (2, [1], False), (3, [1, 2], True),
    ]  # fmt: skip


def test_what_waits_is_shown_to_be_planned_anew(cast: Cast, shared: Dossier) -> None:
    text = desk_of(cast.mai).get(place(shared) + "lien-thong/").content.decode()
    assert "Dòng 1: Văn phòng" in text
    assert 'id="unit-1"' not in text
    assert "Đối chiếu sổ hộ tịch." in text


def test_a_plan_on_an_old_page_is_refused_and_kept(cast: Cast, shared: Dossier) -> None:
    page, seen = place(shared) + "lien-thong/", shared.revision
    answer(shared, a_unit_asked(cast))
    old = desk_of(cast.mai).post(page, {"revision": seen, "lines": 1, "task-4": "Việc đã gõ."})
    assert old.status_code == 409
    assert "Việc đã gõ." in old.content.decode()


def test_a_unit_answers_on_the_page_of_the_dossier_and_is_out(
    cast: Cast,
    shared: Dossier,
) -> None:
    phuc, paper = desk_of(a_unit_asked(cast)), BytesIO(a_pdf("xác nhận"))
    paper.name = "xac-nhan.pdf"
    page = phuc.get(place(shared)).content.decode()
    assert "Kết quả của đơn vị" in page
    done = phuc.post(
        place(shared) + "buoc/answer_station/",
        {"revision": shared.revision, "answer": "Ở đúng nơi khai.", "upload": paper},
    )
    assert done.status_code == 302
    assert phuc.get(place(shared)).status_code == 404

    mai = desk_of(cast.mai)
    text = mai.get(place(shared)).content.decode()
    assert "Ở đúng nơi khai." in text
    file = f"{place(shared)}lien-thong/{station(shared, 1).pk}/tep-kem/"
    assert mai.get(file).content.startswith(b"%PDF")
    assert desk_of(a_neighbour(cast)).get(file).status_code == 200  # it needs this result
    assert desk_of(at_the_centre(cast)).get(file).status_code == 404  # it does not


def test_a_file_that_cannot_be_taken_in_is_refused_beside_it_and_in_the_summary(
    cast: Cast, shared: Dossier
) -> None:
    phuc, paper = desk_of(a_unit_asked(cast)), BytesIO(b"bad")
    paper.name = "xau.pdf"
    typed = {"revision": shared.revision, "answer": "Ở đúng nơi khai.", "upload": paper}
    refused = phuc.post(place(shared) + "buoc/answer_station/", typed)
    shown = refused.content.decode()

    assert refused.status_code == 422
    assert 'href="#answer_station-upload"' in shown
    assert (
        'id="id_answer_station-upload_error"' in shown
        or 'id="answer_station-upload_error"' in shown
    )
    assert "Ở đúng nơi khai." in shown


def test_a_guest_reads_what_it_needs_and_no_more(cast: Cast, shared: Dossier) -> None:
    answer(shared, a_unit_asked(cast), "Ở đúng nơi khai.")
    needs = desk_of(a_neighbour(cast)).get(place(shared)).content.decode()
    other = desk_of(at_the_centre(cast)).get(place(shared)).content.decode()
    assert "Ở đúng nơi khai." in needs
    assert "Ở đúng nơi khai." not in other
    assert "Thôi chờ đơn vị này" not in needs


def test_mai_urges_and_waits_no_longer_from_the_page(cast: Cast, shared: Dossier) -> None:
    mai, here = desk_of(cast.mai), place(shared) + "lien-thong/1/"
    assert mai.post(here + "don-doc/", {"note": "Mời trả lời."}).status_code == 302
    assert Urging.objects.get().text == "Mời trả lời."
    mai.post(here + "thoi-cho/", {"note": ""})
    assert station(shared, 1).closed_at is None
    mai.post(here + "thoi-cho/", {"note": "Đã rõ."})
    assert station(shared, 1).reason == "Đã rõ."
    assert mai.post(here + "xoa/", {"note": "x"}).status_code == 404


@pytest.mark.parametrize("do", ["don-doc", "thoi-cho"])
def test_nothing_written_to_a_unit_is_said_beside_its_box(
    cast: Cast, shared: Dossier, do: str
) -> None:
    told = desk_of(cast.mai).post(f"{place(shared)}lien-thong/1/{do}/", {"note": " "})
    text = told.content.decode()
    assert told.status_code == 422
    assert '<a href="#station-1">Mời ghi ' in text
    assert 'id="station-1-error"' in text
    assert '<details class="govuk-details" open>' in text[: text.index('id="station-1"')]
    assert 'id="station-2-error"' not in text


def test_what_was_typed_to_a_unit_that_nobody_can_be_urged_in_is_kept(
    cast: Cast, shared: Dossier
) -> None:
    a_unit_asked(cast).unit.posts.update(is_active=False)
    told = desk_of(cast.mai).post(f"{place(shared)}lien-thong/1/don-doc/", {"note": "Mời trả lời."})
    assert "Đơn vị này chưa có ai để nhận đôn đốc." in told.content.decode()
    assert ">Mời trả lời.</textarea>" in told.content.decode()


def test_an_empty_line_between_two_leaves_no_gap(cast: Cast, examined: Dossier) -> None:
    form = typed(cast, examined) | {"lines": 4}
    for part in ("unit", "task", "amount", "per", "role", "needs"):
        form[f"{part}-4"], form[f"{part}-3"] = form[f"{part}-3"], form[f"{part}-2"]
        form[f"{part}-2"] = ""
    form |= {"needs-1": "3", "needs-3": ""}  # the first waits for what was typed in the third
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        mai, page = desk_of(cast.mai), place(examined) + "lien-thong/"
        half = mai.post(page, form | {"amount-3": "1.5"})
        assert mai.post(page, form).status_code == 302

    assert "Dòng 2: mời anh/chị ghi thời hạn là một số nguyên từ 1 đến 90." in half.content.decode()
    assert [(s.order, s.needs, s.is_lead) for s in Station.objects.all()] == [
        (1, [2], False), (2, [], False), (3, [1, 2], True),
    ]  # fmt: skip


def test_mai_reads_beside_the_button_for_whom_she_waits(cast: Cast, shared: Dossier) -> None:
    mai = desk_of(cast.mai)
    text = mai.get(place(shared)).content.decode()
    assert text.count("<strong>Chưa trình được:</strong>") == 3
    for post in (a_unit_asked(cast), at_the_centre(cast), a_neighbour(cast)):
        answer(shared, post)
    assert "Chưa trình được" not in mai.get(place(shared)).content.decode()


def test_the_list_of_shared_work_costs_as_much_for_ten_as_for_one(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        linked(cast, a_dossier(cast, Status.EXAMINING, "1.004222"))
        phuc = desk_of(a_unit_asked(cast))
        phuc.get("/can-bo/danh-sach/lien-thong/")
        one = queries_of(lambda: phuc.get("/can-bo/danh-sach/lien-thong/"))
        for _ in range(4):
            linked(cast, a_dossier(cast, Status.EXAMINING, "1.004222"))
        assert queries_of(lambda: phuc.get("/can-bo/danh-sach/lien-thong/")) == one


def test_the_page_costs_as_much_for_four_parts_as_for_ten(cast: Cast, shared: Dossier) -> None:
    mai = desk_of(cast.mai)
    mai.get(place(shared))
    four = queries_of(lambda: mai.get(place(shared)))
    first = station(shared, 1)
    for order in range(5, 11):
        first.pk, first.order = None, order
        first.save(force_insert=True)
    assert queries_of(lambda: mai.get(place(shared))) == four
