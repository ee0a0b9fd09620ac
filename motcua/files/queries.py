"""Reading kept files. Who may read which is decided where a document says so, not here."""

import io
import logging
from collections.abc import Iterator

from django.conf import settings

from motcua.core.errors import NotFound, Reason, Refused
from motcua.files import parser, shelf
from motcua.files.models import StoredBlob
from motcua.files.types import Limits, StoredFile

WIDTHS = (160, 480, 800, 1200, 1600, 2400)  # a picture of a page comes in these and no other
log = logging.getLogger(__name__)


def limits() -> Limits:
    """How large files may be on this installation; pages show it beside each file chooser."""
    standard = Limits()
    return Limits(
        size=getattr(settings, "FILE_MAX_BYTES", standard.size),
        pages=getattr(settings, "FILE_MAX_PAGES", standard.pages),
        pixels=getattr(settings, "FILE_MAX_PIXELS", standard.pixels),
    )


def file_facts(digest: str, name: str = "") -> StoredFile:
    """What is known of a kept file."""
    row = StoredBlob.objects.filter(digest=digest).first()
    if row is None:
        raise NotFound
    return StoredFile(row.digest, row.size, row.kind, row.pages, name)


def read_file(digest: str) -> bytes:
    """The content, checked against its fingerprint."""
    content = shelf.read(digest)
    if content is None:
        raise _damaged(digest)
    return content


def must_be_whole(digest: str) -> None:
    """Refuse to work on a kept file that is missing or damaged."""
    if not shelf.is_whole(digest):
        raise _damaged(digest)


def _damaged(digest: str) -> Refused:
    """The refusal for a file that was kept and is no longer what it was; `NotFound` for others."""
    file_facts(digest)
    log.critical("Kept file %s is missing or damaged.", digest)
    text = (
        "Tệp này tạm thời chưa mở được do lỗi của hệ thống; bộ phận kỹ thuật đã được báo. "
        "Mời ông/bà thử lại sau."
    )
    return Refused([Reason("file_damaged", text)])


def open_file(digest: str) -> io.BytesIO:
    """The content as an open file, checked against its fingerprint."""
    return io.BytesIO(read_file(digest))


def page_image(digest: str, page: int = 1, width: int = 800) -> bytes:
    """A WebP picture of one page (the first is 1), drawn once and kept."""
    facts = file_facts(digest)
    if not 1 <= page <= facts.pages:
        raise NotFound
    wide = next((size for size in WIDTHS if size >= width), WIDTHS[-1])
    picture = shelf.picture_place(digest, page, wide)
    if picture.exists():
        return picture.read_bytes()
    must_be_whole(digest)
    draft = shelf.draft_place()
    told = parser.ask(
        "draw",
        path=str(shelf.place(digest)),
        kind=facts.kind,
        page=page,
        width=wide,
        pixels=limits().pixels,
        out=str(draft),
    )
    if told.get("refusal"):
        draft.unlink(missing_ok=True)
        text = "Chưa hiển thị được trang này. Mời ông/bà tải tệp về để xem."
        raise Refused([Reason("page_not_drawn", text)])
    return draft.replace(picture).read_bytes()


def thumbnail(digest: str) -> bytes:
    """A small WebP picture of the first page."""
    return page_image(digest, 1, WIDTHS[0])


def damaged_files() -> Iterator[str]:
    """Fingerprints of kept files that are missing on disk or no longer what they were."""
    for digest in StoredBlob.objects.values_list("digest", flat=True).iterator(1000):
        if not shelf.is_whole(digest):
            yield digest
