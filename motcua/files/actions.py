"""Taking files in: looked at, written to the disk for good, and only then recorded."""

import errno
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.files import parser, queries, rules, shelf
from motcua.files.models import StoredBlob
from motcua.files.types import PDF, StoredFile

DAY = 24 * 60 * 60


@transaction.atomic
def store(content: bytes | IO[bytes] | Any, name: str, by: Actor | None = None) -> StoredFile:
    """Nhận tệp: keep a file, or refuse it with a sentence saying what it is and what to do.

    When this returns, the content is on the disk; the row becomes true with the caller's own.
    """
    limits = queries.limits()
    body = _body(content, limits.size + 1)
    kind = rules.kind_of(body)
    refuse_if(rules.objections(name, len(body), kind, limits))
    draft = _write(body)
    try:
        told = parser.ask(
            "inspect", path=str(draft), kind=kind, pages=limits.pages, pixels=limits.pixels
        )
        refuse_if(rules.trouble(name, told.get("refusal", ""), limits))
        return _keep(draft, body, StoredFile("", len(body), kind, told["pages"], name), by)
    finally:
        draft.unlink(missing_ok=True)


@transaction.atomic
def join_photos(
    digests: Sequence[str], name: str = "giay-to.pdf", by: Actor | None = None
) -> StoredFile:
    """Ghép ảnh: one A4 PDF out of photos (and PDFs), in the order given, each turned upright."""
    limits = queries.limits()
    facts = [queries.file_facts(digest) for digest in digests]
    if not facts:
        raise Refused([Reason("file_empty", "Mời ông/bà chọn ít nhất một ảnh để ghép.")])
    for digest in digests:
        queries.read_file(digest)
    parts = [(str(shelf.place(fact.digest)), fact.kind) for fact in facts]
    draft = shelf.draft_place()
    try:
        told = parser.ask(
            "join", parts=parts, pixels=limits.pixels, pages=limits.pages, out=str(draft)
        )
        refuse_if(rules.trouble(name, told.get("refusal", ""), limits))
        body = draft.read_bytes()
        refuse_if(rules.objections(name, len(body), PDF, limits))
        draft.unlink()
        draft = _write(body)
        return _keep(draft, body, StoredFile("", len(body), PDF, told["pages"], name), by)
    finally:
        draft.unlink(missing_ok=True)


def sweep_orphans(older_than: float = DAY) -> int:
    """Throw away files that no row speaks of: what a crash left between disk and commit."""
    gone = 0
    for path in list(shelf.aged(older_than)):
        with transaction.atomic():
            if _may_go(path):
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _may_go(path: Path) -> bool:
    if path.parent.name == "drafts":
        return True
    with connection.cursor() as cursor:
        # Whoever is storing this very content holds the shared side of this lock until commit.
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [path.name])
        free = cursor.fetchone()[0]
    return free and not StoredBlob.objects.filter(digest=path.name).exists()


def _body(content: bytes | IO[bytes] | Any, most: int) -> bytes:
    if isinstance(content, bytes):
        return content
    content.seek(0)
    body: bytes = content.read(most)
    return body


def _write(body: bytes) -> Path:
    try:
        return shelf.write_draft(body)
    except OSError as trouble:
        if trouble.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        text = (
            "Hệ thống tạm hết chỗ lưu tệp, đây là lỗi của chúng tôi. Phần đã khai vẫn được giữ; "
            "mời ông/bà thử lại sau 15 phút."
        )
        raise Refused([Reason("disk_full", text)]) from trouble


def _keep(draft: Path, body: bytes, facts: StoredFile, by: Actor | None) -> StoredFile:
    digest = shelf.fingerprint(body)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [digest])
    shelf.keep(draft, digest)
    row = StoredBlob(
        digest=digest,
        size=facts.size,
        kind=facts.kind,
        pages=facts.pages,
        stored_at=clock.now(),
        stored_by=by.key if by else "",
    )
    StoredBlob.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile(digest, row.size, row.kind, row.pages, rules.safe_name(facts.name))
