"""Quân keeps the catalogue of reasons from which officials pick when they ask for corrections."""

import pytest

from motcua.audit.queries import entries_of
from motcua.dossiers.actions.corrections import seed_reasons
from motcua.dossiers.correction_queries import reason_of, reasons_to_choose
from motcua.dossiers.tests.conftest import desk_of
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/ly-do-bo-sung/"
ADD, BLURRED = f"{LIST}them/", f"{LIST}ly-do/blurred/"


@pytest.fixture(autouse=True)
def catalogue(cast: Cast) -> None:
    seed_reasons()


def test_quan_adds_a_reason_with_its_law_and_officials_can_pick_it_at_once(cast: Cast) -> None:
    keeper = desk_of(cast.quan)

    answer = keeper.post(
        ADD, {"text": "Thiếu phụ lục hợp đồng", "legal_basis": "Điều 9", "for_papers": "1", "is_active": "1"},
        follow=True,
    )  # fmt: skip

    assert "Đã thêm lý do." in answer.content.decode()
    row = reason_of("thieu-phu-luc-hop-dong")
    assert (row.words.legal_basis, row.version) == ("Điều 9", 1)
    assert reasons_to_choose(papers=True)[-1] == (
        "thieu-phu-luc-hop-dong",
        "Thiếu phụ lục hợp đồng",
    )
    assert row.code not in dict(reasons_to_choose(papers=False))
    assert "Thiếu phụ lục hợp đồng" in keeper.get(LIST).content.decode()


def test_a_change_makes_a_version_that_the_journal_keeps_and_seeding_leaves_it(cast: Cast) -> None:
    keeper = desk_of(cast.quan)
    typed = {"text": "Ảnh chụp mờ hoặc bị lóa", "legal_basis": "Điều 5", "for_papers": "1", "is_active": "1", "seen": "1"}  # fmt: skip

    shown = keeper.post(BLURRED, typed, follow=True).content.decode()
    seed_reasons()

    assert "lần sửa thứ 2" in shown
    assert f"Lần 2: {cast.quan.holder_name}" in shown
    assert reason_of("blurred").words.text == "Ảnh chụp mờ hoặc bị lóa"
    [entry] = entries_of("reason:blurred")
    assert (entry.deed, entry.facts["legal_basis"]) == ("dossier.edit_reason", "Điều 5")


def test_what_nga_changed_meanwhile_is_not_written_over(cast: Cast) -> None:
    typed = {"text": "Ảnh mờ", "for_papers": "1", "is_active": "1", "seen": "1"}
    desk_of(cast.nga).post(BLURRED, typed)

    answer = desk_of(cast.quan).post(BLURRED, typed | {"text": "Ảnh tối"})

    assert (answer.status_code, "người khác sửa" in answer.content.decode()) == (422, True)
    assert reason_of("blurred").words.text == "Ảnh mờ"


def test_a_reason_no_longer_used_is_not_offered_and_still_stands_in_the_list(cast: Cast) -> None:
    keeper = desk_of(cast.quan)
    keeper.post(BLURRED, {"text": "Ảnh mờ", "for_papers": "1", "seen": "1"})

    assert "blurred" not in dict(reasons_to_choose(papers=True))
    assert "Không dùng nữa" in keeper.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": " "}, "Mời ghi lý do."),
        ({"text": "x" * 301}, "Nhiều nhất 300 ký tự, nay là 301."),
        ({"legal_basis": "x" * 400}, "Nhiều nhất 300 ký tự, nay là 400."),
        ({"for_papers": None}, "Mời chọn đưa ra khi"),
        ({"text": "missing"}, "Danh mục đã có lý do này."),
    ],
)
def test_what_cannot_stand_in_the_catalogue_is_told_beside_its_field(
    cast: Cast, typed: dict[str, str | None], told: str
) -> None:
    asked = {"text": "Thiếu trang bìa", "legal_basis": "", "for_papers": "1"} | typed

    answer = desk_of(cast.quan).post(ADD, {k: v for k, v in asked.items() if v is not None})

    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_whoever_keeps_nothing_does_not_come_in(cast: Cast) -> None:
    assert desk_of(cast.hung).get(LIST).status_code in (302, 403, 404)
    assert desk_of(cast.quan).get(f"{LIST}ly-do/khong-co/").status_code == 404
