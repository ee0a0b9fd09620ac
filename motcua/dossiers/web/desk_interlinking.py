"""Liên thông: the plan of who does what, urging a station, waiting for it no longer, its papers."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies.queries import linked_units
from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean, whole_number
from motcua.dossiers import queries
from motcua.dossiers.actions import interlinking, stationing
from motcua.dossiers.guests import own_dossier
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.rules.station_lines import of_this_round
from motcua.dossiers.station_paper import station_slip
from motcua.dossiers.station_queries import StationRow, lead_unit, stations_beside
from motcua.dossiers.stations import MOST, PER_NAMES, Per, Planned, StationState
from motcua.dossiers.web.desk_conflicts import is_conflict, status_of
from motcua.dossiers.web.desk_dossier import Box, refused_beside
from motcua.dossiers.web.desk_forms import LONGEST, UNREADABLE
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post

FIRST = 3  # lines of a fresh page, the lead's among them
FIELDS = ("unit", "task", "amount", "per", "role", "needs")
LEAD = "lead"
BY_PAPER = "paper"
TOLD = {"urge": "Đã gửi đôn đốc.", "close": "Đã ghi thôi chờ và báo đơn vị."}


@dataclass
class Lines:
    """The lines of the page as they are typed, by the number each has in the plan."""

    typed: dict[int, dict[str, str]] = field(default_factory=dict)
    begun: list[StationRow] = field(default_factory=list)  # what can no longer be changed
    by_paper: bool = False


@require_http_methods(["GET", "POST"])
@post_required(Role.CASE_OFFICER, Role.DESK_OFFICER)
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Sắp việc liên thông: a line for each unit, with its task, its limit and what it waits for."""
    post = post_of(request)
    found = own_dossier(post, reference)
    if Step.INTERLINK not in found.steps and request.method == "GET":
        messages.warning(request, "Hồ sơ này hiện không giải quyết liên thông được.")
        return redirect("desk:dossier", reference=reference)
    lines = _lines(request, post, found)
    if request.method == "GET" or "more" in request.POST:
        return _page(request, found, lines)
    try:
        interlinking.interlink(
            post=post,
            reference=reference,
            revision=whole_number(request.POST.get("revision", "")),
            plan=_planned(lines),
            by_paper=lines.by_paper,
        )
    except Refused as no:
        if is_conflict(no.reasons):
            found = queries.desk_dossier(post, reference)
        return _page(request, found, lines, no.reasons)
    messages.success(request, "Đã báo việc cho các đơn vị.")
    return redirect("desk:dossier", reference=reference)


def _lines(request: HttpRequest, post: "Post", found: DeskDossier) -> Lines:
    """What was typed; else what waits to begin, or three lines of which the last is the lead's."""
    every = stations_beside(post, found.page.reference)
    rows = of_this_round(every)
    waiting = [row for row in rows if row.state is StationState.WAITING]
    given = request.POST if request.method == "POST" else None
    last = max([row.number for row in every], default=0)
    wanted = max(len(waiting) or FIRST, _wanted(request))
    new = range(last + 1, last + 1 + wanted - len(waiting))
    numbers = [*[row.number for row in waiting], *new]
    is_open = bool(waiting)
    begun = [row for row in rows if row.started_at and (row.done_at or not row.closed_at)]
    if given is not None:
        typed = {n: {f: clean(given.get(f"{f}-{n}", "")) for f in FIELDS} for n in numbers}
        if "more" not in given:
            typed = _closed_up(typed, new)
        return Lines(typed, begun, given.get("mode") == BY_PAPER)
    typed = {row.number: _as_typed(row) for row in waiting}
    typed |= {n: dict.fromkeys(FIELDS, "") | {"per": Per.DAY.value} for n in new}
    if not is_open:
        typed[numbers[-1]] |= {"role": LEAD, "unit": str(lead_unit(found.page.reference) or "")}
    return Lines(typed, begun, any(row.by_paper for row in waiting))


def _closed_up(typed: dict[int, dict[str, str]], new: range) -> dict[int, dict[str, str]]:
    """The new lines without a gap: what is left empty comes last, and who waits for a line goes along."""
    order = sorted(new, key=lambda n: not _says(typed[n]))
    called = {str(was): str(n) for n, was in zip(new, order, strict=True)}
    moved = typed | {n: typed[was] for n, was in zip(new, order, strict=True)}
    for n, line in moved.items():
        needs = re.sub(r"[0-9]+", lambda m: called.get(m[0], m[0]), line["needs"])
        moved[n] = line | {"needs": needs}
    return moved


def _says(line: dict[str, str]) -> bool:
    return bool(line["unit"] or line["task"] or line["amount"])


def _wanted(request: HttpRequest) -> int:
    typed = whole_number(request.POST.get("lines", "")) or 0
    return min(typed + ("more" in request.POST), MOST)


def _as_typed(row: StationRow) -> dict[str, str]:
    """A station that waits, as its line was typed."""
    needs = "" if row.is_lead else ", ".join(map(str, row.needs))
    return {
        "unit": str(row.unit_id), "task": row.task, "amount": str(row.amount), "per": row.per,
        "role": LEAD if row.is_lead else "", "needs": needs,
    }  # fmt: skip


def _planned(lines: Lines) -> dict[int, Planned]:
    """The lines that say anything; what cannot be read in one is refused with that line."""
    plan, wrong = {}, []
    for n, line in lines.typed.items():
        if not _says(line):
            continue
        wrong += _unreadable(n, line)
        needs = [whole_number(part) for part in line["needs"].replace(",", " ").split()]
        plan[n] = Planned(
            whole_number(line["unit"]) or 0, line["task"], whole_number(line["amount"]) or 0,
            line["per"], line["role"] == LEAD, frozenset(need for need in needs if need),
        )  # fmt: skip
    if wrong:
        raise Refused(wrong)
    return plan


def _unreadable(n: int, line: dict[str, str]) -> list[Reason]:
    found = []
    if len(line["task"]) > LONGEST:
        text = f"Dòng {n}: việc phải làm dài tối đa {LONGEST} ký tự."
        found.append(Reason("task_long", text, f"task-{n}"))
    if UNREADABLE in line["task"]:
        text = f"Dòng {n}: có chữ hệ thống không đọc được ({UNREADABLE}). Mời anh/chị nhập lại."
        found.append(Reason("task_unreadable", text, f"task-{n}"))
    parts = line["needs"].replace(",", " ").split()
    if any(not whole_number(part) for part in parts):
        text = f"Dòng {n}: mời ghi số dòng cần chờ, cách nhau bằng dấu phẩy, ví dụ 1, 2."
        found.append(Reason("needs_unread", text, f"needs-{n}"))
    return found


def _page(
    request: HttpRequest, found: DeskDossier, lines: Lines, reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    """The form with everything typed and everything wrong."""
    said = {reason.field: reason.text for reason in reasons}
    units = linked_units(found.page.agency.id)
    context = {
        "dossier": found.page,
        "units": _with_lead(units, found),
        "pers": [(per.value, name) for per, name in PER_NAMES.items()],
        "begun": lines.begun,
        "by_paper": lines.by_paper,
        "lines": [
            line | {"n": n, "errors": {f: said.get(f"{f}-{n}", "") for f in FIELDS}}
            for n, line in lines.typed.items()
        ],
        "can_add": len(lines.typed) + sum(row.is_moving for row in lines.begun) < MOST,
        "revision": _revision(request, found, reasons),
        "errors": [{"id": reason.field or "plan", "text": reason.text} for reason in reasons],
        "tried": "Giải quyết liên thông",
    }
    return desk_page(request, "desk/interlink.html", context, status=status_of(reasons))


def _revision(request: HttpRequest, found: DeskDossier, reasons: tuple[Reason, ...]) -> int:
    """What the page was written against: as it came, until its reader has been shown what changed."""
    seen = whole_number(request.POST.get("revision", ""))
    return found.page.revision if seen is None or is_conflict(reasons) else seen


def _with_lead(units: dict[int, str], found: DeskDossier) -> list[tuple[int, str]]:
    """The units to choose from; the one that settles the dossier is among them, as the lead."""
    lead = lead_unit(found.page.reference)
    if lead and lead not in units:
        units = {lead: found.page.unit_name, **units}
    return list(units.items())


@require_POST
@post_required(Role.CASE_OFFICER, Role.DESK_OFFICER)
def steer(request: HttpRequest, reference: str, number: int, do: str) -> HttpResponse:
    """Đôn đốc một đơn vị, hoặc thôi chờ đơn vị ấy; each with what is written to it."""
    note = clean(request.POST.get("note", ""))[:LONGEST]
    post = post_of(request)
    try:
        if do == "don-doc":
            stationing.urge_station(post=post, reference=reference, number=number, note=note)
        elif do == "thoi-cho":
            interlinking.close_station(post=post, reference=reference, number=number, note=note)
        else:
            raise NotFound
    except Refused as no:
        return refused_beside(request, reference, Box(f"station-{number}", note, no.reasons))
    messages.success(request, TOLD["urge" if do == "don-doc" else "close"])
    return redirect("desk:dossier", reference=reference)


@require_POST
@post_required(Role.UNIT_HEAD, Role.CASE_OFFICER, Role.DESK_OFFICER)
def receive(request: HttpRequest, reference: str) -> HttpResponse:
    """Nhận giấy tờ chuyển đến."""
    try:
        station = stationing.receive_papers(post=post_of(request), reference=reference)
    except Refused as no:
        messages.warning(request, " ".join(reason.text for reason in no.reasons))
    else:
        messages.success(request, f"Đã nhận giấy tờ theo giấy bàn giao số {station.slip}.")
    return redirect("desk:dossier", reference=reference)


@require_GET
@post_required()
def slip(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The hand-over slip with which papers go to a station: task, limit, giver, receiver."""
    name, content = station_slip(post_of(request), reference, number)
    return download(content, "application/pdf", name)
