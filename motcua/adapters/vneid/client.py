"""What the services speak: OpenID Connect, authorization code with PKCE. Knows nothing of us."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from motcua.adapters.wire import Answer, call

CONFIG = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Service:
    """One service and what we are to it."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    discovery: str = ""  # where its configuration is, if not under the issuer
    timeout: float = 10


@dataclass(frozen=True)
class Places:
    """Where a service listens, as it says itself."""

    authorize: str
    token: str
    keys: str
    userinfo: str = ""
    logout: str = ""
    says_iss: bool = False  # whether its answers always name it (RFC 9207)


class Broken(Exception):
    """The service answered something that is not its protocol, or that the fault is its own."""


class Refusal(Exception):
    """The service said no, with one of its words."""

    def __init__(self, error: str) -> None:
        self.error = error
        super().__init__(error)


def object_once(body: bytes | str) -> dict[str, Any]:
    """A JSON object in which nothing is said twice; `ValueError` for everything else."""
    found = json.loads(body, object_pairs_hook=_once)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is said twice")
    return found


def discover(service: Service) -> Places:
    """The service's own description; one that names another issuer is not believed."""
    told = _object(_get(service.discovery or service.issuer.rstrip("/") + CONFIG, service))
    if told.get("issuer") != service.issuer:
        raise Broken("issuer")
    try:
        return Places(
            str(told["authorization_endpoint"]),
            str(told["token_endpoint"]),
            str(told["jwks_uri"]),
            str(told.get("userinfo_endpoint") or ""),
            str(told.get("end_session_endpoint") or ""),
            told.get("authorization_response_iss_parameter_supported") is True,
        )
    except KeyError as error:
        raise Broken(f"discovery: {error}") from error


def challenge_of(verifier: str) -> str:
    """What is shown first of a PKCE verifier (S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorize_url(
    service: Service, places: Places, *, back: str, kept: Mapping[str, str], again: bool
) -> str:
    """Where the person says who they are."""
    asked = {
        "response_type": "code",
        "client_id": service.client_id,
        "redirect_uri": back,
        "scope": "openid",
        "acr_values": f"LoA{kept['level']}",
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": challenge_of(kept["verifier"]),
        "code_challenge_method": "S256",
    }
    if again:
        asked["prompt"] = "login"
    return f"{places.authorize}{'&' if '?' in places.authorize else '?'}{urlencode(asked)}"


def exchange(
    service: Service, places: Places, *, code: str, verifier: str, back: str
) -> dict[str, Any]:
    """The tokens for a code, once."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": service.client_id,
        "client_secret": service.client_secret,
        "code_verifier": verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    heard = call("POST", places.token, urlencode(form).encode(), headers, service.timeout)
    return _object(heard)


def userinfo(service: Service, places: Places, access_token: str) -> dict[str, Any]:
    """The claims behind an access token."""
    headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
    return _object(call("GET", places.userinfo, None, headers, service.timeout))


def keys(service: Service, places: Places) -> dict[str, Any]:
    """The service's published keys."""
    return _object(_get(places.keys, service))


def logout_url(service: Service, places: Places, *, id_token: str, back: str) -> str:
    """Where one signs out of the service too."""
    if not places.logout:
        return ""
    asked = {"post_logout_redirect_uri": back, "client_id": service.client_id, "state": "0"}
    if id_token:
        asked["id_token_hint"] = id_token
    return f"{places.logout}{'&' if '?' in places.logout else '?'}{urlencode(asked)}"


def _get(url: str, service: Service) -> Answer:
    return call("GET", url, None, {"Accept": "application/json"}, service.timeout)


def _object(heard: Answer) -> dict[str, Any]:
    """What was said; a refusal in the service's own word."""
    try:
        told = object_once(heard.body)
    except (ValueError, RecursionError) as error:
        raise Broken(f"HTTP {heard.status}: không phải JSON") from error
    if heard.status == 200:
        return told
    if heard.is_broken or "error" not in told:
        raise Broken(f"HTTP {heard.status}")
    raise Refusal(str(told["error"])[:60])
