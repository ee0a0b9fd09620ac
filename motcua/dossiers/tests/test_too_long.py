"""Lan pastes a whole letter into a box: it is not kept, and stands where she typed it."""

import pytest
from django.test import Client

from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.workflow import Status
from motcua.procedures.forms.types import FieldType
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
RESIDENCE = "1.004222"  # a form with a list of people
LETTER = "Kính gửi. " * 2500


@pytest.mark.parametrize(
    "sent",
    [
        {"0.hoTen": "", "3.hoTen": LETTER},
        {"0.hoTen": "Nguyễn An", "remove-0": "1", "1.hoTen": LETTER},
        {"2.ngaySinh-day": LETTER, "2.ngaySinh-month": "3"},
    ],
)
def test_a_letter_in_a_row_stands_in_its_row_whatever_its_number_was(
    cast: Cast, lan: Client, sent: dict[str, str]
) -> None:
    dossier = a_dossier(cast, Status.DRAFT, RESIDENCE)

    answer = lan.post(f"/ho-so/{dossier.reference}/khai/tv/", sent)

    shown = text_of(answer)
    assert answer.status_code in (200, 422)
    assert LETTER.strip() in shown
    assert "chưa được lưu" in shown
    dossier.refresh_from_db()
    assert LETTER.strip() not in str(dossier.answers)


@pytest.mark.parametrize(
    ("kind", "part"), [(FieldType.DATE, "-year"), (FieldType.ADDRESS, "-detail")]
)
def test_a_letter_in_a_part_of_a_date_or_an_address_stands_in_that_part(
    cast: Cast, lan: Client, kind: FieldType, part: str
) -> None:
    dossier = a_dossier(cast, Status.DRAFT)
    form = terms_of(dossier.procedure_version_id).form
    page, field = next((p, f) for p in form.pages for f in p.fields if f.type is kind)

    answer = lan.post(
        f"/ho-so/{dossier.reference}/khai/{page.key}/", {f"{field.key}{part}": LETTER}
    )

    assert answer.status_code == 422
    assert LETTER.strip() in text_of(answer)
