"""RFC 3161 behind the port of `audit`: nothing is believed that the configured roots do not vouch for."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from motcua.adapters.wire import NoAnswer, address_objections, call, missing
from motcua.audit.ports import NotVouched, Token
from motcua.core.errors import Reason, TryLater

# What stands before a token in a reply that grants it: kept tokens are checked as the reply was.
GRANTED = bytes.fromhex("3003020100")
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
NAME = "Cấp dấu thời gian"


class Rfc3161Timestamper:
    """Asks the authority of `MOTCUA_TSA_URL`, believes the roots in `MOTCUA_TSA_ROOTS`."""

    def stamp(self, text: bytes) -> Token:
        """A token over `text`, with our nonce in it, signed by somebody the roots vouch for."""
        request = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256).build()
        try:
            heard = call(
                "POST", settings.TSA["url"], request.as_bytes(), HEADERS, settings.MESSENGER_TIMEOUT
            )
        except NoAnswer as error:
            raise TryLater(f"{NAME}: {error}") from error
        if heard.is_broken:
            raise TryLater(f"{NAME}: HTTP {heard.status}")
        reply = _decoded(heard.body)
        at = _believed(reply, text, request.nonce)
        return Token(reply.time_stamp_token(), at)

    def moment(self, token: bytes, text: bytes) -> datetime:
        """The moment of a token kept from before, checked like a fresh one."""
        inner = GRANTED + token
        length = len(inner)
        if not 256 <= length < 65536:
            raise NotVouched(f"{NAME}: không phải một dấu thời gian.")
        reply = _decoded(b"\x30\x82" + length.to_bytes(2, "big") + inner)
        return _believed(reply, text, None)

    def check(self) -> list[Reason]:
        """What is missing in the settings, and whether the roots can be read."""
        found = [
            *address_objections("MOTCUA_TSA_URL", settings.TSA["url"]),
            *missing({"MOTCUA_TSA_ROOTS": settings.TSA["roots"]}),
        ]
        if not found:
            try:
                _roots()
            except (OSError, ValueError) as error:
                found.append(Reason("tsa_roots", f"Không đọc được MOTCUA_TSA_ROOTS: {error}"))
        return found


def _decoded(content: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(content)
    except ValueError as error:
        raise NotVouched(f"{NAME}: trả lời không phải dấu thời gian.") from error


def _believed(reply: TimeStampResponse, text: bytes, nonce: int | None) -> datetime:
    """The moment a reply names, once everything about it was checked."""
    builder = VerifierBuilder(nonce=nonce)
    for root in _roots():
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify(reply, sha256(text).digest())
        return reply.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise NotVouched(f"{NAME}: {error}") from error


def _roots() -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(Path(settings.TSA["roots"]).read_bytes())
