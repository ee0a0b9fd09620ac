"""The doctor: one line for each part, exit status 1 when something is wrong."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from PIL import Image
from pytest_django import Settings as SettingsWrapper

from motcua.audit.actions import record
from motcua.config import doctor
from motcua.core.actors import Actor, Role
from motcua.dossiers.models import Dossier, YearCount
from motcua.dossiers.workflow import Status
from motcua.files import shelf
from motcua.files.actions import store
from motcua.sites.backoffice.findings import Finding
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

HUNG = Actor(Role.DESK_OFFICER, "post:1", "Phạm Văn Hùng")
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_fault_is_one_line_with_what_to_do() -> None:
    fault = Finding("Tệp tĩnh", "Chưa gom.", False, "Chạy bin/run --prepare.")

    assert doctor.line(fault) == "✗ Tệp tĩnh: Chưa gom. → Chạy bin/run --prepare."
    assert doctor.line(Finding("Tệp tĩnh", "Đã gom.")) == "✓ Tệp tĩnh: Đã gom."


@pytest.mark.parametrize(("well", "status"), [(True, 0), (False, 1)])
def test_the_exit_status_says_whether_all_is_well(
    well: bool,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def examined(*, quick: bool) -> Iterator[Finding]:
        yield Finding("Cấu hình", "Đúng.")
        yield Finding("Kho tệp", "Còn trống 3%.", well, "Thêm đĩa.")

    monkeypatch.setattr(doctor, "examination", examined)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@/nothing")

    assert doctor.main([]) == status
    assert ("→ Thêm đĩa." in capsys.readouterr().out) is not well


@pytest.mark.django_db
def test_a_journal_that_was_altered_is_named() -> None:
    record(HUNG, "dossier.accept", "dossier:7", at=AT)
    assert doctor.journal().well

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_entry SET actor = 'post:99' WHERE subject = 'dossier:7'")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")

    assert not doctor.journal().well
    assert "dossier:7 #1" in doctor.journal().text


@pytest.mark.django_db
def test_a_kept_file_that_is_gone_is_named(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    photo = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(photo, "PNG")
    kept = store(photo.getvalue(), "a.png")
    assert doctor.files().well

    shelf.place(kept.digest).unlink()

    assert not doctor.files().well
    assert kept.digest in doctor.files().text


@pytest.mark.django_db
def test_figures_that_say_what_no_dossier_says_are_noticed(cast: Cast) -> None:
    assert doctor.figures().well

    YearCount.objects.create(agency=cast.ward, year=2026, channel="post", received=3)

    assert not doctor.figures().well
    assert "1 dòng không khớp hồ sơ" in doctor.figures().text


@pytest.mark.django_db
def test_a_date_that_no_move_gives_is_noticed(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    assert doctor.dates().well

    Dossier.objects.filter(pk=dossier.pk).update(due_at=dossier.created_at)

    assert not doctor.dates().well
    assert "1 hồ sơ" in doctor.dates().text
