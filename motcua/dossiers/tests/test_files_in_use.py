"""A draft thrown away takes its photos with it; whatever a dossier refers to stays for good."""

import os
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import Settings as SettingsWrapper

from motcua.core.errors import NotFound
from motcua.dossiers.actions.drafting import discard_draft
from motcua.dossiers.actions.papers import attach, keep_all, remove_document
from motcua.dossiers.jobs import issue_slip
from motcua.dossiers.models import Document, Dossier
from motcua.dossiers.queries_files import digests_in_use
from motcua.dossiers.workflow import Status
from motcua.files import parser
from motcua.files.actions import BUDGET, store, sweep_orphans
from motcua.files.models import StoredBlob
from motcua.files.queries import read_file
from motcua.files.shelf import place
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, attach_all, fill_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_root(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def a_photo(name: str, grey: int = 240) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 80), (grey, grey, grey)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def a_night_later(files_root: Path) -> int:
    for path in (files_root / "kept").rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    return sweep_orphans()


def kept() -> set[str]:
    return set(StoredBlob.objects.values_list("digest", flat=True))


def test_the_photos_of_a_draft_lan_throws_away_are_gone_the_next_night(
    cast: Cast, files_root: Path
) -> None:
    draft = a_dossier(cast, Status.DRAFT)
    slot = terms_of(draft.procedure_version_id).slots[0].code
    attach(citizen=cast.lan, reference=draft.reference, slot=slot,
           uploads=[a_photo("truoc.jpg"), a_photo("sau.jpg", 60)])  # fmt: skip
    assert len(kept()) == 3  # two photos, and the PDF that they became

    assert a_night_later(files_root) == 2
    assert kept() == {draft.documents.get().digest}

    discard_draft(citizen=cast.lan, reference=draft.reference)
    assert a_night_later(files_root) == 1
    assert kept() == set()
    assert [path for path in files_root.rglob("*") if path.is_file()] == []


def test_papers_slips_and_result_outlive_every_night(cast: Cast, files_root: Path) -> None:
    ready = a_dossier(cast, Status.RESULT_READY)
    issue_slip(ready.moves.get(step="accept").pk)
    draft = a_dossier(cast, Status.DRAFT)
    fill_all(cast, draft)
    attach_all(cast, draft)
    ready.refresh_from_db()
    needed = {
        ready.result_digest,
        *ready.slips.values_list("digest", flat=True),
        *Document.objects.values_list("digest", flat=True),
    }
    assert len(needed) >= 4

    a_night_later(files_root)

    assert kept() == needed
    assert all(read_file(digest) for digest in needed)
    assert digests_in_use([*needed, "0" * 64]) == needed


def test_a_paper_taken_out_after_filing_stays_on_record(cast: Cast, files_root: Path) -> None:
    asked = a_dossier(cast, Status.PRE_SUPPLEMENT)
    paper = asked.documents.first()
    assert paper is not None
    remove_document(citizen=cast.lan, reference=asked.reference, document_id=paper.pk)

    a_night_later(files_root)

    assert read_file(paper.digest)


def test_one_content_in_two_dossiers_stays_for_the_other(cast: Cast, files_root: Path) -> None:
    first, other = (a_dossier(cast, Status.DRAFT) for _ in range(2))
    for draft in (first, other):
        slot = terms_of(draft.procedure_version_id).slots[0].code
        attach(
            citizen=cast.lan, reference=draft.reference, slot=slot, uploads=[a_photo("cccd.jpg")]
        )
    assert Dossier.objects.count() == 2

    discard_draft(citizen=cast.lan, reference=first.reference)

    assert a_night_later(files_root) == 0
    assert read_file(other.documents.get().digest)


def test_a_file_kept_at_the_counter_is_held_until_the_dossier_refers_to_it(
    cast: Cast, files_root: Path
) -> None:
    kept = store(a_photo("giay.jpg"), "giay.jpg", cast.hung.actor)
    os.utime(place(kept.digest), (0, 0))  # chosen yesterday; the page is still open

    assert keep_all([("GT1", "giay.jpg", kept)], cast.hung.actor) == [("GT1", kept)]

    assert sweep_orphans() == 0
    assert a_night_later(files_root) == 1  # nothing came of it
    with pytest.raises(NotFound):
        keep_all([("GT1", "giay.jpg", kept)], cast.hung.actor)


def test_lans_photos_and_the_pdf_they_become_share_the_time_of_one_request(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = a_dossier(cast, Status.DRAFT)
    slot = terms_of(draft.procedure_version_id).slots[0].code
    really, asked = parser.ask, []

    def ask(deed: str, until: float, **facts: Any) -> dict[str, Any]:
        asked.append((deed, until))
        return really(deed, until, **facts)

    monkeypatch.setattr(parser, "ask", ask)
    latest = monotonic() + BUDGET

    attach(citizen=cast.lan, reference=draft.reference, slot=slot,
           uploads=[a_photo("truoc.jpg"), a_photo("sau.jpg", 60)])  # fmt: skip

    assert [deed for deed, _ in asked] == ["inspect", "inspect", "join"]
    [until] = {until for _, until in asked}
    assert latest <= until <= monotonic() + BUDGET
