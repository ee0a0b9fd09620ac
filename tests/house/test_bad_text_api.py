"""What other systems send: nothing but 422 with stable codes, or a dossier that holds it as sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from motcua.dossiers.models import Dossier
from tests.house.bad_texts import RUBBISH, TEXTS, TOO_LONG
from tests.house.doors import Stage, fresh, stage_set
from tests.house.typed import a_filing

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/dossiers"
CODES = {
    "invalid", "unreadable", "answer_missing", "answer_wrong", "document_missing", "case_unknown",
    "files_do_not_match", "not_found", "agency_not_receiving", "procedure_unknown", "agency_unknown", "paper_unknown",
}  # fmt: skip


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        yield stage


def send(stage: Stage, dossier: Any, key: str = "rac-vao-0001", body: str = "") -> Any:
    """The answer to a filing; a refusal always has its one shape and files nothing."""
    typed = a_filing(stage)
    before = Dossier.objects.count()
    files = [fresh(file) for file in typed["files"]]
    answer = stage.clients["partner"].post(
        ADDRESS,
        {"dossier": body or json.dumps(dossier), "files": files},
        headers={"Idempotency-Key": key},
    )
    assert answer.status_code in (201, 400, 404, 422), answer.content[:300]
    if answer.status_code != 201:
        reasons = answer.json()["reasons"]
        assert reasons
        assert {reason["code"] for reason in reasons} <= CODES
        assert all(
            reason["text"] and set(reason) == {"code", "text", "field"} for reason in reasons
        )
        assert Dossier.objects.count() == before
    return answer


@pytest.mark.parametrize(("typed", "kept"), TEXTS.values(), ids=TEXTS)
def test_a_name_is_kept_as_sent_or_refused(stage: Stage, typed: str, kept: str) -> None:
    filing = a_filing(stage)["dossier"] | {"applicant": {"name": typed, "address": typed}}

    answer = send(stage, filing)

    assert answer.status_code == (201 if kept else 422)
    if kept:
        dossier = Dossier.objects.get(reference=answer.json()["reference"])
        assert dossier.applicant_name == kept
        assert (dossier.applicant["name"], dossier.applicant["address"]) == (kept, kept)


@pytest.mark.parametrize("text", [*TOO_LONG.values(), "ư" * 201])
def test_a_name_that_is_too_long_is_refused_and_not_cut(stage: Stage, text: str) -> None:
    answer = send(stage, a_filing(stage)["dossier"] | {"applicant": {"name": text}})

    assert answer.status_code in (400, 422)  # 400: more than a whole request may hold
    if answer.status_code == 422:
        assert answer.json()["reasons"][0]["field"] == "dossier.applicant.name"


# Of the right type, and refused for what it says.
SAYS_TOO_LITTLE: list[tuple[str, Any, str]] = [
    ("answers", {}, "answer_missing"),
    ("answers", {"a": {}}, "answer_missing"),
    ("papers", [], "files_do_not_match"),
]


@pytest.mark.parametrize("wrong", [None, 1, 1.5, True, [], {}, ["x"], {"a": {}}])
@pytest.mark.parametrize(
    "field", ["procedure_code", "agency_code", "case", "applicant", "answers", "papers"]
)
def test_a_wrong_type_is_named_by_its_field(stage: Stage, field: str, wrong: Any) -> None:
    filing = a_filing(stage)["dossier"]

    answer = send(stage, filing | {field: wrong})

    reason = answer.json()["reasons"][0]
    assert answer.status_code == 422
    other = [code for name, value, code in SAYS_TOO_LITTLE if (name, value) == (field, wrong)]
    if other:
        assert [reason["code"]] == other
    else:
        assert reason["code"] == "invalid"
        assert f"{reason['field']}.".startswith(f"dossier.{field}.")


@pytest.mark.parametrize("field", ["procedure_code", "agency_code", "case"])
@pytest.mark.parametrize("word", [word for word in RUBBISH if word.strip("\x00")])
def test_a_code_that_names_nothing_files_nothing(stage: Stage, field: str, word: str) -> None:
    assert send(stage, a_filing(stage)["dossier"] | {field: word}).status_code in (404, 422)


@pytest.mark.parametrize("slot", ["", "khong-co", "\x00", "p01\u202e", "9" * 250, "ư" * 251])
def test_a_paper_nobody_asked_for_is_refused(stage: Stage, slot: str) -> None:
    filing = a_filing(stage)["dossier"]
    papers = [{"slot": slot, "name": "a.pdf"} for _ in filing["papers"]]

    assert send(stage, filing | {"papers": papers}).status_code in (404, 422) or slot[:3] == "p01"


BODIES = {
    "nothing": " ",
    "half": "{",
    "deep list": "[" * 50_000,
    "deep object": '{"a":' * 50_000,
    "a comment": "{/* */}",
    "a surrogate": '"\\ud800"',
    "two of a kind": '{"procedure_code": "1.001193", "procedure_code": 1}',
    "not a number": '{"answers": {"a": NaN}}',
    "too large a number": '{"procedure_code": ' + "9" * 5_000 + "}",
    "a megabyte": json.dumps({"procedure_code": "x" * 1_000_000}),
    "byte order mark": "\ufeff{}",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_no_filing_is_refused(stage: Stage, name: str) -> None:
    assert send(stage, None, body=BODIES[name]).status_code in (400, 422)


@pytest.mark.parametrize(
    "answers",
    [{"khong_co": {"x": 1}}, {"nyc": [1, 2]}, {"nyc": "x"}, {"nyc": {"nycHoTen": {"a": []}}},
     {"nyc": {"nycHoTen": 10**400}}, {"nyc": None}, {"": {"": ""}}],
)  # fmt: skip
def test_answers_of_the_wrong_shape_are_told_by_their_question(stage: Stage, answers: Any) -> None:
    answer = send(stage, a_filing(stage)["dossier"] | {"answers": answers})

    assert answer.status_code == 422
    assert {reason["code"] for reason in answer.json()["reasons"]} <= {
        "answer_missing", "answer_wrong", "invalid"
    }  # fmt: skip


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"{", b"", b"dossier=%7B%7D", b"[" * 99_999])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_another_kind_of_body_is_refused(stage: Stage, raw: bytes, kind: str) -> None:
    answer = stage.clients["partner"].generic(
        "POST", ADDRESS, raw, kind, headers={"Idempotency-Key": "rac-vao-0001"}
    )

    assert answer.status_code in (400, 415, 422)
    assert answer.json()["reasons"][0]["code"] in CODES | {"request_unreadable"}
