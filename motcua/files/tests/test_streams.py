"""Uploads pass through memory in pieces, and no request waits for ever for the others."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from pytest_django import Settings as SettingsWrapper

from motcua.core.errors import Refused
from motcua.files import parser, queries, shelf
from motcua.files.actions import join_photos, store, store_all, time_for
from motcua.files.models import StoredBlob
from motcua.files.tests.test_files import a_pdf, photo
from motcua.files.types import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_root(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


class Stream(io.BytesIO):
    """An upload that remembers how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def a_long_pdf(megabytes: int) -> bytes:
    """A PDF followed by many comments, which a reader passes over."""
    return a_pdf(1) + b"\n%" + b"x" * (megabytes * 1024 * 1024) + b"\n"


@contextmanager
def somebody_elses_file_takes_long() -> Iterator[None]:
    with parser._lock:
        yield


def refused(*arguments: object, **options: object) -> str:
    with pytest.raises(Refused) as refusal:
        store(*arguments, **options)  # type: ignore[arg-type]
    [reason] = refusal.value.reasons
    return f"{reason.code}: {reason.text}"


def drafts(root: Path) -> list[Path]:
    return list((root / "drafts").glob("*"))


def test_an_upload_that_says_it_is_too_large_is_refused_by_its_first_piece(
    settings: SettingsWrapper, files_root: Path
) -> None:
    settings.FILE_MAX_BYTES = 2 * shelf.PIECE
    content = Stream(a_long_pdf(6))
    content.size = len(content.getvalue())  # type: ignore[attr-defined]

    assert refused(content, "a.pdf").startswith("file_too_large")
    assert content.taken == shelf.PIECE
    assert drafts(files_root) == []


def test_an_upload_that_does_not_say_its_size_is_read_no_further_than_the_limit(
    settings: SettingsWrapper, files_root: Path
) -> None:
    settings.FILE_MAX_BYTES = 2 * shelf.PIECE
    content = Stream(a_long_pdf(6))

    assert "lớn hơn 2 MB" in refused(content, "a.pdf")
    assert content.taken == 3 * shelf.PIECE
    assert drafts(files_root) == []


def test_what_cannot_be_taken_is_never_written(
    files_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "write_draft", lambda pieces: pytest.fail("written"))
    content = Stream(b"MZ" + b"\x00" * 5 * shelf.PIECE)

    assert "chương trình máy tính" in refused(content, "a.pdf")
    assert content.taken == shelf.PIECE


def packed(*names: str) -> bytes:
    """An archive whose entries before the last are a megabyte each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names[:-1]:
            archive.writestr(name, bytes(range(1, 129)) * 8192)
        archive.writestr(names[-1], "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (("docProps/thumbnail.jpeg", "customXml/item1.xml", "word/document.xml"), "tệp văn phòng"),
        (("anh-1.jpg", "anh-2.jpg", "crossword/xl/bang.txt"), "tệp nén"),
    ],
)
def test_an_office_file_is_called_one_wherever_it_names_its_parts(
    names: tuple[str, ...], what: str
) -> None:
    body = packed(*names)

    assert what in refused(body, "don.docx")
    assert what in refused(Stream(body), "don.docx")


def test_a_large_upload_needs_little_memory() -> None:
    body = a_long_pdf(12)
    upload = TemporaryUploadedFile("a.pdf", "application/pdf", len(body), None)
    upload.write(body)
    digest = shelf.fingerprint(body)
    tracemalloc.start()

    kept = store(upload, "a.pdf")

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6 * shelf.PIECE
    assert (kept.digest, kept.size, kept.kind) == (digest, len(body), PDF)
    assert queries.read_file(kept.digest) == body


def test_bytes_and_an_upload_of_the_same_content_are_one_file() -> None:
    upload = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    upload.read()  # somebody looked at it before

    assert store(upload, "a.jpg") == store(photo(), "a.jpg")


def test_a_connection_that_breaks_off_leaves_no_draft(files_root: Path) -> None:
    class Broken(Stream):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.taken:
                raise ConnectionError
            return super().read(size)

    with pytest.raises(ConnectionError):
        store(Broken(a_long_pdf(3)), "a.pdf")
    assert drafts(files_root) == []


def test_when_the_files_of_others_take_too_long_one_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, files_root: Path
) -> None:
    monkeypatch.setattr(parser, "QUEUE", 0.1)

    with somebody_elses_file_takes_long():
        said = refused(photo(), "a.jpg")

    assert "hệ thống đang bận. Mời ông/bà thử lại" in said
    assert drafts(files_root) == []
    assert store(photo(), "a.jpg").pages == 1


def test_all_files_of_a_request_share_one_budget_of_time() -> None:
    with somebody_elses_file_takes_long():
        begun = time.monotonic()
        with pytest.raises(Refused) as refusal:
            store_all(
                [(f"{n}.jpg", photo(size=(50 + n, 50))) for n in range(5)], until=time_for(0.3)
            )

    assert refusal.value.reasons[0].code == "file_busy"
    assert time.monotonic() - begun < 2


def test_when_the_time_is_up_the_file_is_not_blamed_and_the_next_is_taken() -> None:
    kept = store(photo(), "a.jpg")

    assert refused(a_pdf(), "b.pdf", until=time_for(0)).startswith("file_busy")
    with pytest.raises(Refused) as refusal:
        join_photos([kept.digest], until=time_for(0))
    assert refusal.value.reasons[0].code == "file_busy"
    assert store(a_pdf(), "b.pdf").pages == 2


def test_a_file_cut_short_by_the_budget_is_not_called_too_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store(photo(), "a.jpg")
    monkeypatch.setattr(parser._Probe, "_line", _late)

    assert refused(a_pdf(), "b.pdf", until=time_for(1)).startswith("file_busy")
    assert refused(a_pdf(), "b.pdf").startswith("file_too_slow")


def _late(probe: object, source: int, patience: float) -> bytes:
    raise TimeoutError


def test_of_several_files_all_are_kept_or_none() -> None:
    with pytest.raises(Refused):
        store_all([("a.jpg", photo()), ("b.exe", b"MZ" + b"\x00" * 100)])
    assert not StoredBlob.objects.exists()

    kept = store_all([("a.jpg", photo()), ("b.pdf", SimpleUploadedFile("b.pdf", a_pdf(3)))])
    assert [(file.name, file.pages) for file in kept] == [("a.jpg", 1), ("b.pdf", 3)]
