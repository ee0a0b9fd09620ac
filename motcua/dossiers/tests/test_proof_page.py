"""Lan takes the proof of her dossier home; what was done to it can be shown without the portal."""

import json
from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from motcua.audit.log_keys import known_keys
from motcua.audit.models import Entry
from motcua.audit.vouching import stamp_log
from motcua.core import clock
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.dossiers.workflow import Step as Taken
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.sealed import log_of_its_own, seal_all
from motcua.tlog.verdict import Outcome, Step, check

pytestmark = pytest.mark.django_db
MOST_BYTES_OF_ONE_ACT = 8 * 1024


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """A log of this test's own."""
    with log_of_its_own():
        yield


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person.account)  # type: ignore[attr-defined]
    return client


def address(dossier: Dossier) -> str:
    return f"/ho-so/{dossier.reference}/bang-chung/"


def test_the_proof_holds_by_the_keys_of_the_log_and_tells_every_step(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    seal_all()

    answer = signed_in(cast.lan).get(address(dossier))

    assert f'filename="ho-so-{dossier.code}.dvcproof"' in answer["Content-Disposition"]
    found = check(answer.content, known_keys())
    assert found.holds
    outcomes = {each.step: each.outcome for each in found.findings}
    assert outcomes[Step.SIGNATURE] is Outcome.OK
    told = [
        json.loads(b64decode(e["body"]))
        for e in json.loads(answer.content)["entries"]
        if "body" in e
    ]
    assert [each["deed"] for each in told if "target" in each["facts"]] == [
        f"dossier.{step}" for step in dossier.moves.order_by("seq").values_list("step", flat=True)
    ]


def test_the_proof_of_one_act_is_small(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    seal_all()
    assert len(signed_in(cast.lan).get(address(dossier)).content) <= MOST_BYTES_OF_ONE_ACT


def test_what_others_looked_at_stays_closed_in_the_proof(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    seal_all()
    lan = signed_in(cast.lan)
    lan.get(address(dossier))  # is journalled itself
    assert Entry.objects.filter(subject=dossier.reference, deed="dossier.download").count() == 1
    dossier.take(Taken.URGE, by=cast.binh.actor, at=clock.now())
    seal_all()
    answer = lan.get(address(dossier))
    hidden, last = json.loads(answer.content)["entries"][-2:]
    assert set(hidden) == {"index", "leaf"}
    assert set(last) > {"body", "salt"}
    assert check(answer.content, known_keys()).holds


def test_the_proof_does_not_grow_by_the_looks_that_follow_the_last_step(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    seal_all()
    lan = signed_in(cast.lan)
    told = [len(json.loads(lan.get(address(dossier)).content)["entries"])]
    seal_all()
    told.append(len(json.loads(lan.get(address(dossier)).content)["entries"]))
    assert told[0] == told[1]


def test_a_proof_that_no_file_holds_is_refused_in_words(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    seal_all()
    monkeypatch.setattr("motcua.tlog.bundle.MOST_BYTES", 1000)
    answer = signed_in(cast.lan).get(address(dossier))
    assert answer.status_code == 422
    assert "quá nhiều lượt ghi" in answer.content.decode()


def test_a_stamp_that_no_witness_went_with_is_in_the_proof_too(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    seal_all()
    assert stamp_log()
    dossier.take(Taken.URGE, by=cast.binh.actor, at=clock.now())
    other = a_dossier(cast, Status.SUBMITTED)
    seal_all()
    lan = signed_in(cast.lan)
    assert json.loads(lan.get(address(other)).content)["timestamp"] is None
    assert json.loads(lan.get(address(dossier)).content)["timestamp"] is None  # its step came later
    stamped = a_dossier(cast, Status.SUBMITTED)
    seal_all()
    assert stamp_log(now=clock.now() + timedelta(hours=1))
    a_dossier(cast, Status.SUBMITTED)
    seal_all()
    for each in (dossier, other, stamped):
        assert json.loads(lan.get(address(each)).content)["timestamp"] is not None


def test_asking_for_the_headers_takes_nothing(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    seal_all()
    assert signed_in(cast.lan).head(address(dossier)).status_code == 200
    assert not Entry.objects.filter(deed="dossier.download").exists()


def test_before_the_first_seal_she_is_asked_to_come_back(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    answer = signed_in(cast.lan).get(address(dossier))
    assert answer.status_code == 422
    assert "đang được niêm phong" in answer.content.decode()


def test_a_draft_and_a_dossier_of_somebody_else_have_no_proof(cast: Cast) -> None:
    draft, sent = a_dossier(cast, Status.DRAFT), a_dossier(cast, Status.SUBMITTED)
    seal_all()
    assert signed_in(cast.lan).get(address(draft)).status_code == 404
    assert signed_in(cast.thu).get(address(sent)).status_code == 404


def test_the_button_stands_on_the_page_of_a_dossier_that_was_sent(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    html = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").content.decode()
    assert address(dossier) in html
    assert "Tải bằng chứng" in html
