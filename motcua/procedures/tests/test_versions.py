"""What is published stands: a new form, limit or day is a new version, and old dossiers keep theirs."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.procedures.actions import forms
from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.actions.publishing import publish_due
from motcua.procedures.actions.seeding import seed_forms
from motcua.procedures.actions.succeeding import carry_form, set_local_limit
from motcua.procedures.forms.generic import FORM
from motcua.procedures.importing.sources import readings
from motcua.procedures.models import FormVersion, ProcedureVersion
from motcua.procedures.queries import find, published_terms, search, terms_of
from motcua.procedures.tests.records import a_file, a_record
from motcua.procedures.types import Duration, VersionStatus

pytestmark = pytest.mark.django_db
BEES = "1.000001"
TOMORROW = clock.now().date() + timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_index_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its revision may be the same: a test's publications are taken back after it."""
    monkeypatch.setattr(search, "_current", [])


def bees(folder: Path, **changes: Any) -> Path:
    return a_file(folder, a_record(BEES, **changes))


def imported(path: Path, **how: Any) -> Tally:
    return import_readings(readings(path), **{"publish": True, **how})


def own_form(version: int = 1) -> FormVersion:
    section = {"key": "a", "title": "A", "fields": [{"key": "b", "label": "B", "type": "text"}]}
    return FormVersion.objects.create(
        form_key="ong",
        version=version,
        title="Tờ khai nuôi ong",
        procedure_codes=[BEES],
        definition={
            "form_key": "ong", "version": version, "title": "Tờ khai nuôi ong",
            "sections": [section],
        },
    )  # fmt: skip


def test_a_form_made_later_comes_in_a_new_version_and_running_dossiers_keep_theirs(
    tmp_path: Path,
) -> None:
    imported(bees(tmp_path))
    before = published_terms(BEES)

    assert carry_form(form_id=own_form().pk) == 1

    now = published_terms(BEES)
    assert (now.version_number, now.form.key) == (2, "ong")
    assert terms_of(before.version_id).form == before.form
    assert before.form.key == FORM["form_key"]
    old = ProcedureVersion.objects.get(pk=before.version_id)
    assert (old.status, old.valid_to) == (VersionStatus.REPLACED, clock.now().date())
    assert carry_form(form_id=FormVersion.objects.get(form_key="ong").pk) == 0  # once is enough


def test_a_second_version_of_a_form_takes_the_place_of_the_first(tmp_path: Path) -> None:
    own_form()
    imported(bees(tmp_path))
    before = published_terms(BEES)

    carry_form(form_id=own_form(version=2).pk)

    assert published_terms(BEES).form.version == 2
    assert terms_of(before.version_id).form.version == 1


def test_a_draft_that_waits_is_published_after_the_form_came_in(tmp_path: Path) -> None:
    imported(bees(tmp_path))
    changed = bees(tmp_path, name="Đăng ký nuôi ong mật")
    imported(changed, publish=False)

    carry_form(form_id=own_form().pk)
    imported(changed)

    now = published_terms(BEES)
    assert (now.procedure_name, now.form.key) == ("Đăng ký nuôi ong mật", "ong")
    assert now.version_number == 3


def test_seeding_again_changes_no_version(tmp_path: Path) -> None:
    imported(bees(tmp_path))
    before = list(ProcedureVersion.objects.order_by("pk").values("pk", "status", "form_id"))

    assert seed_forms() == 0

    assert list(ProcedureVersion.objects.order_by("pk").values("pk", "status", "form_id")) == before


def test_the_generic_form_of_a_running_dossier_outlives_a_change_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(bees(tmp_path))
    before = published_terms(BEES)
    shorter = FORM | {"sections": FORM["sections"][:1], "owner": {}}
    monkeypatch.setattr(forms, "FORM", shorter)

    imported(bees(tmp_path, decision="2/QĐ"))

    assert len(terms_of(before.version_id).form.sections) == len(FORM["sections"])
    now = published_terms(BEES).form
    assert len(now.sections) == 1
    assert now.version == before.form.version + 1
    assert now.title == before.form.title == "Đơn đề nghị: Đăng ký nuôi ong"


def test_no_version_is_listed_without_a_form(tmp_path: Path) -> None:
    imported(bees(tmp_path))
    version = ProcedureVersion.objects.get(pk=published_terms(BEES).version_id)

    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=version.pk).update(form=None)


def test_the_authority_promises_less_time_than_the_law_in_a_new_version(tmp_path: Path) -> None:
    imported(bees(tmp_path))
    before = published_terms(BEES)

    call_command("local_limit", BEES, "2", "--by-decision", "5/QĐ-UBND", "--agency", "UBND xã")

    now = published_terms(BEES)
    assert now.time_limit is not None and now.time_limit.value == 2
    assert terms_of(before.version_id).time_limit == before.time_limit
    assert now.version_number == 2
    assert find(BEES).found[0].time_text == "2 ngày làm việc"
    call_command("local_limit", BEES, "0", "--by-decision", "6/QĐ-UBND")
    assert published_terms(BEES).time_limit == before.time_limit


@pytest.mark.parametrize(
    ("limit", "decision", "code"),
    [
        (Duration(4, "working_day"), "5/QĐ", "limit_too_long"),
        (Duration(25, "working_hour"), "5/QĐ", "limit_too_long"),
        (Duration(1, "month"), "5/QĐ", "limit_unit_differs"),
        (Duration(3, "calendar_day"), "5/QĐ", "limit_unit_differs"),
        (Duration(-1, "working_day"), "5/QĐ", "limit_too_short"),
        (Duration(2, "working_day"), " ", "decision_missing"),
    ],
)
def test_a_local_limit_never_exceeds_the_law(
    tmp_path: Path, limit: Duration, decision: str, code: str
) -> None:
    imported(bees(tmp_path))

    with pytest.raises(Refused) as refused:
        set_local_limit(code=BEES, limit=limit, decision=decision)

    assert code in [reason.code for reason in refused.value.reasons]
    assert published_terms(BEES).version_number == 1


def test_a_law_that_becomes_stricter_than_the_promise_takes_its_place(tmp_path: Path) -> None:
    imported(bees(tmp_path))
    set_local_limit(code=BEES, limit=Duration(2, "working_day"), decision="5/QĐ")
    stricter = a_record()["channels"]
    stricter[0]["options"][0]["duration"]["value"] = 1

    tally = imported(bees(tmp_path, channels=stricter))

    now = published_terms(BEES).time_limit
    assert now is not None and now.value == 1
    assert "Thời hạn địa phương không còn trong luật định mới" in [
        flaw.problem for flaw in tally.flaws
    ]


def test_a_version_of_tomorrow_is_not_shown_before_tomorrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(bees(tmp_path))
    later = bees(tmp_path, name="Đăng ký nuôi ong mật")

    tally = imported(later, on=TOMORROW)
    again = imported(later)  # the nightly import in between does not bring it forward

    assert (tally.scheduled, tally.published, again.published) == (1, 0, 0)
    assert publish_due() == 0
    assert published_terms(BEES).procedure_name == "Đăng ký nuôi ong"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    assert publish_due() == 1
    assert published_terms(BEES).procedure_name == "Đăng ký nuôi ong mật"
    version = ProcedureVersion.objects.get(pk=published_terms(BEES).version_id)
    assert version.valid_from == TOMORROW


def test_a_day_without_publishing_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--publish"):
        call_command("import_procedures", str(bees(tmp_path)), "--from", "2030-01-01")
