"""Who is asking: the citizen behind a request."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from motcua.core.errors import NotFound
from motcua.people.models import Person

P = ParamSpec("P")


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


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back here afterwards."""
    where = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{where}")


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
