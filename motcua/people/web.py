"""Who is asking: the citizen behind a request."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.core.errors import NotFound
from motcua.people.models import Person

P = ParamSpec("P")
ASSURANCE = "assurance"  # in the session: by which service somebody came in, at which level
BY_PASSWORD = 1  # an account given at the desk, where somebody looked at the card
AREAS = (
    "/can-bo/",
    "/quan-tri/",
    "/ho-so/",
    "/thong-bao/",
    "/uy-quyen/",
)  # each begins with a page


def citizen_of(request: HttpRequest) -> Person:
    """The person signed in; `NotFound` for an account that is nobody's."""
    cached: Person | None = getattr(request, "acting_person", None)
    if cached is not None:
        return cached
    person = Person.objects.filter(account_id=request.user.pk).first() if request.user.pk else None
    if person is None:
        raise NotFound
    request.acting_person = person  # type: ignore[attr-defined]  # one look-up per request
    return person


def assurance_of(request: HttpRequest) -> int:
    """How surely we know who is asking: what their service said, or as much as a password proves."""
    told = request.session.get(ASSURANCE)
    return int(told["level"]) if isinstance(told, dict) else BY_PASSWORD


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards."""
    where = urlencode({"next": _way_back(request)})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{where}")


def _way_back(request: HttpRequest) -> str:
    """An address that can be opened: what a form was sent to often cannot, its page can."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    if before and url_has_allowed_host_and_scheme(before, {request.get_host()}):
        page = urlsplit(before)
        return f"{page.path or '/'}?{page.query}" if page.query else page.path or "/"
    return next((area for area in AREAS if request.path.startswith(area)), "/")


def citizen_required(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Send people who have not signed in to the sign-in page, and back here afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        citizen_of(request)
        return view(request, *args, **kwargs)

    return guarded
