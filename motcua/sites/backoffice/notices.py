"""Back office pages about notices: the letters that did not leave, and the words of all of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import post_of, post_required
from motcua.audit.queries import latest_entries
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.text import fold
from motcua.notices import queries, rules, seeds
from motcua.notices.actions.unsent import drop_letter, look_at_unsent, send_again
from motcua.notices.actions.wording import edit_template
from motcua.notices.names import TO_OFFICIALS, name_of
from motcua.notices.types import TemplateWords

NOT_CHOSEN = Reason("not_chosen", "Chưa chọn thư và việc cần làm. Mời quay lại chọn.", "letter")
DONE = {"again": "Đã đưa thư trở lại hàng đợi.", "drop": "Đã bỏ thư khỏi danh sách."}
CHANNELS = {
    "inbox": "Hộp thư trên cổng",
    "email": "Thư điện tử",
    "sms": "Tin nhắn SMS",
    "zalo": "Zalo",
}
HISTORY = 20


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def letters(request: HttpRequest) -> HttpResponse:
    """Thư chưa gửi được: send again, or drop what somebody has looked at."""
    if request.method == "POST":
        return _deal_with_letter(request)
    found = look_at_unsent(keeper=post_of(request).actor)
    rows = [(letter, CHANNELS[letter.channel]) for letter in found]
    return render(request, "backoffice/letters.html", {"rows": rows})


def _deal_with_letter(request: HttpRequest) -> HttpResponse:
    what, number = request.POST.get("do", ""), request.POST.get("letter", "")
    chosen = what in DONE and number.isascii() and number.isdigit() and len(number) < 18
    refuse_if([] if chosen else [NOT_CHOSEN])
    deal = send_again if what == "again" else drop_letter
    deal(keeper=post_of(request).actor, message_id=int(number))
    messages.success(request, DONE[what])
    return redirect("backoffice:letters")


@require_safe
@post_required(Role.KEEPER)
def templates(request: HttpRequest) -> HttpResponse:
    """Mẫu thông báo: every template there is."""
    rows = [(words, name_of(words.code), CHANNELS[words.channel]) for words in queries.templates()]
    rows.sort(key=lambda row: (row[1].startswith(TO_OFFICIALS), fold(row[1])))
    return render(request, "backoffice/templates.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def template(request: HttpRequest, template: str, channel: str) -> HttpResponse:
    """One template: change its words, see them filled with sample facts, keep them."""
    words = queries.template(template, channel)
    if request.method == "GET":
        return _page(request, words, {"subject": words.subject, "body": words.body})
    typed = {name: request.POST.get(name, "") for name in ("subject", "body", "seen")}
    try:
        if request.POST.get("do") != "save":
            return _page(request, words, typed)
        version = edit_template(
            keeper=post_of(request).actor, code=template, channel=channel,
            subject=typed["subject"], body=typed["body"], seen=_number(typed["seen"]),
        )  # fmt: skip
    except Refused as no:
        return _page(request, words, typed, no.reasons)
    messages.success(request, f"Đã lưu mẫu, lần sửa thứ {version}.")
    return redirect("backoffice:template", template=template, channel=channel)


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


def _page(
    request: HttpRequest,
    words: TemplateWords,
    typed: dict[str, str],
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    page: dict[str, Any] = {"words": words, "typed": typed, "most": rules.SUBJECT_LENGTH}
    page["places"] = seeds.sample_of(words.code).items()
    page["channel_name"], page["name"] = CHANNELS[words.channel], name_of(words.code)
    page["is_phone"] = words.channel in rules.PHONES
    page["seen"] = typed.get("seen") or words.version
    page["history"] = latest_entries(f"template:{words.code}:{words.channel}", HISTORY)
    try:
        page["preview"] = queries.preview(
            words.code, subject=typed["subject"], body=typed["body"], channel=words.channel
        )
    except Refused as no:
        reasons = reasons or no.reasons
    page["reasons"] = page["errors"] = reasons
    status = 422 if reasons else 200
    return render(request, "backoffice/template.html", page, status=status)
