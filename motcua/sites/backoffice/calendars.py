"""Back office pages about the calendar: the years, one year, and a draft from first line to decision."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries import names_of_all
from motcua.agencies.web import hand_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.sites.backoffice.calendar_forms import beside_fields, changes_typed, number_typed
from motcua.workdays import picture, queries
from motcua.workdays.actions import drafting
from motcua.workdays.edition_queries import last_that_moves_dates
from motcua.workdays.rules.changes import applied, hours_text, remarks
from motcua.workdays.types.changes import DAY_KINDS, CalendarRows, DraftFacts, DraftStatus

STATUS_TEXTS = {
    DraftStatus.DRAFTING: "Đang soạn",
    DraftStatus.WAITING: "Chờ duyệt",
    DraftStatus.APPROVED: "Đã duyệt",
    DraftStatus.REJECTED: "Không duyệt",
    DraftStatus.DROPPED: "Đã bỏ",
}
NO_DEED = Reason("not_chosen", "Chưa chọn việc cần làm. Mời bấm một nút trên trang.")
TYPED = ("kind", "day-day", "day-month", "day-year", "name", "lines", "owner", "since-day",
         "since-month", "since-year", "slots", "saturday", "note", "reason")  # fmt: skip


@require_safe
@post_required(Role.KEEPER)
def calendars(request: HttpRequest) -> HttpResponse:
    """Lịch làm việc: the years, the drafts under way, everybody's hours, the editions."""
    today, rows = localdate(clock.now()), queries.present_rows()
    names = names_of_all()
    years = [
        (year, rows.years.get(year), len([*filter(lambda row: row[2] == "Nghỉ", picture.special_days(rows, year))]))
        for year in range(today.year, today.year + drafting.YEARS_AHEAD + 1)
        if year in rows.years or year - 1 in rows.years or year == today.year
    ]  # fmt: skip
    hours = [
        (picture.owner_name(row.owner, names), row.since, hours_text(row.slots),
         hours_text(row.saturday) if row.saturday else "")
        for row in rows.hours
    ]  # fmt: skip
    page = {
        "years": years,
        "drafts": [(each, STATUS_TEXTS[each.status]) for each in queries.open_drafts()],
        "hours": hours,
        "editions": queries.editions(),
        "alarms": queries.calendar_alarms(today),
        "tasks": queries.calendar_tasks(today),
        "drift": queries.calendar_drift(),
    }
    return render(request, "backoffice/calendars.html", page)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """One year as it is in force; the button begins a draft, or goes on with one's own."""
    rows, this_year = queries.present_rows(), localdate(clock.now()).year
    can_draft = this_year <= year <= this_year + drafting.YEARS_AHEAD
    if year not in rows.years and not can_draft:
        raise NotFound
    if request.method == "POST":
        number = drafting.open_draft(hand=hand_of(request), year=year)
        return redirect("backoffice:calendar_draft", number=number)
    page = {
        "year": year,
        "confirmed": rows.years.get(year),
        "months": picture.months(rows, year),
        "days": picture.special_days(rows, year),
        "drafts": [(each, STATUS_TEXTS[each.status]) for each in queries.open_drafts(year)],
        "can_draft": can_draft,
    }
    return render(request, "backoffice/calendars_year.html", page)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """One draft: its drafter adds and sends, another person agrees or says why not."""
    found = queries.draft(number)
    if request.method == "GET":
        return _page(request, found)
    try:
        told = _deal(request, found)
    except Refused as no:
        return _page(request, queries.draft(number), no.reasons)
    messages.success(request, told)
    return redirect("backoffice:calendar_draft", number=number)


def _deal(request: HttpRequest, found: DraftFacts) -> str:
    deed = DEEDS.get(request.POST.get("do", ""))
    refuse_if([] if deed else [NO_DEED])
    assert deed is not None
    return deed(request, found.number)


def _seen(request: HttpRequest) -> int:
    return number_typed(request.POST.get("revision", ""))


def _add(request: HttpRequest, number: int) -> str:
    changed, reasons = changes_typed(request.POST, names_of_all())
    refuse_if(reasons)
    before = queries.draft(number).changes
    try:
        drafting.add_changes(
            hand=hand_of(request), number=number, revision=_seen(request), changed=changed
        )
    except Refused as no:
        raise Refused(beside_fields(no.reasons, request.POST, len(before))) from no
    known = remarks(changed, applied(queries.present_rows(), before))
    return " ".join([f"Đã thêm {len(changed)} dòng.", *known])


def _remove(request: HttpRequest, number: int) -> str:
    line = number_typed(request.POST.get("line", ""))
    drafting.remove_change(hand=hand_of(request), number=number, revision=_seen(request), line=line)
    return f"Đã bỏ dòng {line}."


def _send(request: HttpRequest, number: int) -> str:
    note = request.POST.get("note", "")
    drafting.send_draft(hand=hand_of(request), number=number, revision=_seen(request), note=note)
    return "Đã gửi. Đề nghị chờ một người khác duyệt."


def _take_back(request: HttpRequest, number: int) -> str:
    drafting.take_back(hand=hand_of(request), number=number)
    return "Đã rút lại để sửa."


def _drop(request: HttpRequest, number: int) -> str:
    drafting.take_back(hand=hand_of(request), number=number, drop=True)
    return "Đã bỏ đề nghị."


def _approve(request: HttpRequest, number: int) -> str:
    edition = number_typed(request.POST.get("edition", ""))
    made = drafting.approve_draft(
        hand=hand_of(request), number=number, revision=_seen(request), edition=edition
    )
    told = f"Đã duyệt. Lịch đang dùng là bản số {made}."
    if last_that_moves_dates() != made:
        return told
    return format_html(
        '{} Ngày hẹn đã có không tự đổi: <a class="govuk-notification-banner__link" href="{}">'
        "tính xem hồ sơ nào đổi ngày</a>.",
        told,
        reverse("backoffice:edition", args=[made]),
    )


def _reject(request: HttpRequest, number: int) -> str:
    drafting.reject_draft(
        hand=hand_of(request), number=number, revision=_seen(request),
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return "Đã trả lời không duyệt."


DEEDS: dict[str, Callable[[HttpRequest, int], str]] = {
    "add": _add,
    "lines": _add,
    "hours": _add,
    "remove": _remove,
    "send": _send,
    "take_back": _take_back,
    "drop": _drop,
    "approve": _approve,
    "reject": _reject,
}


def _page(
    request: HttpRequest, found: DraftFacts, reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    rows, names = queries.present_rows(), names_of_all()
    own = hand_of(request).person == found.drafted_by_person
    is_open = found.status in (DraftStatus.DRAFTING, DraftStatus.WAITING)
    typed = {key.replace("-", "_"): request.POST.get(key, "")[:20_000] for key in TYPED}
    page: dict[str, Any] = {
        "draft": found,
        "status": STATUS_TEXTS[found.status],
        "months": picture.months(_with(rows, found), found.year, _new_days(found)),
        "lines": [picture.change_text(each, names) for each in found.changes],
        "own": own,
        "can_write": own and found.status is DraftStatus.DRAFTING,
        "can_take_back": own and found.status is DraftStatus.WAITING,
        "can_decide": not own and found.status is DraftStatus.WAITING,
        "is_open": is_open,
        "edition": queries.latest_edition(),
        "owners": [("", "Toàn tỉnh"), *names.items()] if own and is_open else (),
        "typed": typed,
        "reasons": reasons,
        "errors": _told_by_field(reasons),
    }
    return render(request, "backoffice/calendars_draft.html", page, status=422 if reasons else 200)


def _told_by_field(reasons: tuple[Reason, ...]) -> dict[str, str] | None:
    """Beside each field all that is wrong with it: of pasted lines it may be many."""
    told: dict[str, str] = {}
    for reason in reasons:
        told[reason.field] = f"{told[reason.field]} {reason.text}" if reason.field in told else reason.text  # fmt: skip
    return told or None


def _with(rows: CalendarRows, found: DraftFacts) -> CalendarRows:
    """The calendar as it would be, while the draft is open; afterwards as it is."""
    is_open = found.status in (DraftStatus.DRAFTING, DraftStatus.WAITING)
    return applied(rows, found.changes) if is_open else rows


def _new_days(found: DraftFacts) -> frozenset[Any]:
    return frozenset(each.day for each in found.changes if each.kind in DAY_KINDS)
