"""Judgements about dossiers."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules import AGENCY_CODE, is_agency_code
from motcua.dossiers import rules
from motcua.procedures.types import Slot

LETTERS = "ABHYZ0123456789."
NOON = datetime(2026, 10, 8, 12, tzinfo=UTC)


def test_a_code_names_the_agency_the_day_and_the_order() -> None:
    assert rules.dossier_code("H15.50.05.13", NOON, 975) == "H15.50.05.13-261008-0975"


def test_past_9999_the_order_widens_instead_of_starting_again() -> None:
    assert rules.dossier_code("H99.31", NOON, 10_000) == "H99.31-261008-10000"


@given(
    st.from_regex(AGENCY_CODE, fullmatch=True, alphabet=LETTERS).filter(is_agency_code),
    st.datetimes(min_value=datetime(2025, 7, 1), max_value=datetime(2099, 12, 31)),
    st.integers(min_value=1, max_value=9_999_999),
)
def test_every_code_issued_is_a_code_and_no_two_orders_share_one(
    agency: str, day: datetime, order: int
) -> None:
    code = rules.dossier_code(agency, day, order)
    assert rules.is_code(code)
    assert code != rules.dossier_code(agency, day, order + 1)


@given(st.text(LETTERS + "-", max_size=8))
def test_no_agency_whose_code_is_refused_could_issue_a_code(agency: str) -> None:
    if not is_agency_code(agency):
        assert not rules.is_code(rules.dossier_code(agency, NOON, 1))


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    rules.is_code(text)


def test_the_old_form_of_a_code_is_still_understood() -> None:
    assert rules.is_code("000.00.06.H56-240115-0007")
    assert not rules.is_code("000.00.06.H56-240115-0007 ")
    assert not rules.is_code("")


SLOTS = (
    Slot("cs", "Giấy chứng sinh"),
    Slot("uq", "Văn bản ủy quyền", required=False),
    Slot("a", "Giấy A", case="Trường hợp 1"),
    Slot("b", "Giấy B", case="Trường hợp 2"),
)


def test_all_missing_papers_come_at_once_and_only_those_of_the_case() -> None:
    found = rules.missing_documents(SLOTS, "Trường hợp 2", [])
    assert [reason.field for reason in found] == ["cs", "b"]
    assert "Giấy chứng sinh" in found[0].text


def test_nothing_is_missing_when_every_required_paper_is_there() -> None:
    assert rules.missing_documents(SLOTS, "Trường hợp 1", ["cs", "a"]) == []


def test_a_procedure_with_several_cases_needs_a_choice() -> None:
    assert rules.case_unknown(("x", "y"), "")[0].field == "case"
    assert rules.case_unknown(("x", "y"), "y") == []
    assert rules.case_unknown(("x",), "") == []


def test_a_supplement_is_asked_once() -> None:
    assert rules.may_ask_again(0) == []
    assert rules.may_ask_again(1)[0].code == "supplement_asked_before"


def test_each_deficiency_needs_its_words() -> None:
    assert rules.deficiencies([])[0].code == "deficiency_missing"
    assert rules.deficiencies([("cs", " ")])[0].field == "cs"
    assert rules.deficiencies([("cs", "Ảnh mờ")]) == []


def test_whoever_proposed_does_not_decide() -> None:
    assert rules.same_hand("post:1", {"post:1", "post:7"})[0].code == "same_hand"
    assert rules.same_hand("post:1", {"post:2"}) == []


def test_an_official_who_comes_second_reads_who_came_first() -> None:
    reason = rules.changed_meanwhile(1, 2, "accept", "Trần Văn Hùng", NOON)[0]
    assert "Trần Văn Hùng" in reason.text
    assert "tiếp nhận" in reason.text
    assert rules.changed_meanwhile(2, 2, "accept", "x", NOON) == []
