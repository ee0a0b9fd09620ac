"""Who filed for a person goes on for them: at the counter, over the wire; nobody else does."""

import json
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.audit.models import Entry
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import intake, papers, standing_in
from motcua.dossiers.actions.standing_in import withdraw_at_counter
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import my_dossiers
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import typed_form
from motcua.dossiers.tests.test_desk_pages import press, text_of
from motcua.dossiers.types import Applicant, Channel
from motcua.dossiers.workflow import Status, Step
from motcua.people.models import Partner
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import (
    TOKEN,
    a_dossier,
    a_partner,
    a_pdf,
    filed_at_counter,
    filed_by_partner,
)

pytestmark = pytest.mark.django_db
API = "/api/v1/dossiers"
LAN = Applicant("Nguyễn Thị Lan", "079 190 000 001")


def at_counter(cast: Cast, status: Status = Status.PRE_SUPPLEMENT) -> Dossier:
    return a_dossier(cast, status, channel=Channel.COUNTER)


def with_remark(dossier: Dossier) -> Dossier:
    """Asked besides for something that is no one question: the whole form is open."""
    dossier.supplement_items.append({
        "slot": "", "field": "", "name": "Tờ khai", "reason": "", "text": "Rà lại.", "legal_basis": "",
    })  # fmt: skip
    dossier.save(update_fields=["supplement_items"])
    return dossier


def address(dossier: Dossier) -> str:
    return f"/can-bo/ho-so/{dossier.reference}/bo-sung/"


def brought(dossier: Dossier, **changes: Any) -> dict[str, Any]:
    """What Hùng sends: the form as it was, and a clearer paper in the slot that was asked about."""
    slot = dossier.supplement_items[0]["slot"]
    form = terms_of(dossier.procedure_version_id).form
    paper = SimpleUploadedFile("ro.pdf", a_pdf("bản rõ hơn"), "application/pdf")
    return {
        **typed_form(form), f"paper-{slot}": paper, "revision": dossier.revision, "send": "1",
    } | changes  # fmt: skip


# At the counter


def test_what_was_asked_of_a_person_at_the_counter_is_handed_in_there(cast: Cast) -> None:
    dossier, hung = at_counter(cast), desk_of(cast.hung)
    old = dossier.documents.get(slot=dossier.supplement_items[0]["slot"])

    assert address(dossier) in text_of(hung.get(f"/can-bo/ho-so/{dossier.reference}/"))
    assert "Ảnh mờ, không đọc được số." in text_of(hung.get(address(dossier)))
    answer = hung.post(address(dossier), brought(dossier, **{"take-out": str(old.pk)}))

    assert answer.status_code == 302, text_of(answer)
    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED
    assert [d.file_name for d in dossier.documents.filter(removed_at=None, slot=old.slot)] == [
        "ro.pdf"
    ]
    assert dossier.moves.get(step=Step.SUPPLEMENT).by == cast.hung.holder_name


def test_a_mistake_keeps_the_new_files_and_says_what_is_wrong(cast: Cast) -> None:
    dossier, hung = with_remark(at_counter(cast)), desk_of(cast.hung)
    typed = brought(dossier)
    wrong = dict.fromkeys((name for name in typed if name.startswith("f.")), "")

    answer = hung.post(address(dossier), typed | wrong)

    assert answer.status_code == 422
    assert 'name="kept"' in text_of(answer)
    dossier.refresh_from_db()
    assert dossier.status == Status.PRE_SUPPLEMENT


def test_an_empty_supplement_is_refused_at_the_counter_too(cast: Cast) -> None:
    dossier, hung = at_counter(cast), desk_of(cast.hung)
    typed = {k: v for k, v in brought(dossier).items() if not k.startswith("paper-")}

    answer = hung.post(address(dossier), typed)

    assert answer.status_code == 422
    assert "Chưa có gì được bổ sung" in text_of(answer)


def test_an_old_page_at_the_counter_is_told_who_was_first(cast: Cast) -> None:
    dossier, hung = at_counter(cast), desk_of(cast.hung)

    assert hung.post(address(dossier), brought(dossier, revision=1)).status_code == 409


def test_what_lan_filed_online_is_not_supplemented_or_withdrawn_by_the_desk(cast: Cast) -> None:
    dossier, hung = a_dossier(cast, Status.PRE_SUPPLEMENT), desk_of(cast.hung)

    assert hung.get(address(dossier)).status_code == 302
    assert hung.post(address(dossier), brought(dossier)).status_code == 302
    answer = press(hung, dossier, Step.WITHDRAW, note="Chị Lan gọi điện.")

    assert answer.status_code == 422
    assert "chỉ người nộp mới" in text_of(answer)
    dossier.refresh_from_db()
    assert dossier.status == Status.PRE_SUPPLEMENT


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PRE_SUPPLEMENT])
def test_the_desk_withdraws_on_request_with_the_request_in_words(
    cast: Cast, status: Status
) -> None:
    dossier = at_counter(cast, status)
    with pytest.raises(Refused):
        withdraw_at_counter(post=cast.hung, reference=dossier.reference, note=" ")

    answer = press(desk_of(cast.hung), dossier, Step.WITHDRAW, note="Chị Niê đến xin rút.")

    assert answer.status_code == 302, text_of(answer)
    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN
    assert dossier.moves.last().note == "Chị Niê đến xin rút."  # type: ignore[union-attr]


@pytest.mark.parametrize("file", [filed_at_counter, filed_by_partner])
def test_a_person_we_know_finds_what_others_filed_for_them_and_goes_on_online(
    cast: Cast, file: Any
) -> None:
    dossier = file(cast, owner=LAN)
    slot = dossier.documents.all()[0].slot
    intake.ask_supplement(post=cast.hung, reference=dossier.reference, items=[(slot, "Mờ.")])
    paper = SimpleUploadedFile("ro.pdf", a_pdf("rõ"), "application/pdf")

    assert [row.reference for row in my_dossiers(cast.lan).rows] == [dossier.reference]
    where: dict[str, Any] = {"citizen": cast.lan, "reference": dossier.reference}
    papers.attach(**where, slot=slot, uploads=[paper])
    intake.supplement_dossier(**where)

    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED
    assert dossier.applicant["national_id"] == "079190000001"


def test_the_counter_fills_in_an_owner_we_know_and_the_look_is_journalled(cast: Cast) -> None:
    hung, number = desk_of(cast.hung), cast.lan.national_id
    page = "/can-bo/nop-tai-quay/1.001193/"

    found = text_of(hung.post(page, {"lookup": "1", "national_id": number}))
    nobody = text_of(hung.post(page, {"lookup": "1", "national_id": "000000000000"}))

    assert cast.lan.full_name in found
    assert "Chưa có ai mang số này" in nobody
    assert cast.lan.full_name not in nobody
    entry = Entry.objects.get(subject=f"person:{cast.lan.pk}", deed="dossier.read")
    assert entry.actor == cast.hung.actor.key


# Over the wire


def send(dossier: Dossier, deed: str, body: Any, text: str = "", token: str = TOKEN) -> Any:
    client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {token}"})
    place = f"{API}/{dossier.reference}/{deed}"
    if deed == "withdraw":
        return client.post(place, body)
    files = [SimpleUploadedFile("x.pdf", a_pdf(text), "application/pdf")] if text else []
    return client.post(place, {"supplement": json.dumps(body), "files": files})


def own(dossier: Dossier, token: str = TOKEN) -> Any:
    return Client(headers={"Authorization": f"Bearer {token}"}).get(
        f"{API}/mine/{dossier.reference}"
    )


def one_paper(dossier: Dossier) -> dict[str, Any]:
    return {"papers": [{"slot": dossier.supplement_items[0]["slot"], "name": "ro.pdf"}]}


def test_a_partner_reads_what_is_asked_and_hands_it_in_once(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.PARTNER)

    asked = own(dossier).json()
    first = send(dossier, "supplement", one_paper(dossier), "rõ")
    again = send(dossier, "supplement", one_paper(dossier), "rõ")

    assert asked["items"][0]["text"] == "Ảnh mờ, không đọc được số."
    assert (first.status_code, first.json()["status"]) == (200, "submitted"), first.content
    assert again.json() == first.json()
    assert dossier.moves.filter(step=Step.SUPPLEMENT).count() == 1
    assert own(dossier).json()["items"] == []
    other = send(dossier, "supplement", one_paper(dossier), "khác")
    assert (other.status_code, other.json()["reasons"][0]["code"]) == (422, "step_not_open")


def test_a_partner_changes_one_answer_and_the_others_stay(cast: Cast) -> None:
    dossier = with_remark(a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.PARTNER))
    section, said = next((k, v) for k, v in dossier.answers.items() if isinstance(v, dict))
    field = next(k for k, v in said.items() if str(v) in ("Nguyễn Thị Hoà", "H' Hen Niê"))

    answer = send(dossier, "supplement", {"answers": {section: {field: "Lê Thị Sáu"}}})

    assert answer.status_code == 200, answer.content.decode()
    before = dossier.answers
    dossier.refresh_from_db()
    now = dossier.answers[section][field]
    assert now.casefold() == "lê thị sáu"
    assert dossier.answers == {**before, section: {**before[section], field: now}}


def test_a_partner_withdraws_once_however_often_it_asks(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED, channel=Channel.PARTNER)

    answers = [send(dossier, "withdraw", {"note": "Người dân xin rút."}) for _ in range(2)]

    assert [a.json()["status"] for a in answers] == ["withdrawn", "withdrawn"]
    assert dossier.moves.filter(step=Step.WITHDRAW).count() == 1
    assert own(dossier).json()["note"] == "Người dân xin rút."


def test_another_partner_finds_nothing_of_it(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.PARTNER)
    Partner.objects.create(name="Khác", token_sha256=sha256(b"other-token").hexdigest())

    assert own(dossier, "other-token").status_code == 404
    assert send(dossier, "supplement", {}, token="other-token").status_code == 404
    assert send(dossier, "withdraw", {}, token="other-token").status_code == 404
    assert own(dossier, "wrong").status_code == 401


def test_a_partner_reaches_nothing_that_lan_filed_herself(cast: Cast) -> None:
    a_partner()
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT)

    assert own(dossier).status_code == 404
    assert send(dossier, "withdraw", {}).status_code == 404


@pytest.mark.parametrize(("name", "channel"), [("sau", Channel.COUNTER), ("hung", Channel.ONLINE)])
def test_nothing_is_stored_of_what_is_brought_to_the_wrong_desk(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str, channel: Channel
) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=channel)
    monkeypatch.setattr(standing_in, "keep_all", lambda *_: pytest.fail("stored"))

    with pytest.raises((NotFound, Refused)):
        standing_in.supplement_at_counter(
            post=getattr(cast, name), reference=dossier.reference, answers={},
            papers=[("p01", "giay.pdf", b"%PDF")],
        )  # fmt: skip
