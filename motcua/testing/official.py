"""Officials who, asked why they open a dossier, say it and go on."""

import gzip
import re
from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from motcua.agencies.models import Post
from motcua.dossiers.actions.reading import give_reason
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.queries import desk_dossier
from motcua.dossiers.readings import ReasonAsked
from motcua.dossiers.rules.reading import Why

ASKED = re.compile(r'action="(/can-bo/ho-so/[^"]+/ly-do-xem/)"')


def asked_at(response: Any) -> str:
    """Where the answer to “why do you read this?” goes; empty when the page does not ask."""
    html = not response.streaming and "html" in response.headers.get("Content-Type", "")
    content = response.content if html else b""
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    found = ASKED.search(content.decode())
    return found[1] if found else ""


class Official(Client):
    """A client whose user answers the page of reasons; everything else is as it is."""

    def generic(self, method: str, path: Any, *sent: Any, **rest: Any) -> Any:
        """Ask once; where a reason is wanted, give it and ask again."""
        answer = super().generic(method, path, *sent, **rest)
        where = asked_at(answer)
        if not where or path == where:
            return answer
        reason = urlencode({"reading_why": "leading", "reading_next": reverse("desk:home")})
        super().generic("POST", where, reason, "application/x-www-form-urlencoded")
        return super().generic(method, path, *sent, **rest)


def says_why(post: Post, reference: str) -> None:
    """Of an official who reads by the actions and not by pages: for this dossier, today."""
    give_reason(post=post, reference=reference, why=Why.LEADING, note="")


def opened(post: Post, reference: str) -> DeskDossier:
    """The dossier on an official's screen, by the query: whoever is asked why says it."""
    try:
        return desk_dossier(post, reference)
    except ReasonAsked as asked:
        says_why(post, asked.reference)
        return desk_dossier(post, reference)
