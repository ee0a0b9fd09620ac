"""What an ID token must say before anybody is believed, and the keys it is checked with.

Nothing in a token chooses how it is checked: the algorithms are ours, the keys are those that the
issuer publishes, and a header that brings its own key or names an address is not listened to.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from motcua.adapters.vneid.client import object_once
from motcua.core import clock
from motcua.people.ports import Untrusted

# Each with the kind of key that it needs.
ALGORITHMS = {"RS256": "RSA", "ES256": "EC", "EdDSA": "OKP", "Ed25519": "OKP"}
FRESH = timedelta(hours=1)  # so long keys are kept
SELDOM = timedelta(minutes=1)  # an unknown key has them fetched again at most so often
LEEWAY = 60  # seconds between two clocks
OLDEST = 600  # seconds since a token was made: it was made for this very sign-in
LONGEST = 16_384  # characters of a token
Claims = dict[str, Any]


class KeyRing:
    """The published keys of one issuer, kept for an hour, looked up anew for a key not seen before."""

    def __init__(self, fetch: Callable[[], dict[str, Any]]) -> None:
        self._fetch, self._lock = fetch, threading.Lock()
        self._keys: KeySet | None = None
        self._fetched_at: datetime | None = None

    def find(self, kid: str | None, algorithm: str) -> Any:
        """The key of this name, of the kind that the algorithm needs, and meant for signing."""
        with self._lock:
            if self._is_old(FRESH):
                self._renew()
            found = self._named(kid, algorithm)
            if found is None and self._is_old(SELDOM):
                self._renew()
                found = self._named(kid, algorithm)
        if found is None:
            raise Untrusted("kid_unknown")
        return found

    def _is_old(self, age: timedelta) -> bool:
        return self._fetched_at is None or clock.now() - self._fetched_at >= age

    def _renew(self) -> None:
        told = self._fetch()
        try:
            self._keys = KeySet.import_key_set({"keys": [*told["keys"]]})
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise Untrusted("keys_unreadable") from error
        self._fetched_at = clock.now()

    def _named(self, kid: str | None, algorithm: str) -> Any:
        fitting = [
            key
            for key in self._keys or ()
            if key.key_type == ALGORITHMS[algorithm]
            and key.get("use") in (None, "sig")
            and key.get("alg") in (None, algorithm)
        ]
        if kid is None:
            return fitting[0] if len(fitting) == 1 else None
        return next((key for key in fitting if key.kid == kid), None)


def read(token: Any, ring: KeyRing) -> Claims:
    """The claims of a token signed by its issuer; nothing of them is judged yet."""
    if not isinstance(token, str) or not token or len(token) > LONGEST:
        raise Untrusted("id_token_missing")
    try:
        head = object_once(_decoded(token.split(".")[0]))
    except (ValueError, RecursionError) as error:
        raise Untrusted("header_unreadable") from error
    algorithm, kid = head.get("alg"), head.get("kid")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise Untrusted("alg_not_allowed")
    if kid is not None and not isinstance(kid, str):
        raise Untrusted("kid_unknown")
    key = ring.find(kid, algorithm)
    try:
        signed = jws.deserialize_compact(token, key, algorithms=[algorithm])
        return object_once(signed.payload)
    except JoseError as error:
        raise Untrusted("signature_wrong") from error
    except (ValueError, RecursionError) as error:
        raise Untrusted("claims_unreadable") from error


def judge(claims: Claims, *, issuer: str, client_id: str, nonce: str) -> None:
    """Refuse what was not said by this issuer, to us, now, about the sign-in that we began."""
    now = clock.now().timestamp()
    if claims.get("iss") != issuer:
        raise Untrusted("iss_wrong")
    _judge_audience(claims, client_id)
    if _moment(claims, "exp") <= now - LEEWAY:
        raise Untrusted("expired")
    made = _moment(claims, "iat")
    if made > now + LEEWAY or made < now - OLDEST:
        raise Untrusted("iat_wrong")
    if "nbf" in claims and _moment(claims, "nbf") > now + LEEWAY:
        raise Untrusted("nbf_wrong")
    said = claims.get("nonce")
    if not isinstance(said, str) or not same(said, nonce):
        raise Untrusted("nonce_wrong")
    subject(claims)


def subject(claims: Mapping[str, Any]) -> str:
    """Whom the claims are about."""
    sub = claims.get("sub")
    if not isinstance(sub, str) or not sub or len(sub) > 255:
        raise Untrusted("sub_missing")
    return sub


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, told in the same time either way."""
    return compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _judge_audience(claims: Claims, client_id: str) -> None:
    said = claims.get("aud")
    audience = said if isinstance(said, list) else [said]
    if client_id not in audience:
        raise Untrusted("aud_wrong")
    azp = claims.get("azp")
    if (azp is not None or len(audience) > 1) and azp != client_id:
        raise Untrusted("azp_wrong")


def _moment(claims: Claims, name: str) -> float:
    said = claims.get(name)
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 < said < 2**40:
        raise Untrusted(f"{name}_missing")
    return float(said)


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
