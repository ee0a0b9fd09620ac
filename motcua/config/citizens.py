"""Settings of how citizens sign in: the services that vouch for them, and passwords where allowed.

`MOTCUA_SSO` names the services in the order in which they are offered; for each of them stand
`MOTCUA_SSO_<NAME>_ISSUER`, `_CLIENT_ID`, `_SECRET` (or `_SECRET_FILE`), `_NAME`, and where the
configuration is not under the issuer, `_DISCOVERY`.
"""

import re
import sys
from pathlib import Path

from motcua.config import environment

TESTING = "pytest" in sys.modules
KNOWN_NAMES = {
    "dvcqg": "Cổng Dịch vụ công quốc gia",
    "vneid": "VNeID",
    "vnconnect": "VNConnect",
}
TIMEOUT = 8  # seconds for one question to a service: somebody is waiting before the screen
CITIZEN_PASSWORDS = environment.flag("MOTCUA_CITIZEN_PASSWORDS", TESTING)


def services() -> list[dict[str, str]]:
    """What the environment says about each service."""
    return [_service(name) for name in environment.words("MOTCUA_SSO")]


def _service(name: str) -> dict[str, str]:
    if not re.fullmatch(r"[a-z][a-z0-9]{0,19}", name):
        raise ValueError(f"MOTCUA_SSO: “{name}” chỉ được gồm chữ thường a-z và chữ số.")
    front = f"MOTCUA_SSO_{name.upper()}"
    found = {
        "issuer": environment.text(f"{front}_ISSUER"),
        "client_id": environment.text(f"{front}_CLIENT_ID"),
        "client_secret": _secret(f"{front}_SECRET"),
    }
    for key, said in found.items():
        if not said:
            raise ValueError(f"{front}: chưa đặt {key}; xem docs/howto/connect-sign-in.md.")
    return {
        "id": name,
        "name": environment.text(f"{front}_NAME", KNOWN_NAMES.get(name, name)),
        "discovery": environment.text(f"{front}_DISCOVERY"),
        **found,
    }


def _secret(name: str) -> str:
    if kept := environment.text(f"{name}_FILE"):
        return Path(kept).read_text(encoding="utf-8").strip()
    return environment.text(name)
