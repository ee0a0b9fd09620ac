"""Pages about one's own stay: unlock it, send again what came too late, see and end the others."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.core import clock
from motcua.core.errors import NotFound, Reason
from motcua.people.guarding import end_others, note, sessions_of
from motcua.sites.factors import ShowPasskey
from motcua.sites.guard import KEPT, LOCKED
from motcua.sites.sign_in import may_have_factors

NOT_SHOWN = frozenset({"next", "do"})


@sensitive_post_parameters("password")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Mở khóa phiên: the same person, by password or passkey; then back to where they were."""
    if LOCKED not in request.session:
        return _onward(request)
    if request.method == "GET":
        return _locked_page(request)
    by = "webauthn" if request.POST.get("credential") else "password"
    if reasons := _objections(request, by):
        return _locked_page(request, reasons)
    del request.session[LOCKED]
    request.session.touch(clock.now())  # type: ignore[attr-defined]  # our store
    record_authentication(request, request.user, _method(by), type=by, reauthenticated=True)
    note(_account(request), "account.unlocked", proof=by)
    return _onward(request)


def _method(by: str) -> str:
    return "mfa" if by == "webauthn" else by


def _objections(request: HttpRequest, by: str) -> tuple[Reason, ...]:
    """Why this does not prove that it is the same person."""
    if by == "webauthn":
        form = ShowPasskey(user=request.user, data=request.POST)
        wrong = [str(text) for texts in form.errors.values() for text in texts]
        return tuple(Reason("passkey", text, "unlock-passkey") for text in wrong)
    password = request.POST.get("password", "")
    if not password:
        return (Reason("password_missing", "Chưa nhập mật khẩu.", "password"),)
    try:
        right = get_adapter().reauthenticate(request.user, password)
    except ValidationError as no:  # guessed too often
        return tuple(Reason("braked", text, "password") for text in no.messages)
    wrong_password = get_adapter().error_messages["incorrect_password"]
    return () if right else (Reason("password_wrong", wrong_password, "password"),)


def _locked_page(request: HttpRequest, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    account = _account(request)
    has_passkey = bool(passkeys.get_credentials(account))
    page = {
        "reasons": reasons,
        "errors": {reason.field: reason.text for reason in reasons} or None,
        "next": _next(request),
        "kept": KEPT in request.session,
        "minutes": settings.IDLE_MINUTES,
        "username": account.get_username(),
        "passkey": {"request_options": passkeys.begin_authentication(account)}
        if has_passkey
        else None,
    }
    return render(request, "account/locked.html", page, status=422 if reasons else 200)


def _next(request: HttpRequest) -> str:
    """The page that was asked for, if it is ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}) else ""


def _onward(request: HttpRequest) -> HttpResponse:
    if KEPT in request.session:
        return redirect("account_kept_form")
    return redirect(_next(request) or get_adapter().get_login_redirect_url(request))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """Biểu mẫu gửi lúc phiên đã khóa: nothing was done with it; send it again, or drop it."""
    kept = request.session.get(KEPT)
    if kept is None:
        return redirect(get_adapter().get_login_redirect_url(request))
    if request.method == "GET":
        return render(request, "account/kept_form.html", _shown(request, kept))
    del request.session[KEPT]
    if request.POST.get("keep-do") == "drop":
        messages.success(request, "Đã bỏ nội dung chưa gửi.")
        return redirect(_page_of(request, kept))
    answer = HttpResponseRedirect(kept["to"])
    answer.status_code = 307  # the browser sends the same form on, to where it was meant for
    return answer


def _shown(request: HttpRequest, kept: dict[str, Any]) -> dict[str, Any]:
    """What the page shows: the words that were typed, not the switches of the form."""
    typed = [value for name, value in kept["fields"] if name not in NOT_SHOWN and " " in value]
    return kept | {"typed": typed, "back": _page_of(request, kept)}


def _page_of(request: HttpRequest, kept: dict[str, Any]) -> str:
    """The page that the form was on."""
    page = kept["page"]
    if page and url_has_allowed_host_and_scheme(page, {request.get_host()}):
        parts = urlsplit(page)
        return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return str(get_adapter().get_login_redirect_url(request))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Phiên đăng nhập của tôi: where this account is signed in."""
    found = sessions_of(_account(request).pk, clock.now())
    page = {
        "rows": [(each, each.key == request.session.session_key) for each in found],
        "others": len(found) > 1,
        "factors": may_have_factors(request.user),
    }
    return render(request, "account/sessions.html", page)


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Đăng xuất nơi khác: every session but this one ends now."""
    key = request.session.session_key
    if key is None:
        raise NotFound
    ended = end_others(account_id=_account(request).pk, keep=key)
    told = f"Đã đăng xuất {ended} nơi khác." if ended else "Không có nơi nào khác đang đăng nhập."
    messages.success(request, told)
    return redirect("account_sessions")


def _account(request: HttpRequest) -> Any:
    return request.user
