"""Lists of rows, and questions that are asked only sometimes."""

from motcua.procedures.forms.rules import (
    asked_pages,
    check_all,
    normalised,
    page_view,
    pruned,
    read_page,
)
from motcua.procedures.forms.tests.samples import MARRIAGE, TODAY, form, seeded


def test_rows_are_added_and_removed_by_buttons() -> None:
    definition = seeded("ct01_thay_doi_thong_tin_cu_tru")
    answers, reasons = read_page(definition, "tv", {"add": "1"}, {}, today=TODAY)
    assert (answers["tv"], reasons) == ([{}], [])

    post = {"0.hoTen": "Lan", "1.hoTen": "Thu", "2.hoTen": "Hùng", "remove-1": "1"}
    answers, reasons = read_page(definition, "tv", post, answers, today=TODAY)

    assert [row["hoTen"] for row in answers["tv"]] == ["Lan", "Hùng"]
    assert reasons == []


def test_an_added_row_left_empty_was_not_meant() -> None:
    definition = seeded("ct01_thay_doi_thong_tin_cu_tru")
    post = {"0.hoTen": "", "0.soDinhDanh": "", "1.hoTen": "Thu", "1.soDinhDanh": "12"}

    answers, reasons = read_page(definition, "tv", post, {}, today=TODAY)

    assert [row["hoTen"] for row in answers["tv"]] == ["Thu"]
    assert [reason.field for reason in reasons] == ["tv.0.soDinhDanh"]


def test_no_more_rows_than_the_form_has_room_for() -> None:
    definition = form(MARRIAGE)
    rows = {f"{n}.ten": "Lan" for n in range(5)}
    married = {"nguoi": {"hon_nhan": "co"}}

    answers, reasons = read_page(definition, "con", rows, married, today=TODAY)

    assert len(answers["con"]) == 3
    [reason] = [reason for reason in reasons if reason.code == "rows_too_many"]
    assert (reason.field, reason.text[:56]) == (
        "con",
        "Con chung: tối đa 3 mục; ông/bà đã gửi 5 nên 2 mục cuối ",
    )
    full, reasons = read_page(definition, "con", rows | {"add": "1"}, married, today=TODAY)
    assert (len(full["con"]), reasons[0].code) == (3, "rows_too_many")


def test_too_many_rows_from_a_partner_are_answered_too() -> None:
    definition = form(MARRIAGE)
    sent = {"nguoi": {"hon_nhan": "co"}, "con": [{"ten": "An"}] * 9}

    reasons = check_all(definition, normalised(definition, sent), today=TODAY)

    assert "Con chung: tối đa 3 mục. Mời ông/bà bỏ bớt." in [reason.text for reason in reasons]


def test_a_list_that_needs_a_row_says_so() -> None:
    field = {"key": "ten", "label": "Tên", "type": "text"}
    definition = form(
        [{"key": "nn", "title": "Ngành", "repeat": True, "min_rows": 1, "fields": [field]}]
    )

    assert [reason.field for reason in check_all(definition, {}, today=TODAY)] == ["nn"]
    assert len(page_view(definition, "nn", {}).rows) == 1


def test_a_question_that_is_not_asked_is_neither_missed_nor_sent() -> None:
    definition = form(MARRIAGE)
    single = {"nguoi": {"hon_nhan": "chua", "vo_chong": "Thu"}, "con": [{"ten": "An"}]}

    assert check_all(definition, single, today=TODAY) == []
    assert [page.key for page in asked_pages(definition, single)] == ["nguoi"]
    assert pruned(definition, single) == {"nguoi": {"hon_nhan": "chua"}, "con": [{}]}


def test_a_question_that_is_asked_now_is_missed() -> None:
    definition = form(MARRIAGE)
    married = {"nguoi": {"hon_nhan": "co"}, "con": [{"ten": "An", "rieng": True}]}

    reasons = check_all(definition, married, today=TODAY)

    assert [reason.field for reason in reasons] == ["nguoi.vo_chong", "con.0.ghi_chu"]
    assert reasons[1].text == "Con chung, mục 1: mời ông/bà nhập con riêng của ai."


def test_a_question_behind_a_hidden_question_stays_hidden() -> None:
    yes = {"type": "checkbox"}
    definition = form(
        [
            {
                "key": "s",
                "title": "P",
                "fields": [
                    {"key": "a", "label": "A"} | yes,
                    {"key": "b", "label": "B", "when": {"var": "a"}} | yes,
                    {"key": "c", "label": "C", "required": True, "when": {"var": "b"}} | yes,
                ],
            }
        ]
    )

    assert check_all(definition, {"s": {"a": False, "b": True}}, today=TODAY) == []
    assert len(check_all(definition, {"s": {"a": True, "b": True}}, today=TODAY)) == 1
