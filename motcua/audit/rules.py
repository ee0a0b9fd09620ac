"""How entries of the journal are written down, chained and checked. Plain bytes in, bytes out."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from motcua.audit.types import Fact, Finding, Link, Verdict

LEAF_HEADER = b"motcua-entry/1\n"
FIRST_PREV = b"\x00" * 32
SALT_BYTES = 16
SLACK = timedelta(minutes=15)  # how long a deed may take from its hour to its commit


def moment(at: datetime) -> str:
    """`at` as the journal writes it: UTC with microseconds.

    Law: SEC-06
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def plain(value: Any) -> Fact:
    """`value` in the few kinds that have only one spelling: no floats, no objects.

    Law: SEC-06
    """
    match value:
        case None | bool() | int():
            return value
        case str():
            tidy = unicodedata.normalize("NFC", value)
            return tidy.encode("utf-8", "replace").decode()
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            items = sorted(value) if isinstance(value, set | frozenset) else value
            return [plain(item) for item in items]
    raise TypeError(f"The journal takes text, whole numbers and dates, not {type(value).__name__}.")


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way to write `content` as bytes: RFC 8785 JSON in NFC.

    Law: SEC-06
    """
    text = json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def leaf(salt: bytes, body: bytes) -> bytes:
    """Fingerprint of one entry by itself; the salt keeps it from being guessed.

    Law: SEC-06
    """
    return hashlib.sha256(b"\x00" + LEAF_HEADER + salt + body).digest()


def link(prev: bytes, salt: bytes, body: bytes) -> bytes:
    """Fingerprint of an entry and of everything before it on the same subject.

    Law: SEC-06
    """
    return hashlib.sha256(b"\x01" + prev + leaf(salt, body)).digest()


def agrees_with_its_body(entry: Link) -> bool:
    """True if the columns that people search by say the same as the bytes that were hashed.

    Law: SEC-06
    """
    try:
        told = json.loads(entry.body)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and bool(
        told.get("subject") == entry.subject
        and told.get("seq") == entry.seq
        and told.get("at") == moment(entry.at)
        and told.get("actor") == entry.actor
        and told.get("deed") == entry.deed
    )


def fault_of(entry: Link, seq: int, prev: bytes) -> Finding | None:
    """What is wrong with `entry`, given that it should be number `seq` and follow `prev`.

    Law: SEC-06
    """
    count = seq - 1
    if entry.seq != seq:
        return Finding(entry.subject, Verdict.MISSING, count, seq, "không còn mục này")
    if entry.prev != prev:
        return Finding(entry.subject, Verdict.LINK_BROKEN, count, seq, "không nối với mục trước")
    if link(entry.prev, entry.salt, entry.body) != entry.hash or not agrees_with_its_body(entry):
        return Finding(entry.subject, Verdict.CONTENT_CHANGED, count, seq, "nội dung bị sửa")
    return None


def fault_in_log(entry: Link, before: datetime | None) -> Finding | None:
    """What is wrong with `entry` by the log that was signed; `before` is the hour of the one before.

    Law: SEC-06
    """
    count, sealed = entry.seq - 1, entry.sealed
    if sealed is None and entry.must_be:
        return Finding(
            entry.subject, Verdict.NOT_IN_LOG, count, entry.seq, "không có trong sổ niêm phong"
        )
    if sealed is not None and sealed.leaf != leaf(entry.salt, entry.body):
        note = f"khác với lá {sealed.index} của sổ niêm phong"
        return Finding(entry.subject, Verdict.NOT_IN_LOG, count, entry.seq, note)
    if told := impossible_hour(entry, before):
        return Finding(entry.subject, Verdict.TIME_ANOMALY, count, entry.seq, told)
    return None


def impossible_hour(entry: Link, before: datetime | None) -> str:
    """Why `entry` cannot have been written at the hour it names; empty if it can.

    Law: SEC-06
    """
    if before is not None and entry.at < before - SLACK:
        return "ghi giờ sớm hơn mục trước"
    sealed = entry.sealed
    if sealed and sealed.at and entry.at > sealed.at + SLACK:
        return "ghi giờ muộn hơn lúc được niêm phong"
    if sealed and sealed.after and entry.at < sealed.after - SLACK:
        return "ghi lùi giờ: lúc ấy sổ đã niêm phong mà chưa có mục này"
    return ""


def finding(subject: str, entries: Iterable[Link], head: tuple[int, bytes] | None) -> Finding:
    """The verdict on a subject's whole chain; `head` is what was last promised of it.

    Law: SEC-06
    """
    seq, prev = 0, FIRST_PREV
    before: datetime | None = None
    fault: Finding | None = None
    beside: Finding | None = None
    for entry in entries:
        seq += 1
        fault = fault or fault_of(entry, seq, prev)
        beside = beside or fault_in_log(entry, before)
        prev, before = entry.hash, entry.at
    if found := fault or beside or fault_at_end(subject, seq, prev, head):
        return found
    return Finding(subject, Verdict.OK, seq)


def fault_at_end(
    subject: str, seq: int, prev: bytes, head: tuple[int, bytes] | None
) -> Finding | None:
    """What is wrong behind the last entry, number `seq`, with the fingerprint `prev`.

    Law: SEC-06
    """
    if head is None:
        return Finding(subject, Verdict.MISSING, seq, seq, "mất dòng đầu mối")
    if head[0] != seq:
        return Finding(subject, Verdict.MISSING_TAIL, seq, seq + 1, "mất các mục cuối")
    if head[1] != prev:
        return Finding(subject, Verdict.LINK_BROKEN, seq, seq, "mục cuối không khớp đầu mối")
    return None
