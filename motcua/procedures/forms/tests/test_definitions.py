"""Loading a form: the seeded ones work, a mistake is named with its place."""

import re
from typing import Any

import pytest

from motcua.core.errors import NotFound
from motcua.procedures.forms.rules import (
    DefinitionError,
    check_all,
    definition_from,
    generic_form,
    json_schema,
    owner_of,
    page_of,
    page_view,
    pages,
    read_page,
    summary,
    visible_fields,
)
from motcua.procedures.forms.tests.samples import (
    NAMES,
    TODAY,
    FewPlaces,
    form,
    one_field,
    raw,
    seeded,
)
from motcua.testing.answers import as_post, valid_answers


def test_each_seeded_form_is_kept_under_its_key_and_shares_no_procedure() -> None:
    codes = [code for name in NAMES for code in raw(name)["procedure_codes"]]

    assert [raw(name)["form_key"] for name in NAMES] == NAMES != []
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", NAMES)
def test_a_seeded_form_filled_in_page_by_page_is_right(name: str) -> None:
    definition = seeded(name)
    wanted = valid_answers(definition)

    answers: dict[str, Any] = {}
    for page in pages(definition):
        post = as_post(definition, page.key, wanted)
        answers, reasons = read_page(
            definition, page.key, post, answers, today=TODAY, places=FewPlaces()
        )
        assert reasons == []

    assert answers == wanted
    assert check_all(definition, answers, today=TODAY, places=FewPlaces()) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_form_names_every_required_answer_and_leads_to_its_page(name: str) -> None:
    definition = seeded(name)

    reasons = check_all(definition, {}, today=TODAY)

    wanted = [spot.path for spot in visible_fields(definition, {}) if spot.field.required]
    lists = [page.key for page in pages(definition) if page.section.min_rows]
    assert [reason.field for reason in reasons] == wanted + lists


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_small_and_their_titles_differ(name: str) -> None:
    definition = seeded(name)

    assert all(len(page.fields) <= 7 for page in pages(definition))
    assert len({page.title for page in pages(definition)}) == len(pages(definition))
    assert len({page.key for page in pages(definition)}) == len(pages(definition))


@pytest.mark.parametrize("name", NAMES)
def test_every_question_of_the_paper_form_is_shown_and_summed_up(name: str) -> None:
    definition = seeded(name)
    answers = valid_answers(definition)

    shown = [
        view.label
        for page in pages(definition)
        for part in [page_view(definition, page.key, answers, places=FewPlaces())]
        for view in [*part.fields, *(f for row in part.rows for f in row.fields)]
    ]
    summed = [label for card in summary(definition, answers) for label, _ in card.rows]

    fields = [field for section in definition.sections for field in section.fields]
    asked = [spot.field for spot in visible_fields(definition, answers)]
    assert all(field in asked for field in fields if field.when is None)
    assert summed == [field.label for field in asked]
    assert [label for label in shown if label in summed] == summed


def test_a_procedure_without_a_form_gets_the_general_one() -> None:
    definition = generic_form("Cấp bản sao")

    assert definition.title == "Đơn đề nghị: Cấp bản sao"
    assert check_all(definition, valid_answers(definition), today=TODAY) == []


def test_an_unknown_page_is_not_there() -> None:
    with pytest.raises(NotFound):
        page_of(generic_form("X"), "khong-co")


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ({"type": "signature"}, "sections[0].fields[0].type: kiểu “signature” không có"),
        ({"pattern": "^(a+)+$"}, "sections[0].fields[0].pattern: không nhận biểu thức “^(a+)+$”"),
        ({"check": "tax"}, "sections[0].fields[0].check: phép kiểm tra “tax” không có"),
        ({"type": "select"}, "sections[0].fields[0].options: phải là một danh sách"),
        ({"type": "catalog", "catalog": "x"}, "sections[0].fields[0].catalog: danh mục “x”"),
        ({"type": "computed", "source": "1+1"}, "sections[0].fields[0].source: “1+1”"),
        ({"when": {"==": [1, 1]}}, "sections[0].fields[0].when: phép “==” không có"),
        ({"when": {"var": "g"}}, "sections[0].fields[0].when: “g” không phải một câu hỏi"),
        ({"max": 3}, "sections[0].fields[0].max: giới hạn “3” không dùng được"),
        ({"key": "a.b"}, "sections[0].fields[0].key: mã “a.b”"),
        ({"label": " "}, "sections[0].fields[0].label: thiếu"),
        ({"requried": True}, "sections[0].fields[0].requried: thuộc tính không có"),
    ],
)
def test_a_mistake_is_named_with_its_place(field: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"^sections") as caught:
        one_field(**field)

    assert str(caught.value).startswith(message)


def test_a_form_that_is_no_form_is_refused() -> None:
    wrong: list[dict[str, Any]] = [{}, {"sections": []}, {"sections": [1]}, {"sections": "x"}]
    for each in wrong:
        with pytest.raises(ValueError, match="sections"):
            definition_from(each)


def test_two_fields_of_one_name_are_refused() -> None:
    field = {"key": "f", "label": "Câu hỏi", "type": "text"}
    with pytest.raises(ValueError, match="bị trùng"):
        form([{"key": "s", "title": "Phần", "fields": [field, field]}])


def test_a_definition_may_say_how_its_pages_are_grouped() -> None:
    fields = [{"key": key, "label": key, "type": "text"} for key in "abc"]

    grouped = form([{"key": "s", "title": "P", "fields": fields, "pages": [["a"], ["b", "c"]]}])

    assert [[f.key for f in page.fields] for page in pages(grouped)] == [["a"], ["b", "c"]]
    with pytest.raises(ValueError, match=r"s\.pages"):
        form([{"key": "s", "title": "P", "fields": fields, "pages": [["a"]]}])


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_for_partners_accepts_right_answers_and_no_empty_ones(name: str) -> None:
    rust = pytest.importorskip("jsonschema_rs", reason="cần jsonschema_rs, đi cùng schemathesis")
    definition = seeded(name)
    validator = rust.Draft202012Validator(json_schema(definition))

    assert list(validator.iter_errors(valid_answers(definition))) == []
    assert not validator.is_valid({})
    assert not validator.is_valid(valid_answers(definition) | {"khac": {}})


def test_the_general_form_asks_whose_dossier_it_is_only_when_it_is_someone_elses() -> None:
    definition = generic_form("Cấp bản sao")
    mine = valid_answers(definition)
    hers = {**mine, "nyc": {**mine["nyc"], "nopCho": "2"}, "chu": {}}

    assert owner_of(definition, mine) is None
    assert "chu.hoTen" in {reason.field for reason in check_all(definition, hers, today=TODAY)}

    hers["chu"] = {
        "hoTen": "H' Hen Niê", "soDinhDanh": "001190012345", "quanHe": "con",
        "diaChi": {"province_code": "01", "ward_code": "00004", "detail": "Số 1"},
    }  # fmt: skip
    assert check_all(definition, hers, today=TODAY) == []
    found = owner_of(definition, hers)
    assert found is not None
    assert (found["name"], found["national_id"]) == ("H' Hen Niê", "001190012345")
    assert found["phone"] == ""


def test_a_name_typed_and_then_hidden_again_is_not_the_owner() -> None:
    definition = generic_form("Cấp bản sao")
    answers = valid_answers(definition)
    answers["chu"] = {"hoTen": "Người khác"}

    assert owner_of(definition, answers) is None


@pytest.mark.parametrize(
    ("owner", "message"),
    [
        ({"nickname": "a.b"}, "owner.nickname: thuộc tính không có"),
        ({"name": "a.khong"}, "owner.name: không có ô “a.khong”"),
        ({"phone": "a.b"}, "owner: thiếu “name”"),
        ("a.b", "owner: phải là một đối tượng"),
    ],
)
def test_an_owner_that_points_nowhere_is_named(owner: object, message: str) -> None:
    section = {"key": "a", "title": "A", "fields": [{"key": "b", "label": "B", "type": "text"}]}
    json = {"form_key": "x", "title": "X", "sections": [section], "owner": owner}

    with pytest.raises(DefinitionError, match=re.escape(message)):
        definition_from(json)
