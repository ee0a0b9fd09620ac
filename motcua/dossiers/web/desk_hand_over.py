"""Giấy bàn giao: the desk makes a list for a unit, the unit confirms it line by line."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies.queries import headed_units
from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean, whole_number
from motcua.dossiers import consulting_queries, desk_queries
from motcua.dossiers.actions import handing_over
from motcua.dossiers.actions.passing_on import confirm_papers, report_missing
from motcua.dossiers.transfer_paper import hand_over_minutes, transfer_paper
from motcua.dossiers.web.desk_forms import LONGEST
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motcua.agencies.models import Post
    from motcua.dossiers.pages import Preview

NOTHING = "Chưa chọn hồ sơ nào. Mời anh/chị đánh dấu hồ sơ rồi bấm lại."


@require_GET
@post_required(Role.DESK_OFFICER, Role.UNIT_HEAD)
def lists(request: HttpRequest) -> HttpResponse:
    """The latest hand-over lists of the post's unit."""
    rows = consulting_queries.transfer_lists(post_of(request))
    return desk_page(request, "desk/transfers.html", {"rows": rows})


@require_POST
@post_required(Role.DESK_OFFICER)
def make(request: HttpRequest) -> HttpResponse:
    """First what would go, to which unit, by when; then the list itself."""
    post = post_of(request)
    ticked = _ticked(request)
    if not ticked or len(ticked) > handing_over.MOST:
        text = f"Mỗi giấy bàn giao có nhiều nhất {handing_over.MOST} hồ sơ." if ticked else NOTHING
        messages.warning(request, text)
        return redirect("desk:list", worklist="cho-chuyen")
    reasons: tuple[Reason, ...] = ()
    if "confirm" in request.POST:
        unit_id = whole_number(request.POST.get("unit", "")) or 0
        try:
            done = handing_over.hand_over(post=post, unit_id=unit_id, chosen=ticked)
        except Refused as no:
            reasons = no.reasons
        else:
            _say(request, done, f"Đã lập giấy bàn giao số {done.number}.")
            if not done.id:
                return redirect("desk:list", worklist="cho-chuyen")
            return redirect("desk:transfer", number=done.id)
    shown = desk_queries.previews(post, [reference for reference, _ in ticked])
    context = {
        "ticked": _rows(ticked, shown),
        "units": headed_units(post.agency_id),
        "errors": [{"id": "unit", "text": reason.text} for reason in reasons],
        "tried": "Bàn giao",
    }
    return desk_page(request, "desk/transfer_make.html", context, status=422 if reasons else 200)


def _rows(
    ticked: "list[tuple[str, int]]", shown: "Mapping[str, Preview]"
) -> "list[tuple[str, int, Preview | None]]":
    return [(reference, revision, shown.get(reference)) for reference, revision in ticked]


@require_http_methods(["GET", "POST"])
@post_required(Role.DESK_OFFICER, Role.UNIT_HEAD)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One list; the receiver takes over or turns back what is ticked, the giver takes back.

    Between the desks of two agencies the receiver says that the papers are there, or do not come.
    """
    post = post_of(request)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        do, note = request.POST.get("do", ""), clean(request.POST.get("note", ""))[:LONGEST]
        if do not in ("take", "back"):
            raise NotFound
        shown = consulting_queries.transfer_list(post, number)
        known = {line.reference for line in shown.lines}
        chosen = [each for each in _ticked(request) if each[0] in known]
        try:
            if shown.between:
                papers = _papers(post, number, [ref for ref, _ in chosen], note, came=do == "take")
                messages.success(request, papers)
                return redirect("desk:transfer", number=number)
            done = handing_over.settle_many(post=post, chosen=chosen, note=note, taken=do == "take")
        except Refused as no:
            reasons = no.reasons
        else:
            back = "Đã rút lại hồ sơ." if post.role == Role.DESK_OFFICER else "Đã trả lại hồ sơ."
            _say(request, done, "Đã nhận bàn giao." if do == "take" else back)
            return redirect("desk:transfer", number=number)
    return _list_page(request, post, number, reasons)


def _papers(post: "Post", number: int, chosen: list[str], note: str, *, came: bool) -> str:
    """Settle papers that came, or do not come, from another agency; what was done, in words."""
    if came:
        done = confirm_papers(post=post, number=number, chosen=chosen)
        said = f"Đã nhận giấy tờ của {len(done)} hồ sơ. {_answer_by(post, done)}"
    else:
        done = report_missing(post=post, number=number, chosen=chosen, note=note)
        said = f"Đã ghi giấy tờ không đến của {len(done)} hồ sơ. {_answer_by(post, done)}"
    return said if done else "Hồ sơ đã chọn được xác nhận từ trước."


def _answer_by(post: "Post", references: list[str]) -> str:
    """How long this desk has now: its hours begin when nobody waits for papers any more."""
    by = consulting_queries.answer_by(post, references)
    if by is None:
        return ""
    return f"Mời làm tiếp ở trang hồ sơ, trả lời người nộp trước {localtime(by):%H:%M %d/%m/%Y}."


def _list_page(
    request: HttpRequest, post: "Post", number: int, reasons: tuple[Reason, ...]
) -> HttpResponse:
    """The list; nothing is ticked that nobody ticked, unless all of it was asked for."""
    context = {
        "list": consulting_queries.transfer_list(post, number),
        "note": request.POST.get("note", ""),
        "note_error": next((each.text for each in reasons if each.field == "note"), ""),
        "ticked": {reference for reference, _ in _ticked(request)},
        "all_ticked": request.method == "GET" and request.GET.get("all") == "1",
        "errors": [{"id": reason.field or "viec", "text": reason.text} for reason in reasons],
    }
    return desk_page(request, "desk/transfer.html", context, status=422 if reasons else 200)


@require_GET
@post_required(Role.DESK_OFFICER, Role.UNIT_HEAD)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The list to print and sign, as it stands now."""
    name, content = transfer_paper(post_of(request), number)
    return download(content, "application/pdf", name)


@require_GET
@post_required(Role.DESK_OFFICER, Role.UNIT_HEAD)
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """What was really taken over, once both sides have confirmed every dossier."""
    name, content = hand_over_minutes(post_of(request), number)
    return download(content, "application/pdf", name)


def _say(request: HttpRequest, done: handing_over.HandedOver, text: str) -> None:
    """What was done, then each dossier that stayed with the reason."""
    if done.given:
        messages.success(request, f"{text} {len(done.given)} hồ sơ.")
    for reference, reasons in done.left.items():
        said = " ".join(reason.text for reason in reasons)
        messages.warning(request, f"{reference}: {said}")


def _ticked(request: HttpRequest) -> list[tuple[str, int]]:
    """The dossiers ticked, each with the revision that its row showed."""
    found = []
    for value in request.POST.getlist("chon"):
        reference, _, seen = value.rpartition("@")
        if reference and (revision := whole_number(seen)) is not None:
            found.append((reference, revision))
    return found
