"""A form on paper has every question, the answers in words, and room where there is none."""

import pytest

from motcua.procedures.forms.printing import PaperLine, blank_paper, filled_paper
from motcua.procedures.forms.rules import generic_form, visible_fields
from motcua.procedures.forms.tests.samples import (
    MARRIAGE,
    NAMES,
    FewPlaces,
    form,
    one_field,
    seeded,
)
from motcua.testing.answers import valid_answers


def only(lines: tuple[PaperLine, ...]) -> PaperLine:
    [line] = lines
    return line


def the_line(**field: object) -> PaperLine:
    return only(blank_paper(one_field(**field))[0].groups[0])


@pytest.mark.parametrize("name", NAMES)
def test_the_empty_form_asks_every_question_of_the_form(name: str) -> None:
    definition = seeded(name)

    for section, paper in zip(definition.sections, blank_paper(definition), strict=True):
        assert len(paper.groups[0]) == len(section.fields)
        assert all(not line.text for lines in paper.groups for line in lines)
        assert len(paper.groups) == (max(section.min_rows, 3) if section.repeat else 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_form_filled_in_has_an_answer_in_words_wherever_something_was_typed(name: str) -> None:
    definition = seeded(name)

    sections = filled_paper(definition, valid_answers(definition), FewPlaces())

    lines = [line for section in sections for lines in section.groups for line in lines]
    assert len(lines) == len(visible_fields(definition, valid_answers(definition))) > 0
    assert all(line.text or line.tick is not None for line in lines if not line.optional)
    assert "None" not in " ".join(line.text for line in lines)


def test_answers_and_gaps_stand_side_by_side() -> None:
    definition = form(MARRIAGE)
    typed = {"nguoi": {"hon_nhan": "co"}, "con": [{"ten": "An", "rieng": True}, {"ten": "Bình"}]}

    person, children = filled_paper(definition, typed)

    assert [line.text for line in person.groups[0]] == ["Đang có vợ hoặc chồng", ""]
    assert [[line.label for line in lines] for lines in children.groups] == [
        ["Họ tên con", "Là con riêng", "Con riêng của ai"],
        ["Họ tên con", "Là con riêng"],
    ]
    assert [lines[1].tick for lines in children.groups] == [True, False]
    assert not children.is_table  # the rows do not ask the same


def test_what_is_not_asked_of_somebody_is_not_on_their_form() -> None:
    single = {"nguoi": {"hon_nhan": "chua", "vo_chong": "Thu"}, "con": [{"ten": "An"}]}

    [person] = filled_paper(form(MARRIAGE), single)

    assert [line.text for line in person.groups[0]] == ["Chưa kết hôn"]


def test_a_list_left_empty_says_so() -> None:
    children = filled_paper(form(MARRIAGE), {"nguoi": {"hon_nhan": "co"}})[1]

    assert (children.note, children.groups, children.is_table) == ("Không khai.", (), False)


def test_each_kind_of_question_has_its_own_room() -> None:
    two = [{"value": "1", "label": "Nam"}, {"value": "2", "label": "Nữ"}]
    many = [{"value": str(n), "label": str(n)} for n in range(40)]

    assert the_line(type="select", options=two).boxes == ("Nam", "Nữ")
    assert the_line(type="select", options=many).boxes == ()
    assert the_line(type="date").gaps == ("ngày", "tháng", "năm")
    assert the_line(type="checkbox").tick is False
    assert the_line(type="textarea").room == 3
    assert the_line(label="Quê quán").optional
    assert not the_line(label="Quê quán", required=True).optional


def test_a_part_for_some_people_only_says_so() -> None:
    children = blank_paper(form(MARRIAGE))[1]

    assert children.note == "Chỉ khai phần này nếu thuộc trường hợp của mình."
    assert children.is_table
    assert blank_paper(generic_form("Xin phép"))[0].note == ""
