"""Whether a time-stamping authority that the judge trusts really signed a token (RFC 3161)."""

from datetime import datetime

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from motcua.verify.told import HANOI

GRANTED = (
    b"\x30\x03\x02\x01\x00"  # PKIStatusInfo { status 0 }: the library reads answers, not tokens
)


class Unproven(ValueError):
    """No stamp of a trusted authority over this text; the text of the error says why."""


def stamped_at(token: bytes | None, text: bytes, roots: bytes) -> datetime:
    """The moment that the authority signed; `roots` are certificates in PEM."""
    if token is None:
        raise Unproven("tệp không kèm dấu thời gian.")
    try:
        builder = VerifierBuilder()
        for root in load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(root)
        answer = decode_timestamp_response(_sequence(GRANTED + token))
        builder.build().verify_message(answer, text)
    except (ValueError, VerificationError) as error:
        raise Unproven(f"không phải do nơi ông/bà tin cậy ký ({error}).") from error
    return answer.tst_info.gen_time.astimezone(HANOI)


def _sequence(content: bytes) -> bytes:
    """`content` as one SEQUENCE of DER, which knows one way to write a length."""
    length = len(content)
    if length < 0x80:
        return bytes([0x30, length]) + content
    wide = (length.bit_length() + 7) // 8
    return bytes([0x30, 0x80 | wide]) + length.to_bytes(wide, "big") + content
