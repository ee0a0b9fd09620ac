"""Of a form that was handed in, only what was asked for can change, and what follows from it."""

from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.forms.rules import (
    asked_pages,
    changed_questions,
    definition_from,
    limited,
    narrowed_view,
    open_pages,
    page_of,
    page_view,
    questions,
)
from motcua.testing.answers import valid_answers

TODAY = date(2026, 11, 23)
FORM = definition_from(
    {
        "form_key": "thu",
        "version": 1,
        "title": "Tờ khai thử",
        "sections": [
            {
                "key": "nguoi",
                "title": "Người khai",
                "fields": [
                    {"key": "ten", "label": "Họ tên", "type": "text", "required": True},
                    {"key": "o", "label": "Nơi ở", "type": "text", "required": True},
                    {"key": "coCon", "label": "Có con", "type": "checkbox"},
                    {
                        "key": "soCon",
                        "label": "Số con",
                        "type": "number",
                        "required": True,
                        "when": {"===": [{"var": "nguoi.coCon"}, True]},
                    },
                ],
            },
            {
                "key": "con",
                "title": "Các con",
                "repeat": True,
                "fields": [{"key": "ten", "label": "Tên con", "type": "text", "required": True}],
            },
        ],
    }
)
FILED: dict[str, Any] = {"nguoi": {"ten": "Lan", "o": "Mỹ Phước", "coCon": False}, "con": []}
ALL = ["nguoi.ten", "nguoi.o", "nguoi.coCon", "nguoi.soCon", "con"]
texts = st.text("abc ", max_size=4)
typed_answers = st.fixed_dictionaries(
    {},
    optional={
        "nguoi": st.fixed_dictionaries(
            {},
            optional={
                "ten": texts, "o": texts, "coCon": st.booleans(),
                "soCon": st.one_of(st.integers(0, 9), texts),
            },
        ),
        "con": st.lists(st.fixed_dictionaries({}, optional={"ten": texts}), max_size=3),
    },
)  # fmt: skip


@settings(max_examples=400)
@given(typed=typed_answers, wanted=st.sets(st.sampled_from(ALL)))
def test_whatever_is_typed_only_what_is_open_changes(
    typed: dict[str, Any], wanted: set[str]
) -> None:
    before = deepcopy(FILED)

    kept, opened = limited(FORM, FILED, typed, wanted, today=TODAY)

    assert before == FILED
    assert wanted <= opened
    assert set(changed_questions(FORM, FILED, kept)) <= opened
    again, _ = limited(FORM, FILED, kept, wanted, today=TODAY)
    assert again == kept  # what is kept may be handed in


@settings(max_examples=200)
@given(typed=typed_answers, wanted=st.sets(st.sampled_from(["nguoi.ten", "nguoi.o", "con"])))
def test_nothing_opens_by_itself_when_nothing_follows(
    typed: dict[str, Any], wanted: set[str]
) -> None:
    _, opened = limited(FORM, FILED, typed, wanted, today=TODAY)

    assert opened == wanted


def test_a_question_that_is_asked_only_now_is_open_too() -> None:
    typed = {"nguoi": {"coCon": True, "soCon": 2, "ten": "Người khác"}}

    kept, opened = limited(FORM, FILED, typed, {"nguoi.coCon"}, today=TODAY)

    assert opened == {"nguoi.coCon", "nguoi.soCon"}
    assert kept["nguoi"] == {"ten": "Lan", "o": "Mỹ Phước", "coCon": True, "soCon": 2}


def test_an_answer_that_the_form_no_longer_takes_is_open() -> None:
    older = {"nguoi": {"ten": "", "o": "Mỹ Phước", "coCon": False}, "con": []}

    _, opened = limited(FORM, older, {"nguoi": {"ten": "Lan"}}, set(), today=TODAY)

    assert opened == {"nguoi.ten"}


def test_a_page_shows_the_open_questions_and_those_that_may_yet_be_asked() -> None:
    asked, opened = questions(FORM, FILED), {"nguoi.coCon"}
    [page] = open_pages(FORM, FILED, opened)
    view = page_view(FORM, page.key, FILED)

    shown = narrowed_view(view, page_of(FORM, page.key), asked, opened)

    assert [each.name for each in shown.fields] == ["coCon", "soCon"]
    assert len(asked_pages(FORM, FILED)) == 2


def test_a_list_is_one_question() -> None:
    kept, _ = limited(FORM, FILED, {"con": [{"ten": "Bi"}]}, {"con"}, today=TODAY)

    assert changed_questions(FORM, FILED, kept) == ["con"]
    assert "con" in questions(FORM, FILED)
    assert valid_answers(FORM)
