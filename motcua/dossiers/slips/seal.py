"""The QR of a slip: a short address that carries what the paper is, signed so that it cannot be forged.

The token is data and check value, `<base64url>.<base64url>`. It is not secret, only unforgeable:
the page behind it shows what the paper should say.

Law: COD-08, COD-09, COD-10
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.dossiers.slips.forms import TITLES, SlipKind

_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_MINUTE = "%y%m%d%H%M"
_SALT = "motcua.dossiers.slips.seal"
_SEAL_BYTES = 15
_LONGEST = 600


@dataclass(frozen=True)
class SealedPaper:
    """The minimum data in the QR of a paper that left the system; times to the minute.

    Law: COD-09
    """

    dossier_code: str
    procedure_code: str
    identity_no: str
    kind: SlipKind
    number: str
    issued_at: datetime
    due_at: datetime | None = None

    @property
    def paper_name(self) -> str:
        """The name of the paper."""
        return TITLES[self.kind]

    @property
    def source(self) -> str:
        """The system that published it."""
        return str(settings.AUTHORITY["portal_name"])


def qr_payload(paper: SealedPaper) -> str:
    """The address to print in the QR of `paper`; opening it shows whether the paper is genuine."""
    fields = (
        paper.dossier_code,
        paper.procedure_code,
        paper.identity_no,
        str(paper.kind),
        paper.number,
        _minute(paper.issued_at),
        _minute(paper.due_at) if paper.due_at else "",
    )
    body = _encode("|".join(field.replace("|", "/") for field in fields).encode())
    return f"{settings.PORTAL_URL}/xac-minh/{body}.{_check_value(body, settings.SECRET_KEY)}"


def read_payload(token: str) -> SealedPaper | None:
    """What a scanned paper says of itself; None when this system did not seal it.

    Takes the token alone or the whole address.
    """
    body, _, seal = token.rstrip("/").rpartition("/")[2].partition(".")
    if not token.isascii() or len(token) > _LONGEST:
        return None
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(_check_value(body, key), seal) for key in keys):
        return None
    try:
        code, procedure, identity, kind, number, issued, due = _decode(body).decode().split("|")
        return SealedPaper(
            code,
            procedure,
            identity,
            SlipKind(kind),
            number,
            _moment(issued),
            _moment(due) if due else None,
        )
    except (ValueError, binascii.Error):  # sealed by an older edition of the form
        return None


def _check_value(body: str, key: str | bytes) -> str:
    digest = salted_hmac(_SALT, body, secret=key, algorithm="sha256").digest()
    return _encode(digest[:_SEAL_BYTES])


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _minute(at: datetime) -> str:
    return at.astimezone(_HANOI).strftime(_MINUTE)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, _MINUTE).replace(tzinfo=_HANOI)
