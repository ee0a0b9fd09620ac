"""The front for partners as a whole: its description, its one shape of refusal, and a light storm."""

import json
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from motcua.people.models import Partner
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


def described() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    document: dict[str, Any] = answer.json()
    return document


def test_the_description_is_openapi_3_1_and_names_every_address() -> None:
    document = described()

    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/procedures",
        "/api/v1/procedures/{code}",
        "/api/v1/procedures/{code}/form",
        "/api/v1/dossiers",
        "/api/v1/dossiers/{code}",
        "/api/v1/dossiers/mine/{reference}",
        "/api/v1/dossiers/{reference}/supplement",
        "/api/v1/dossiers/{reference}/withdraw",
    }
    assert document["components"]["securitySchemes"]["PartnerToken"]["scheme"] == "bearer"


def test_every_operation_tells_how_it_refuses() -> None:
    for operations in described()["paths"].values():
        for operation in operations.values():
            assert operation["summary"]
            refusal = operation["responses"]["422"]["content"]["application/json"]["schema"]
            assert refusal == {"$ref": "#/components/schemas/Refusal"}


@pytest.mark.parametrize("address", ["nothing", "v1/nothing", "v2/procedures", "v1/dossiers/a/b"])
def test_an_address_that_is_not_there_is_refused_in_the_same_shape(address: str) -> None:
    answer = Client().get(f"/api/{address}")

    assert answer.status_code == 404
    assert answer.json()["reasons"][0]["code"] == "not_found"


def test_a_verb_that_is_not_offered_is_not_allowed() -> None:
    answer = Client().put("/api/v1/procedures")

    assert answer.status_code == 405


LIGHT = hypothesis_settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)
NEARLY_A_FILING = st.fixed_dictionaries(
    {"procedure_code": st.just("1.001193") | PLAIN, "agency_code": st.just("H99.31") | PLAIN},
    optional={
        "case": PLAIN,
        "applicant": st.fixed_dictionaries({"name": PLAIN}, optional={"email": PLAIN}) | JSON,
        "answers": st.dictionaries(st.text(max_size=8), JSON, max_size=3) | JSON,
        "papers": st.just([]) | JSON,
    },
)


def is_as_described(answer: Any, statuses: set[int]) -> None:
    assert answer.status_code in statuses, answer.content[:300]
    if answer.status_code >= 400:
        reasons = answer.json()["reasons"]
        assert reasons
        assert all(set(reason) == {"code", "text", "field"} for reason in reasons)


def test_whatever_is_asked_the_answer_is_one_of_those_described(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr(settings, "TRACK_PER_MINUTE", 100_000)

    @LIGHT
    @given(typed=st.text(max_size=60))
    def storm(typed: str) -> None:
        part = quote(typed, safe="", errors="replace")
        for address in ("procedures/{}", "procedures/{}/form", "dossiers/{}"):
            if part not in ("", ".", ".."):
                is_as_described(client.get(f"/api/v1/{address.format(part)}"), {200, 404})
        for name in ("q", "after", "limit"):
            is_as_described(client.get(f"/api/v1/procedures?{name}={part}"), {200, 422})

    storm()


def test_whatever_is_filed_the_answer_is_one_of_those_described(cast: Cast) -> None:
    Partner.objects.create(name="Bưu điện", token_sha256=sha256(b"storm").hexdigest())
    client = Client(raise_request_exception=False)

    @LIGHT
    @given(filing=NEARLY_A_FILING | JSON)
    def storm(filing: Any) -> None:
        answer = client.post(
            "/api/v1/dossiers",
            {"dossier": json.dumps(filing)},
            headers={"Authorization": "Bearer storm", "Idempotency-Key": "storm-0001"},
        )
        is_as_described(answer, {201, 400, 404, 409, 422})

    storm()
