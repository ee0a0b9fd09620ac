"""Lan's own data: what her browser may offer, and dates that cannot lie ahead."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from motcua.procedures.forms.rules import check_all, generic_form, page_view, pages
from motcua.procedures.forms.tests.samples import TODAY, FewPlaces, one_field, seeded
from motcua.procedures.forms.tests.test_showing import Someone
from motcua.procedures.forms.types import FormDefinition
from motcua.testing.answers import valid_answers

TOMORROW = date(2026, 11, 23)


def offered(definition: FormDefinition, reader: Someone | None) -> dict[str, set[str]]:
    """By section, what the browser is told it may offer."""
    found: dict[str, set[str]] = {}
    for page in pages(definition):
        view = page_view(definition, page.key, {}, reader=reader, places=FewPlaces())
        html = render_to_string("portal/eform/page.html", {"eform": view})
        found.setdefault(page.section.key, set()).update(re.findall(r'autocomplete="(.*?)"', html))
    return {section: words for section, words in found.items() if words}


def test_lans_browser_may_offer_her_data_and_never_offers_it_as_the_childs() -> None:
    assert offered(seeded("to_khai_dang_ky_khai_sinh"), Someone()) == {
        "nyc": {"name", "tel", "email", "address-level1", "address-level2", "address-line1"}
    }


def test_a_birthday_of_ones_own_is_offered_part_by_part() -> None:
    own = offered(generic_form("Cấp bản sao"), Someone())

    assert {"bday-day", "bday-month", "bday-year"} <= own["nyc"]
    assert set(own) == {"nyc"}  # not for the owner of the dossier, when somebody else files it


def test_in_a_marriage_only_ones_own_side_is_offered() -> None:
    definition = seeded("to_khai_dang_ky_ket_hon")

    assert set(offered(definition, Someone(gender="1"))) == {"nam"}
    assert set(offered(definition, Someone(gender="2"))) == {"nu"}


def test_the_head_of_the_household_is_not_offered_as_oneself() -> None:
    view = page_view(seeded("ct01_thay_doi_thong_tin_cu_tru"), "nk-2", {}, reader=Someone())

    told = {field.name: field.autocomplete for field in view.fields}
    assert told.get("chuHoHoTen") == ""


def test_at_the_counter_nothing_of_the_officials_own_is_offered() -> None:
    assert offered(seeded("to_khai_dang_ky_khai_sinh"), None) == {}


@pytest.mark.parametrize(
    ("form", "section", "field"),
    [
        ("to_khai_dang_ky_khai_sinh", "nyc", "nycNgayCapGiayToTuyThan"),
        ("to_khai_dang_ky_khai_sinh", "nks", "ngayCapGCS"),
        ("to_khai_dang_ky_khai_sinh", "me", "meNgaySinh"),
        ("to_khai_dang_ky_khai_tu", "gbt", "gbtNgay"),
        ("ct01_thay_doi_thong_tin_cu_tru", "nk", "ngaySinh"),
    ],
)
def test_a_paper_issued_or_a_person_born_tomorrow_is_refused(
    form: str, section: str, field: str
) -> None:
    definition = seeded(form)
    answers = valid_answers(definition)
    answers[section][field] = TOMORROW.isoformat()

    [reason] = check_all(definition, answers, today=TODAY)

    assert reason.field.endswith(field)
    assert "phải là ngày đã qua hoặc hôm nay" in reason.text
    assert check_all(definition, answers, today=TOMORROW) == []


@pytest.mark.parametrize("label", ["Ngày hết hạn", "Ngày bắt đầu hoạt động"])
def test_what_is_to_come_may_lie_ahead(label: str) -> None:
    definition = one_field(type="date", label=label)

    assert check_all(definition, {"s": {"f": TOMORROW.isoformat()}}, today=TODAY) == []
