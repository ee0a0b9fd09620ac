"""Giấy bàn giao: the desk makes a list for a unit, the unit confirms it line by line."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies.queries import headed_units
from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean, whole_number
from motcua.dossiers import consulting_queries, desk_queries
from motcua.dossiers.actions import handing_over
from motcua.dossiers.transfer_paper import hand_over_minutes, transfer_paper
from motcua.dossiers.web.desk_forms import LONGEST
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    """One list; the receiver takes over or turns back what is ticked, the giver takes back."""
    post = post_of(request)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        do, note = request.POST.get("do", ""), clean(request.POST.get("note", ""))[:LONGEST]
        if do not in ("take", "back"):
            raise NotFound
        known = {line.reference for line in consulting_queries.transfer_list(post, number).lines}
        chosen = [each for each in _ticked(request) if each[0] in known]
        try:
            done = handing_over.settle_many(post=post, chosen=chosen, note=note, taken=do == "take")
        except Refused as no:
            reasons = no.reasons
        else:
            _say(request, done, "Đã nhận bàn giao." if do == "take" else "Đã trả lại hồ sơ.")
            return redirect("desk:transfer", number=number)
    context = {
        "list": consulting_queries.transfer_list(post, number),
        "note": request.POST.get("note", ""),
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
