"""The sign-in services behind the port of `people`: every answer is doubted until it fits."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from motcua.adapters.vneid import claims, client, tokens
from motcua.adapters.vneid.client import Broken, Places, Refusal, Service
from motcua.adapters.wire import NoAnswer, address_objections, missing
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, TryLater
from motcua.people.parties import ServiceFacts
from motcua.people.ports import Begun, CodeExpired, Declined, Proof, Untrusted

FRESH = timedelta(hours=1)
LONGEST = 2048  # characters of a code
DECLINED = {"access_denied", "login_required", "interaction_required", "consent_required"}
USED = {"invalid_grant"}


class OpenIdServices:
    """As many services as the settings name, each with its own keys."""

    def __init__(self) -> None:
        told = (Service(**each, timeout=settings.SIGN_IN_TIMEOUT) for each in settings.SIGN_IN)
        self.services = {each.id: each for each in told}
        self._places: dict[str, tuple[Places, datetime]] = {}
        self._rings: dict[str, tokens.KeyRing] = {}
        self._lock = threading.Lock()

    def offered(self) -> list[ServiceFacts]:
        """In the order of the settings."""
        return [ServiceFacts(each.id, each.name) for each in self.services.values()]

    def begin(self, service: str, *, back: str, level: int, again: bool) -> Begun:
        """A state, a nonce and a verifier, each used once."""
        asked = self._service(service)
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        kept |= {"level": str(level), "service": service}
        with _in_our_words(asked):
            url = client.authorize_url(
                asked, self._places_of(asked), back=back, kept=kept, again=again
            )
        return Begun(url, kept)

    def finish(
        self, service: str, *, back: str, kept: Mapping[str, str], said: Mapping[str, str]
    ) -> Proof:
        """Who came back; `Untrusted` with the first thing that does not fit."""
        asked = self._service(service)
        with _in_our_words(asked):
            places = self._places_of(asked)
            _judge_answer(asked, places, kept, said)
            code = said["code"]
            told = client.exchange(asked, places, code=code, verifier=kept["verifier"], back=back)
            signed = tokens.read(told.get("id_token"), self._ring(asked))
            tokens.judge(
                signed, issuer=asked.issuer, client_id=asked.client_id, nonce=kept["nonce"]
            )
            more = self._more(asked, places, told.get("access_token"), tokens.subject(signed))
        level = claims.level_of(signed, more)
        if level < int(kept["level"]):
            raise Untrusted("level_too_low")
        identity = claims.identity_of(service, claims.together(signed, more), level)
        token = str(told["id_token"])
        marks = [f"code:{service}:{code}", f"token:{service}:{signed.get('jti') or token}"]
        return Proof(identity, tuple(map(_fingerprint, marks)), token)

    def goodbye(self, service: str, *, id_token: str, back: str) -> str:
        """Where one signs out there too."""
        asked = self.services.get(service)
        if asked is None:
            return ""
        try:
            with _in_our_words(asked):
                places = self._places_of(asked)
                return client.logout_url(asked, places, id_token=id_token, back=back)
        except (TryLater, Untrusted):
            return ""

    def check(self) -> list[Reason]:
        """What is missing in the settings; then whether each service describes itself."""
        found: list[Reason] = []
        for each in self.services.values():
            name = f"MOTCUA_SSO_{each.id.upper()}"
            wrong = [
                *missing({f"{name}_CLIENT_ID": each.client_id, f"{name}_SECRET": each.client_secret}),
                *address_objections(f"{name}_ISSUER", each.issuer),
            ]  # fmt: skip
            found += wrong
            try:
                if not wrong:
                    with _in_our_words(each):
                        self._places_of(each)
            except (TryLater, Untrusted) as error:
                found.append(Reason("sign_in_silent", f"{each.name}: {error}"))
        return found

    def _service(self, name: str) -> Service:
        if name not in self.services:
            raise NotFound
        return self.services[name]

    def _places_of(self, service: Service) -> Places:
        with self._lock:
            kept = self._places.get(service.id)
            if kept and clock.now() - kept[1] < FRESH:
                return kept[0]
        places = client.discover(service)
        told = (places.authorize, places.token, places.keys, places.userinfo, places.logout)
        if any(address_objections("", url) for url in told if url):
            raise Broken("discovery: http")
        with self._lock:
            self._places[service.id] = (places, clock.now())
        return places

    def _ring(self, service: Service) -> tokens.KeyRing:
        def fetch() -> dict[str, Any]:
            return client.keys(service, self._places_of(service))  # where they are now: they move

        with self._lock:
            if service.id not in self._rings:
                self._rings[service.id] = tokens.KeyRing(fetch)
            return self._rings[service.id]

    def _more(
        self, service: Service, places: Places, access_token: object, sub: str
    ) -> dict[str, object]:
        """What userinfo tells; it must be about the person of the ID token."""
        if not places.userinfo:
            return {}
        if not isinstance(access_token, str) or not access_token.isascii():
            raise Untrusted("access_token_missing")
        told = client.userinfo(service, places, access_token)
        if not tokens.same(tokens.subject(told), sub):
            raise Untrusted("sub_differs")
        return told


def _judge_answer(
    service: Service, places: Places, kept: Mapping[str, str], said: Mapping[str, str]
) -> None:
    """Before the code is used: is this the answer to what we asked, from whom we asked?"""
    if not tokens.same(said.get("state", ""), kept["state"]) or kept.get("service") != service.id:
        raise Untrusted("state_wrong")
    iss = said.get("iss", "")
    if (iss or places.says_iss) and iss != service.issuer:
        raise Untrusted("iss_mixed_up")
    if error := said.get("error"):
        raise Declined if error in DECLINED else Untrusted("refused_there")
    if not said.get("code") or len(said["code"]) > LONGEST:
        raise Untrusted("code_missing")


@contextmanager
def _in_our_words(service: Service) -> Iterator[None]:
    """The protocol's troubles as the port names them."""
    try:
        yield
    except Refusal as refusal:
        raise (CodeExpired if refusal.error in USED else Untrusted)(
            f"refused:{refusal.error}"
        ) from refusal
    except Broken as error:
        raise TryLater(f"{service.name}: {error}") from error
    except NoAnswer as error:
        raise TryLater(f"{service.name}: {error}") from error


def _fingerprint(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()
