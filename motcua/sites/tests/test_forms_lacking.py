"""Words that a house keeps are not changed by an upgrade; what they have no place for is said aloud."""

import pytest
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.dossiers import form_templates
from motcua.dossiers.actions.form_templates import seed_form_templates
from motcua.dossiers.models import FormTemplate
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.forms import SlipKind
from motcua.law.types import FormSet
from motcua.sites.backoffice import findings

pytestmark = pytest.mark.django_db
OURS = (FormSet.TT03_2025, SlipKind.APOLOGY)


def words(version: int, html: str) -> None:
    """A later version that two persons agreed to."""
    row = FormTemplate.objects.filter(form_set=OURS[0], kind=OURS[1]).latest("version")
    row.pk, row.version, row.html, row.valid_from = None, version, html, localdate(clock.now())
    row.save(force_insert=True)


def test_a_place_added_since_is_told_until_a_version_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seed_form_templates()
    assert findings.forms().well

    def newer(form_set: FormSet, kind: SlipKind) -> str:
        more = "<p>{{new_word}} {{another}}</p>" if (form_set, kind) == OURS else ""
        return builtin(form_set, kind) + more

    monkeypatch.setattr(form_templates, "builtin", newer)
    told = findings.forms()
    assert not told.well
    assert told.text.endswith("(TT03_2025): {{another}}, {{new_word}}.")
    assert told.page == "/quan-tri/mau-giay/"

    words(2, f"{builtin(*OURS)}<p>{{{{ new_word }}}} {{{{another}}}}</p>")
    assert findings.forms().well


def test_what_two_persons_left_out_is_not_told() -> None:
    seed_form_templates()
    words(2, builtin(*OURS).replace("{{until_then}}", ""))

    assert form_templates.lacking() == []
