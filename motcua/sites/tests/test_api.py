"""The front for partners as a whole: its description, its one shape of refusal, and a light storm."""

from hashlib import sha256
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from schemathesis import Case

from motcua.people.models import Partner

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


OPERATIONS = (
    ("/api/v1/procedures", "GET"),
    ("/api/v1/procedures/{code}", "GET"),
    ("/api/v1/procedures/{code}/form", "GET"),
    ("/api/v1/dossiers", "POST"),
    ("/api/v1/dossiers/{code}", "GET"),
)


@pytest.mark.parametrize(("address", "verb"), OPERATIONS)
def test_whatever_is_sent_the_answer_is_one_of_those_described(address: str, verb: str) -> None:
    Partner.objects.create(name="Bưu điện", token_sha256=sha256(b"storm").hexdigest())
    schema = schemathesis.openapi.from_dict(described())
    schema.app = get_wsgi_application()
    headers = {"Authorization": "Bearer storm", "Host": "localhost"}

    @hypothesis_settings(
        max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=schema[address][verb].as_strategy())
    def storm(case: Case[Any]) -> None:
        answer = case.call(headers=headers)
        assert answer.status_code < 500
        allowed = {int(status) for status in case.operation.definition.raw["responses"]}
        assert answer.status_code in allowed

    storm()
