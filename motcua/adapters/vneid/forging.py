"""The simulator's pen: honest ID tokens, and on demand every forged one we know of.

A forgery is asked for at the stage's `/_/trouble` with kind `code`; its name is the value.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

FIVE_MINUTES = 300
Key = RSAKey | ECKey | OKPKey
Claims = dict[str, Any]


class Pen:
    """Keys that are published, and some that are not."""

    def __init__(self) -> None:
        self.keys: list[Key] = [RSAKey.generate_key(2048, auto_kid=True)]
        self.algorithms = ["RS256"]
        self.foreign = RSAKey.generate_key(2048, auto_kid=True)  # nobody publishes it
        self.first_token = ""  # what was signed first, for whoever brings it again

    def rotate(self, kind: str = "RSA") -> None:
        """Sign with a new key from now on; the one before stays published."""
        if kind == "EC":
            self.keys.insert(0, ECKey.generate_key("P-256", auto_kid=True))
        elif kind == "OKP":
            self.keys.insert(0, OKPKey.generate_key("Ed25519", auto_kid=True))
        else:
            self.keys.insert(0, RSAKey.generate_key(2048, auto_kid=True))
        self.algorithms.insert(0, {"EC": "ES256", "OKP": "EdDSA"}.get(kind, "RS256"))

    def published(self) -> dict[str, Any]:
        """The JWKS."""
        return {**KeySet(list(self.keys)).as_dict(private=False)}

    def signed(self, claims: Claims, forgery: str = "") -> str:
        """An ID token; forged in the way that was asked for."""
        if forgery in ("rotate", "rotate-ec", "rotate-okp"):
            self.rotate({"rotate-ec": "EC", "rotate-okp": "OKP"}.get(forgery, "RSA"))
        if forgery in CLAIMS:
            claims = CLAIMS[forgery](claims)
        if forgery in TOKENS:
            return TOKENS[forgery](self, claims)
        token = self._honest(claims)
        self.first_token = self.first_token or token
        return token

    def _honest(self, claims: Claims, key: Key | None = None, **header: Any) -> str:
        key, algorithm = key or self.keys[0], self.algorithms[0]
        head = {"alg": algorithm, "kid": key.kid} | header
        return jwt.encode(head, dict(claims), key, algorithms=[algorithm])

    def by_stranger(self, claims: Claims) -> str:
        """Signed with a key nobody published, under its own name."""
        return jwt.encode({"alg": "RS256", "kid": self.foreign.kid}, dict(claims), self.foreign)

    def under_false_name(self, claims: Claims) -> str:
        """Signed with a key nobody published, under the name of a published one."""
        head = {"alg": "RS256", "kid": self.keys[0].kid}
        return jwt.encode(head, dict(claims), self.foreign)

    def with_key_in_header(self, claims: Claims) -> str:
        """The stranger's key comes along in the header."""
        head = {"alg": "RS256", "kid": self.keys[0].kid, "jwk": self.foreign.as_dict(private=False)}
        return jwt.encode(head, dict(claims), self.foreign)

    def unsigned(self, claims: Claims) -> str:
        """`alg: none`."""
        return f"{_part({'alg': 'none', 'kid': self.keys[0].kid})}.{_part(claims)}."

    def by_public_key(self, claims: Claims) -> str:
        """HS256, with the text of the public key as the secret."""
        secret = OctKey.import_key(self.keys[0].as_pem(private=False))
        head = {"alg": "HS256", "kid": self.keys[0].kid}
        return jwt.encode(head, dict(claims), secret, algorithms=["HS256"])

    def changed_afterwards(self, claims: Claims) -> str:
        """Another level, under the signature of the honest one."""
        head, _, signature = self._honest(claims).split(".")
        return f"{head}.{_part(claims | {'acr': 'LoA2', 'SoDinhDanh': '079190000001'})}.{signature}"

    def said_twice(self, claims: Claims) -> str:
        """The same claim twice, with two values, rightly signed."""
        honest = json.dumps(claims)
        body = honest[:-1] + ', "sub": "somebody-else"}'
        return _signed_text(self, body)

    def not_json(self, claims: Claims) -> str:
        """Rightly signed, and not JSON."""
        return _signed_text(self, "{sub: mẫu")

    def a_list(self, claims: Claims) -> str:
        """Rightly signed, and not an object."""
        return _signed_text(self, json.dumps([claims]))

    def again(self, claims: Claims) -> str:
        """What was signed for an earlier sign-in."""
        return self.first_token or self._honest(claims | {"nonce": "earlier"})


def _signed_text(pen: Pen, body: str) -> str:
    from joserfc import jws

    key = pen.keys[0]
    head = {"alg": pen.algorithms[0], "kid": key.kid, "typ": "JWT"}
    return jws.serialize_compact(head, body.encode(), key, algorithms=[pen.algorithms[0]])


def _part(told: Any) -> str:
    raw = told if isinstance(told, str) else json.dumps(told)
    return base64.urlsafe_b64encode(raw.encode()).rstrip(b"=").decode()


def _without(*names: str) -> Callable[[Claims], Claims]:
    return lambda claims: {name: said for name, said in claims.items() if name not in names}


def _with(**more: Any) -> Callable[[Claims], Claims]:
    return lambda claims: claims | more


CLAIMS: dict[str, Callable[[Claims], Claims]] = {
    "wrong-nonce": _with(nonce="another"),
    "no-nonce": _without("nonce"),
    "wrong-aud": _with(aud="another-portal"),
    "no-aud": _without("aud"),
    "many-aud-no-azp": lambda claims: _without("azp")(claims | {"aud": [claims["aud"], "x"]}),
    "wrong-azp": _with(azp="another-portal"),
    "wrong-iss": _with(iss="https://another.example"),
    "expired": lambda claims: claims | {"exp": int(time.time()) - FIVE_MINUTES},
    "no-exp": _without("exp"),
    "exp-text": _with(exp="mai"),
    "exp-too-large": _with(exp=10**400),
    "future-iat": lambda claims: claims | {"iat": int(time.time()) + 2 * FIVE_MINUTES},
    "no-iat": _without("iat"),
    "old-iat": lambda claims: claims | {"iat": int(time.time()) - 24 * 3600},
    "future-nbf": lambda claims: claims | {"nbf": int(time.time()) + 2 * FIVE_MINUTES},
    "missing-sub": _without("sub"),
    "empty-sub": _with(sub=""),
    "sub-number": _with(sub=7),
    "stale-acr": _with(acr="LoA1"),
    "other-tech-id": _with(TechID="another-tech-id"),
}
TOKENS: dict[str, Callable[[Pen, Claims], str]] = {
    "unknown-kid": Pen.by_stranger,
    "other-key": Pen.under_false_name,
    "key-in-header": Pen.with_key_in_header,
    "alg-none": Pen.unsigned,
    "hs256-public-key": Pen.by_public_key,
    "changed-afterwards": Pen.changed_afterwards,
    "duplicate-claims": Pen.said_twice,
    "garbage-json": Pen.not_json,
    "not-an-object": Pen.a_list,
    "earlier-token": Pen.again,
    "not-a-token": lambda pen, claims: "khong.phai.token",
    "token-not-text": lambda pen, claims: "",
}
