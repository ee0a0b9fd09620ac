"""A citizen's proof: the entries on one subject, in their chain, in the log that was signed.

Whoever holds one can show what was written, whatever becomes of the database: `against` holds a proof
against the journal as it is now.
"""

from collections.abc import Collection, Iterator

from django.conf import settings

from motcua.audit import rules
from motcua.audit.log_keys import known_keys
from motcua.audit.models import Checkpoint, Entry, Leaf
from motcua.audit.types import LogFault, LogFinding
from motcua.tlog import note
from motcua.tlog.bundle import Bundle, Chain, Hidden, Shown, make, parse
from motcua.tlog.note import VerifierKey
from motcua.tlog.tiles import Tiles
from motcua.tlog.tree import Frontier
from motcua.tlog.verdict import Outcome, TrustedKey, check


class NotSealedYet(Exception):
    """Nothing of this subject is in a signed checkpoint by now; in a few seconds it is."""


class TooLong(Exception):
    """So much was done to this subject that no file of the format holds it."""


def proof_of(subject: str, deeds: Collection[str]) -> bytes:
    """The file that proves what is sealed of `subject`; only `deeds` can be read in it.

    It ends with the last of them: what follows could not be read, and would only make it longer.
    """
    rows = Entry.objects.filter(subject=subject, leaf__isnull=False).select_related("leaf")
    entries = list(rows.order_by("seq"))
    last = Checkpoint.objects.order_by("size").last()
    within = [entry for entry in entries if last and entry.leaf.index < last.size]
    while within and within[-1].deed not in deeds:
        within.pop()
    if last is None or not within:
        raise NotSealedYet
    best = _best(within[-1].leaf.index + 1, last)
    chain = Chain(subject, 1, rules.FIRST_PREV, tuple(_told(each, deeds) for each in within))
    stamp = best.timestamps.last()
    try:
        return make(
            chain, signed=_signed(best), read=Tiles(settings.LOG_ROOT).hash_at,
            keys=_keys_of(best), token=bytes(stamp.token) if stamp else None,
        )  # fmt: skip
    except note.Malformed as no:
        raise TooLong from no


def _best(least: int, last: Checkpoint) -> Checkpoint:
    """The checkpoint that vouches best: newest cosigned and stamped, or one of them, else the last."""
    holding = Checkpoint.objects.filter(size__gte=least).order_by("-size")
    both = holding.filter(cosignatures__isnull=False, timestamps__isnull=False)
    cosigned = holding.filter(cosignatures__isnull=False)
    for rows in (both, cosigned, holding.filter(timestamps__isnull=False)):
        if found := rows.first():
            return found
    return last


def _told(entry: Entry, deeds: Collection[str]) -> Shown | Hidden:
    if entry.deed in deeds:
        return Shown(entry.leaf.index, bytes(entry.body), bytes(entry.salt))
    return Hidden(entry.leaf.index, bytes(entry.leaf.hash))


def _signed(row: Checkpoint) -> bytes:
    """The checkpoint with the lines of its witnesses below."""
    lines = [note.Signature.parse(each.line.removesuffix("\n")) for each in row.cosignatures.all()]
    return note.parse(bytes(row.note)).plus(lines).signed


def _keys_of(row: Checkpoint) -> list[VerifierKey]:
    """The public keys by which what stands below the checkpoint can be checked."""
    found = [each.key for each in known_keys() if each.least <= row.size <= each.most]
    names = {each.witness for each in row.cosignatures.all()}
    return found + [key for key in witness_keys() if key.name in names]


def witness_keys() -> list[VerifierKey]:
    """The public keys of the witnesses that the settings name."""
    return [VerifierKey.parse(vkey) for _, vkey in settings.WITNESSES]


def against(content: bytes) -> Iterator[LogFinding]:
    """In what the journal of now contradicts a proof that was given out."""
    verdict = check(content, [*known_keys(), *_witnesses_below(content)])
    bundle = verdict.bundle
    if bundle is None or not verdict.holds:
        failed = next((each for each in verdict.findings if each.outcome is Outcome.FAILED), None)
        told = (
            f"không chứng minh được: {failed.step} {failed.reason}" if failed else "không đọc được"
        )
        yield LogFinding(LogFault.PROOF_DIFFERS, "tệp bằng chứng", told)
        return
    size = bundle.checkpoint.size
    root = _root_now(size)
    if root != bundle.checkpoint.root:
        told = "không còn lá" if root is None else "sổ bây giờ cho ra dấu khác"
        yield LogFinding(LogFault.PROOF_DIFFERS, f"dấu đã ký cỡ {size}", told)
    yield from _changed(bundle)


def _witnesses_below(content: bytes) -> list[TrustedKey]:
    """The witnesses of the settings that signed the checkpoint in this file; it may be none."""
    try:
        names = {each.name for each in parse(content).note.signatures}
    except note.Malformed:
        return []
    return [TrustedKey(key) for key in witness_keys() if key.name in names]


def _root_now(size: int) -> bytes | None:
    edge = Frontier()
    rows = Leaf.objects.filter(index__lt=size).order_by("index").values_list("hash", flat=True)
    for hash_ in rows.iterator(2000):
        edge.append(bytes(hash_))
    return edge.root() if edge.size == size else None


def _changed(bundle: Bundle) -> Iterator[LogFinding]:
    """Entries that the proof shows, and the journal tells otherwise or not at all."""
    chain = bundle.chain
    rows = Entry.objects.filter(subject=chain.subject)
    now = {
        seq: rules.leaf(bytes(s), bytes(b)) for seq, s, b in rows.values_list("seq", "salt", "body")
    }
    for seq, entry in enumerate(chain.entries, chain.first):
        where = f"{chain.subject} #{seq}"
        if seq not in now:
            yield LogFinding(LogFault.PROOF_DIFFERS, where, "mục này không còn")
        elif now[seq] != entry.leaf:
            yield LogFinding(LogFault.PROOF_DIFFERS, where, "mục này bị viết lại")
