"""Where files stand on disk: each under its fingerprint, whole or not at all."""

import contextlib
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

DIGEST_LENGTH = 64
PIECE = 1024 * 1024  # files pass through memory in pieces of this size, however large they are


@dataclass(frozen=True)
class Draft:
    """A content on the disk that nothing refers to yet."""

    path: Path
    digest: str
    size: int


def fingerprint(content: bytes) -> str:
    """The name a content is kept by."""
    return hashlib.sha256(content).hexdigest()


def place(digest: str) -> Path:
    """Where the file with this fingerprint stands, or would."""
    if not _is_fingerprint(digest):
        raise ValueError("Not a fingerprint.")
    return _root() / "kept" / digest[:2] / digest[2:4] / digest


def picture_place(digest: str, page: int, width: int) -> Path:
    """Where the picture of a page is kept for next time; may be thrown away at any moment."""
    folder = _root() / "pages" / place(digest).parent.relative_to(_root() / "kept")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{digest}-{page}-{width}.webp"


def draft_place() -> Path:
    """A place nobody else writes to."""
    folder = _root() / "drafts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / secrets.token_hex(16)


def write_draft(pieces: Iterable[bytes]) -> Draft:
    """Write a content where nothing refers to it yet, and make sure that it is on the disk."""
    path, mark, size = draft_place(), hashlib.sha256(), 0
    try:
        with path.open("xb") as opened:
            for piece in pieces:
                opened.write(piece)
                mark.update(piece)
                size += len(piece)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Draft(path, mark.hexdigest(), size)


def as_draft(path: Path) -> Draft:
    """What the process apart wrote to a draft place, once it is sure to be on the disk."""
    with path.open("rb") as opened:
        os.fsync(opened.fileno())
    return Draft(path, _mark(path), path.stat().st_size)


def keep(draft: Path, digest: str) -> None:
    """Give a draft its name, so that it survives a power cut from here on."""
    final = place(digest)
    fresh = [folder for folder in (final.parent, final.parent.parent) if not folder.exists()]
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft.chmod(0o440)
    draft.replace(final)
    for folder in (final.parent, *(folder.parent for folder in fresh)):
        _sync_folder(folder)


def read(digest: str) -> bytes | None:
    """The content under this fingerprint; None if it is absent or no longer what it was."""
    try:
        content = place(digest).read_bytes()
    except (FileNotFoundError, ValueError):
        return None
    return content if fingerprint(content) == digest else None


def is_whole(digest: str) -> bool:
    """Whether the content under this fingerprint is there and still what it was."""
    try:
        return _mark(place(digest)) == digest
    except (FileNotFoundError, ValueError):
        return False


def make_young(digest: str) -> None:
    """As if the file were kept just now."""
    with contextlib.suppress(FileNotFoundError):  # reported by whoever opens it
        os.utime(place(digest))


def is_aged(path: Path, older_than: float) -> bool:
    """Whether this file is there and was last made young longer ago than so many seconds."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_mtime < time.time() - older_than


def aged(older_than: float) -> Iterator[Path]:
    """Kept files that nobody has handed in again for so long: every storing makes a file young."""
    return _aged("kept", older_than)


def aged_drafts(older_than: float) -> Iterator[Path]:
    """Drafts that whoever was writing them has forgotten."""
    return _aged("drafts", older_than)


def aged_pictures(older_than: float) -> Iterator[Path]:
    """Pictures of pages of files that are gone."""
    for path in _aged("pages", older_than):
        digest = path.name.split("-", 1)[0]
        if _is_fingerprint(digest) and not place(digest).exists():
            yield path


def _aged(folder: str, seconds: float) -> Iterator[Path]:
    return (path for path in (_root() / folder).rglob("*") if is_aged(path, seconds))


def _is_fingerprint(name: str) -> bool:
    return len(name) == DIGEST_LENGTH and set(name) <= set("0123456789abcdef")


def _mark(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _root() -> Path:
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root
