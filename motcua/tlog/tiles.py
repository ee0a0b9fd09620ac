"""The log as files, by C2SP tlog-tiles: rows of 256 hashes that are written once and never changed.

One writer, many readers. Every file is whole and on the disk before its name exists, so that after
a crash the same leaves are simply appended again: equal bytes are left as they are, a differing
byte is a `Conflict`.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from motcua.tlog import note
from motcua.tlog.tree import HASH_BYTES, node_hash

HEIGHT = 8  # levels of the tree in one tile
WIDTH = 1 << HEIGHT
TILES_IN_MEMORY = 256


class Conflict(Exception):
    """The log as it stands contradicts what should be written: it was changed, or restored."""


class MissingHash(LookupError):
    """No tile holds this hash."""


def tile_path(level: int, number: int, width: int = WIDTH) -> str:
    """Where tile `number` of a level lies: tile/0/x001/234, and .p/17 behind it while it is narrow."""
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03d}")
    whole = f"tile/{level}/{'/'.join(parts)}"
    return whole if width == WIDTH else f"{whole}.p/{width}"


class Tiles:
    """A log under one folder, which a web server may serve as it is."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._whole = lru_cache(TILES_IN_MEMORY)(self._read_whole)

    def append(self, start: int, leaves: Sequence[bytes]) -> None:
        """Write the hashes of leaves start, start + 1 … and of what they complete above them.

        The leaves before `start` are there already. Doing it again changes nothing.
        """
        level, hashes = 0, list(leaves)
        while hashes:
            hashes = self._append_at(level, start, hashes)
            level, start = level + 1, start >> HEIGHT

    def hash_at(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree over leaves index * 2**level …: a `tree.Read`."""
        below = level % HEIGHT
        first = index << below
        number, offset = first >> HEIGHT, first % WIDTH
        return _top(self._hashes(level // HEIGHT, number, offset + (1 << below))[offset:])

    def leaves(self, start: int, end: int) -> Iterator[bytes]:
        """The hashes of leaves start … end - 1."""
        while start < end:
            number, offset = start >> HEIGHT, start % WIDTH
            until = min(end - (number << HEIGHT), WIDTH)
            yield from self._hashes(0, number, until)[offset:until]
            start = (number << HEIGHT) + until

    def publish(self, signed: bytes) -> None:
        """Make this signed checkpoint the one that everybody sees. It may not shrink the log."""
        new, old = note.Checkpoint.parse(note.parse(signed).text), self.checkpoint()
        if old is not None:
            shown = note.Checkpoint.parse(note.parse(old).text)
            if new.size < shown.size or (new.size == shown.size and new.root != shown.root):
                raise Conflict(f"a checkpoint of {shown.size} leaves is out, now one of {new.size}")
        replace_durably(self.root / "checkpoint", signed)

    def checkpoint(self) -> bytes | None:
        """The signed checkpoint that everybody sees."""
        try:
            return (self.root / "checkpoint").read_bytes()
        except FileNotFoundError:
            return None

    def _append_at(self, level: int, start: int, hashes: Sequence[bytes]) -> list[bytes]:
        """Add to the tiles of one level; the hashes of the tiles that became full."""
        if start:
            self.hash_at(level * HEIGHT, start - 1)  # no gap before the new ones
        row = [*self._hashes(level, start >> HEIGHT, start % WIDTH), *hashes]
        full = []
        for at in range(0, len(row), WIDTH):
            tile, number = row[at : at + WIDTH], (start >> HEIGHT) + at // WIDTH
            self._write(level, number, b"".join(tile))
            if len(tile) == WIDTH:
                full.append(_top(tile))
        return full

    def _write(self, level: int, number: int, tile: bytes) -> None:
        """Write a tile, full or narrow, unless it contradicts what is there."""
        there = self._widest(level, number)
        shorter = min(len(there), len(tile))
        path = self.root / tile_path(level, number, len(tile) // HASH_BYTES)
        if there[:shorter] != tile[:shorter]:
            raise Conflict(f"{path.relative_to(self.root)} would differ from what is there")
        if len(there) < WIDTH * HASH_BYTES:
            write_once(path, tile)
        if max(len(there), len(tile)) == WIDTH * HASH_BYTES:
            self._forget_narrow(level, number)

    def _hashes(self, level: int, number: int, count: int) -> list[bytes]:
        """The first `count` hashes of a tile."""
        if count == 0:
            return []
        tile = self._widest(level, number)
        if len(tile) < count * HASH_BYTES:
            raise MissingHash(f"{tile_path(level, number)} has fewer than {count} hashes")
        return [tile[at : at + HASH_BYTES] for at in range(0, count * HASH_BYTES, HASH_BYTES)]

    def _widest(self, level: int, number: int) -> bytes:
        """The tile as far as it is written; empty if there is none."""
        for _ in range(
            3
        ):  # a narrow one may go away under our hands, because the full one is there
            try:
                return self._whole(level, number)
            except FileNotFoundError:
                pass
            width = max(self._narrow_widths(level, number), default=0)
            if not width:
                return b""
            try:
                return self._read(tile_path(level, number, width), width)
            except FileNotFoundError:
                continue
        raise MissingHash(f"{tile_path(level, number)} cannot be read")

    def _narrow_widths(self, level: int, number: int) -> list[int]:
        folder = self.root / f"{tile_path(level, number)}.p"
        try:
            return [int(name) for name in os.listdir(folder) if name.isdecimal()]
        except FileNotFoundError:
            return []

    def _forget_narrow(self, level: int, number: int) -> None:
        folder = self.root / f"{tile_path(level, number)}.p"
        if folder.exists():
            for path in folder.iterdir():
                path.unlink(missing_ok=True)
            folder.rmdir()

    def _read_whole(self, level: int, number: int) -> bytes:
        return self._read(tile_path(level, number), WIDTH)

    def _read(self, path: str, width: int) -> bytes:
        tile = (self.root / path).read_bytes()
        if len(tile) != width * HASH_BYTES:
            raise Conflict(f"{path} has {len(tile)} bytes")
        return tile


def _top(hashes: Sequence[bytes]) -> bytes:
    """The root of a complete tree over these."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [node_hash(left, right) for left, right in pairs]
    return hashes[0]


def write_once(path: Path, content: bytes) -> None:
    """Give `content` this name for good. Equal bytes may be there already, others may not."""
    draft = _draft(path, content)
    try:
        os.link(draft, path)
        _sync_folder(path.parent)
    except FileExistsError:
        if path.read_bytes() != content:
            raise Conflict(f"{path} is there with other bytes") from None
    finally:
        draft.unlink()


def replace_durably(path: Path, content: bytes) -> None:
    """Let `path` say this from now on: either the old bytes or the new are there, whatever happens."""
    _draft(path, content).replace(path)
    _sync_folder(path.parent)


def _draft(path: Path, content: bytes) -> Path:
    """The content on the disk, beside `path`, under a name that nobody reads."""
    _make_folder(path.parent)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with os.fdopen(handle, "wb") as opened:
        os.fchmod(handle, 0o644)
        opened.write(content)
        opened.flush()
        os.fsync(handle)
    return Path(name)


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
