"""Settings of who may sign in and stay: second factor, limits of a session, brakes, idle accounts.

They stand here because `settings.py` is long enough; it takes them over by name.
"""

import sys
from datetime import timedelta
from typing import Any

from motcua.config import environment

TESTING = "pytest" in sys.modules
CHOICES = ("required", "optional")


def second_factor(default: str) -> str:
    """Whether officials must have a second factor; a wrong word stops the house from opening."""
    chosen = environment.text("MOTCUA_SECOND_FACTOR", default)
    if chosen not in CHOICES:
        raise ValueError(f"MOTCUA_SECOND_FACTOR={chosen}: cần {' hoặc '.join(CHOICES)}.")
    return chosen


# Tests travel through days in one session and sign in by password: those of this part switch it on.
SECOND_FACTOR = second_factor("optional" if TESTING else "required")
IDLE_MINUTES = environment.number("MOTCUA_IDLE_MINUTES", 0 if TESTING else 15)
SESSION_HOURS = environment.number("MOTCUA_SESSION_HOURS", 0 if TESTING else 8)
KEPT_POST_CHARACTERS = 200_000  # of a form sent from a locked session

# How often one may guess: under one name in so many minutes and in a day, and from one address.
SIGN_IN_TRIES = environment.number("MOTCUA_SIGN_IN_TRIES", 5)
SIGN_IN_MINUTES = environment.number("MOTCUA_SIGN_IN_MINUTES", 5)
SIGN_IN_TRIES_DAY = environment.number("MOTCUA_SIGN_IN_TRIES_DAY", 50)
SIGN_IN_PER_ADDRESS = environment.number("MOTCUA_SIGN_IN_PER_ADDRESS", 30)


def brakes() -> dict[str, str]:
    """The same in the words of allauth; a name that nobody has is counted like any other."""
    by_name = f"{SIGN_IN_TRIES}/{SIGN_IN_MINUTES}m/key,{SIGN_IN_TRIES_DAY}/d/key"
    return {
        "login": f"{2 * SIGN_IN_PER_ADDRESS}/m/ip",
        "login_failed": f"{SIGN_IN_PER_ADDRESS}/m/ip,{by_name}",
    }


# Accounts that nobody uses (ACC-09): told, then shut. Citizens' local accounts only when switched on.
IDLE_ACCOUNT_DAYS = environment.number("MOTCUA_IDLE_ACCOUNT_DAYS", 90)
IDLE_ACCOUNT_NOTICE_DAYS = environment.number("MOTCUA_IDLE_ACCOUNT_NOTICE_DAYS", 14)
IDLE_CITIZEN_DAYS = environment.number("MOTCUA_IDLE_CITIZEN_DAYS", 0)  # 730 by QĐ 31/2021; 0: never

# Second factors, by allauth.mfa. A passkey asks for a PIN or a finger, so it can stand alone.
MFA: dict[str, Any] = {
    "ADAPTER": "motcua.sites.factors.Factors",
    "SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "FORMS": {
        "authenticate": "motcua.sites.factors.ShowCode",
        "reauthenticate": "motcua.sites.factors.ShowCodeAgain",
        "activate_totp": "motcua.sites.factors.SetUpApp",
        "authenticate_webauthn": "motcua.sites.factors.ShowPasskey",
        "add_webauthn": "motcua.sites.factors.AddPasskey",
    },
    "TOTP_TOLERANCE": 1,
    "RECOVERY_CODES_SHOW_ONCE": True,
    "PASSKEY_LOGIN_ENABLED": True,
    "WEBAUTHN_USER_VERIFICATION": "required",
}
REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=5).total_seconds())
