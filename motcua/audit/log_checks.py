"""Checking the log over all chains: leaves, files, signatures, and who else saw it.

Whoever owns the database can rewrite any of these; to be unnoticed they would have to rewrite all of
them alike, and what witnesses, the authority and citizens' proofs hold is not theirs to rewrite.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from motcua.audit import ports
from motcua.audit.log_keys import known_keys
from motcua.audit.models import Checkpoint, Entry, Leaf, LogKey, Outsider
from motcua.audit.ports import NotVouched
from motcua.audit.reopening import reopenings
from motcua.audit.types import LogFault, LogFinding
from motcua.core import clock
from motcua.tlog import note
from motcua.tlog.note import Malformed, VerifierKey
from motcua.tlog.tiles import Conflict, MissingHash, Tiles
from motcua.tlog.tree import Frontier, root_of

CHUNK = 2000
PATIENCE = timedelta(minutes=5)  # for the sequencer
Found = Iterator[LogFinding]
log = logging.getLogger(__name__)

_checks: list[Callable[[], Found]] = []


def check_with(checks: list[Callable[[], Found]]) -> None:
    """What else must agree with the journal: told once, when the house is put together."""
    _checks[:] = checks


def check_log() -> Found:
    """Everything wrong with the log as a whole, and with what must agree with the journal."""
    ours = (
        leaves_and_roots, files, entries_gone, signatures, reopenings, shrunk, outsiders, unsealed
    )  # fmt: skip
    for check in (*ours, *_checks):
        yield from to_its_end(check)


def to_its_end(check: Callable[[], Found]) -> Found:
    """One check; where rubbish stops it, that is a finding, and the others are still done."""
    try:
        yield from check()
    except Exception as rubbish:
        log.exception("A check of the log did not come to its end")
        told = f"{type(rubbish).__name__}: {rubbish}"
        yield LogFinding(LogFault.UNREADABLE, f"phép kiểm tra {check.__name__}", told)


def leaves_and_roots() -> Found:
    """Leaves without a gap; every checkpoint is the root of the leaves it counts.

    So all checkpoints continue one another: each is the root of a beginning of the same row.
    """
    edge = Frontier()
    rows = Leaf.objects.order_by("index").values_list("index", "hash").iterator(CHUNK)
    marks = Checkpoint.objects.order_by("size").values_list("size", "root").iterator(CHUNK)
    size, root = next(marks, (0, b""))
    wrong: list[int] = []
    for index, hash_ in rows:
        if index != edge.size:
            yield LogFinding(LogFault.LEAF_GAP, f"lá {edge.size}", f"sau đó đến lá {index}")
            return
        edge.append(bytes(hash_))
        if edge.size == size:
            if edge.root() != bytes(root):
                wrong.append(size)
            size, root = next(marks, (0, b""))
    if wrong:
        told = f"{len(wrong)} dấu đã ký, đầu tiên ở cỡ {wrong[0]}, không phải của các lá này"
        yield LogFinding(LogFault.ROOT_DIFFERS, f"cỡ {wrong[0]}", told)
    if size:
        told = f"chỉ còn {edge.size} lá"
        yield LogFinding(LogFault.SHRUNK, f"dấu đã ký cỡ {size}", told)


def files() -> Found:
    """The published tiles say the same as the leaves, and give the same root."""
    last = Checkpoint.objects.order_by("size").last()
    if last is None:
        return
    tiles = Tiles(settings.LOG_ROOT)
    rows = Leaf.objects.filter(index__lt=last.size).order_by("index")
    try:
        on_disk = tiles.leaves(0, last.size)
        for index, entry, hash_ in rows.values_list("index", "entry_id", "hash").iterator(CHUNK):
            if next(on_disk, b"") != bytes(hash_):
                yield LogFinding(LogFault.TILES_DIFFER, f"lá {index}", _whose(entry))
                return
        if root_of(last.size, tiles.hash_at) != bytes(last.root):
            yield LogFinding(LogFault.TILES_DIFFER, "các tầng trên", f"không ra dấu cỡ {last.size}")
    except (MissingHash, Conflict) as trouble:
        yield LogFinding(LogFault.TILES_DIFFER, "tệp của sổ", str(trouble))


def _whose(entry: int) -> str:
    found = Entry.objects.filter(pk=entry).values_list("subject", "seq").first()
    return f"mục {found[0]} #{found[1]}" if found else f"mục số {entry} không còn"


def entries_gone() -> Found:
    """Leaves whose entries somebody took away."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            'SELECT "index", entry_id FROM audit_leaf l'
            " WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.id = l.entry_id)"
            ' ORDER BY "index"'
        )
        while rows := cursor.fetchmany(CHUNK):
            for index, entry in rows:
                yield LogFinding(LogFault.ENTRY_GONE, f"lá {index}", f"mục số {entry} không còn")


def signatures() -> Found:
    """Every checkpoint says what its row says, signed by the key of its size; so does what is below it."""
    keys = known_keys()
    witnesses = {key.name: key for key in map(VerifierKey.parse, dict(settings.WITNESSES).values())}
    rows = Checkpoint.objects.order_by("size").prefetch_related("cosignatures", "timestamps")
    for row in rows.iterator(CHUNK):
        where = f"cỡ {row.size}"
        try:
            signed = note.parse(bytes(row.note))
            told = note.Checkpoint.parse(signed.text)
        except Malformed as error:
            yield LogFinding(LogFault.BAD_SIGNATURE, where, str(error))
            continue
        good = [k.key for k in keys if k.least <= row.size <= k.most]
        if (told.size, told.root) != (row.size, bytes(row.root)) or not any(
            told.origin == key.name and note.is_signed_by(signed, key) for key in good
        ):
            yield LogFinding(LogFault.BAD_SIGNATURE, where, "không do khóa của cỡ này ký")
        yield from _cosigned(row, signed, witnesses)
        yield from _stamped(row, signed)


def _cosigned(row: Checkpoint, signed: note.Note, witnesses: dict[str, VerifierKey]) -> Found:
    for each in row.cosignatures.all():
        key = witnesses.get(each.witness)
        if key is None:  # a witness of before, whose key is in the settings no more
            continue
        told = f"{each.witness} đã ký nội dung khác"
        try:
            line = note.Signature.parse(each.line.removesuffix("\n"))
            at = note.cosigned_at(signed.plus([line]), key)
        except Malformed as error:
            at, told = None, f"dòng của {each.witness} không đọc được: {error}"
        if at is None:
            yield LogFinding(LogFault.COSIGNATURE_BROKEN, f"cỡ {row.size}", told)


def _stamped(row: Checkpoint, signed: note.Note) -> Found:
    if "timestamper" not in settings.ADAPTERS:
        return
    for each in row.timestamps.all():
        try:
            ports.timestamper().moment(bytes(each.token), signed.text)
        except NotVouched as no:
            yield LogFinding(LogFault.TIMESTAMP_BROKEN, f"cỡ {row.size}", str(no))


def shrunk() -> Found:
    """Nobody was ever shown more than there is now."""
    shown = Tiles(settings.LOG_ROOT).checkpoint()  # before the database: a round may come between
    last = Checkpoint.objects.order_by("size").last()
    size = last.size if last else 0
    if shown is not None:
        public = note.Checkpoint.parse(note.parse(shown).text).size
        if public > size:
            told = f"trong cơ sở dữ liệu chỉ còn cỡ {size}"
            yield LogFinding(LogFault.SHRUNK, f"dấu công bố cỡ {public}", told)
    elif last:
        told = "không biết đã công bố đến đâu: bin/manage seal --once nói phải làm gì"
        yield LogFinding(LogFault.SHRUNK, "tệp của sổ không còn", told)
    for row in Outsider.objects.filter(size__gt=size):
        told = f"{row.name} đã thấy cỡ {row.size}, nay chỉ còn {size}"
        yield LogFinding(LogFault.SHRUNK, row.name, told)


def outsiders() -> Found:
    """Nobody refuses what we show."""
    for row in Outsider.objects.filter(refuses=True):
        yield LogFinding(LogFault.NOT_VOUCHED, row.name, row.trouble)


def unsealed() -> Found:
    """Nothing waits for long: whoever stops the sequencer could rewrite at leisure."""
    if not LogKey.objects.exists():
        return
    if waits := oldest_unsealed():
        number, at, subject = waits
        if clock.now() - at > PATIENCE:
            told = f"chờ từ {at:%H:%M:%S %d/%m/%Y}"
            yield LogFinding(LogFault.UNSEALED, f"mục {subject} (số {number})", told)


def oldest_unsealed() -> tuple[int, datetime, str] | None:
    """The first entry that has no leaf: its number, hour and subject."""
    last = Checkpoint.objects.order_by("size").last()
    waiting = Entry.objects.filter(pk__gt=last.settled if last else 0, leaf=None).order_by("pk")
    return waiting.values_list("pk", "at", "subject").first()
