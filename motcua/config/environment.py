"""Reading the environment: one small function per kind of value."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str = "") -> str:
    """The variable as it is."""
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on."""
    return text(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """The variable as a whole number."""
    return int(text(name) or default)


def words(name: str, default: str = "") -> list[str]:
    """The variable's comma separated parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def hours(name: str, default: str) -> tuple[int, int]:
    """From which hour to which, of "7-22"; the second may be the smaller: over midnight."""
    written = text(name) or default
    begin, _, end = written.partition("-")
    if not (begin.isdecimal() and end.isdecimal() and int(begin) <= 24 and int(end) <= 24):
        raise ValueError(f"{name}={written}: cần hai giờ từ 0 đến 24, như {default}.")
    return int(begin), int(end)


MESSENGERS = {
    "vnpt": "motcua.adapters.sms.adapter.VnptSms",
    "viettel": "motcua.adapters.sms.adapter.ViettelSms",
    "zalo": "motcua.adapters.zalo.adapter.ZnsMessenger",
}


def messengers(testing: bool) -> dict[str, str]:
    """The adapters of the channels to telephones: those that were set up, the fakes in tests."""
    if testing:
        return {
            "sms": "motcua.adapters.sms.fake.FakeSms",
            "zalo": "motcua.adapters.zalo.fake.FakeZalo",
        }
    found = {}
    if carrier := text("MOTCUA_SMS"):
        if carrier not in {"vnpt", "viettel"}:
            raise ValueError(f"MOTCUA_SMS={carrier}: cần vnpt hoặc viettel.")
        found["sms"] = MESSENGERS[carrier]
    if text("MOTCUA_ZALO_APP_ID"):
        found["zalo"] = MESSENGERS["zalo"]
    return found


def secret_key(folder: Path) -> str:
    """`MOTCUA_SECRET_KEY`, or one made once and kept in `folder`, readable by its owner only."""
    if given := text("MOTCUA_SECRET_KEY"):
        return given
    kept = folder / "secret_key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"secret_key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        try:
            os.link(fresh, kept)  # whoever is second keeps the first one's key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at `url` (postgresql://user:password@host:port/name)."""
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or parts.port or ""),
        "OPTIONS": options,
    }
