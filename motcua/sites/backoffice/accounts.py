"""Tài khoản cán bộ: who signs in, with which factors; made, shut, opened, given a new password."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.actions import keepers
from motcua.agencies.actions.keeping import POST_ROLES, add_post, close_post
from motcua.agencies.officials import ALL, IDLE, SHUT, WITHOUT_FACTOR, held_by, officials
from motcua.agencies.types import NewPost
from motcua.agencies.web import hand_of, post_of, post_required
from motcua.audit.queries import latest_entries
from motcua.core.actors import ROLE_NAMES, Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.text import clean, whole_number
from motcua.people import keeping
from motcua.sites.backoffice.account_words import DEEDS, FIELDS
from motcua.sites.factors import FACTOR_NAMES

HISTORY = 30
LONGEST = 2_000
CHOICES = (
    (ALL, "Tất cả"), (IDLE, "Lâu không dùng, đã báo"), (SHUT, "Đang khóa"),
    (WITHOUT_FACTOR, "Chưa có bước xác thực thứ hai"),
)  # fmt: skip
ROLES = [role for role in POST_ROLES if role is not Role.KEEPER]  # keepers: on the server only
NO_DEED = Reason("not_chosen", "Chưa chọn việc cần làm. Mời bấm một nút trên trang.")
OWN_POST = Reason(
    "own_post", "Không tự cấp vị trí cho mình. Mời một người quản trị khác.", "username"
)


@require_safe
@post_required(Role.KEEPER)
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody who holds or held a post, by page."""
    words, kind = clean(request.GET.get("q", ""))[:100], request.GET.get("loc", "")
    after = whole_number(request.GET.get("sau", "")) or 0
    ids, onward = officials(words, kind, after)
    held = held_by(ids)
    page = {
        "rows": [(each, held[each.id], _named(each)) for each in keeping.accounts_of(ids)],
        "q": words, "kind": kind, "kinds": CHOICES, "onward": onward,
        "removals": keeping.open_removals(),
    }  # fmt: skip
    return render(request, "backoffice/accounts.html", page)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def fresh(request: HttpRequest) -> HttpResponse:
    """Cấp vị trí, and an account with a first password for whoever has none."""
    typed = {name: clean(request.POST.get(name, ""))[:LONGEST] for name, *_ in FIELDS}
    if request.method == "GET":
        return _form(request, typed | {"username": clean(request.GET.get("cua", ""))[:150]})
    agency, _, unit = typed.pop("place").rpartition("/")
    try:
        refuse_if([OWN_POST] if typed["username"] == _own_name(request) else [])
        _, password = add_post(
            by=post_of(request).actor, new=NewPost(agency=agency, unit=unit, **typed)
        )
    except Refused as no:
        return _form(request, typed | {"place": request.POST.get("place", "")}, no.reasons)
    given = {"password": password, "username": typed["username"]}
    if password:
        return render(request, "backoffice/account_password.html", given)
    messages.success(request, "Đã lưu vị trí. Tài khoản này có từ trước và giữ mật khẩu cũ.")
    return redirect("backoffice:accounts")


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account of an official: what it has, what was done to it, and the buttons."""
    if account_id not in held_by([account_id]):
        raise NotFound
    if request.method == "GET":
        return _page(request, account_id)
    deed = DOES.get(request.POST.get("do", ""))
    try:
        refuse_if([] if deed else [NO_DEED])
        assert deed is not None
        answer = deed(request, account_id)
    except Refused as no:
        return _page(request, account_id, no.reasons)
    return answer or redirect("backoffice:account", account_id=account_id)


def _shut(request: HttpRequest, account_id: int) -> None:
    keeping.shut_account(hand=hand_of(request), account_id=account_id, reason=_reason(request))
    messages.success(request, "Đã khóa tài khoản. Mọi phiên đăng nhập của tài khoản đã kết thúc.")


def _reopen(request: HttpRequest, account_id: int) -> None:
    keeping.reopen_account(hand=hand_of(request), account_id=account_id, reason=_reason(request))
    messages.success(request, "Đã mở lại tài khoản.")


def _password(request: HttpRequest, account_id: int) -> HttpResponse:
    password = keepers.give_password(hand=hand_of(request), account_id=account_id)
    given = {"password": password, "username": keeping.account_facts(account_id).username}
    return render(request, "backoffice/account_password.html", given)


def _ask_removal(request: HttpRequest, account_id: int) -> None:
    keeping.ask_removal(hand=hand_of(request), account_id=account_id, reason=_reason(request))
    messages.success(request, "Đã gửi đề nghị. Việc gỡ chờ một người quản trị khác duyệt.")


def _decide(request: HttpRequest, account_id: int) -> None:
    agreed = request.POST["do"] == "agree"
    keepers.decide_removal(hand=hand_of(request), account_id=account_id, agreed=agreed)
    messages.success(request, "Đã gỡ bước xác thực thứ hai." if agreed else "Đã bỏ đề nghị gỡ.")


def _close(request: HttpRequest, account_id: int) -> None:
    number = whole_number(request.POST.get("post", ""))
    post = next((each for each in held_by([account_id])[account_id] if each.id == number), None)
    if post is None:
        raise NotFound
    username = keeping.account_facts(account_id).username
    close_post(
        by=post_of(request).actor, username=username, agency=post.agency_code,
        unit=post.unit_code, role=post.role,
    )  # fmt: skip
    messages.success(request, "Đã đóng vị trí. Người giữ không làm việc ở vị trí này được nữa.")


DOES: dict[str, Any] = {
    "shut": _shut, "reopen": _reopen, "password": _password, "removal": _ask_removal,
    "agree": _decide, "disagree": _decide, "close": _close,
}  # fmt: skip


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:LONGEST]


def _own_name(request: HttpRequest) -> str:
    return keeping.account_facts(post_of(request).account_id).username


def _named(facts: Any) -> list[str]:
    return [FACTOR_NAMES.get(kind, kind) for kind in facts.factors]


def _page(request: HttpRequest, account_id: int, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    found, hand = keeping.account_facts(account_id), hand_of(request)
    removals = keeping.open_removals(account_id)
    entries = latest_entries(f"account:{account_id}", HISTORY)
    page = {
        "found": found, "factors": _named(found), "posts": held_by([account_id])[account_id],
        "removal": removals[0] if removals else None,
        "asked_by_self": bool(removals) and removals[0].person == hand.person,
        "own": hand.person == f"account:{account_id}",
        "history": [(each, DEEDS.get(each.deed, each.deed)) for each in entries],
        "typed_reason": _reason(request), "reasons": reasons,
        "errors": {each.field: each.text for each in reasons} or None,
    }  # fmt: skip
    return render(request, "backoffice/account.html", page, status=422 if reasons else 200)


def _form(
    request: HttpRequest, typed: dict[str, str], reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    errors = {("place" if r.field in ("unit", "agency") else r.field): r.text for r in reasons}
    page = {
        "fields": [
            (name, label, hint, typed.get(name, ""), errors.get(name, ""))
            for name, label, hint in FIELDS
            if name != "role"
        ],
        "roles": [(str(role), ROLE_NAMES[role]) for role in ROLES],
        "role": typed.get("role", ""), "role_error": errors.get("role", ""),
        "reasons": [Reason(r.code, r.text, "place" if r.field in ("unit", "agency") else r.field) for r in reasons],
    }  # fmt: skip
    return render(request, "backoffice/account_add.html", page, status=422 if reasons else 200)
