"""Back office pages about the law: every version with its limits, what it changes, a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import hand_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.law import actions, places, queries, rules, words
from motcua.law.types import ProfileStatus, Stage, VersionFacts

STATUS_TEXTS = {
    ProfileStatus.DRAFT: "Chờ duyệt",
    ProfileStatus.APPROVED: "Đã duyệt",
    ProfileStatus.REJECTED: "Không duyệt",
}
NO_DEED = Reason("not_chosen", "Chưa chọn việc cần làm. Mời bấm một nút trên trang.")
LONGEST_TYPED = 2_000
HEAD = ("name", "note", "agency_codes", "valid_from-day", "valid_from-month", "valid_from-year")


@require_safe
@post_required(Role.KEEPER)
def profiles(request: HttpRequest) -> HttpResponse:
    """Hồ sơ pháp lý: every version of every profile, and the one that holds today."""
    found = queries.versions()
    approved = [each.profile for each in found if each.drafting.status is ProfileStatus.APPROVED]
    rows = [(each, STATUS_TEXTS[each.drafting.status]) for each in found]
    today = localdate(clock.now())
    going_on = {each.code for each in approved if not each.valid_to or each.valid_to >= today}
    codes, now = sorted(going_on, reverse=True), rules.in_force(approved, today)
    page = {"rows": rows, "now": now, "codes": codes, "shown": words.shown(now) if now else ()}
    return render(request, "backoffice/profiles.html", page)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def version(request: HttpRequest, profile: str, version: int) -> HttpResponse:
    """One version: all it says, what it changes; another person agrees or says why not."""
    found = queries.version(profile, version)
    if request.method == "GET":
        return _page(request, found)
    deed = request.POST.get("do", "")
    try:
        refuse_if([] if deed in ("approve", "reject") else [NO_DEED])
        told = _decide(request, profile, version, deed)
    except Refused as no:
        return _page(request, queries.version(profile, version), no.reasons)
    messages.success(request, told)
    return redirect("backoffice:profile", profile=profile, version=version)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def draft(request: HttpRequest, profile: str) -> HttpResponse:
    """Soạn phiên bản mới: a form filled with what holds now, for a day to come."""
    latest = next(
        (each.profile for each in queries.versions()
         if each.profile.code == profile and each.drafting.status is ProfileStatus.APPROVED),
        None,
    )  # fmt: skip
    if latest is None:
        raise NotFound
    if request.method == "GET":
        return _form(request, profile, rules.typed_of(latest))
    typed = _typed(request.POST)
    try:
        number = actions.draft_version(hand=hand_of(request), code=profile, typed=typed)
    except Refused as no:
        return _form(request, profile, typed, no.reasons)
    messages.success(request, "Đã gửi. Phiên bản chờ một người khác duyệt.")
    return redirect("backoffice:profile", profile=profile, version=number)


def _decide(request: HttpRequest, profile: str, number: int, deed: str) -> str:
    if deed == "approve":
        actions.approve_version(hand=hand_of(request), code=profile, number=number)
        return "Đã duyệt phiên bản."
    reason = request.POST.get("reason", "")
    actions.reject_version(hand=hand_of(request), code=profile, number=number, reason=reason)
    return "Đã bỏ phiên bản."


def _page(
    request: HttpRequest, found: VersionFacts, reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    before = queries.version_before(found)
    is_draft = found.drafting.status is ProfileStatus.DRAFT
    page = {
        "found": found,
        "status": STATUS_TEXTS[found.drafting.status],
        "shown": words.shown(found.profile),
        "before": before,
        "differences": rules.differences(before, found.profile) if before else (),
        "can_decide": is_draft,
        "own": hand_of(request).person == found.drafting.drafted_by_person,
        "typed_reason": request.POST.get("reason", "")[:LONGEST_TYPED],
        "reasons": reasons,
        "errors": {reason.field: reason.text for reason in reasons} or None,
    }
    return render(request, "backoffice/profiles_version.html", page, status=422 if reasons else 200)


def _typed(sent: QueryDict) -> dict[str, Any]:
    keys = [*HEAD, *(each.key for each in words.LIMITS), *words.CHOICES, places.FIELD]
    keys += [f"basis-{key}" for key in words.BASES]
    keys += [f"asking-{stage}{end}" for stage in Stage for end in ("", "-basis", "-by")]
    typed: dict[str, Any] = {key: sent.get(key, "")[:20_000] for key in keys}
    return typed | {"levels": sent.getlist("levels")}


def _form(
    request: HttpRequest, code: str, typed: dict[str, Any], reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    errors = {reason.field: reason.text for reason in reasons}

    def field(key: str, label: str, **more: Any) -> dict[str, Any]:
        value, error = typed.get(key, ""), errors.get(key, "")
        return {"key": key, "label": label, "value": value, "error": error} | more

    page = {
        "code": code,
        "typed": {key.replace("-", "_"): value for key, value in typed.items()},
        "reasons": reasons,
        "errors": errors or None,
        "choices": [
            field(key, label, options=[*texts.items()])
            for key, (label, texts) in words.CHOICES.items()
        ],
        "places": field(places.FIELD, "Thủ tục có nơi nộp riêng"),
        "limits": [field(each.key, each.label, unit=each.unit) for each in words.LIMITS],
        "asking": [
            (text, field(f"asking-{stage}", "Số lần tối đa"),
             field(f"asking-{stage}-by", "Người đồng ý cho thêm lần nữa",
                   options=[*words.agreed_by_at(stage).items()]),
             field(f"asking-{stage}-basis", "Căn cứ"))
            for stage, text in words.STAGES.items()
        ],
        "levels": [(level.value, text, level.value in typed["levels"]) for level, text in words.LEVELS.items()],
        "bases": [field(f"basis-{key}", label) for key, label in words.BASES.items()],
    }  # fmt: skip
    return render(request, "backoffice/profiles_draft.html", page, status=422 if reasons else 200)
