"""The page on which a citizen says how they want to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.errors import Reason, Refused
from motcua.notices import queries
from motcua.notices.actions.choosing import choose_ways
from motcua.notices.types import Channel, Kind
from motcua.people.web import citizen_of, citizen_required

KINDS = {
    Kind.ACT: ("Việc cần ông/bà làm", "Bổ sung hồ sơ, nộp tiền, có mặt xác minh. Gửi cả trong giờ nghỉ."),
    Kind.RESULT: ("Kết quả hồ sơ", "Đã có kết quả, không được giải quyết, đã trả kết quả."),
    Kind.LATE: ("Trễ hẹn, đổi ngày hẹn", "Quá hạn, thư xin lỗi, ngày hẹn mới, sự cố giấy tờ."),
    Kind.PROGRESS: ("Diễn biến hồ sơ", "Đã nhận, đã tiếp nhận, đang ở đâu, ai đang giải quyết."),
}  # fmt: skip
CHANNELS = {Channel.ZALO: "Zalo", Channel.SMS: "Tin nhắn SMS", Channel.EMAIL: "Thư điện tử"}
HOURS = [(str(hour), f"{hour} giờ") for hour in range(24)]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@citizen_required
def ways(request: HttpRequest) -> HttpResponse:
    """“Cách nhận thông báo”: channels for each kind of notice, and when the telephone rests."""
    if request.method != "POST":
        return _page(request)
    citizen = citizen_of(request)
    try:
        choose_ways(
            person_id=citizen.pk,
            actor=citizen.actor,
            channels={kind: request.POST.getlist(kind) for kind in Kind},
            quiet=_quiet(request, queries.ways_chosen(citizen.pk).quiet),
        )
    except Refused as no:
        return _page(request, no.reasons)
    messages.success(request, "Đã lưu cách nhận thông báo.")
    return redirect("portal:ways")


def _page(request: HttpRequest, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    found = queries.ways_chosen(citizen_of(request).pk)
    kinds = [
        (kind, title, hint, [
            (channel, f"{CHANNELS[channel]} ({place})", _ticked(request, kind, channel, found.channels))
            for channel, place in found.offered.items()
        ])
        for kind, (title, hint) in KINDS.items()
    ]  # fmt: skip
    begin, end = (str(hour) for hour in found.quiet)
    shown = {
        "kinds": kinds, "offered": found.offered, "hours": HOURS, "reasons": reasons,
        "quiet_from": request.POST.get("quiet_from", begin),
        "quiet_to": request.POST.get("quiet_to", end),
        "has_phone": Channel.SMS in found.offered or Channel.ZALO in found.offered,
    }  # fmt: skip
    return render(request, "notices/ways.html", shown, status=422 if reasons else 200)


def _ticked(
    request: HttpRequest, kind: Kind, channel: Channel, kept: dict[Kind, tuple[Channel, ...]]
) -> bool:
    if request.method == "POST":
        return channel in request.POST.getlist(kind)
    return channel in kept[kind]


def _quiet(request: HttpRequest, kept: tuple[int, int]) -> tuple[int, int]:
    """The hours that were chosen; those of before where there is no telephone to ask about."""
    begin, end = (
        _hour(request.POST.get(name, str(hour)))
        for name, hour in zip(("quiet_from", "quiet_to"), kept, strict=True)
    )
    return begin, end


def _hour(typed: str) -> int:
    """The hour that was chosen; -1 for what is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else -1
