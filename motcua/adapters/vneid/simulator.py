"""The National portal's SSO and VNeID on this machine: three services, for development and tests.

`/dvcqg` speaks as the National portal does (all claims are texts), `/vneid` as VNeID through the
province (some are numbers), `/vnconnect` as a third service of the same kind. What goes wrong on
demand: see `forging.py`, and `FAULTS` here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from motcua.adapters.simulator import Asked, Stage, Told
from motcua.adapters.vneid import played
from motcua.adapters.vneid.forging import Pen

CLIENT_ID, CLIENT_SECRET = "motcua", "bi-mat-mo-phong"
SERVICES = {
    "dvcqg": "Cổng Dịch vụ công quốc gia",
    "vneid": "VNeID qua tỉnh",
    "vnconnect": "VNConnect",
}
LIFE = 60  # seconds of a code
HOUR = 3600
# Beside the forgeries of tokens, by the address they are asked for.
FAULTS = {
    "token": ("no-id-token", "garbage-object", "duplicate-members"),
    "userinfo": ("other-sub", "no-sub", "other-person"),
    "choose": ("mixed-iss", "wrong-state", "no-state"),
    "config": ("other-issuer",),
}


@dataclass
class Grant:
    """What somebody agreed to, until it is fetched."""

    who: played.Invented
    level: int
    asked: Mapping[str, str]
    until: float
    is_used: bool = False


@dataclass
class Identity:
    """The party of the simulator."""

    pen: Pen = field(default_factory=Pen)
    grants: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)

    def answer(self, asked: Asked, stage: Stage, refusal: str) -> Told:
        """One request of a browser or of the portal."""
        parts = urlsplit(asked.path)
        dialect, _, rest = parts.path.lstrip("/").partition("/")
        if dialect not in SERVICES:
            return _no("not_found", 404)
        said = _flat(asked.body.decode() if asked.method == "POST" else parts.query)
        host = asked.headers.get("Host", "127.0.0.1")
        call = _Call(f"http://{host}/{dialect}", dialect, rest, said, asked.headers, refusal)
        if rest == "oauth2/token":
            stage.received.append({"path": parts.path, "code": said.get("code", "")})
        found = getattr(self, _PLACES.get(rest, "_nowhere"))(call)
        assert isinstance(found, Told)
        return found

    def _nowhere(self, call: _Call) -> Told:
        return _no("not_found", 404)

    def _config(self, call: _Call) -> Told:
        base = call.issuer
        told = {
            "issuer": "https://another.example" if call.fault == "other-issuer" else base,
            "authorization_endpoint": f"{base}/oauth2/authorize",
            "token_endpoint": f"{base}/oauth2/token",
            "userinfo_endpoint": f"{base}/oauth2/userinfo",
            "introspection_endpoint": f"{base}/oauth2/introspect",
            "revocation_endpoint": f"{base}/oauth2/revoke",
            "end_session_endpoint": f"{base}/oidc/logout",
            "jwks_uri": f"{base}/oauth2/jwks",
            "authorization_response_iss_parameter_supported": True,
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA"],
            "code_challenge_methods_supported": ["S256"],
        }
        return _json(told)

    def _jwks(self, call: _Call) -> Told:
        return _json(self.pen.published())

    def _authorize(self, call: _Call) -> Told:
        said = call.said
        if said.get("client_id") != CLIENT_ID or not said.get("redirect_uri"):
            return _no("invalid_client", 400)
        if said.get("response_type") != "code" or "openid" not in said.get("scope", ""):
            return _no("invalid_request", 400)
        if said.get("code_challenge_method") != "S256" or not said.get("code_challenge"):
            return _no("pkce_required", 400)
        page = played.page(SERVICES[call.dialect], said)
        return Told(page, kind="text/html; charset=utf-8")

    def _choose(self, call: _Call) -> Told:
        said = dict(call.said)
        do, number = said.pop("do", "agree"), said.pop("who", "")
        level, who = int(said.pop("level", "1")), played.by_number(number)
        back = {"state": said.get("state", ""), "iss": call.issuer}
        if do == "deny" or who is None:
            return _back(said, back | {"error": "access_denied"})
        code = secrets.token_urlsafe(24)
        until = time.time() + (-1 if do == "expired" else LIFE)
        self.grants[code] = Grant(who, level, said, until)
        back["code"] = code
        if call.fault == "mixed-iss":
            back["iss"] = f"{call.issuer}-khac"
        if call.fault == "wrong-state":
            back["state"] = "another"
        if call.fault == "no-state":
            del back["state"]
        return _back(said, back)

    def _token(self, call: _Call) -> Told:
        said = call.said
        if (said.get("client_id"), said.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _no("invalid_client", 401)
        grant = self.grants.get(said.get("code", ""))
        if grant is None or grant.is_used or grant.until < time.time():
            return _no("invalid_grant", 400)
        grant.is_used = True
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        same = said.get("redirect_uri") == grant.asked.get("redirect_uri")
        if not same or challenge != grant.asked.get("code_challenge"):
            return _no("invalid_grant", 400)
        access = secrets.token_urlsafe(24)
        self.tokens[access] = grant
        told: dict[str, Any] = {
            "access_token": access, "token_type": "Bearer", "scope": "openid",
            "refresh_token": secrets.token_urlsafe(24), "expires_in": HOUR,
            "id_token": self.pen.signed(_id_claims(call, grant), call.fault),
        }  # fmt: skip
        if call.fault == "no-id-token":
            del told["id_token"]
        body = json.dumps(told).encode()
        if call.fault == "garbage-object":
            body = b'{"access_token": '
        if call.fault == "duplicate-members":
            body = body[:-1] + b', "access_token": "x"}'
        return Told(body)

    def _userinfo(self, call: _Call) -> Told:
        bearer = call.headers.get("Authorization", "").removeprefix("Bearer ")
        grant = self.tokens.get(bearer)
        if grant is None:
            return _no("invalid_token", 401)
        told = played.claims(grant.who, call.dialect, grant.level)
        if call.fault == "other-sub":
            told["sub"] = "somebody-else"
        if call.fault == "no-sub":
            del told["sub"]
        if call.fault == "other-person":
            told |= {"SoDinhDanh": "079192000002"}
        return _json(told)

    def _introspect(self, call: _Call) -> Told:
        grant = self.tokens.get(call.said.get("token", ""))
        known = {"active": True, "client_id": CLIENT_ID, "exp": int(time.time()) + HOUR}
        return _json(known if grant else {"active": False})

    def _revoke(self, call: _Call) -> Told:
        self.tokens.pop(call.said.get("token", ""), None)
        return Told(b"")

    def _logout(self, call: _Call) -> Told:
        where = call.said.get("post_logout_redirect_uri", "")
        if where:
            return Told(b"", 302, headers={"Location": where})
        return Told("Đã đăng xuất.".encode(), kind="text/plain; charset=utf-8")


@dataclass(frozen=True)
class _Call:
    """One request, taken apart."""

    issuer: str
    dialect: str
    place: str
    said: Mapping[str, str]
    headers: Mapping[str, str]
    fault: str


_PLACES = {
    ".well-known/openid-configuration": "_config",
    "oauth2/jwks": "_jwks",
    "oauth2/authorize": "_authorize",
    "oauth2/choose": "_choose",
    "oauth2/token": "_token",
    "oauth2/userinfo": "_userinfo",
    "oauth2/introspect": "_introspect",
    "oauth2/revoke": "_revoke",
    "oidc/logout": "_logout",
}


def _id_claims(call: _Call, grant: Grant) -> dict[str, Any]:
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": call.issuer, "sub": grant.who.sub, "aud": CLIENT_ID, "azp": CLIENT_ID,
        "exp": now + HOUR, "iat": now, "auth_time": now, "jti": secrets.token_urlsafe(12),
        "nonce": grant.asked.get("nonce", ""), "acr": f"LoA{grant.level}",
    }  # fmt: skip
    if call.dialect in played.INTEGERS:  # VNeID tells who it is in the ID token too
        claims |= played.claims(grant.who, call.dialect, grant.level)
    return claims


def _flat(text: str) -> dict[str, str]:
    return {name: said[0] for name, said in parse_qs(text, keep_blank_values=True).items()}


def _back(said: Mapping[str, str], told: Mapping[str, str]) -> Told:
    where = f"{said.get('redirect_uri', '')}?{urlencode(told)}"
    return Told(b"", 302, headers={"Location": where})


def _json(told: Mapping[str, Any]) -> Told:
    return Told(json.dumps(told).encode())


def _no(error: str, status: int) -> Told:
    return Told(json.dumps({"error": error}).encode(), status)
