"""What is on the list stays on it, the newest last: two at once, days to come, older drafts, abolition."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.audit.models import Entry
from motcua.core import clock
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions import forms, publishing
from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.actions.publishing import publish_due, publish_versions
from motcua.procedures.actions.succeeding import set_local_limit
from motcua.procedures.forms.generic import FORM
from motcua.procedures.importing.sources import readings
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries import find, procedure_page, published_terms, search, terms_of
from motcua.procedures.tests.records import a_file, a_packet, a_record
from motcua.procedures.types import Duration, VersionStatus

BEES, KITES = "1.000001", "1.000002"
DECISION = "9/QĐ-UBND ngày 20/11/2026"
TWO_DAYS = Duration(2, "working_day")


@pytest.fixture(autouse=True)
def _no_index_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its revision may be the same: a test's publications are taken back after it."""
    monkeypatch.setattr(search, "_current", [])


def imported(folder: Path, *records: Any, **how: Any) -> Tally:
    return import_readings(readings(a_file(folder, *records)), **{"publish": True, **how})


def in_days(number: int) -> date:
    return clock.now().date() + timedelta(days=number)


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))


def statuses(code: str = BEES) -> list[tuple[int, str]]:
    rows = ProcedureVersion.objects.filter(procedure__code=code).order_by("number")
    return list(rows.values_list("number", "status"))


def meanwhile(monkeypatch: pytest.MonkeyPatch, done: Callable[[], object]) -> Thread:
    """While the first publication stands between reading and writing, somebody else does this."""
    really, met = publishing._replace, list[Thread]()

    def act() -> None:
        done()
        connection.close()

    other = Thread(target=act)

    def between(*given: Any) -> None:
        if not met:
            met.append(other)
            other.start()
            other.join(1)  # it waits for the lock; without one it would be through by now
        really(*given)

    monkeypatch.setattr(publishing, "_replace", between)
    return other


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_the_same_draft_at_once_leave_it_on_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, a_record())
    imported(tmp_path, a_record(name="Nuôi ong mật"), publish=False)
    draft = ProcedureVersion.objects.get(procedure__code=BEES, number=2)
    done = list[int]()
    other = meanwhile(monkeypatch, lambda: done.append(publish_versions(version_ids=[draft.pk])))

    done.append(publish_versions(version_ids=[draft.pk]))
    other.join(20)

    assert sorted(done) == [0, 1]
    assert statuses() == [(1, "replaced"), (2, "published")]


@pytest.mark.django_db(transaction=True)
def test_what_is_abolished_while_it_is_being_published_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, a_record())
    imported(tmp_path, a_record(name="Nuôi ong mật"), publish=False)
    draft = ProcedureVersion.objects.get(procedure__code=BEES, number=2)
    other = meanwhile(monkeypatch, lambda: abolish_procedure(code=BEES, decision=DECISION))

    publish_versions(version_ids=[draft.pk])
    other.join(20)

    assert Procedure.objects.get(code=BEES).abolished_by == DECISION
    assert "published" not in dict(statuses()).values()


@pytest.mark.django_db
def test_a_version_that_waited_does_not_come_back_over_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, a_record())
    imported(tmp_path, a_record(name="Nuôi ong A"), on=in_days(5))
    imported(tmp_path, a_record(name="Nuôi ong B"))
    older = ProcedureVersion.objects.get(procedure__code=BEES, number=2)
    later(monkeypatch, 5)

    assert publish_due() == 0
    assert publish_versions(version_ids=[older.pk]) == 0

    assert published_terms(BEES).procedure_name == "Nuôi ong B"
    assert set_local_limit(code=BEES, limit=TWO_DAYS, decision=DECISION).version.number == 4


@pytest.mark.django_db
def test_a_new_version_is_numbered_after_everything_that_was_ever_shown(tmp_path: Path) -> None:
    for name in ("A", "B", "C"):
        imported(tmp_path, a_record(name=f"Nuôi ong {name}"))
    rows = ProcedureVersion.objects.filter(procedure__code=BEES)
    rows.filter(number=3).update(status=VersionStatus.REPLACED)  # as an older release left it
    rows.filter(number=2).update(status=VersionStatus.PUBLISHED)

    after = set_local_limit(code=BEES, limit=TWO_DAYS, decision=DECISION).version

    assert (after.number, published_terms(BEES).procedure_name) == (4, "Nuôi ong B")


@pytest.mark.django_db
def test_two_days_to_come_are_both_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported(tmp_path, a_record())
    imported(tmp_path, a_record(name="Nuôi ong A"), on=in_days(2))
    imported(tmp_path, a_record(name="Nuôi ong B"), on=in_days(5))

    shown = []
    for _ in range(2):
        later(monkeypatch, 3)
        publish_due()
        shown.append(published_terms(BEES).procedure_name)

    assert shown == ["Nuôi ong A", "Nuôi ong B"]


@pytest.mark.django_db
def test_a_day_gone_by_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_record())

    with pytest.raises(CommandError, match="đã qua"):
        call_command("import_procedures", str(path), "--publish", "--from", "2020-01-01")

    assert not Procedure.objects.filter(code=BEES).exists()


@pytest.mark.django_db
def test_what_the_source_hides_from_a_day_on_stays_listed_until_that_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, a_packet())
    hidden = a_packet(TRANGTHAI="0")

    first = imported(tmp_path, hidden, on=in_days(3))
    nightly = imported(tmp_path, hidden)

    assert (first.scheduled, first.abolished, nightly.abolished) == (1, 0, 0)
    assert published_terms(KITES)
    later(monkeypatch, 3)
    assert publish_due() == 0
    with pytest.raises(NotFound):
        published_terms(KITES)
    assert Procedure.objects.get(code=KITES).abolished_by_source


@pytest.mark.django_db
def test_what_the_authority_abolished_stays_so_whatever_changes_at_the_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(tmp_path, a_record())
    abolish_procedure(code=BEES, decision=DECISION)
    path = a_file(tmp_path, a_record(decision="2/QĐ"))

    call_command("import_procedures", str(path), "--publish")

    told = capsys.readouterr().out
    assert "công bố 0" in told
    assert "giữ nháp vì cơ quan đã bãi bỏ 1" in told
    assert "nguồn còn công bố" in told
    with pytest.raises(NotFound):
        published_terms(BEES)
    call_command("abolish_procedure", BEES, "--by-decision", "10/QĐ-UBND", "--restore")
    assert (published_terms(BEES).version_number, procedure_page(BEES).decision) == (2, "2/QĐ")
    with pytest.raises(CommandError, match="không ở trạng thái bãi bỏ"):
        call_command("abolish_procedure", BEES, "--by-decision", "10/QĐ-UBND", "--restore")


@pytest.mark.django_db
def test_a_procedure_restored_without_new_content_says_what_it_said(tmp_path: Path) -> None:
    imported(tmp_path, a_record())
    abolish_procedure(code=BEES, decision=DECISION)

    call_command("abolish_procedure", BEES, "--by-decision", "10/QĐ-UBND", "--restore")

    now = published_terms(BEES)
    assert (now.version_number, now.procedure_name) == (2, "Đăng ký nuôi ong")


@pytest.mark.django_db
def test_the_journal_names_who_did_it_and_every_procedure(tmp_path: Path) -> None:
    call_command("import_procedures", str(a_file(tmp_path, a_record())), "--publish")
    call_command("local_limit", BEES, "2", "--by-decision", "5/QĐ\x00-UBND")
    call_command("abolish_procedure", BEES, "--by-decision", DECISION)

    deeds = {entry.deed: entry for entry in Entry.objects.filter(actor__startswith="machine:")}

    assert {"catalogue.publish", "catalogue.local_limit", "catalogue.abolish"} <= set(deeds)
    assert f"{BEES} v2" in bytes(deeds["catalogue.publish"].body).decode()
    assert "5/QĐ-UBND" in bytes(deeds["catalogue.local_limit"].body).decode()


@pytest.mark.django_db
def test_words_too_long_for_a_decision_are_a_reason(tmp_path: Path) -> None:
    imported(tmp_path, a_record())

    with pytest.raises(Refused) as refused:
        set_local_limit(code=BEES, limit=TWO_DAYS, decision="x" * 251)

    assert [reason.code for reason in refused.value.reasons] == ["decision_too_long"]


@pytest.mark.django_db
def test_the_finder_and_the_page_tell_the_same_promise(tmp_path: Path) -> None:
    imported(tmp_path, a_record())
    waiting = a_record(name="Nuôi ong mật")
    imported(tmp_path, waiting, publish=False)
    set_local_limit(code=BEES, limit=TWO_DAYS, decision=DECISION)

    imported(tmp_path, waiting)

    assert procedure_page(BEES).time_text == find(BEES).found[0].time_text == "2 ngày làm việc"


@pytest.mark.django_db
def test_a_draft_that_cannot_keep_the_promise_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(tmp_path, a_record())
    stricter = a_record()["channels"]
    stricter[0]["options"][0]["duration"]["value"] = 1
    imported(tmp_path, a_record(channels=stricter), publish=False)

    call_command("local_limit", BEES, "2", "--by-decision", DECISION)

    assert "Bản nháp phiên bản 3 không giữ được" in capsys.readouterr().out
    assert ProcedureVersion.objects.get(procedure__code=BEES, number=3).local_limit_value is None


@pytest.mark.django_db
def test_the_generic_form_is_renewed_in_new_versions_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(tmp_path, a_record())
    before = published_terms(BEES)
    monkeypatch.setattr(forms, "FORM", FORM | {"sections": FORM["sections"][:1], "owner": {}})

    call_command("refresh_catalogue")
    assert published_terms(BEES).version_number == 1
    call_command("refresh_catalogue", "--generic-form")

    now = published_terms(BEES)
    assert (now.version_number, len(now.form.sections)) == (2, 1)
    assert len(terms_of(before.version_id).form.sections) == len(FORM["sections"])
    call_command("refresh_catalogue", "--generic-form")
    assert published_terms(BEES).version_number == 2
