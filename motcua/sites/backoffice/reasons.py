"""Lý do bổ sung: the catalogue from which officials pick when they ask for corrections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import post_of, post_required
from motcua.audit.queries import latest_entries
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.core.text import whole_number
from motcua.dossiers import correction_queries
from motcua.dossiers.actions.correction_reasons import ReasonWords, add_reason, edit_reason

HISTORY = 20
LONGEST = 1000  # of what is typed; the rules say how much is too much
TICKS = (
    ("for_papers", "Đưa ra khi yêu cầu bổ sung giấy tờ"),
    ("for_questions", "Đưa ra khi yêu cầu sửa tờ khai"),
    ("is_active", "Đang dùng"),
)


@require_safe
@post_required(Role.KEEPER)
def reasons(request: HttpRequest) -> HttpResponse:
    """Every reason there is, in the order in which officials see them."""
    rows = correction_queries.catalogue()
    return render(request, "backoffice/reasons.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def fresh(request: HttpRequest) -> HttpResponse:
    """One more reason."""
    if request.method == "GET":
        return _page(request, ReasonWords(""))
    words = _typed(request)
    try:
        code = add_reason(keeper=post_of(request).actor, words=words)
    except Refused as no:
        return _page(request, words, reasons=no.reasons)
    messages.success(request, "Đã thêm lý do.")
    return redirect("backoffice:reason", code=code)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def reason(request: HttpRequest, code: str) -> HttpResponse:
    """One reason: change its words, or offer it no longer."""
    row = correction_queries.reason_of(code)
    if request.method == "GET":
        return _page(request, row.words, code, row.version)
    words, seen = _typed(request), whole_number(request.POST.get("seen", ""))
    try:
        version = edit_reason(
            keeper=post_of(request).actor, code=code, words=words, seen=-1 if seen is None else seen
        )
    except Refused as no:
        return _page(request, words, code, seen or row.version, no.reasons)
    messages.success(request, f"Đã lưu lý do, lần sửa thứ {version}.")
    return redirect("backoffice:reason", code=code)


def _typed(request: HttpRequest) -> ReasonWords:
    text, basis = (request.POST.get(name, "")[:LONGEST] for name in ("text", "legal_basis"))
    return ReasonWords(text, basis, *(name in request.POST for name, _ in TICKS))


def _page(
    request: HttpRequest,
    words: ReasonWords,
    code: str = "",
    seen: int = 0,
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    page = {
        "words": words,
        "code": code,
        "seen": seen,
        "ticks": [(name, text, getattr(words, name)) for name, text in TICKS],
        "history": latest_entries(f"reason:{code}", HISTORY) if code else [],
        "reasons": reasons,
        "errors": {each.field: each.text for each in reasons} or None,
    }
    return render(request, "backoffice/reason.html", page, status=422 if reasons else 200)
