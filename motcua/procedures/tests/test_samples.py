"""The sample dossiers: every answer in them is one that the form would take."""

import json

import pytest

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.procedures.actions.seeding import SEEDS
from motcua.procedures.forms.generic import FORM
from motcua.procedures.forms.rules import check_all, definition_from
from motcua.procedures.queries.samples import sample_answers, sample_sections

pytestmark = pytest.mark.django_db
FORMS = [json.loads(path.read_text("utf-8")) for path in (SEEDS / "eforms").glob("*.json")]
FORMS.append(FORM | {"title": "Đơn đề nghị"})


@pytest.mark.parametrize("raw", FORMS, ids=lambda raw: raw["form_key"])
def test_every_answer_of_a_sample_is_one_the_form_would_take(raw: dict[str, object]) -> None:
    definition = definition_from(raw)

    reasons = check_all(
        definition, sample_answers(definition), today=clock.now().date(), places=places
    )

    assert reasons == []


@pytest.mark.parametrize("raw", FORMS, ids=lambda raw: raw["form_key"])
def test_a_sample_is_about_somebody_made_up(raw: dict[str, object]) -> None:
    told = str(sample_sections(definition_from(raw), places)).lower()

    assert "mẫu" in told
    assert "00004" not in told  # places are told by their names


def test_a_form_of_the_authority_shows_its_questions_without_answers() -> None:
    definition = definition_from(
        {
            "form_key": "ong",
            "title": "Tờ khai nuôi ong",
            "sections": [
                {"key": "a", "title": "A", "fields": [{"key": "b", "label": "Đàn", "type": "text"}]}
            ],
        }
    )

    assert sample_answers(definition) == {}
    assert "Đàn" in str(sample_sections(definition, places))
