"""Many dossiers at once, and dossiers filed at the counter."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import press, text_of
from motcua.dossiers.web.desk_eform import PREFIX
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.forms.types import FormDefinition
from motcua.procedures.queries import published_terms
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, accepted

pytestmark = pytest.mark.django_db


# Many at once


def tick(*dossiers: Dossier) -> list[str]:
    return [f"{d.reference}@{d.revision}" for d in dossiers]


def right_in_bulk(*dossiers: Dossier) -> dict[str, Any]:
    """Hùng accepts these together and says of each that all its papers are right."""
    return {"do": "accept", "chon": tick(*dossiers), "dat": [d.reference for d in dossiers]}


def test_bulk_acceptance_previews_then_gives_a_result_per_row(cast: Cast) -> None:
    one, two = a_dossier(cast, Status.SUBMITTED), a_dossier(cast, Status.SUBMITTED)
    ticked = tick(one, two)
    accepted(cast, two)
    client = desk_of(cast.hung)

    preview = client.post("/can-bo/hang-loat/", {"do": "accept", "chon": ticked})
    one.refresh_from_db()
    assert preview.status_code == 200
    assert one.status == Status.SUBMITTED
    done = text_of(client.post("/can-bo/hang-loat/", right_in_bulk(one, two) | {"confirm": "1"}))

    one.refresh_from_db()
    assert one.status == Status.ACCEPTED
    assert "xong 1, còn 1 hồ sơ chưa làm được" in done
    assert "Chưa được" in done


def test_bulk_assignment_asks_to_whom(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ASSIGNING)
    client = desk_of(cast.hoa)
    order = {"do": "assign", "chon": tick(dossier), "confirm": "1"}

    assert client.post("/can-bo/hang-loat/", order).status_code == 422
    assert client.post("/can-bo/hang-loat/", order | {"chosen": cast.mai.pk}).status_code == 200
    dossier.refresh_from_db()
    assert dossier.assignee_id == cast.mai.pk


def test_a_leader_decides_many_after_reading_each_proposal(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    client = desk_of(cast.binh)
    order = {"do": "decide", "chon": tick(dossier)}

    assert "Đề nghị đồng ý." in text_of(client.post("/can-bo/hang-loat/", order))
    client.post("/can-bo/hang-loat/", order | {"confirm": "1"})

    dossier.refresh_from_db()
    assert dossier.status == Status.APPROVED


def test_a_proposed_refusal_is_never_approved_in_bulk(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    press(desk_of(cast.mai), dossier, Step.PROPOSE, outcome="refuse", note="Không đủ điều kiện.")
    dossier.refresh_from_db()
    order = {"do": "decide", "chon": tick(dossier), "confirm": "1"}

    done = text_of(desk_of(cast.binh).post("/can-bo/hang-loat/", order))

    assert "đề xuất từ chối" in done
    dossier.refresh_from_db()
    assert dossier.status == Status.PROPOSED


@pytest.mark.parametrize("do", ["decide", "assign", "khong-co", ""])
def test_a_bulk_step_of_another_role_is_not_found(cast: Cast, do: str) -> None:
    assert desk_of(cast.hung).post("/can-bo/hang-loat/", {"do": do}).status_code == 404


# At the counter


def typed_form(form: FormDefinition) -> dict[str, str]:
    """Right answers, as the boxes of the long page carry them."""
    answers = valid_answers(form)
    return {
        f"{PREFIX}{part.key}.{name}": value
        for part in form.pages
        for name, value in as_post(form, part.key, answers).items()
    }


def a_counter_filing(**changes: Any) -> dict[str, Any]:
    terms = published_terms(BIRTH)
    case = terms.cases[0] if terms.cases else ""
    papers = {
        f"paper-{slot.code}": SimpleUploadedFile("anh.pdf", a_pdf(slot.code), "application/pdf")
        for slot in terms.slots
        if slot.required and slot.case in ("", case)
    }
    return {
        "key": "7a0c6a64-5d49-4a39-8a53-0a5c52f0e001",
        "full_name": "H' Hen Niê",
        "national_id": "066192000001",
        "phone": "0912345678",
        "case": case,
        **typed_form(terms.form),
        **papers,
        **{name.replace("paper-", "check-"): "yes" for name in papers},
        **changes,
    }


def test_the_counter_finds_a_procedure_in_everyday_words(cast: Cast) -> None:
    shown = text_of(desk_of(cast.hung).get("/can-bo/nop-tai-quay/", {"q": "lam khai sinh cho con"}))

    assert f"/can-bo/nop-tai-quay/{BIRTH}/" in shown


def test_a_dossier_is_filed_and_accepted_at_the_counter(cast: Cast) -> None:
    address = f"/can-bo/nop-tai-quay/{BIRTH}/"
    client = desk_of(cast.hung)

    assert client.get(address).status_code == 200
    response = client.post(address, a_counter_filing(accept="1"))

    assert response.status_code == 302, text_of(response)
    dossier = Dossier.objects.get(applicant_name="H' Hen Niê")
    assert (dossier.status, dossier.channel) == (Status.ACCEPTED, "counter")
    assert response["Location"] == f"/can-bo/ho-so/{dossier.code}/"
    client.post(address, a_counter_filing(accept="1"))
    assert Dossier.objects.filter(applicant_name="H' Hen Niê").count() == 1


def test_the_counter_says_everything_wrong_at_once_and_keeps_the_files(cast: Cast) -> None:
    client = desk_of(cast.hung)
    filing = a_counter_filing(accept="1", full_name="")
    first_answer = next(name for name in filing if name.startswith(PREFIX))

    response = client.post(
        f"/can-bo/nop-tai-quay/{BIRTH}/", {k: v for k, v in filing.items() if k != first_answer}
    )

    shown = text_of(response)
    assert response.status_code == 422
    assert "Mời anh/chị nhập: Họ, chữ đệm, tên." in shown
    assert "0912345678" in shown
    assert 'name="kept"' in shown
    assert not Dossier.objects.filter(channel="counter").exists()


def test_kept_files_need_not_be_chosen_again_and_cannot_be_forged(cast: Cast) -> None:
    client = desk_of(cast.hung)
    address = f"/can-bo/nop-tai-quay/{BIRTH}/"
    shown = client.post(address, a_counter_filing(accept="1", full_name="")).content.decode()
    kept = re.findall(r'name="kept" value="([^"]+)"', shown)
    filing = {k: v for k, v in a_counter_filing().items() if not k.startswith("paper-")}

    forged = client.post(address, filing | {"send": "1", "kept": ["khong:co:that"]})
    sent = client.post(address, filing | {"send": "1", "kept": kept})

    assert forged.status_code == 422
    assert sent.status_code == 302, text_of(sent)
    assert Dossier.objects.get(channel="counter").documents.count() == len(kept)
