"""Back office pages about recounts: whose date a new calendar would move, and the agreement to it."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import hand_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import whole_number
from motcua.core.two_persons import Hand
from motcua.dossiers import recounts
from motcua.dossiers.actions import recounting
from motcua.dossiers.closed_days import AHEAD, clocks_left
from motcua.dossiers.rules import recounts as rules
from motcua.dossiers.types import RecountState
from motcua.workdays.edition_queries import last_that_moves_dates
from motcua.workdays.queries import editions, latest_edition

STATES = {
    RecountState.COUNTING: "Đang tính",
    RecountState.READY: "Chờ duyệt",
    RecountState.MOVING: "Đang đổi ngày hẹn",
    RecountState.DONE: "Đã xong",
    RecountState.DROPPED: "Đã bỏ",
}
DAY_WORDS = {"nghỉ": "được nghỉ", "làm bù": "làm việc bù", "ngày thường": "làm việc như thường lệ"}
STOPPED = "Đã dừng giữa chừng"
NO_DEED = Reason("not_chosen", "Chưa chọn việc cần làm. Mời bấm một nút trên trang.")


def to_citizens(changed: Sequence[str]) -> str:
    """What an edition changed, as people who wait for a result read it; keepers may reword it."""
    told = []
    for line in changed:
        day, _, after = line.partition(": ")
        kind, _, name = after.rpartition(" → ")[2].partition(", ")
        words = DAY_WORDS.get(kind) if " → " in after else None
        told.append(f"ngày {day} {words}{f' ({name})' if name else ''}" if words else line)
    return f"Lịch làm việc thay đổi: {'; '.join(told)}."


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """Bản lịch: what it changed, its recounts; the button asks whose date it would move."""
    found = next((each for each in editions() if each.number == edition), None)
    if found is None:
        raise NotFound
    reasons: tuple[Reason, ...] = ()
    reason = to_citizens(found.changed)[: rules.LONGEST]
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            number = recounting.ask_recount(hand=hand_of(request), edition=edition, reason=reason)
        except Refused as no:
            reasons = no.reasons
        else:
            return redirect("backoffice:recount", recount_id=number)
    page = {
        "edition": found,
        "recounts": recounts.recounts_of(edition),
        "is_latest": edition == latest_edition(),
        "reason": reason[: rules.LONGEST * 2],
        "reasons": reasons,
        "errors": {each.field: each.text for each in reasons} or None,
    }
    return render(request, "backoffice/edition.html", page, status=422 if reasons else 200)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def recount(request: HttpRequest, recount_id: int) -> HttpResponse:
    """Tính lại ngày hẹn: its progress, its list, the second person's agreement."""
    found = recounts.recount(recount_id, whole_number(request.GET.get("sau", "")) or 0)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            messages.success(request, _deal(request, recount_id))
        except Refused as no:
            reasons = no.reasons
        else:
            return redirect("backoffice:recount", recount_id=recount_id)
    own = hand_of(request).person == found.asked_by_person
    page = {
        "recount": found,
        "status": STOPPED if found.left else STATES[found.state],
        "is_under_way": found.state in (RecountState.COUNTING, RecountState.MOVING),
        "is_ready": found.state is RecountState.READY,
        "can_drop": found.state in (RecountState.COUNTING, RecountState.READY),
        "days_ahead": AHEAD,
        "latest": latest_edition(),
        "clocks": clocks_left() if found.state is not RecountState.DROPPED else (),
        "can_approve": found.state is RecountState.READY and not own and found.found > 0,
        "why": request.POST.get("why", "")[: rules.LONGEST * 2],
        "needs_why": found.state is RecountState.READY and found.found > 0,
        "may_drop": not own or found.found == 0 or found.edition < last_that_moves_dates(),
        "dropped_because": recounts.why_dropped(recount_id),
        "reasons": reasons,
        "errors": {each.field: each.text for each in reasons} or None,
    }
    return render(request, "backoffice/recount.html", page, status=422 if reasons else 200)


def _deal(request: HttpRequest, number: int) -> str:
    deed = DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Refused([NO_DEED])
    return deed(hand_of(request), number, request.POST.get("why", ""))


def _approve(hand: Hand, number: int, why: str) -> str:
    recounting.approve_recount(hand=hand, number=number)
    return "Đã duyệt. Ngày hẹn đang được đổi; người nộp sẽ được báo."


def _drop(hand: Hand, number: int, why: str) -> str:
    recounting.drop_recount(hand=hand, number=number, reason=why)
    return "Đã bỏ. Không ngày hẹn nào thay đổi."


def _go_on(hand: Hand, number: int, why: str) -> str:
    recounting.go_on(hand=hand, number=number)
    return "Đã cho chạy tiếp từ chỗ dừng."


DEEDS: dict[str, Callable[[Hand, int, str], str]] = {
    "approve": _approve,
    "drop": _drop,
    "go_on": _go_on,
}
