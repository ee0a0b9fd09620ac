"""At the counter nobody types the same twice: the owner is taken over where the e-form asks again."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.agencies import queries as places
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import a_counter_filing, typed_form
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.web.desk_counter_owner import asked_again, owner_address, with_owner
from motcua.dossiers.web.desk_eform import PREFIX
from motcua.procedures.forms.rules import check_all, generic_form
from motcua.procedures.queries import published_terms
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH

pytestmark = pytest.mark.django_db
COUNTER = f"/can-bo/nop-tai-quay/{BIRTH}/"
HEN = {"full_name": "H' Hen Niê", "national_id": "066192000001", "phone": "0912345678"}
FOLDED = "Người khai không phải chủ hồ sơ"


@pytest.fixture
def hung(cast: Cast) -> Client:
    return desk_of(cast.hung)


def without_the_declarant(**changes: Any) -> dict[str, Any]:
    """What Hùng types when the owner declares: the boxes asked before stay empty."""
    again = {PREFIX + path for path in asked_again(published_terms(BIRTH).form)}
    return {name: v for name, v in a_counter_filing(**changes).items() if name not in again}


def is_folded(shown: str) -> bool:
    return bool(
        re.search(rf'<details class="govuk-details"><summary[^>]*><span[^>]*>{FOLDED}', shown)
    )


def test_what_was_asked_of_the_owner_is_folded_and_asked_once(cast: Cast, hung: Client) -> None:
    shown = text_of(hung.get(COUNTER))

    assert is_folded(shown)
    for path in asked_again(published_terms(BIRTH).form):
        assert shown.count(f'name="{PREFIX}{path}"') == 1


def test_the_owner_declares_without_typing_anything_twice(cast: Cast, hung: Client) -> None:
    answer = hung.post(COUNTER, without_the_declarant(send="1"))

    assert answer.status_code == 302, text_of(answer)
    dossier = Dossier.objects.get(channel="counter")
    said = dossier.answers["nyc"]
    assert HEN["full_name"] in said.values()
    assert HEN["national_id"] in said.values()
    assert dossier.applicant["address"] == "Số 1, phố Huế, Phường Ba Đình, Thành phố Hà Nội"


def test_who_files_for_somebody_else_keeps_their_own_number(cast: Cast, hung: Client) -> None:
    answer = hung.post(COUNTER, a_counter_filing(send="1"))

    assert answer.status_code == 302, text_of(answer)
    dossier = Dossier.objects.get(channel="counter")
    assert dossier.applicant_name == HEN["full_name"]
    assert HEN["national_id"] not in dossier.answers["nyc"].values()
    assert "001190012345" in dossier.answers["nyc"].values()
    assert dossier.applicant["address"] == ""  # where the owner lives nobody has said


def test_half_a_declarant_is_not_mixed_with_the_owner(cast: Cast, hung: Client) -> None:
    form = published_terms(BIRTH).form
    name = next(
        n for n in typed_form(form) if n.lower().endswith("hoten") and ".nyc" in f".{n[2:]}"
    )
    typed = {**without_the_declarant(send="1"), name: "Trần Văn Bảo"}

    answer = hung.post(COUNTER, typed)

    assert answer.status_code == 422
    assert not is_folded(text_of(answer))
    assert "Trần Văn Bảo" in text_of(answer)


def test_without_the_owner_each_lack_is_said_once(cast: Cast, hung: Client) -> None:
    shown = text_of(hung.post(COUNTER, without_the_declarant(send="1", full_name="")))

    summary = shown.partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    assert re.findall(r">([^<]+)</a>", summary) == ["Mời anh/chị nhập: Họ, chữ đệm, tên."]
    assert is_folded(shown)


def test_who_stands_in_types_themselves_and_the_owner_goes_into_the_owners_boxes() -> None:
    form = generic_form("Cấp giấy phép nuôi ong")
    filer = {"nyc": {"hoTen": "Trần Văn Bảo", "nopCho": "2"}}

    for_another = with_owner(form, filer, HEN)
    for_oneself = with_owner(form, {"nyc": {"nopCho": "1"}}, HEN)

    assert for_another["nyc"]["hoTen"] == "Trần Văn Bảo"
    assert for_another["chu"]["hoTen"] == HEN["full_name"]
    assert for_another["chu"]["soDinhDanh"] == HEN["national_id"]
    assert for_oneself["nyc"]["hoTen"] == HEN["full_name"]
    assert "chu" not in for_oneself
    assert owner_address(form, filer) == ""


@pytest.mark.parametrize(
    ("number", "taken"),
    [("C1234567", "C1234567"), ("066192000001", "066192000001"), ("0312345678", None)],
)
def test_a_foreigner_declares_with_a_passport_and_a_company_through_a_person(
    number: str, taken: str | None
) -> None:
    form = generic_form("Đăng ký kết hôn có yếu tố nước ngoài")

    said = with_owner(form, {"nyc": {"nopCho": "1"}}, HEN | {"national_id": number})["nyc"]

    assert said.get("soDinhDanh") == taken
    wrong = check_all(form, {"nyc": said}, today=date(2026, 11, 22), places=places)
    asked = [reason.field for reason in wrong if reason.field == "nyc.soDinhDanh"]
    assert asked == ([] if taken else ["nyc.soDinhDanh"])


@pytest.mark.parametrize(
    ("box", "typed"), [("phone", "12"), ("phone", ""), ("email", "hen.nie@"), ("full_name", "H3n")]
)
def test_what_is_wrong_with_the_owner_is_said_at_the_box_hung_typed_in(
    cast: Cast, hung: Client, box: str, typed: str
) -> None:
    shown = text_of(hung.post(COUNTER, without_the_declarant(send="1", **{box: typed})))

    summary = shown.partition("govuk-error-summary__body")[2].partition("</ul>")[0]
    assert re.findall(r'href="#([^"]+)"', summary) == [f"id_{box}"]
    assert f'id="id_{box}_error"' in shown
    assert is_folded(shown)


def test_the_owners_phone_is_called_optional_only_where_it_is(cast: Cast, hung: Client) -> None:
    needed = any(
        field.type.value == "phone" and field.required
        for page in published_terms(BIRTH).form.pages
        for field in page.fields
        if f"{page.key}.{field.key}" in asked_again(published_terms(BIRTH).form)
    )

    assert ("Số điện thoại (nếu có)" in text_of(hung.get(COUNTER))) is not needed
