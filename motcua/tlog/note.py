"""Signed notes, checkpoints and cosignatures, by C2SP signed-note, tlog-checkpoint, tlog-cosignature.

Whatever comes from outside is parsed strictly: one spelling for everything, `Malformed` otherwise.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from motcua.tlog.tree import HASH_BYTES, MOST_LEAVES

ED25519 = 1  # signs the text
COSIGNATURE = 4  # a witness signs the text and the moment
DASH = "\u2014 "
MOST_BYTES = 64 * 1024
MOST_SIGNATURES = 64
KEY_ID_BYTES, TIME_BYTES, SIGNATURE_BYTES = 4, 8, 64
SECRET_PREFIX = "PRIVATE+KEY+"
# Spelled out, because languages disagree on what a space is.
UNNAMABLE = re.compile(
    "[\\x00-\\x20+\\x7f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]"
)


class Malformed(ValueError):
    """This is not what it should be, letter by letter."""


@dataclass(frozen=True)
class VerifierKey:
    """The public half: whose it is, what it signs, 32 bytes of Ed25519."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature names its key."""
        return _fingerprint(self.name, self.kind, self.public)[:KEY_ID_BYTES]

    @property
    def fingerprint(self) -> str:
        """All of SHA-256 in hexadecimal, to be compared with what was printed elsewhere."""
        return _fingerprint(self.name, self.kind, self.public).hex()

    @property
    def vkey(self) -> str:
        """One line: name+id+key."""
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def parse(cls, vkey: str) -> Self:
        """What `vkey` wrote."""
        name, key_id, key = _three_parts(vkey)
        found = cls(name, key[0], key[1:])
        if found.key_id.hex() != key_id:
            raise Malformed("the id of the key is not that of its bytes")
        return found


@dataclass(frozen=True)
class SigningKey:
    """The secret half. It stays out of logs: only the name is shown."""

    name: str
    kind: int = field(repr=False)
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> Self:
        """A new one from the chance of the operating system."""
        _check_name(name)
        return cls(name, kind, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> VerifierKey:
        """Its public half."""
        public = self._private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return VerifierKey(self.name, self.kind, public)

    @property
    def secret(self) -> str:
        """One line, for a file that only its owner reads: PRIVATE+KEY+name+id+seed."""
        seed = base64.b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{SECRET_PREFIX}{self.name}+{self.verifier.key_id.hex()}+{seed}"

    @classmethod
    def parse(cls, secret: str) -> Self:
        """What `secret` wrote."""
        name, key_id, key = _three_parts(secret.removeprefix(SECRET_PREFIX))
        found = cls(name, key[0], key[1:])
        if not secret.startswith(SECRET_PREFIX) or found.verifier.key_id.hex() != key_id:
            raise Malformed("not the line of a secret key")
        return found

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of Ed25519."""
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True)
class Signature:
    """One line below a note."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def line(self) -> bytes:
        """How it stands below the note, with the end of the line."""
        return f"{DASH}{self.name} {base64.b64encode(self.key_id + self.blob).decode()}\n".encode()

    @classmethod
    def parse(cls, line: str) -> Self:
        """What `line` wrote, without the end of the line."""
        match = re.fullmatch(r"\u2014 ([^ ]+) ([^ ]+)", line)
        if not match:
            raise Malformed("not a signature line")
        _check_name(match[1])
        blob = from_base64(match[2])
        if len(blob) <= KEY_ID_BYTES:
            raise Malformed("an empty signature")
        return cls(match[1], blob[:KEY_ID_BYTES], blob[KEY_ID_BYTES:])


@dataclass(frozen=True)
class Note:
    """A text with its signatures, none of them believed yet."""

    text: bytes
    signatures: tuple[Signature, ...]

    @property
    def signed(self) -> bytes:
        """The whole note as bytes."""
        return self.text + b"\n" + b"".join(signature.line for signature in self.signatures)

    def plus(self, more: Iterable[Signature]) -> Self:
        """The same note with more signatures below, each line once."""
        return type(self)(self.text, tuple(dict.fromkeys([*self.signatures, *more])))


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself at one moment: how many leaves, and their root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> bytes:
        """The text to be signed, cosigned and time-stamped."""
        root = base64.b64encode(self.root).decode()
        return "".join(
            f"{line}\n" for line in (self.origin, str(self.size), root, *self.extensions)
        ).encode()

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """What `text` wrote."""
        lines = _text(text).split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise Malformed("a checkpoint has three lines or more, none of them empty")
        origin, size, root, *extensions = lines
        if not re.fullmatch(r"0|[1-9][0-9]{0,15}", size) or int(size) > MOST_LEAVES:
            raise Malformed("the size of the log is not a number")
        found = cls(origin, int(size), from_base64(root), tuple(extensions))
        if len(found.root) != HASH_BYTES:
            raise Malformed("the root is not 32 bytes")
        return found


def parse(signed: bytes) -> Note:
    """A note from outside; its signatures are not believed yet."""
    if len(signed) > MOST_BYTES:
        raise Malformed("too long for a note")
    text, gap, below = _text(signed).rpartition("\n\n")
    lines = below.split("\n")
    if not gap or lines.pop() or not 0 < len(lines) <= MOST_SIGNATURES:
        raise Malformed("a note is a text, an empty line and signature lines")
    return Note(f"{text}\n".encode(), tuple(Signature.parse(line) for line in lines))


def sign(checkpoint: Checkpoint, key: SigningKey) -> Note:
    """The checkpoint, signed by its log."""
    if key.kind != ED25519:
        raise ValueError("a log signs with a key of kind 1")
    blob = key.sign(checkpoint.text)
    return Note(checkpoint.text, (Signature(key.name, key.verifier.key_id, blob),))


def cosign(text: bytes, key: SigningKey, at: int) -> Signature:
    """What a witness puts below a checkpoint that it saw at this second."""
    if key.kind != COSIGNATURE:
        raise ValueError("a witness signs with a key of kind 4")
    blob = at.to_bytes(TIME_BYTES, "big") + key.sign(_cosigned(text, at))
    return Signature(key.name, key.verifier.key_id, blob)


def is_signed_by(note: Note, key: VerifierKey) -> bool:
    """Whether a log's key signed this note; every line that names the key must hold."""
    mine = _of(note, key)
    return (
        key.kind == ED25519
        and bool(mine)
        and all(_holds(key, signature.blob, note.text) for signature in mine)
    )


def cosigned_at(note: Note, key: VerifierKey) -> int | None:
    """The second at which a witness's key cosigned this note; None if it did not, or falsely."""
    mine = _of(note, key)
    if key.kind != COSIGNATURE or not mine:
        return None
    moments = []
    for signature in mine:
        at = int.from_bytes(signature.blob[:TIME_BYTES], "big")
        if at >= 1 << 63 or not _holds(key, signature.blob[TIME_BYTES:], _cosigned(note.text, at)):
            return None
        moments.append(at)
    return max(moments)


def _of(note: Note, key: VerifierKey) -> list[Signature]:
    return [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.key_id)]


def _holds(key: VerifierKey, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _cosigned(text: bytes, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n".encode() + text


def _fingerprint(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()


def _three_parts(line: str) -> tuple[str, str, bytes]:
    """Name, id in hexadecimal and key of a line of a key; base64 may hold a plus, so from the left."""
    match = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([^ ]+)", line)
    if not match:
        raise Malformed("not the line of a key")
    _check_name(match[1])
    key = from_base64(match[3])
    if len(key) != 1 + 32 or key[0] not in (ED25519, COSIGNATURE):
        raise Malformed("a key of another kind")
    return match[1], match[2], key


def _check_name(name: str) -> None:
    if not name or UNNAMABLE.search(name):
        raise Malformed("the name of a key has no spaces and no plus")


def from_base64(text: str) -> bytes:
    """The bytes that `text` spells in the one way there is."""
    try:
        blob = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise Malformed("not base64") from error
    if base64.b64encode(blob).decode() != text:  # one spelling: no loose bits at the end
        raise Malformed("not the one way to write base64")
    return blob


def _text(signed: bytes) -> str:
    try:
        text = signed.decode()
    except UnicodeDecodeError as error:
        raise Malformed("not UTF-8") from error
    if re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise Malformed("a control character")
    return text
