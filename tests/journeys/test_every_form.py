"""Each e-form of the product, a procedure without a form of its own and one with cases: filed to the end.

Lan reads every page and sends what a browser without scripts sends, from the start button to the
receipt; Hùng accepts, and Form 01 lies in the dossier.
"""

from __future__ import annotations

import json
import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.core import queue
from motcua.dossiers.models import Dossier
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.workflow import Status
from motcua.procedures.actions.importing import import_readings
from motcua.procedures.actions.seeding import SEEDS, starter_details
from motcua.procedures.forms.rules import visible_fields
from motcua.procedures.forms.types import FieldType
from motcua.procedures.importing.sources import readings
from motcua.procedures.models import FormVersion, ProcedureVersion
from motcua.procedures.queries import published_terms
from motcua.procedures.tests.records import a_file, a_record
from motcua.procedures.types import Terms
from motcua.testing.answers import WARD, as_post, valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_pdf

pytestmark = pytest.mark.django_db
GENERIC = "don_de_nghi"  # the form of every procedure that has none of its own
STARTERS = {detail.code for detail in starter_details()}
SHIPPED = [
    json.loads(path.read_text("utf-8")) for path in sorted((SEEDS / "eforms").glob("*.json"))
]
# One starter procedure for each form that the product ships; a test sees that none is left out.
OWN_FORM = {
    code: form["form_key"]
    for form in SHIPPED
    for code in [code for code in form["procedure_codes"] if code in STARTERS][:1]
}
PAGES = 60  # more than any form has
CASES = ("Nuôi ong lần đầu", "Nuôi thêm đàn")


class Lan:
    """Lan at her phone: she reads a page, presses a button, is led to the next page."""

    def __init__(self, cast: Cast, terms: Terms) -> None:
        self.cast, self.terms = cast, terms
        self.answers = valid_answers(terms.form)
        self.client = Client()
        assert cast.lan.account is not None
        self.client.force_login(cast.lan.account)
        self.at = f"/thu-tuc/{terms.procedure_code}/nop/"
        self.seen: list[str] = []

    def read(self) -> str:
        answer = self.client.get(self.at, follow=True)
        assert answer.status_code == 200, self.at
        return unescape(answer.content.decode())

    def send(self, typed: dict[str, Any], to: str = "") -> None:
        """Press the button of the page, with what its form holds unseen."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.read()))
        answer = self.client.post(to or self.at, hidden | typed)
        assert answer.status_code == 302, re.findall(
            r"error-message[^<]*<.*", answer.content.decode()
        )
        self.at = answer["Location"]

    def start(self) -> None:
        self.send({"agency": self.cast.ward.code})
        first = re.search(r'task-list__link" href="([^"]+)"', self.read())
        assert first
        self.at = first[1]

    def fill_in(self) -> None:
        """Follow the pages as they come, until the check page."""
        for _ in range(PAGES):
            if "/kiem-tra/" in self.at:
                return
            self.seen.append(self.at)
            if found := re.search(r"/khai/([^/]+)/", self.at):
                self.fill_page(found[1])
            elif "/giay-to/" in self.at:
                self.attach()
            elif "/truong-hop/" in self.at:
                self.send({"case": CASES[1]})
            else:
                self.send({"delivery": "counter"})
        raise AssertionError(f"the form never ends: {self.seen}")

    def fill_page(self, key: str) -> None:
        page = next(page for page in self.terms.form.pages if page.key == key)
        typed = as_post(self.terms.form, key, self.answers)
        if page.repeat:
            self.rows(typed)
        for field in page.fields:
            if field.type is FieldType.ADDRESS and not page.repeat:
                self.communes(field.key, typed)
        shown = self.read()
        missing = [name for name in typed if f'name="{name}"' not in shown]
        assert missing == [], f"{self.at} does not ask for {missing}"
        self.send(typed)

    def rows(self, typed: dict[str, str]) -> None:
        """“Thêm một mục” without a script: what was typed stays, and a row can go again."""
        here = self.at
        if 'name="0.' not in self.read():
            self.send({"add": "1"})
        self.send({**typed, "add": "1"})
        assert 'name="remove-1"' in self.read()
        self.send({**typed, "remove-1": "1"})
        assert self.at == here
        assert 'name="remove-1"' not in self.read()
        for name, value in typed.items():
            assert f'name="{name}"' in self.read()
            assert not value or value in self.read()

    def communes(self, field: str, typed: dict[str, str]) -> None:
        """The communes of the chosen province, shown on demand without a script."""
        here, ward = self.at, f"{field}-ward_code"
        self.send({**typed, ward: "", "communes": field})
        assert self.at == here
        assert f'<option value="{typed[ward]}"' in self.read()

    def attach(self) -> None:
        """Two photos for the first paper, a PDF for the next; what is not required is passed by."""
        slot = self.at.split("/giay-to/")[1].rstrip("/")
        required = next(s for s in self.terms.slots if s.code == slot).required
        if required:
            self.send({"files": [a_photo(1), a_photo(2)] if slot == "p01" else [a_document(slot)]})
            assert "Đã tải lên" in self.read()
        onward = re.search(r'href="([^"]+)">Tiếp tục</a>', self.read())
        assert onward, f"no way on from {self.at}"
        self.at = onward[1]

    def submit(self) -> str:
        """Declare and send, twice as impatient people do; the number on the receipt."""
        button = self.at.split("?")[0].replace("/kiem-tra/", "/nop/")
        assert self.client.post(button).status_code == 422
        self.send({"declaration": "yes"}, button)
        first, receipt = self.at, self.read()
        assert self.client.post(button, {"declaration": "yes"})["Location"] == first
        assert "Đã nhận hồ sơ" in receipt
        number = re.search(r"T-\d{6}-\w{8}", receipt)
        assert number
        return number[0]


def a_photo(number: int) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (300, 400), (240, 240 - number, 230)).save(out, "JPEG")
    return SimpleUploadedFile(f"anh {number}.jpg", out.getvalue(), "image/jpeg")


def a_document(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("giay-to.pdf", a_pdf(text), "application/pdf")


def shown_text(page: str) -> str:
    """What a person reads on a page."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def in_other_words(lan: Lan) -> set[str]:
    """What the check page must say where a code is kept: the names of places and of choices."""
    said = set()
    for spot in visible_fields(lan.terms.form, lan.answers):
        if spot.field.type is FieldType.ADDRESS and spot.value:
            said |= {"Phường Ba Đình", "Thành phố Hà Nội"}  # as valid_answers has it
        said |= {option.label for option in spot.field.options if option.value == spot.value}
    return said


def run_the_queue() -> None:
    """Do what the worker would do, in order."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        queue.run(**job.args)


def file(cast: Cast, terms: Terms) -> tuple[Lan, str]:
    """From the start button to the receipt, looking at the check page on the way."""
    lan = Lan(cast, terms)
    lan.start()
    lan.fill_in()
    check = shown_text(lan.read())
    unsaid = [said for said in in_other_words(lan) if said not in check]
    assert unsaid == [], "the check page shows codes, or nothing, instead of these"
    assert WARD not in check, "the check page shows the code of the commune"
    return lan, lan.submit()


def is_as_typed(dossier: Dossier, lan: Lan) -> None:
    """What is kept of the questions asked is what Lan typed."""
    form = lan.terms.form
    asked = visible_fields(form, dossier.answers)
    assert asked == visible_fields(form, dossier.answers | lan.answers)
    assert all(spot.value not in (None, "") for spot in asked)
    required = {slot.code for slot in lan.terms.slots if slot.required}
    papers = list(dossier.documents.all())
    assert {paper.slot for paper in papers} == required
    assert all(paper.kind == "application/pdf" for paper in papers)  # two photos became one PDF


def accept_at_the_desk(cast: Cast, dossier: Dossier, lan: Lan) -> None:
    """Hùng reads and accepts; the slip is the same for him and for Lan, and names the dossier."""
    hung, here = Client(), f"/can-bo/ho-so/{dossier.reference}/"
    hung.force_login(cast.hung.account)
    assert dossier.procedure_name in unescape(hung.get(here).content.decode())
    unticked = {"revision": dossier.revision}
    right = {f"check-{slot}": "yes" for slot in dossier.documents.values_list("slot", flat=True)}
    if right:
        assert hung.post(f"{here}buoc/accept/", unticked).status_code == 422
    assert hung.post(f"{here}buoc/accept/", unticked | right).status_code == 302

    run_the_queue()
    dossier.refresh_from_db()
    slip = dossier.slips.get(kind=SlipKind.APPOINTMENT)
    theirs = hung.get(f"{here}phieu/{slip.pk}/").content
    assert dossier.status == Status.ACCEPTED
    assert theirs == lan.client.get(f"/ho-so/{dossier.reference}/phieu/{slip.pk}/").content
    text = pypdfium2.PdfDocument(theirs)[0].get_textpage().get_text_range()
    assert str(dossier.code) in text
    assert cast.lan.full_name in text


def test_each_form_of_the_product_is_filed_below() -> None:
    shipped = {form["form_key"] for form in SHIPPED}

    assert shipped
    assert set(OWN_FORM.values()) == shipped
    assert set(FormVersion.objects.values_list("form_key", flat=True)) == shipped | {GENERIC}


@pytest.mark.parametrize("code", OWN_FORM)
def test_a_form_is_filed_to_the_end(cast: Cast, code: str) -> None:
    terms = published_terms(code)
    assert terms.form.key == OWN_FORM[code]

    lan, number = file(cast, terms)

    dossier = Dossier.objects.get()
    assert (dossier.reference, dossier.status) == (number, Status.SUBMITTED)
    is_as_typed(dossier, lan)
    accept_at_the_desk(cast, dossier, lan)


def test_a_procedure_without_a_form_of_its_own_is_filed_to_the_end(cast: Cast) -> None:
    without = ProcedureVersion.objects.filter(status="published", form__form_key=GENERIC)
    at_the_ward = [v for v in without.order_by("id") if v.levels == ["Cấp xã"]]
    terms = published_terms(at_the_ward[0].procedure.code)

    lan, number = file(cast, terms)

    dossier = Dossier.objects.get(reference=number)
    is_as_typed(dossier, lan)
    accept_at_the_desk(cast, dossier, lan)


def test_a_procedure_with_cases_asks_for_the_papers_of_the_chosen_one(
    cast: Cast, tmp_path: Path
) -> None:
    cases = [
        {"case": case, "documents": [{"name": f"Giấy tờ khi {case}", "original": 1, "copy": 0}]}
        for case in CASES
    ]
    import_readings(readings(a_file(tmp_path, a_record(document_cases=cases))), publish=True)

    lan, number = file(cast, published_terms("1.000001"))

    dossier = Dossier.objects.get(reference=number)
    assert dossier.case == CASES[1]
    assert [paper.name for paper in dossier.documents.all()] == [f"Giấy tờ khi {CASES[1]}"]
    accept_at_the_desk(cast, dossier, lan)
