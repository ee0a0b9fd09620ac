"""A partner takes back a wrong paper when it hands in what was asked."""

from typing import Any

import pytest
from django.test import Client

from motcua.audit.models import Entry
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_standing_in import own, send
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import TOKEN, a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.PARTNER)


def replacing(dossier: Dossier, *remove: int) -> dict[str, Any]:
    """A right paper in the slot that was asked about, and the papers that go."""
    slot = dossier.supplement_items[0]["slot"]
    return {"papers": [{"slot": slot, "name": "dung.pdf"}], "remove": list(remove)}


def asked_paper(dossier: Dossier) -> int:
    """The paper in the slot that the desk asked about, as the partner learns of it."""
    slot = dossier.supplement_items[0]["slot"]
    return int(next(p["id"] for p in own(dossier).json()["papers"] if p["slot"] == slot))


def test_the_wrong_paper_goes_and_the_right_one_comes_once_and_on_record(dossier: Dossier) -> None:
    wrong = asked_paper(dossier)

    answers = [send(dossier, "supplement", replacing(dossier, wrong), "đúng") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200], answers[0].content.decode()
    assert answers[0].json() == answers[1].json()
    papers = own(dossier).json()["papers"]
    assert wrong not in [paper["id"] for paper in papers]
    assert "dung.pdf" in [paper["name"] for paper in papers]
    assert dossier.moves.filter(step=Step.SUPPLEMENT).count() == 1
    [entry] = Entry.objects.filter(subject=dossier.reference, deed="dossier.remove_document")
    assert entry.actor == f"partner:{dossier.partner_id}"
    assert f'"paper":{wrong}' in bytes(entry.body).decode().replace(" ", "")
    assert (
        dossier.documents.get(pk=wrong).removed_at is not None
    )  # what was filed first stays known


def test_a_paper_that_was_not_asked_about_stays(dossier: Dossier) -> None:
    other = dossier.documents.all()[0]
    dossier.supplement_items[0]["slot"] = "p02"  # the desk asked about another one
    dossier.save(update_fields=["supplement_items"])

    answer = send(dossier, "supplement", replacing(dossier, other.pk), "đúng")

    assert (answer.status_code, answer.json()["reasons"][0]["code"]) == (422, "document_not_asked")
    other.refresh_from_db()
    assert other.removed_at is None
    dossier.refresh_from_db()
    assert dossier.status == Status.PRE_SUPPLEMENT


def test_a_paper_of_somebody_elses_dossier_is_as_unknown_as_none(
    cast: Cast, dossier: Dossier
) -> None:
    theirs = a_dossier(cast, Status.PRE_SUPPLEMENT).documents.all()[0]

    foreign = send(dossier, "supplement", replacing(dossier, theirs.pk), "đúng")
    none = send(dossier, "supplement", replacing(dossier, 987_654_321), "đúng")

    assert (foreign.status_code, none.status_code) == (422, 422)
    said = [answer.json()["reasons"][0] for answer in (foreign, none)]
    assert [reason["code"] for reason in said] == ["paper_unknown"] * 2
    assert said[0]["text"].replace(str(theirs.pk), "987654321") == said[1]["text"]
    theirs.refresh_from_db()
    assert theirs.removed_at is None


@pytest.mark.parametrize("remove", [["x"], [0], [-1], [2**70], "1", list(range(1, 90))])
def test_a_list_that_names_no_papers_is_refused_politely(dossier: Dossier, remove: Any) -> None:
    answer = send(dossier, "supplement", replacing(dossier) | {"remove": remove}, "đúng")

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["field"].startswith("supplement.remove")


def test_the_description_of_the_api_tells_of_it() -> None:
    schema = Client(headers={"Authorization": f"Bearer {TOKEN}"}).get("/api/v1/openapi.json").json()

    schemas = schema["components"]["schemas"]
    assert "remove" in schemas["Supplement"]["properties"]
    assert "papers" in schemas["OwnDossier"]["properties"]
