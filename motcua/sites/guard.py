"""Between a session and its page: locked after a while, ended after a day, never without a factor.

It runs as a view is chosen, after the check of the form's token: what is kept of a form that came
too late was really sent by our page.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from motcua.agencies.web import OFFICIAL
from motcua.core import clock
from motcua.core.errors import Reason
from motcua.people.guarding import has_factor, note
from motcua.people.rules.staying import gate, kept_fields
from motcua.people.types import Gate, Stay, StayTerms
from motcua.people.web import sign_in_first
from motcua.sites.errors import refusal
from motcua.sites.factors import factor_shown

LOCKED, KEPT = "locked_at", "kept_form"  # what the session remembers
SEEN_EVERY = timedelta(minutes=1)
NO_STORE = "private, no-store"
LEAVING = {"account_logout", "set_language", "csp_report", "healthz", "readyz"}
SETTING_UP = {
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
# Where each gate leads, and what else stays open there.
WAYS: dict[str, tuple[str, set[str]]] = {
    "locked": ("account_unlock", {"account_unlock"}),
    "new_password": ("account_change_password", {"account_change_password"}),
    "set_up": ("mfa_index", SETTING_UP),
    "show": ("mfa_reauthenticate", {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}),
}
SHUT_TO_MACHINES = Reason(
    "session_gate", "Phiên đăng nhập này phải được mở khóa hoặc xác thực trên trang trước đã."
)
Page = Callable[[HttpRequest], HttpResponse]


class Guard:
    """Stops whoever must do something first, and lets no page of theirs be kept."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and SESSION_KEY in request.session:
            response.headers.setdefault("Cache-Control", NO_STORE)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the page be made."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return None
        now, session = clock.now(), request.session
        found = gate(_stay(request), _terms(), now)
        if found is Gate.EXPIRED:
            logout(request)
            return sign_in_first(request)
        if found is Gate.LOCKED and LOCKED not in session:
            session[LOCKED] = now.isoformat()
            note(_account(request), "account.locked")
        seen = getattr(session, "seen_at", None)
        if found is not Gate.LOCKED and settings.IDLE_MINUTES and (
            seen is None or now - seen >= SEEN_EVERY
        ):  # fmt: skip
            session.touch(now)  # type: ignore[attr-defined]  # our store
        return None if found is Gate.OPEN else _stop(request, found)


def _stay(request: HttpRequest) -> Stay:
    session, account = request.session, _account(request)
    return Stay(
        is_official=bool(session.get(OFFICIAL)),
        began_at=getattr(session, "began_at", None),
        seen_at=getattr(session, "seen_at", None),
        is_locked=LOCKED in session,
        password_is_given=account.password_is_given,
        factor_shown=factor_shown(request),
    )


def _terms() -> StayTerms:
    return StayTerms(
        timedelta(hours=settings.SESSION_HOURS),
        timedelta(minutes=settings.IDLE_MINUTES),
        settings.SECOND_FACTOR == "required",
    )


def _account(request: HttpRequest) -> Any:
    return request.user


def _stop(request: HttpRequest, found: Gate) -> HttpResponse | None:
    """To the page where it is settled, unless this is the one, or the way out."""
    way = str(found)
    if found is Gate.FACTOR:
        way = "show" if has_factor(_account(request).pk) else "set_up"
    leads_to, open_there = WAYS[way]
    name = request.resolver_match.view_name if request.resolver_match else ""
    if name in open_there or name in LEAVING:
        return None
    if request.path.startswith("/api/"):
        return refusal(request, (SHUT_TO_MACHINES,), 403)
    if found is Gate.LOCKED and request.method == "POST":
        _keep(request)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    query = f"?{urlencode({'next': back})}" if back else ""
    return HttpResponseRedirect(resolve_url(leads_to) + query)


def _keep(request: HttpRequest) -> None:
    """Put the form away in the session, for its sender to look at after unlocking."""
    typed = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    fields, whole = kept_fields(typed, settings.KEPT_POST_CHARACTERS)
    request.session[KEPT] = {
        "to": request.get_full_path(), "fields": fields, "whole": whole,
        "files": len(request.FILES), "page": request.headers.get("Referer", ""),
    }  # fmt: skip
