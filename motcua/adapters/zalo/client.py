"""What Zalo speaks: ZNS messages and the tokens that open the door. Knows nothing of us."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from motcua.adapters.wire import Answer, NoAnswer, call


@dataclass(frozen=True)
class App:
    """Where Zalo listens, and which of its applications we are."""

    url: str
    oauth_url: str
    app_id: str
    secret_key: str
    refresh_token: str
    timeout: float = 10


@dataclass(frozen=True)
class Tokens:
    """A key for some hours, and the paper that fetches the next one, once."""

    access: str
    refresh: str
    seconds: int


class Broken(Exception):
    """Zalo answered that the fault is its own."""


class Refusal(Exception):
    """Zalo said no, with a number."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"mã {code}")


def send(
    app: App, token: str, *, tracking_id: str, phone: str, template_id: str, data: Mapping[str, str]
) -> str:
    """The number Zalo gave the message."""
    asked = {
        "phone": phone,
        "template_id": template_id,
        "template_data": dict(data),
        "tracking_id": tracking_id,
    }
    headers = {"Content-Type": "application/json", "access_token": token}
    body = json.dumps(asked, ensure_ascii=False).encode()
    told = _yes(call("POST", f"{app.url}/message/template", body, headers, app.timeout))
    return str(told.get("msg_id", ""))


def template_status(app: App, token: str, template_id: str) -> str:
    """How a registered template stands: "ENABLE", …"""
    address = f"{app.url}/template/info/v2?{urlencode({'template_id': template_id})}"
    told = _yes(call("GET", address, None, {"access_token": token}, app.timeout))
    return str(told.get("status", ""))


def refresh(app: App, refresh_token: str) -> Tokens:
    """New tokens for an old refresh token, which is used up by it."""
    asked = {
        "refresh_token": refresh_token, "app_id": app.app_id, "grant_type": "refresh_token",
    }  # fmt: skip
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "secret_key": app.secret_key,
    }  # fmt: skip
    address = f"{app.oauth_url}/v4/oa/access_token"
    heard = call("POST", address, urlencode(asked).encode(), headers, app.timeout)
    if heard.is_broken:
        raise Broken(f"HTTP {heard.status}")
    told = heard.json()
    if not told.get("access_token") or not told.get("refresh_token"):
        raise Refusal(_number(told.get("error", -124)))
    return Tokens(
        str(told["access_token"]), str(told["refresh_token"]), _number(told.get("expires_in", 0))
    )


def _yes(heard: Answer) -> dict[str, Any]:
    """The data of a good answer; error 0 is the only one."""
    if heard.is_broken:
        raise Broken(f"HTTP {heard.status}")
    told = heard.json()
    if "error" not in told:
        raise NoAnswer(f"HTTP {heard.status}: không có error")
    if code := _number(told["error"]):
        raise Refusal(code)
    data = told.get("data")
    return data if isinstance(data, dict) else {}


def _number(said: object) -> int:
    try:
        return int(str(said))
    except ValueError as error:
        raise NoAnswer("Mã trả lời không phải số") from error
