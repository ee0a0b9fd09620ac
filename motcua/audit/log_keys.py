"""The keys of the log: one secret that signs, and every public key that ever signed.

The secret is `MOTCUA_LOG_KEY`, or a file that only its owner reads. Public keys stay in the database,
each with the size of the log from which on it signs: a checkpoint is good by the key of its size only.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.audit import rules
from motcua.audit.actions import record
from motcua.audit.models import Checkpoint, Entry, Leaf, LogKey
from motcua.core.actors import Actor
from motcua.tlog.note import Malformed, SigningKey, VerifierKey
from motcua.tlog.tree import MOST_LEAVES
from motcua.tlog.verdict import TrustedKey

SUBJECT = "log"  # of the entries that tell of the log itself


class KeyTrouble(Exception):
    """There is no secret that may sign; the sentence says what to do."""


def known_keys() -> list[TrustedKey]:
    """Every key of this log with the sizes for which it signs, the oldest first."""
    rows = list(LogKey.objects.order_by("id"))
    ends = [row.from_size - 1 for row in rows[1:]] + [MOST_LEAVES]
    return [
        TrustedKey(VerifierKey.parse(row.vkey), row.from_size, end)
        for row, end in zip(rows, ends, strict=False)
    ]


def origin() -> str:
    """The name of this log, which its keys have until it is begun anew; empty before the first."""
    last = LogKey.objects.order_by("id").last()
    return VerifierKey.parse(last.vkey).name if last else ""


def signing_key() -> SigningKey:
    """The secret half of the key that signs now."""
    last = LogKey.objects.order_by("id").last()
    if last is None:
        raise KeyTrouble("Sổ niêm phong chưa có khóa ký: chạy bin/manage prepare_log.")
    for found in _secrets():
        if found.verifier.vkey == last.vkey:
            return found
    told = VerifierKey.parse(last.vkey).fingerprint[:16]
    raise KeyTrouble(
        f"Không có khóa bí mật của khóa {told}… đang ký sổ niêm phong. Đặt lại tệp "
        f"{_file()} hoặc MOTCUA_LOG_KEY; nếu khóa đã mất: bin/manage rotate_log_key."
    )


@transaction.atomic
def open_log(by: Actor, at: datetime) -> bool:
    """Mở sổ: the first key, unless there is one; True when it was made now."""
    if LogKey.objects.exists():
        return False
    fresh = next(iter(_secrets()), None) or _made(settings.LOG_ORIGIN)
    _note(fresh, 0, by, at, "log.open")
    return True


def rotate(by: Actor, at: datetime) -> VerifierKey:
    """Đổi khóa: from the next checkpoint on another key signs. The caller keeps sealing away.

    The new secret is on the disk before the database names its public half, and takes the place of
    the old one after: killed in between, one of the two files holds the key that is named.
    """
    name = origin()
    if not name:
        raise KeyTrouble("Sổ niêm phong chưa có khóa ký: chạy bin/manage prepare_log.")
    fresh = _next_key(name)
    with transaction.atomic():
        _note(fresh, _from_now_on(), by, at, "log.rotate_key")
    _take_next()
    return fresh.verifier


def succeed(by: Actor, at: datetime, facts: Mapping[str, Any]) -> VerifierKey:
    """Mở sổ tiếp: a log of another name, with a key of its own, and the entry that begins it.

    The entry has its leaf at once, the next one: so it is the first that the new key signs.
    """
    name = _next_name(at)
    fresh = _next_key(name)
    with transaction.atomic():
        last = Leaf.objects.order_by("index").last()
        leaves = last.index + 1 if last else 0
        entry = _note(
            fresh, _from_now_on(), by, at, "log.reopen", **{**facts, "leaves": leaves}
        )  # fmt: skip
        Leaf.objects.create(
            index=leaves, entry=entry, hash=rules.leaf(bytes(entry.salt), bytes(entry.body))
        )
    _take_next()
    return fresh.verifier


def _next_name(at: datetime) -> str:
    """The name of a log that follows: that of the first, and the moment, so that no two have one."""
    names = [each.key.name for each in known_keys()]
    if not names:
        raise KeyTrouble("Sổ niêm phong chưa có khóa ký: chạy bin/manage prepare_log.")
    if not settings.LOG_KEY:
        return f"{names[0]}/{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    name = _parsed(settings.LOG_KEY).name
    if name in names or not name.startswith(f"{names[0]}/"):
        raise KeyTrouble(f"Đặt vào MOTCUA_LOG_KEY một khóa mới mang tên {names[0]}/… chưa dùng.")
    return name


def _next_key(name: str) -> SigningKey:
    """The key that is to follow: a new one on the disk, or the one put into the environment."""
    if settings.LOG_KEY:
        fresh = _parsed(settings.LOG_KEY)
        if LogKey.objects.filter(vkey=fresh.verifier.vkey).exists():
            raise KeyTrouble("Khóa ký lấy từ MOTCUA_LOG_KEY: đặt khóa mới vào đó rồi chạy lại.")
        if fresh.name != name:
            raise KeyTrouble(f"Khóa mới phải mang tên sổ là {name}.")
        return fresh
    fresh = SigningKey.generate(name)
    _write(_file(".next"), fresh)
    return fresh


def _take_next() -> None:
    if not settings.LOG_KEY:
        _file(".next").replace(_file())


def _from_now_on() -> int:
    sealed = Checkpoint.objects.order_by("size").last()
    return sealed.size + 1 if sealed else 0


def _note(
    key: SigningKey, from_size: int, by: Actor, at: datetime, deed: str, **facts: Any
) -> Entry:
    LogKey.objects.create(vkey=key.verifier.vkey, from_size=from_size, at=at)
    return record(by, deed, SUBJECT, at=at, key=key.verifier.vkey, from_size=from_size, **facts)


def keys_at_hand() -> list[VerifierKey]:
    """Every public key that is or may be of this log: those known, and those of secrets that lie here."""
    known = [each.key for each in known_keys()]
    return known + [each.verifier for each in _secrets() if each.verifier not in known]


def _secrets() -> list[SigningKey]:
    """The secrets at hand: the one of the environment, the file, the one that was to follow it."""
    found = [_parsed(settings.LOG_KEY)] if settings.LOG_KEY else []
    for path in (_file(), _file(".next")):
        with suppress(FileNotFoundError):
            found.append(_parsed(path.read_text().strip()))
    return found


def _parsed(secret: str) -> SigningKey:
    try:
        return SigningKey.parse(secret)
    except Malformed:
        raise KeyTrouble(
            "Khóa ký sổ niêm phong không đọc được (MOTCUA_LOG_KEY, log_key)."
        ) from None


def _made(name: str) -> SigningKey:
    key = SigningKey.generate(name)
    _write(_file(), key)
    return key


def _file(more: str = "") -> Path:
    return Path(settings.LOG_KEYS) / f"log_key{more}"


def _write(path: Path, key: SigningKey) -> None:
    """The secret on the disk, whole, for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(f"{key.secret}\n")
        opened.flush()
        os.fsync(handle)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
