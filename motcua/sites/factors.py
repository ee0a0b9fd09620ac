"""Second factors of sign-in: an application that shows codes, a passkey, recovery codes.

The mechanics are allauth's; ours are the words, the key that seals a secret in the database, and
that a code is good for once.
"""

import base64
import secrets
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from motcua.people.guarding import is_last_factor, note

CODE_LIVES = 120  # seconds: longer than any code is taken with one step of tolerance on both sides
FACTOR_NAMES = {
    "totp": "ứng dụng tạo mã",
    "webauthn": "khóa truy cập",
    "recovery_codes": "mã khôi phục",
}
WRONG_CODE = "Mã chưa đúng hoặc đã dùng rồi. Mời ông/bà nhập mã đang hiện trên ứng dụng."
WRONG_PASSKEY = (
    "Chưa nhận được khóa truy cập. Mời ông/bà thử lại, hoặc dùng cách khác ở cùng trang."
)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]  # untyped package
    """Our words; secrets sealed under the key of the house; named after the portal."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Cán bộ phải có ít nhất một cách xác thực. Mời thêm cách khác "
        "trước khi gỡ cách này.",
        "cannot_generate_recovery_codes": "Mời thiết lập ứng dụng tạo mã hoặc khóa truy cập trước.",
        "incorrect_code": WRONG_CODE,
    }

    def get_totp_issuer(self) -> str:
        """What the application shows beside the code."""
        return str(settings.AUTHORITY["portal_name"])

    def get_totp_label(self, user: Any) -> str:
        """Whose code it is."""
        return str(user.get_username())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The portal, by the address that everybody knows it under, whatever the request says."""
        host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
        return {"id": host, "name": str(settings.AUTHORITY["portal_name"])}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its owner calls it something."""
        had = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Khóa truy cập {had + 1}"

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed; under a key that is gone no code is right, not even a known one."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whoever must have a factor keeps the last one; losing it is for a keeper to settle."""
        if settings.SECOND_FACTOR != "required":
            return True
        return not is_last_factor(authenticator.pk, authenticator.user_id)


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashed = (sha256(b"second factor" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in hashed])


def factor_shown(request: HttpRequest) -> bool:
    """Whether a second factor was shown, or set up, in this session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def proofs(request: HttpRequest, user: Any) -> list[str]:
    """By what somebody signed in, in order: password, totp, webauthn, recovery_codes."""
    records = get_authentication_records(request, user)
    return [str(record.get("type") or record["method"]) for record in records]


class _Once(forms.Form):
    """A code in our words, that nobody uses a second time."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = "Chưa nhập mã."

    def clean_code(self) -> str:
        """The code, if it is right and new, however it is spelt: “12 34-56” is 123456."""
        code = str(super().clean_code())  # type: ignore[misc]  # of the other parent
        if not cache.add(f"factor:{self.user.pk}:{normalize_user_code(code)}", 1, CODE_LIVES):
            raise ValidationError(WRONG_CODE)
        return code


class ShowCode(_Once, AuthenticateForm):  # type: ignore[misc]  # untyped package
    """The second step of signing in."""


class ShowCodeAgain(_Once, ReauthenticateForm):  # type: ignore[misc]  # untyped package
    """The same, of somebody signed in already."""


class SetUpApp(_Once, ActivateTOTPForm):  # type: ignore[misc]  # untyped package
    """The first code of a new application; it does not sign in afterwards."""


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]  # untyped package
    """A new passkey, with a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = WRONG_PASSKEY


class ShowPasskey(AuthenticateWebAuthnForm):  # type: ignore[misc]  # untyped package
    """A passkey at sign-in; what is refused stands in the journal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = WRONG_PASSKEY

    def clean_credential(self) -> Any:
        """The passkey that answered."""
        try:
            return super().clean_credential()
        except ValidationError:
            if self.user is not None:
                note(
                    self.user,
                    "account.refused",
                    why="webauthn",
                    address=address_of(context.request),
                )
            raise ValidationError(WRONG_PASSKEY) from None


def address_of(request: HttpRequest | None) -> str:
    """Where a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64] if request else ""
