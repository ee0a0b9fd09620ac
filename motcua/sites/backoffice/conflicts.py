"""Nối tài khoản: sign-ins that would have merged two persons wait here for a keeper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.people.joining import conflict, open_conflicts, settle_conflict

LONGEST = 1000  # of what is typed; the rules say how much is too much
JOIN, APART = "join", "apart"


@require_safe
@post_required(Role.KEEPER)
def conflicts(request: HttpRequest) -> HttpResponse:
    """Every sign-in that waits, the oldest first."""
    return render(request, "backoffice/conflicts.html", {"rows": open_conflicts()})


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def one(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Both sides of one, and the decision with its reason."""
    row = conflict(conflict_id)
    reasons: tuple[Reason, ...] = ()
    typed = request.POST.get("reason", "")[:LONGEST]
    if request.method == "POST":
        try:
            if request.POST.get("do") not in (JOIN, APART):
                raise Refused([Reason("choice_missing", "Mời chọn nối hay không nối.")])
            settle_conflict(
                keeper=post_of(request).actor, conflict_id=conflict_id,
                seen=request.POST.get("seen", ""), join_them=request.POST["do"] == JOIN,
                reason=typed,
            )  # fmt: skip
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, "Đã ghi quyết định.")
            return redirect("backoffice:conflicts")
    page = {
        "row": row, "typed": typed, "reasons": reasons,
        "errors": {each.field: each.text for each in reasons},
    }  # fmt: skip
    return render(request, "backoffice/conflict.html", page, status=422 if reasons else 200)
