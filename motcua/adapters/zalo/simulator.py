"""Zalo as it behaves on the wire: ZNS messages, templates, and tokens that open once."""

import json
import re
import secrets
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from motcua.adapters.simulator import Asked, Stage, Told, object_of

PHONE = re.compile(r"84\d{9}")
APP_ID, SECRET, FIRST_REFRESH = "1234567890", "demo-secret", "demo-refresh"
QUOTA = 500


class Zalo:
    """One application linked to one official account."""

    def __init__(self) -> None:
        self.access, self.refresh = "", FIRST_REFRESH
        self.renewals = 0

    def answer(self, asked: Asked, stage: Stage, refusal: str) -> Told:
        """What Zalo says to one request."""
        parts = urlsplit(asked.path)
        if parts.path == "/v4/oa/access_token":
            return _said(self._tokens(asked))
        if code := refusal or self._wrong_token(asked):
            return _no(int(code))
        if parts.path == "/template/info/v2":
            number = parse_qs(parts.query).get("template_id", [""])[0]
            return _yes({"templateId": number, "status": "ENABLE"})
        if parts.path != "/message/template" or asked.method != "POST":
            return _no(-106)
        return _message(object_of(asked.body), stage)

    def _wrong_token(self, asked: Asked) -> str:
        right = self.access and asked.headers.get("access_token") == self.access
        return "" if right else "-124"

    def _tokens(self, asked: Asked) -> dict[str, Any]:
        """New tokens; the refresh token that asked for them opens nothing any more."""
        form = {name: said[0] for name, said in parse_qs(asked.body.decode()).items()}
        if asked.headers.get("secret_key") != SECRET:
            return {"error": -104, "message": "secret key invalid"}
        if form.get("app_id") != APP_ID or form.get("grant_type") != "refresh_token":
            return {"error": -101, "message": "app invalid"}
        if form.get("refresh_token") != self.refresh:
            return {"error": -124, "message": "refresh token invalid"}
        self.access, self.refresh = secrets.token_urlsafe(12), secrets.token_urlsafe(12)
        self.renewals += 1
        return {
            "access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000",
        }  # fmt: skip


def _message(told: dict[str, Any], stage: Stage) -> Told:
    phone, number = str(told.get("phone", "")), str(told.get("template_id", ""))
    if code := stage.numbers.get(phone):
        return _no(int(code))
    if not PHONE.fullmatch(phone):
        return _no(-108)
    if not number.isdigit():
        return _no(-109)
    values = told.get("template_data")
    if not values:
        return _no(-111)
    if not isinstance(values, dict) or not all(str(said).strip() for said in values.values()):
        return _no(-112)
    if len(stage.received) >= QUOTA:
        return _no(-115)
    stage.received.append(
        {"id": told.get("tracking_id"), "phone": phone, "template": number, "words": values}
    )
    left = {"dailyQuota": str(QUOTA), "remainingQuota": str(QUOTA - len(stage.received))}
    sent = {"msg_id": secrets.token_hex(8), "sent_time": str(int(time.time() * 1000))}
    return _yes({**sent, "quota": left})


def _yes(told: dict[str, Any]) -> Told:
    return _said({"error": 0, "message": "Success", "data": told})


def _no(code: int) -> Told:
    return _said({"error": code, "message": "Error"})


def _said(told: dict[str, Any]) -> Told:
    return Told(json.dumps(told).encode())
