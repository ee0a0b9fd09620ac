"""A partner files for Lan over the wire, twice by mistake, and asks where it stands."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.people.models import Partner
from motcua.procedures.queries import published_terms
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, accepted

pytestmark = pytest.mark.django_db

TOKEN = "a-token-for-tests"
ADDRESS = "/api/v1/dossiers"


@pytest.fixture(autouse=True)
def partner() -> Partner:
    return Partner.objects.create(
        name="Cổng Dịch vụ công quốc gia", token_sha256=sha256(TOKEN.encode()).hexdigest()
    )


def a_filing(cast: Cast, **changes: Any) -> dict[str, Any]:
    """What a partner sends for a birth registration at Mỹ Phước, complete."""
    terms = published_terms(BIRTH)
    case = terms.cases[0] if terms.cases else ""
    slots = [s for s in terms.slots if s.required and s.case in ("", case)]
    return {
        "procedure_code": BIRTH,
        "agency_code": cast.ward.code,
        "case": case,
        "applicant": {"name": "Nguyễn Thị Lan", "national_id": "079190000001"},
        "answers": valid_answers(terms.form),
        "papers": [{"slot": slot.code, "name": f"{slot.code}.pdf"} for slot in slots],
        **changes,
    }


def file(
    filing: Mapping[str, Any], key: str = "don-0001-abc", token: str = TOKEN, body: str = ""
) -> Any:
    """The answer to sending `filing`, one PDF for each paper."""
    files = [
        SimpleUploadedFile(paper["name"], a_pdf(paper["slot"]), "application/pdf")
        for paper in filing.get("papers", ())
    ]
    return Client(raise_request_exception=False).post(
        ADDRESS,
        {"dossier": body or json.dumps(filing), "files": files},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
    )


def test_a_partner_files_a_dossier_and_gets_a_receipt(cast: Cast) -> None:
    answer = file(a_filing(cast))

    assert answer.status_code == 201, answer.content.decode()
    dossier = Dossier.objects.get()
    assert answer.json()["reference"] == dossier.reference
    assert answer.json()["status"] == Status.SUBMITTED
    assert dossier.applicant_name == "Nguyễn Thị Lan"
    assert dossier.documents.count() == len(a_filing(cast)["papers"])


def test_the_same_key_and_content_give_the_same_receipt(cast: Cast) -> None:
    first, second = file(a_filing(cast)), file(a_filing(cast))

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Dossier.objects.count() == 1


def test_the_same_content_in_another_order_is_the_same_content(cast: Cast) -> None:
    filing = a_filing(cast)
    turned = {**filing, "answers": dict(reversed(filing["answers"].items()))}

    assert file(filing).json() == file(turned).json()


def test_the_same_key_with_other_content_is_a_conflict(cast: Cast) -> None:
    file(a_filing(cast))

    answer = file(a_filing(cast, applicant={"name": "Lê Thị Thu"}))

    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["code"] == "idempotency_conflict"
    assert Dossier.objects.count() == 1


def test_two_partners_may_use_the_same_key(cast: Cast) -> None:
    Partner.objects.create(name="Bưu điện", token_sha256=sha256(b"another-token").hexdigest())

    first, second = file(a_filing(cast)), file(a_filing(cast), token="another-token")

    assert first.json()["reference"] != second.json()["reference"]


def test_after_acceptance_the_receipt_tells_the_code(cast: Cast) -> None:
    reference = file(a_filing(cast)).json()["reference"]

    accepted(cast, Dossier.objects.get(reference=reference))

    receipt = file(a_filing(cast)).json()
    assert receipt["reference"] == reference
    assert receipt["code"].startswith(f"{cast.ward.code}-")


@pytest.mark.parametrize("token", ["", "wrong", "đ", "a" * 9000])
def test_without_a_token_of_ours_the_answer_is_401(cast: Cast, token: str) -> None:
    answer = file(a_filing(cast), token=token.encode().decode("latin-1"))

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert Dossier.objects.count() == 0


def test_a_partner_we_have_stopped_is_not_let_in(cast: Cast, partner: Partner) -> None:
    Partner.objects.filter(pk=partner.pk).update(is_active=False)

    assert file(a_filing(cast)).status_code == 401


def test_every_missing_thing_is_named_at_once(cast: Cast) -> None:
    answer = file(a_filing(cast, papers=[], answers={}))

    assert answer.status_code == 422
    reasons = answer.json()["reasons"]
    assert len(reasons) > 1
    assert all(reason["code"] and reason["text"] and reason["field"] for reason in reasons)
    assert Dossier.objects.count() == 0


def test_a_field_left_out_is_named_by_its_path(cast: Cast) -> None:
    answer = file(a_filing(cast, applicant={}))

    assert answer.status_code == 422
    assert answer.json()["reasons"] == [
        {"code": "invalid", "text": "Thiếu trường này.", "field": "dossier.applicant.name"}
    ]


def test_each_paper_needs_its_file(cast: Cast) -> None:
    filing = a_filing(cast)
    more = json.dumps({**filing, "papers": [*filing["papers"], {"slot": "x", "name": "x.pdf"}]})

    answer = file(filing, body=more)

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["code"] == "files_do_not_match"


def test_wrong_codes_and_a_wrong_owner_are_told_together_each_with_its_field(cast: Cast) -> None:
    answer = file(
        a_filing(cast, procedure_code="9.999999", agency_code="H99.00",
                 applicant={"name": "Nguyễn Thị Lan", "national_id": "12345"})
    )  # fmt: skip

    assert answer.status_code == 422
    assert {(reason["code"], reason["field"]) for reason in answer.json()["reasons"]} == {
        ("procedure_unknown", "procedure_code"),
        ("agency_unknown", "agency_code"),
        ("owner_number_wrong", "applicant.national_id"),
    }


def test_the_form_the_papers_the_place_and_the_owner_are_told_together(cast: Cast) -> None:
    strange = [{"slot": "khong-co", "name": "x.pdf"}]
    answer = file(
        a_filing(cast, agency_code=cast.centre.code, papers=strange, answers={},
                 applicant={"name": "Lan", "national_id": "12345"})
    )  # fmt: skip

    codes = {reason["code"] for reason in answer.json()["reasons"]}
    assert codes >= {
        "agency_not_receiving", "owner_number_wrong", "answer_missing", "document_missing",
        "paper_unknown",
    }  # fmt: skip
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize("key", ["short", "a" * 201, "có dấu".encode().decode("latin-1")])
def test_a_key_must_be_eight_to_two_hundred_plain_characters(cast: Cast, key: str) -> None:
    assert file(a_filing(cast), key=key).status_code == 422


NOT_STORABLE = ['{"a": NaN}', '{"a": 1e999}', '{"a":' * 50 + "1" + "}" * 50]


@pytest.mark.parametrize("answers", NOT_STORABLE)
def test_answers_that_no_database_keeps_are_refused_politely(cast: Cast, answers: str) -> None:
    filing = a_filing(cast)
    body = json.dumps({**filing, "answers": "HERE"}).replace('"HERE"', answers)

    assert file(filing, body=body).status_code == 422


@pytest.mark.parametrize("body", ["{", "null", "[]", "1", '"x"', "[" * 100_000, "\x00"])
def test_a_body_that_is_not_a_filing_is_refused_politely(cast: Cast, body: str) -> None:
    assert file({}, body=body).status_code in (400, 422)


def test_control_characters_in_texts_do_not_reach_the_database(cast: Cast) -> None:
    name = "Lan\u0000 \u202eNguyễn\ud800"

    assert file(a_filing(cast, applicant={"name": name})).status_code == 201
    assert Dossier.objects.get().applicant_name == "Lan Nguyễn"


def test_anybody_may_ask_by_code_and_learns_only_how_far_it_is(cast: Cast, client: Client) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)

    answer = client.get(f"{ADDRESS}/{dossier.code}")

    assert answer.status_code == 200
    assert set(answer.json()) == {"code", "text", "percent"}


@pytest.mark.parametrize("code", ["H99.31-261122-9999", "x", "%00", "đ", "a" * 3000, "..%2f"])
def test_a_code_that_is_not_there_is_not_found(client: Client, code: str) -> None:
    answer = client.get(f"{ADDRESS}/{code}")

    assert answer.status_code == 404
    assert answer.json()["reasons"][0]["code"] == "not_found"
