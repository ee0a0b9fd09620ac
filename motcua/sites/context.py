"""What every template knows: whose portal this is, who is reading, and in which part of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from motcua.core.errors import NotFound

SECTIONS = (
    ("/ho-so/", "dossiers"),
    ("/thong-bao/", "notices"),
    ("/tra-cuu/", "track"),
    ("/xac-minh/", "track"),
    ("/tim/", "procedures"),
    ("/thu-tuc/", "procedures"),
)


def authority(request: HttpRequest) -> dict[str, Any]:
    """Whose portal this is (`authority`), who is reading, and the part of the menu they are in.

    `citizen_name`, `post` and the numbers of unread notices cost a query only where a template shows them.
    """
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "authority": settings.AUTHORITY,
        "portal_url": settings.PORTAL_URL,
        "signed_in": signed_in,
        "section": section_of(request.path),
        "set_language_url": _language_url(),
        "citizen_name": _lazy(signed_in, lambda: _citizen_name(request), ""),
        "unread_notices": _lazy(signed_in, lambda: _unread(request), 0),
        "unread_at_desk": _lazy(signed_in, lambda: _unread_at_desk(request), 0),
        "post": _lazy(signed_in, lambda: _post(request), None),
    }


def section_of(path: str) -> str:
    """The entry of the main menu that `path` belongs to."""
    if path == "/":
        return "home"
    return next((name for prefix, name in SECTIONS if path.startswith(prefix)), "")


def _lazy(signed_in: bool, find: Callable[[], Any], nobody: Any) -> Any:
    return SimpleLazyObject(find) if signed_in else nobody


def _language_url() -> str:
    """Where the language is chosen; nothing while there is no English to choose."""
    if not any((Path(folder) / "en").is_dir() for folder in settings.LOCALE_PATHS):
        return ""
    try:
        return reverse("set_language")
    except NoReverseMatch:
        return ""


def _citizen_name(request: HttpRequest) -> str:
    from motcua.people.web import citizen_of

    try:
        return citizen_of(request).full_name
    except NotFound:
        return ""


def _unread(request: HttpRequest) -> int:
    from motcua.notices.queries import unread_count
    from motcua.notices.types import ToPerson
    from motcua.people.web import citizen_of

    try:
        return unread_count(ToPerson(citizen_of(request).pk))
    except NotFound:
        return 0


def _unread_at_desk(request: HttpRequest) -> int:
    from motcua.notices.queries import unread_count
    from motcua.notices.types import ToPost

    post = _post(request)
    return unread_count(ToPost(post.pk)) if post else 0


def _post(request: HttpRequest) -> Any:
    from motcua.agencies.web import post_of

    try:
        return post_of(request)
    except NotFound:
        return None
