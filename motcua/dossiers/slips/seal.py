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

from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.sets import title_in
from motcua.law.types import FormSet

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
    form_set: FormSet = FormSet.TT03_2025

    @property
    def paper_name(self) -> str:
        """The name of the paper."""
        return title_in(self.form_set, self.kind)

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
        _form(paper),
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
        code, procedure, identity, form, number, issued, due = _decode(body).decode().split("|")
        kind, _, form_set = form.partition("@")
        return SealedPaper(
            code,
            procedure,
            identity,
            SlipKind(kind),
            number,
            _moment(issued),
            _moment(due) if due else None,
            FormSet(form_set) if form_set else FormSet.TT03_2025,
        )
    except (ValueError, binascii.Error):  # sealed by an older edition of the form
        return None


def _form(paper: SealedPaper) -> str:
    """Which paper of which set; the set of 2025 goes without saying, the QR stays small."""
    is_new = paper.form_set is FormSet.TT03_2025
    return str(paper.kind) if is_new else f"{paper.kind}@{paper.form_set}"


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
