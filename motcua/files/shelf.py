"""Where files stand on disk: each under its fingerprint, whole or not at all."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

DIGEST_LENGTH = 64


def fingerprint(content: bytes) -> str:
    """The name a content is kept by."""
    return hashlib.sha256(content).hexdigest()


def place(digest: str) -> Path:
    """Where the file with this fingerprint stands, or would."""
    if len(digest) != DIGEST_LENGTH or not set(digest) <= set("0123456789abcdef"):
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


def write_draft(content: bytes) -> Path:
    """Write `content` where nothing refers to it yet, and make sure that it is on the disk."""
    draft = draft_place()
    with draft.open("xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    return draft


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


def aged(seconds: float) -> Iterator[Path]:
    """Kept files and forgotten drafts that nobody has touched for so long."""
    oldest = time.time() - seconds
    for folder in (_root() / "kept", _root() / "drafts"):
        for path in folder.rglob("*"):
            if path.is_file() and path.stat().st_mtime < oldest:
                yield path


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
