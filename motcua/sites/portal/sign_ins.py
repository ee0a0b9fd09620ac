"""Đăng nhập bằng tài khoản định danh: to the service and back, and out again on both sides.

Whatever is wrong with an answer, people read the same sentence: the journal knows why.
"""

from __future__ import annotations

import time
from hmac import compare_digest
from typing import Any

from allauth.account.views import LogoutView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.errors import NotFound, Reason, Refused, TooMany, TryLater
from motcua.core.throttle import wait_for
from motcua.people.joining import join, note_refused
from motcua.people.ports import CodeExpired, Declined, Proof, Untrusted, sign_in_services
from motcua.people.web import ASSURANCE

PENDING, GOODBYE, ID_TOKEN = "sign_ins", "goodbye", "id_token"
MOST = 5  # sign-ins begun in several windows of one browser
LIFE = 600  # seconds to come back
PER_MINUTE = 30
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FAILED = (
    "Chưa đăng nhập được bằng tài khoản định danh. Mời ông/bà thử lại từ trang đăng nhập; nếu vẫn "
    "chưa được, mời gọi {hotline} hoặc đến bộ phận một cửa."
)
DECLINED = "Ông/bà chưa đồng ý chia sẻ thông tin nên chưa đăng nhập. Mời thử lại khi cần."
EXPIRED = "Đã quá thời gian xác thực. Mời ông/bà đăng nhập lại."
SILENT = "{name} đang không trả lời; đây không phải lỗi của ông/bà. Mời thử lại sau ít phút."
TOO_LOW = (
    "Tài khoản định danh vừa dùng chưa đủ mức {level}. Mời ông/bà xác thực bằng tài khoản mức "
    "{level}; chưa có thì đến công an xã, phường để nâng mức."
)
OTHER = (
    "Ông/bà vừa xác thực bằng tài khoản của người khác. Mời xác thực bằng chính tài khoản đang "
    "dùng, hoặc đăng xuất rồi đăng nhập lại."
)


@never_cache
@require_safe
def begin(request: HttpRequest, service: str) -> HttpResponse:
    """Send the browser to the service, and remember what it must bring back."""
    _brake(request)
    name = _name_of(service)
    level = 2 if request.GET.get("muc") == "2" else 1
    after = _ours(request, request.GET.get("next", ""))
    try:
        begun = sign_in_services().begin(
            service, back=_address_back(service), level=level, again=request.user.is_authenticated
        )
    except TryLater:
        return _no(request, SILENT.format(name=name), after, "silent")
    kept = _pending(request)[-(MOST - 1) :]
    who = str(request.user.pk or "")
    kept.append({**begun.kept, "next": after, "at": int(time.time()), "account": who})
    request.session[PENDING] = kept
    return HttpResponseRedirect(begun.url)


@never_cache
@require_safe
def back(request: HttpRequest, service: str) -> HttpResponse:
    """Whoever comes back is let in if everything fits; each answer is good for once."""
    _brake(request)
    name = _name_of(service)
    said = {key: values[0] for key, values in request.GET.lists() if len(values) == 1}
    kept = _taken(request, service, said.get("state", ""))
    if kept is None or len(said) != len(request.GET):
        return _no(request, _failed(), "", "unsolicited")
    after = str(kept["next"])
    try:
        proof = sign_in_services().finish(
            service, back=_address_back(service), kept=kept, said=said
        )
        return _let_in(request, proof, kept)
    except TryLater:
        return _no(request, SILENT.format(name=name), after, "silent")
    except Declined:
        return _no(request, DECLINED, after, "declined")
    except CodeExpired:
        note_refused(service, "code_expired")
        return _no(request, EXPIRED, after, "expired")
    except Untrusted as error:
        note_refused(service, error.code)
        low = error.code == "level_too_low"
        text = TOO_LOW.format(level=kept["level"]) if low else _failed()
        return _no(request, text, after, "not_trusted")


def _let_in(request: HttpRequest, proof: Proof, kept: dict[str, Any]) -> HttpResponse:
    """A session for the account, at the level that was proved."""
    joined, after = join(proof), str(kept["next"])
    account, identity = joined.account, proof.identity
    if account is None:
        note_refused(identity.service, joined.why)
        return _no(request, _failed(), after, "not_joined")
    here = str(request.user.pk or "")
    if (here or kept["account"]) and str(account.pk) != here:
        note_refused(identity.service, "other_account")
        return _no(request, OTHER, after, "other_account")
    facts: dict[str, str | int] = {"service": identity.service, "level": identity.level}
    request.sign_in_facts = facts  # type: ignore[attr-defined]  # read by the journal's listener
    login(request, account, backend=BACKEND)
    request.session[ASSURANCE] = facts
    request.session[ID_TOKEN] = proof.id_token
    return HttpResponseRedirect(after or "/")


class SignOut(LogoutView):  # type: ignore[misc]  # untyped package
    """Đăng xuất: here, and for whoever came by a service with the way to sign out there too."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """The session ends first; then the page that says what else is open."""
        told = self.request.session.get(ASSURANCE)
        token = self.request.session.get(ID_TOKEN, "")
        answer: HttpResponse = super().post(*args, **kwargs)
        if not isinstance(told, dict):
            return answer
        service = str(told["service"])
        url = sign_in_services().goodbye(
            service, id_token=token, back=f"{settings.PORTAL_URL}{reverse('signed_out')}"
        )
        if url:
            self.request.session[GOODBYE] = {"url": url, "service": service}
        return redirect("signed_out")


@never_cache
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """That one is out here; and where one is still signed in."""
    told = request.session.pop(GOODBYE, None)
    names = {each.id: each.name for each in sign_in_services().offered()}
    page = {"url": "", "name": ""}
    if isinstance(told, dict) and told.get("service") in names:
        page = {"url": told["url"], "name": names[told["service"]]}
    return render(request, "account/signed_out.html", page)


def services_for(next_page: str, level: int = 1) -> list[dict[str, str]]:
    """Each service with the address that begins a sign-in and leads to `next_page`."""
    from urllib.parse import urlencode

    asked = {"next": next_page} if next_page else {}
    asked |= {"muc": "2"} if level == 2 else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return [
        {"name": each.name, "url": reverse("sign_in_begin", args=[each.id]) + query}
        for each in sign_in_services().offered()
    ]


def _name_of(service: str) -> str:
    names = {each.id: each.name for each in sign_in_services().offered()}
    if service not in names:
        raise NotFound
    return names[service]


def _address_back(service: str) -> str:
    return f"{settings.PORTAL_URL}{reverse('sign_in_back', args=[service])}"


def _pending(request: HttpRequest) -> list[dict[str, Any]]:
    """The sign-ins that this browser has begun and not finished."""
    found = request.session.get(PENDING)
    rows = found if isinstance(found, list) else []
    return [each for each in rows if time.time() - each["at"] < LIFE]


def _taken(request: HttpRequest, service: str, state: str) -> dict[str, Any] | None:
    """The sign-in that this answer belongs to; from here on it is no longer waited for."""
    rows = _pending(request)
    found = [
        each
        for each in rows
        if compare_digest(each["state"].encode(), state.encode("utf-8", "replace"))
    ]
    if not found:
        return None
    request.session[PENDING] = [each for each in rows if each is not found[0]]
    request.session.save()  # another window that brings the same answer finds nothing
    return found[0] if found[0]["service"] == service else None


def _ours(request: HttpRequest, address: str) -> str:
    fits = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if fits and len(address) < 1000 else ""


def _brake(request: HttpRequest) -> None:
    if wait := wait_for(request, "sign_in", PER_MINUTE):
        text = "Ông/bà thao tác quá nhanh. Mời đợi một phút rồi thử lại."
        raise TooMany(Reason("too_many", text), wait)


def _failed() -> str:
    return FAILED.format(hotline=settings.AUTHORITY["hotline"] or "tổng đài")


def _no(request: HttpRequest, text: str, after: str, code: str) -> HttpResponse:
    """Told on the page where somebody already signed in goes on, else on a page of its own."""
    if request.user.is_authenticated and after:
        messages.error(request, text)
        return HttpResponseRedirect(after)
    raise Refused([Reason(f"sign_in_{code}", text)])
