"""The form on paper: as typed for its owner, empty for whoever writes by hand."""

import re

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, fill_all

pytestmark = pytest.mark.django_db


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_lan_prints_what_she_typed_as_the_paper_form_lays_it_out(
    lan: Client, cast: Cast, draft: Dossier
) -> None:
    fill_all(cast, draft)
    form = terms_of(draft.procedure_version_id).form

    page = shown(lan, f"/ho-so/{draft.reference}/in/")

    assert f"<h1>{form.title}</h1>" in page
    assert "Cộng hòa xã hội chủ nghĩa Việt Nam" in page
    assert f"Kính gửi:</span> <strong>{draft.agency.name}</strong>" in page
    assert f"Bản nháp: {draft.reference}" in page
    assert "<strong>Mẹ</strong>" in page
    assert "(Ký, ghi rõ họ tên)" in page
    titles = re.findall(r"<h2>\d+\. (.+?)</h2>", page)
    assert titles == [section.title for section in form.sections if section.title in titles]
    assert len(titles) >= 2


def test_what_lan_has_not_typed_yet_leaves_room_to_write(lan: Client, draft: Dossier) -> None:
    Dossier.objects.filter(pk=draft.pk).update(answers={})

    page = shown(lan, f"/ho-so/{draft.reference}/in/")

    assert "Không khai" not in page
    assert "sh-gap" in page


def test_what_lan_handed_in_says_when_and_under_which_number(lan: Client, cast: Cast) -> None:
    sent = a_dossier(cast, Status.ACCEPTED)
    sent.refresh_from_db()

    page = shown(lan, f"/ho-so/{sent.reference}/in/")

    assert f"Mã hồ sơ: {sent.code}" in page
    assert "Đã nộp trực tuyến lúc" in page
    assert "Giấy tờ kèm theo" in page


def test_nobody_but_lan_prints_her_form(cast: Cast, draft: Dossier) -> None:
    address = f"/ho-so/{draft.reference}/in/"

    assert signed_in(cast.thu).get(address).status_code == 404
    assert Client().get(address).headers["Location"].startswith("/tai-khoan/dang-nhap/")


def test_anybody_takes_the_empty_form_and_nobodys_answers_are_on_it(
    cast: Cast, draft: Dossier
) -> None:
    form = terms_of(draft.procedure_version_id).form

    page = shown(Client(), f"/thu-tuc/{BIRTH}/to-khai/")

    for section in form.sections:
        assert section.title in page
        assert all(field.label in page for field in section.fields)
    assert cast.lan.full_name not in page
    assert page.count("sh-gap") > 20


def test_a_procedure_that_is_not_there_has_no_form() -> None:
    assert Client().get("/thu-tuc/9.999999/to-khai/").status_code == 404


@pytest.mark.parametrize("address", ["/ho-so/{}/in/", "/thu-tuc/{}/to-khai/"])
def test_the_sheet_needs_no_script_and_no_style_of_its_own(
    lan: Client, draft: Dossier, address: str
) -> None:
    page = shown(lan, address.format(BIRTH if "thu-tuc" in address else draft.reference))

    assert "<script" not in page
    assert "style=" not in page
    assert "dist/sheet" in page


def test_what_was_typed_never_becomes_markup(lan: Client, draft: Dossier) -> None:
    form = terms_of(draft.procedure_version_id).form
    section = form.sections[0]
    field = next(field for field in section.fields if field.type == "text" and not field.when)
    answers = {section.key: {field.key: "<script>alert(1)</script>\nx"}}
    Dossier.objects.filter(pk=draft.pk).update(answers=answers)

    page = shown(lan, f"/ho-so/{draft.reference}/in/")

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
