"""What the header of the citizens' pages knows of whoever is looking."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.core.errors import NotFound
from motcua.notices.queries import unread_count
from motcua.people.web import citizen_of

# The first part of an address and the entry of the menu it belongs to.
_SECTIONS = {
    "": "home",
    "tim": "procedures",
    "thu-tuc": "procedures",
    "tra-cuu": "track",
    "ho-so": "dossiers",
    "thong-bao": "notices",
}


def visitor(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, how many notices wait, and where in the menu this page is.

    Everything is looked up only when a template asks for it: a desk page never does.
    """
    user = getattr(request, "user", None)
    part = request.path.split("/", 2)[1]
    return {
        "section": _SECTIONS.get(part, ""),
        "signed_in": bool(user and user.is_authenticated),
        "citizen_name": SimpleLazyObject(lambda: _name(request)),
        "unread_notices": SimpleLazyObject(lambda: _unread(request)),
    }


def _name(request: HttpRequest) -> str:
    """The name of the citizen signed in, or nothing."""
    try:
        return citizen_of(request).full_name
    except NotFound:
        return ""


def _unread(request: HttpRequest) -> int:
    """How many notices the citizen has not opened."""
    try:
        return unread_count(citizen_of(request).pk)
    except NotFound:
        return 0
