"""The sequencer: gives every committed entry its place in the log over all chains, and signs.

Three things, each safe to be killed after, and done again from the first that is missing:
leaves in the database (one statement, contiguous numbers); tiles on the disk, which follow from the
leaves byte for byte; the checkpoint, signed over leaves that are committed. So nothing is signed
twice with different content. No business row is read or locked.

Which entries wait: those without a leaf. An entry with a small number may be committed after one
with a large number, so "the largest number sealed" would lose it. What may be passed over for good is
`settled`: a number was seen while the transactions then under way had not ended; once they all have
(the horizon `xmin` has passed them), every entry up to that number is visible or will never be, and
what is visible is sealed. Under way then was at most what has a smaller transaction number than one
given behind the look; the `xmax` of a snapshot would not do: it is the last one *ended*, plus one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from motcua.audit import rules
from motcua.audit.log_keys import KeyTrouble, known_keys, origin, rotate, signing_key
from motcua.audit.models import Checkpoint, Leaf
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.tlog import note
from motcua.tlog.note import SigningKey, VerifierKey
from motcua.tlog.tiles import MissingHash, Tiles
from motcua.tlog.tree import Frontier

BATCH = 1000
LOCK = 4_217_062  # an advisory lock: one sequencer at a time, on whatever machine

TAKE = """
WITH waiting AS (
    SELECT id, sha256(%(header)s::bytea || salt || body) AS hash FROM audit_entry e
    WHERE id > %(after)s AND NOT EXISTS (
        SELECT FROM audit_leaf l WHERE l.entry_id = e.id AND l.entry_id > %(after)s
    )
    ORDER BY id LIMIT %(batch)s
)
INSERT INTO audit_leaf ("index", entry_id, hash)
SELECT (SELECT coalesce(max("index") + 1, 0) FROM audit_leaf) + row_number() OVER (ORDER BY id) - 1,
       id, hash
FROM waiting
RETURNING "index", entry_id, hash
"""
LOOK = """
SELECT pg_snapshot_xmin(s)::text::bigint, pg_current_xact_id()::text::bigint,
       (SELECT coalesce(max(id), 0) FROM audit_entry)
FROM pg_current_snapshot() s
"""


class LogTrouble(Exception):
    """The log is not the one that was signed: nothing more is signed until somebody looked."""


@dataclass(frozen=True)
class Seen:
    """What a look saw: up to `last` entries are numbered; whoever wrote them ends before `until`."""

    xmin: int
    until: int
    last: int


@contextmanager
def alone(*, wait: bool = False) -> Iterator[bool]:
    """Hold the one right to seal; False when another process has it and we do not `wait`."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            mine = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            mine = bool(cursor.fetchone()[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class Sequencer:
    """Seals in rounds; keeps the edge of the tree, and what it saw, from one round to the next."""

    def __init__(self, batch: int = BATCH, *, may_rebuild: bool = False) -> None:
        self.tiles, self.batch = Tiles(settings.LOG_ROOT), batch
        self.may_rebuild = may_rebuild  # somebody answers for it: see reopening.py
        self.edge: Frontier | None = None
        self.seen: Seen | None = None

    def round(self) -> int:
        """Seal everything that is committed by now; how many entries that were."""
        with alone() as mine:
            return self.seal() if mine else 0

    def seal(self) -> int:
        """A round for whoever is `alone` already."""
        key, last = signing_key(), _last()
        edge = self._caught_up(key, last)
        settled = last.settled if last else 0
        look = _look()
        passed = settled
        if self.seen is not None and look.xmin >= self.seen.until:
            passed = max(settled, self.seen.last)
        if self.seen is None or passed > settled or look.xmin >= self.seen.until:
            self.seen = look
        begun, after = edge.size, settled
        while rows := self._taken(after, edge.size):
            after = max(entry for _, entry, _ in rows)
            is_end = len(rows) < self.batch
            hashes = [hash_ for _, _, hash_ in rows]
            edge = self._sign(hashes, key, passed if is_end else settled, is_whole=is_end)
            if is_end:
                break
        return edge.size - begun

    def _taken(self, after: int, size: int) -> list[tuple[int, int, bytes]]:
        """The next leaves, committed; they must follow the `size` leaves that are known."""
        told: dict[str, Any] = {
            "header": b"\x00" + rules.LEAF_HEADER,
            "after": after,
            "batch": self.batch,
        }
        with connection.cursor() as cursor:
            cursor.execute(TAKE, told)
            rows = sorted((index, entry, bytes(hash_)) for index, entry, hash_ in cursor.fetchall())
        if rows and rows[0][0] != size:
            raise LogTrouble(
                f"Lá tiếp theo phải là {size}, trong cơ sở dữ liệu lại là {rows[0][0]}."
            )
        return rows

    def _caught_up(self, key: SigningKey, last: Checkpoint | None) -> Frontier:
        """The edge of the tree, after finishing what was cut off between leaf and checkpoint."""
        size, shown = last.size if last else 0, self._shown(last)
        if self.edge is None or self.edge.size != size:
            self.edge = self._edge_of(size, shown)
        if last and self.edge.root() != bytes(last.root):
            raise LogTrouble(f"Các tệp của sổ không cho ra dấu đã ký ở cỡ {size}.")
        if last and _is_of_this_log(last) and self.tiles.checkpoint() != bytes(last.note):
            self.tiles.publish(bytes(last.note))
        edge = self.edge
        while cut_off := _hashes(edge.size, self.batch):
            edge = self._sign(cut_off, key, last.settled if last else 0)
        return edge

    def _shown(self, last: Checkpoint | None) -> int:
        """How much of this log the files show. Never go on from less, nor without knowing it.

        Less in the database is an old backup, or worse. Files that are not there may have shown more
        than the database has: somebody has to answer for it that they did not (`rebuild_files`).
        """
        size, found = last.size if last else 0, self.tiles.checkpoint()
        shown = note.Checkpoint.parse(note.parse(found).text) if found is not None else None
        if shown and shown.origin != origin():
            self._set_aside(shown)
            shown = None
        if shown is None:
            if last and self._must_be_shown(last):
                raise LogTrouble(
                    f"Sổ đã ký {size} mục nhưng thư mục tệp của sổ không còn. Nếu cơ sở dữ liệu không "
                    "mất mục nào: bin/manage seal --rebuild-files; nếu vừa phục hồi từ bản sao lưu: "
                    "bin/manage reopen_log. Xem docs/howto/verify-the-journal.md."
                )
            return 0
        if shown.size > size:
            raise LogTrouble(
                f"Sổ đã công bố nhiều hơn {size} mục mà cơ sở dữ liệu đang có: có thể là bản sao lưu "
                "cũ. Xem docs/howto/verify-the-journal.md."
            )
        return shown.size

    def _set_aside(self, shown: note.Checkpoint) -> None:
        """The files of the log before this one: kept, but not shown under its address."""
        known = {each.key.name for each in known_keys()}
        if shown.origin not in known and not self.may_rebuild:
            raise LogTrouble(f"Thư mục tệp của sổ là của sổ khác ({shown.origin}): hãy dời nó đi.")
        root = Path(settings.LOG_ROOT)
        root.rename(root.with_name(f"{root.name}.{shown.size}-{shown.root.hex()[:8]}"))
        self.tiles, self.edge = Tiles(root), None

    def _must_be_shown(self, last: Checkpoint) -> bool:
        """Not before the first one of this log is: killed just then, only the tiles are there."""
        if self.may_rebuild or not _is_of_this_log(last):
            return False
        before = Checkpoint.objects.filter(size__lt=last.size).order_by("size").last()
        return bool(before and _is_of_this_log(before)) or not self._gives(last)

    def _gives(self, row: Checkpoint) -> bool:
        """Whether the tiles hold what this checkpoint counts."""
        try:
            return Frontier.of(row.size, self.tiles.hash_at).root() == bytes(row.root)
        except MissingHash:
            return False

    def _edge_of(self, size: int, done: int) -> Frontier:
        """The edge as the tiles give it; what they lack behind the `done` shown is added from the leaves.

        They lack it on a machine where another sealed meanwhile, or where they are written anew.
        """
        try:
            return Frontier.of(size, self.tiles.hash_at)
        except MissingHash:
            shown = Checkpoint.objects.filter(size=done).first()
            if done >= size or (done and not (shown and self._gives(shown))):
                raise
        while done < size:
            hashes = _hashes(done, min(self.batch, size - done))
            if not hashes:
                raise LogTrouble(f"Thiếu lá {done} của sổ đã ký.")
            self.tiles.append(done, hashes)
            done += len(hashes)
        return Frontier.of(size, self.tiles.hash_at)

    def _sign(
        self, hashes: Sequence[bytes], key: SigningKey, settled: int, *, is_whole: bool = False
    ) -> Frontier:
        """Tiles, then the checkpoint over them, then the world may see it."""
        edge = self.edge.copy() if self.edge else Frontier()
        self.tiles.append(edge.size, hashes)
        for hash_ in hashes:
            edge.append(hash_)
        signed = note.sign(note.Checkpoint(origin(), edge.size, edge.root()), key).signed
        Checkpoint.objects.create(
            size=edge.size, root=edge.root(), note=signed, settled=settled, is_whole=is_whole,
            at=clock.now(),
        )  # fmt: skip
        self.tiles.publish(signed)
        self.edge = edge
        return edge


def _last() -> Checkpoint | None:
    return Checkpoint.objects.order_by("size").last()


def _is_of_this_log(row: Checkpoint) -> bool:
    """Whether it was signed since the log was last begun, and not before."""
    return note.Checkpoint.parse(note.parse(bytes(row.note)).text).origin == origin()


def _look() -> Seen:
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        return Seen(*cursor.fetchone())


def _hashes(start: int, most: int) -> list[bytes]:
    """The hashes of the leaves from `start` on, without a gap."""
    rows = Leaf.objects.filter(index__gte=start, index__lt=start + most).order_by("index")
    found = [(index, bytes(hash_)) for index, hash_ in rows.values_list("index", "hash")]
    if [index for index, _ in found] != list(range(start, start + len(found))):
        raise LogTrouble(f"Các lá từ {start} không liền nhau.")
    return [hash_ for _, hash_ in found]


def rotate_key(by: Actor, at: datetime) -> VerifierKey:
    """Đổi khóa: seal what waits by the old key, if there still is one; then the next one signs."""
    with alone(wait=True):
        with suppress(KeyTrouble):
            Sequencer().seal()
        return rotate(by, at)
