"""Going on after a loss: files written anew, or a log begun anew behind one that lost entries.

A log may never go on from less than it showed, nor from files that nobody can vouch for. Either
somebody answers for it that nothing was lost, and the files follow from the leaves; or entries that
were signed are gone, and a log of another name, with a key of its own, takes over what is left. Its
first entry keeps the last checkpoint that the old one is known to have shown. Both are journalled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from motcua.audit import ports
from motcua.audit.actions import record
from motcua.audit.log_keys import SUBJECT, keys_at_hand, succeed
from motcua.audit.models import Checkpoint, Leaf, LogKey, Outsider
from motcua.audit.ports import OtherSize
from motcua.audit.queries import entries_of
from motcua.audit.sealing import LogTrouble, Sequencer, alone
from motcua.audit.types import EntryFacts, LogFault, LogFinding
from motcua.core.actors import Actor
from motcua.core.errors import GiveUp, TryLater
from motcua.tlog import note
from motcua.tlog.note import Malformed, VerifierKey
from motcua.tlog.tiles import Tiles

REOPEN = "log.reopen"


@dataclass(frozen=True)
class Ended:
    """The last that a log is known to have shown, and the key that signed it."""

    told: note.Checkpoint
    signed: bytes
    key: VerifierKey


@dataclass(frozen=True)
class Reopened:
    """A log that took over: from which, what that one last showed, how much of it is left, why."""

    origin: str
    at: datetime
    before: str
    ended: int
    kept: int
    reason: str


def rebuild_files(by: Actor, at: datetime) -> int:
    """Dựng lại tệp của sổ: by whoever answers for it that the database lost nothing.

    Returns how many entries were sealed with it. Witnesses are asked first.
    """
    with alone(wait=True):
        last = _last()
        if Tiles(settings.LOG_ROOT).checkpoint() is not None:
            raise LogTrouble("Tệp của sổ vẫn còn: không có gì để dựng lại.")
        _ask_witnesses(last)
        record(by, "log.rebuild_files", SUBJECT, at=at, size=last.size, root=bytes(last.root).hex())
        return Sequencer(may_rebuild=True).seal()


def reopen(by: Actor, at: datetime, reason: str, shown: bytes | None = None) -> Reopened:
    """Mở sổ mới: behind a log that showed more than there is, or may have.

    `shown` is its last checkpoint, where somebody kept one: the largest that is found counts.
    """
    with alone(wait=True):
        last, here = _last(), Tiles(settings.LOG_ROOT).checkpoint()
        found = [_ended(each) for each in (bytes(last.note), here, shown) if each is not None]
        ended = max(found, key=lambda each: each.told.size)
        more = Q(refuses=True) | Q(size__gt=last.size)
        if here and ended.told.size <= last.size and not Outsider.objects.filter(more).exists():
            raise LogTrouble("Sổ không thiếu mục nào đã ký: không cần sổ mới.")
        facts = {
            "before": ended.told.origin, "ended": ended.told.size, "kept": last.size,
            "reason": reason, "checkpoint": ended.signed.decode(), "signed_by": ended.key.vkey,
        }  # fmt: skip
        fresh = succeed(by, at, facts)
        Outsider.objects.update(size=0, trouble="", refuses=False, since=None)
        Sequencer(may_rebuild=True).seal()
    return Reopened(fresh.name, at, ended.told.origin, ended.told.size, last.size, reason)


def _last() -> Checkpoint:
    last = Checkpoint.objects.order_by("size").last()
    if last is None:
        raise LogTrouble("Sổ chưa ký mục nào: chạy bin/manage seal --once.")
    return last


def _ended(signed: bytes) -> Ended:
    """A checkpoint of this log, by whichever of its keys; a larger one may be of a key of later."""
    try:
        found = note.parse(signed)
        told = note.Checkpoint.parse(found.text)
    except Malformed as error:
        raise LogTrouble(f"Không đọc được dấu đã công bố: {error}.") from error
    for key in keys_at_hand():
        if key.name == told.origin and note.is_signed_by(found, key):
            return Ended(told, signed, key)
    raise LogTrouble(
        f"Dấu cỡ {told.size} của {told.origin} không do khóa nào của sổ này ký. Đặt lại var/keys từ "
        "bản sao lưu."
    )


def _ask_witnesses(last: Checkpoint) -> None:
    """Nobody saw more than the database has; whoever cannot be asked now is asked later."""
    seen = Outsider.objects.filter(size__gt=last.size).first()
    if seen:
        raise LogTrouble(f"{seen.name} đã thấy cỡ {seen.size}: chạy bin/manage reopen_log.")
    for url, vkey in settings.WITNESSES:
        name = VerifierKey.parse(vkey).name
        try:
            ports.witness().cosign(url, last.size, [], bytes(last.note))
        except OtherSize as other:
            if other.size > last.size:
                told = f"{name} đã thấy cỡ {other.size}: chạy bin/manage reopen_log."
                raise LogTrouble(told) from other
        except TryLater as away:
            raise LogTrouble(f"Chưa hỏi được {name}, hãy chạy lại sau: {away}") from away
        except GiveUp as no:
            raise LogTrouble(f"{name} từ chối: {no} Chạy bin/manage reopen_log.") from no


def reopened() -> list[Reopened]:
    """Every time that the log was begun anew, the first one first."""
    return [_told(entry) for entry in entries_of(SUBJECT) if entry.deed == REOPEN]


def _told(entry: EntryFacts) -> Reopened:
    name = str(entry.facts.get("key", "")).partition("+")[0]
    before, reason = (str(entry.facts.get(each, "")) for each in ("before", "reason"))
    return Reopened(
        name, entry.at, before, _number(entry, "ended"), _number(entry, "kept"), reason
    )  # fmt: skip


def _number(entry: EntryFacts, name: str) -> int:
    found = entry.facts.get(name)
    return found if isinstance(found, int) else 0


def reopenings() -> Iterator[LogFinding]:
    """A key of another name came only by an entry that keeps what the log before last showed."""
    told = {e.facts.get("key"): e for e in entries_of(SUBJECT) if e.deed == REOPEN}
    before = ""
    for row in LogKey.objects.order_by("id"):
        name = VerifierKey.parse(row.vkey).name
        if before and name != before:
            entry = told.get(row.vkey)
            wrong = _wrong(entry, row) if entry else "không có mục log.reopen nói về khóa này"
            if wrong:
                yield LogFinding(LogFault.REOPENED_OTHERWISE, name, wrong)
        before = name


def _wrong(entry: EntryFacts, row: LogKey) -> str:
    """What is wrong with the beginning of a log; empty if nothing is."""
    try:
        found = note.parse(str(entry.facts.get("checkpoint", "")).encode())
        ended = note.Checkpoint.parse(found.text)
        key = VerifierKey.parse(str(entry.facts.get("signed_by", "")))
    except Malformed as error:
        return f"dấu cuối của sổ trước: {error}"
    if ended.origin != key.name or not note.is_signed_by(found, key):
        return "dấu cuối của sổ trước không đúng chữ ký"
    if (ended.origin, ended.size) != (entry.facts.get("before"), entry.facts.get("ended")):
        return "mục log.reopen nói khác với dấu mà nó giữ"
    first = Leaf.objects.filter(index=_number(entry, "leaves"), entry__subject=SUBJECT)
    if not first.filter(entry__seq=entry.seq).exists() or ended.size < row.from_size - 1:
        return "mục log.reopen không phải mục đầu của sổ này"
    return ""
