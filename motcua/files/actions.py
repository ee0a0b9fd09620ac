"""Taking files in: looked at, written to the disk for good, and only then recorded."""

import errno
import math
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from django.db import connection, transaction

from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.files import parser, queries, rules, shelf
from motcua.files.models import StoredBlob
from motcua.files.ports import in_use
from motcua.files.types import PDF, StoredFile

DAY = 24 * 60 * 60
BATCH = 500  # files the sweep looks at together
BUDGET = 60.0  # seconds for all the files of one request


class Upload(Protocol):
    """A file somebody sent: what the web framework hands over, or any open binary file."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`."""

    def seek(self, offset: int, /) -> object:
        """Go to this byte."""


Content = bytes | Upload


@transaction.atomic
def store(
    content: Content, name: str, by: Actor | None = None, until: float = math.inf
) -> StoredFile:
    """Nhận tệp: keep a file, or refuse it with a sentence saying what it is and what to do.

    An upload passes through memory in pieces. When this returns, the content is on the disk; the
    row becomes true with the caller's own. `until` is when the caller's time is up (`time_for`).
    """
    limits = queries.limits()
    pieces = _pieces(content)
    first = next(pieces, b"")
    kind, size = rules.kind_of(first), max(_size(content), len(first))
    if kind == rules.PACKED and size <= limits.size:
        kind = _packed_kind(_no_more_than(limits.size, chain([first], pieces)))
    # Judged by what it says of itself and by its beginning, before a byte of it is written.
    refuse_if(rules.objections(name, size, kind, limits))
    draft = _write(_no_more_than(limits.size, chain([first], pieces)))
    try:
        refuse_if(rules.objections(name, draft.size, kind, limits))
        told = parser.ask(
            "inspect", until, path=str(draft.path), kind=kind, pages=limits.pages,
            pixels=limits.pixels,
        )  # fmt: skip
        refuse_if(rules.trouble(name, told.get("refusal", ""), limits))
        return _keep(draft, StoredFile(draft.digest, draft.size, kind, told["pages"], name), by)
    finally:
        draft.path.unlink(missing_ok=True)


@transaction.atomic
def store_all(
    files: Iterable[tuple[str, Content]], by: Actor | None = None, until: float | None = None
) -> list[StoredFile]:
    """Nhận nhiều tệp: keep all of these (name, content) or, with the first refusal, none.

    They share one budget of time, so that no request holds its worker for longer than that; who
    does more in the same request says until when.
    """
    until = time_for() if until is None else until
    return [store(content, name, by, until) for name, content in files]


def time_for(seconds: float = BUDGET) -> float:
    """The `until` of somebody who has so many seconds from now."""
    return time.monotonic() + seconds


@transaction.atomic
def join_photos(
    digests: Sequence[str],
    name: str = "giay-to.pdf",
    by: Actor | None = None,
    until: float = math.inf,
) -> StoredFile:
    """Ghép ảnh: one A4 PDF out of photos (and PDFs), in the order given, each turned upright."""
    limits = queries.limits()
    facts = [queries.file_facts(digest) for digest in digests]
    if not facts:
        raise Refused([Reason("file_empty", "Mời ông/bà chọn ít nhất một ảnh để ghép.")])
    for digest in digests:
        queries.must_be_whole(digest)
    parts = [(str(shelf.place(fact.digest)), fact.kind) for fact in facts]
    path = shelf.draft_place()
    try:
        told = parser.ask(
            "join", until, parts=parts, pixels=limits.pixels, pages=limits.pages, out=str(path)
        )
        refuse_if(rules.trouble(name, told.get("refusal", ""), limits))
        refuse_if(rules.objections(name, path.stat().st_size, PDF, limits))
        draft = shelf.as_draft(path)
        return _keep(draft, StoredFile(draft.digest, draft.size, PDF, told["pages"], name), by)
    finally:
        path.unlink(missing_ok=True)


@transaction.atomic
def keep_made(path: Path, kind: str, pages: int, name: str) -> StoredFile:
    """Giữ tệp do hệ thống lập: a file that the house itself wrote beside the other drafts.

    It comes from nobody outside, so the bounds and the inspection of uploads do not apply.
    """
    draft = shelf.as_draft(path)
    return _keep(draft, StoredFile(draft.digest, draft.size, kind, pages, name), None)


@transaction.atomic
def hold(digests: Collection[str]) -> None:
    """Giữ tệp: for whoever begins to refer to files that were kept in an earlier request.

    They are young again, and until the caller's transaction ends the sweep leaves them alone;
    `NotFound` when it was faster.
    """
    for digest in sorted(digests):
        _lock_until_commit(digest)
    if _recorded(digests) != {*digests}:
        raise NotFound
    for digest in digests:
        shelf.make_young(digest)


def sweep_orphans(older_than: float = DAY) -> int:
    """Dọn tệp: throw away files that nobody refers to, and what a crash left on the disk.

    What is being handed in now is safe twice over. Storing makes a file young, also one that was
    here before, so a day passes before it is looked at; whoever stores for a form that is sent
    later has that day. And storing, like `hold`, has the shared side of a lock until its
    transaction ends; the sweep takes the other side or leaves the file, and asks once more whether
    it is still old and who refers to it.
    """
    gone = sum(map(_unlinked, shelf.aged_drafts(older_than)))
    aged = shelf.aged(older_than)
    while batch := {path.name: path for path in islice(aged, BATCH)}:
        unwanted = _recorded(batch.keys() - in_use(batch.keys()))
        _forget([batch[digest] for digest in unwanted], older_than)
        unknown = batch.keys() - _recorded(batch.keys())
        gone += sum(_drop_unknown(batch[digest], older_than) for digest in unknown)
    for path in shelf.aged_pictures(older_than=0):
        path.unlink(missing_ok=True)
    return gone


def _recorded(digests: Collection[str]) -> set[str]:
    rows = StoredBlob.objects.filter(digest__in=digests) if digests else StoredBlob.objects.none()
    return set(rows.values_list("digest", flat=True))


def _unlinked(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True


@transaction.atomic
def _forget(paths: Collection[Path], older_than: float) -> None:
    """Delete the rows of files nobody refers to. The files follow once that is true for good."""
    free = {path.name for path in paths if _may_go(path, older_than)}
    if free:
        StoredBlob.objects.filter(digest__in=free - in_use(free)).delete()


@transaction.atomic
def _drop_unknown(path: Path, older_than: float) -> bool:
    """Throw away a kept file that no row speaks of; whether it was one."""
    if not _may_go(path, older_than) or StoredBlob.objects.filter(digest=path.name).exists():
        return False
    return _unlinked(path)


def _lock_until_commit(digest: str) -> None:
    """The sweep leaves alone what somebody is storing or begins to refer to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [digest])


def _may_go(path: Path, older_than: float) -> bool:
    """Under the lock: not handed in once more since it was found, and nobody is about to."""
    return _is_free(path.name) and shelf.is_aged(path, older_than)


def _is_free(digest: str) -> bool:
    """Whether nobody is storing this very content; until commit, nobody begins to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [digest])
        return bool(cursor.fetchone()[0])


def _size(content: Content) -> int:
    """What an upload says that its size is; 0 when it does not say."""
    return len(content) if isinstance(content, bytes) else getattr(content, "size", None) or 0


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        if content:
            yield content
        return
    content.seek(0)
    while piece := content.read(shelf.PIECE):
        yield piece


def _packed_kind(pieces: Iterable[bytes]) -> str:
    """An office file names its parts where it likes: read on, so that the advice fits the file."""
    end = b""
    for piece in pieces:
        if rules.has_office_part(end + piece):
            return rules.OFFICE
        end = piece[-rules.PART_LENGTH :]
    return rules.PACKED


def _no_more_than(most: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces up to and with the one that is too much: enough to know, and no disk filled."""
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size > most:
            return


def _write(pieces: Iterable[bytes]) -> shelf.Draft:
    try:
        return shelf.write_draft(pieces)
    except OSError as trouble:
        if trouble.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        text = (
            "Hệ thống tạm hết chỗ lưu tệp, đây là lỗi của chúng tôi. Phần đã khai vẫn được giữ; "
            "mời ông/bà thử lại sau 15 phút."
        )
        raise Refused([Reason("disk_full", text)]) from trouble


def _keep(draft: shelf.Draft, facts: StoredFile, by: Actor | None) -> StoredFile:
    digest = draft.digest
    _lock_until_commit(digest)
    shelf.keep(draft.path, digest)
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
