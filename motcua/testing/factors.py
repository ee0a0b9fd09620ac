"""Second factors for tests: an application that shows codes, and what it shows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

if TYPE_CHECKING:
    from motcua.people.models import Account

PERIOD = 30


def an_app(account: Account) -> str:
    """The secret of an application that this account has set up."""
    secret = str(generate_totp_secret())
    TOTP.activate(account, secret)
    return secret


def code_of(secret: str, later: int = 0) -> str:
    """The code that the application shows now, or so many steps later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + later)))
