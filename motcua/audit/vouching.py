"""Showing the log to outsiders: witnesses cosign that it only grew, an authority stamps the hour.

None of it holds sealing up. What went wrong is kept, and the health page tells it.
"""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings

from motcua.audit import ports
from motcua.audit.models import Checkpoint, Cosignature, Outsider, TimeStamp
from motcua.audit.ports import NotVouched, OtherSize
from motcua.core import clock
from motcua.core.errors import GiveUp, TryLater
from motcua.tlog import note
from motcua.tlog.note import Malformed, Note, Signature, VerifierKey
from motcua.tlog.tiles import Tiles
from motcua.tlog.tree import consistency_proof

AUTHORITY = "tsa"  # the name of the time-stamping authority among the outsiders
EACH = timedelta(minutes=55)  # between two stamps; the clock asks every hour
log = logging.getLogger(__name__)


def show_witnesses() -> int:
    """Show each witness the last checkpoint, unless it signed that one; how many signed now."""
    last = Checkpoint.objects.order_by("size").last()
    if last is None:
        return 0
    signed = 0
    for url, vkey in settings.WITNESSES:
        key = VerifierKey.parse(vkey)
        if Cosignature.objects.filter(checkpoint=last, witness=key.name).exists():
            continue
        try:
            _cosigned(last, url, key)
        except (TryLater, GiveUp, Malformed) as trouble:
            _note_trouble(key.name, trouble)
        else:
            signed += 1
            _note_well(key.name, last.size)
    return signed


def _cosigned(last: Checkpoint, url: str, key: VerifierKey) -> None:
    """Have the witness sign, from the size it knows on; keep its line once it is believed."""
    known = Outsider.objects.filter(name=key.name).values_list("size", flat=True).first() or 0
    try:
        lines = _asked(last, url, known)
    except OtherSize as other:
        lines = _asked_again(last, url, other.size)
    found = [Signature.parse(line) for line in lines]
    at = note.cosigned_at(Note(note.parse(bytes(last.note)).text, tuple(found)), key)
    if at is None:
        raise NotVouched("Chữ ký trả về không phải của khóa đã biết.")
    mine = next(each for each in found if (each.name, each.key_id) == (key.name, key.key_id))
    Cosignature.objects.get_or_create(
        checkpoint=last, witness=key.name,
        defaults={"line": mine.line.decode(), "at": datetime.fromtimestamp(at, UTC)},
    )  # fmt: skip


def _asked_again(last: Checkpoint, url: str, size: int) -> list[str]:
    """Ask from the size that the witness told; whoever cannot go on from there rewrote the past."""
    try:
        return _asked(last, url, size)
    except OtherSize as other:
        told = f"Đã thấy sổ cỡ {other.size} có nội dung khác: lịch sử bị viết lại."
        raise NotVouched(told) from other


def _asked(last: Checkpoint, url: str, known: int) -> list[str]:
    if known > last.size:
        raise NotVouched(f"Đã thấy sổ cỡ {known}, nay chỉ còn cỡ {last.size}: sổ bị rút ngắn.")
    proof = consistency_proof(known, last.size, Tiles(settings.LOG_ROOT).hash_at)
    return ports.witness().cosign(url, known, proof, bytes(last.note))


def stamp_log(*, now: datetime | None = None) -> bool:
    """Have the hour stamped on the last checkpoint; False when there is nothing to do.

    Where there are witnesses it is the last that one of them signed: a proof then carries both. If
    they are away, and that one is stamped already, the last one is better than none.
    """
    last = Checkpoint.objects.order_by("size").last()
    if last is None or "timestamper" not in settings.ADAPTERS:
        return False
    latest = TimeStamp.objects.select_related("checkpoint").order_by("id").last()
    last = _cosigned_since(latest.checkpoint.size if latest else 0) or last
    if latest and (latest.checkpoint_id == last.pk or (now or clock.now()) - latest.at < EACH):
        return False
    try:
        token = ports.timestamper().stamp(note.parse(bytes(last.note)).text)
    except (TryLater, GiveUp) as trouble:
        _note_trouble(AUTHORITY, trouble)
        return False
    TimeStamp.objects.create(checkpoint=last, token=token.content, at=token.at)
    _note_well(AUTHORITY, last.size)
    return True


def _cosigned_since(size: int) -> Checkpoint | None:
    """The last checkpoint larger than `size` that a witness of the settings signed."""
    names = [VerifierKey.parse(vkey).name for _, vkey in settings.WITNESSES]
    signed = Checkpoint.objects.filter(size__gt=size, cosignatures__witness__in=names)
    return signed.order_by("size").last()


def _note_well(name: str, size: int) -> None:
    Outsider.objects.update_or_create(
        name=name, defaults={"size": size, "trouble": "", "refuses": False, "since": None}
    )


def _note_trouble(name: str, trouble: Exception) -> None:
    row, told = Outsider.objects.get_or_create(name=name)[0], str(trouble)
    if row.trouble != told:
        log.error("The log is not vouched for by %s: %s", name, told)
    row.trouble, row.since = told, row.since or clock.now()
    row.refuses = not isinstance(trouble, TryLater)
    row.save(update_fields=["trouble", "refuses", "since"])
