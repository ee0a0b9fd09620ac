"""How it stands with the log: for the public page, the health page and whoever asks."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.audit.log_checks import oldest_unsealed
from motcua.audit.log_keys import known_keys, origin
from motcua.audit.models import Checkpoint, Cosignature, Outsider, TimeStamp
from motcua.audit.proofs import witness_keys
from motcua.audit.vouching import AUTHORITY
from motcua.tlog.tree import MOST_LEAVES


@dataclass(frozen=True)
class KeyFacts:
    """A public key of the log: what to compare, and for which sizes it signs."""

    fingerprint: str
    vkey: str
    from_size: int
    to_size: int | None  # None: it signs now


@dataclass(frozen=True)
class WitnessFacts:
    """A witness: what it last signed, and what is wrong if anything is."""

    name: str
    fingerprint: str
    size: int | None
    at: datetime | None
    trouble: str
    since: datetime | None
    refuses: bool


@dataclass(frozen=True)
class LogState:
    """The last checkpoint, and everybody who vouches for it."""

    origin: str
    size: int
    root: str
    at: datetime | None
    keys: tuple[KeyFacts, ...]
    witnesses: tuple[WitnessFacts, ...]
    stamped_at: datetime | None
    stamped_size: int | None
    has_authority: bool
    authority_trouble: str
    waits_since: datetime | None  # the oldest entry that is not sealed


def log_state() -> LogState:
    """Everything at once; a handful of queries, whatever the size of the log."""
    last = Checkpoint.objects.order_by("size").last()
    stamp = TimeStamp.objects.select_related("checkpoint").order_by("id").last()
    waits, authority = oldest_unsealed(), Outsider.objects.filter(name=AUTHORITY).first()
    return LogState(
        origin=origin(),
        size=last.size if last else 0,
        root=b64encode(bytes(last.root)).decode() if last else "",
        at=last.at if last else None,
        keys=tuple(_keys()),
        witnesses=tuple(_witnesses()),
        stamped_at=stamp.at if stamp else None,
        stamped_size=stamp.checkpoint.size if stamp else None,
        has_authority="timestamper" in settings.ADAPTERS,
        authority_trouble=authority.trouble if authority else "",
        waits_since=waits[1] if waits else None,
    )


def _keys() -> list[KeyFacts]:
    return [
        KeyFacts(
            each.key.fingerprint, each.key.vkey, each.least,
            None if each.most == MOST_LEAVES else each.most,
        )
        for each in reversed(known_keys())
    ]  # fmt: skip


def _witnesses() -> list[WitnessFacts]:
    found = []
    for key in witness_keys():
        signed = Cosignature.objects.filter(witness=key.name).select_related("checkpoint")
        last = signed.order_by("checkpoint_id").last()
        known = Outsider.objects.filter(name=key.name).first()
        found.append(
            WitnessFacts(
                key.name, key.fingerprint,
                last.checkpoint.size if last else None, last.at if last else None,
                known.trouble if known else "", known.since if known else None,
                bool(known and known.refuses),
            )
        )  # fmt: skip
    return found
