"""What an RFC 3161 time-stamp token says: which fingerprint, when. Its signature is not judged here."""

from collections.abc import Iterator
from dataclasses import dataclass

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")  # 1.2.840.113549.1.7.2
STAMP_INFO = bytes.fromhex("2a864886f70d0109100104")  # 1.2.840.113549.1.9.16.1.4
SHA256 = bytes.fromhex("608648016503040201")  # 2.16.840.1.101.3.4.2.1
INTEGER, OCTETS, NAME, TIME, SEQUENCE, SET, TAGGED = 0x02, 0x04, 0x06, 0x18, 0x30, 0x31, 0xA0


class Unreadable(ValueError):
    """Not a token of the kind we read."""


@dataclass(frozen=True)
class Stamp:
    """The two things a token says that a proof needs."""

    imprint: bytes  # SHA-256 of what was stamped
    at: str  # GeneralizedTime as it stands there: 20261122083000Z


def read(token: bytes) -> Stamp:
    """What this token (the CMS ContentInfo in DER) says."""
    kind, wrapped = _parts(_only(token, SEQUENCE), NAME, TAGGED)
    _, _, content = _parts(_only(wrapped, SEQUENCE), INTEGER, SET, SEQUENCE)
    inner_kind, inner = _parts(content, NAME, TAGGED)
    if (kind, inner_kind) != (SIGNED_DATA, STAMP_INFO):
        raise Unreadable("not a time-stamp token")
    _, _, imprint, _, at = _parts(
        _only(_only(inner, OCTETS), SEQUENCE), INTEGER, NAME, SEQUENCE, INTEGER, TIME
    )
    algorithm, digest = _parts(imprint, SEQUENCE, OCTETS)
    if _parts(algorithm, NAME)[0] != SHA256 or len(digest) != 32:
        raise Unreadable("the token is not over a SHA-256")
    if not at.isascii() or not 15 <= len(at) <= 25 or not at.endswith(b"Z"):
        raise Unreadable("the token has no time")
    return Stamp(digest, at.decode())


def _parts(content: bytes, *tags: int) -> list[bytes]:
    """The first values of a sequence, which must have these tags; more may follow."""
    found = list(_values(content))  # all of them: what follows must be whole too
    if tuple(tag for tag, _ in found[: len(tags)]) != tags:
        raise Unreadable("the token is built otherwise")
    return [value for _, value in found[: len(tags)]]


def _only(content: bytes, tag: int) -> bytes:
    """The one value that `content` consists of."""
    if len(list(_values(content))) != 1:
        raise Unreadable("something stands behind the token")
    return _parts(content, tag)[0]


def _values(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and value, one after the other (DER: definite lengths, tags of one byte)."""
    at = 0
    while at < len(content):
        tag, length, start = content[at], *_length(content, at + 1)
        if start + length > len(content):
            raise Unreadable("the token is cut off")
        yield tag, content[start : start + length]
        at = start + length


def _length(content: bytes, at: int) -> tuple[int, int]:
    """A length and where its value starts."""
    first = content[at] if at < len(content) else 0x80
    if first < 0x80:
        return first, at + 1
    wide = first & 0x7F
    if not 1 <= wide <= 3 or at + 1 + wide > len(content):
        raise Unreadable("the token has a length we do not read")
    return int.from_bytes(content[at + 1 : at + 1 + wide], "big"), at + 1 + wide
