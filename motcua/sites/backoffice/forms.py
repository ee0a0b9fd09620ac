"""Back office pages about the forms: every paper of both sets, its words, a new version, what it changes."""

from base64 import b64encode
from io import BytesIO
from typing import Any

import pypdfium2
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import hand_of, post_required
from motcua.core.actors import Role
from motcua.core.days import a_day
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.dossiers import form_templates
from motcua.dossiers.actions import form_templates as keeping
from motcua.dossiers.form_templates import TemplateFacts
from motcua.dossiers.slips.forms import SlipKind
from motcua.law.types import FormSet, ProfileStatus
from motcua.law.words import FORM_SETS

STATUS_TEXTS = {
    ProfileStatus.DRAFT: "Chờ duyệt",
    ProfileStatus.APPROVED: "Đã duyệt",
    ProfileStatus.REJECTED: "Không duyệt",
}
NO_DEED = Reason("not_chosen", "Chưa chọn việc cần làm. Mời bấm một nút trên trang.")
TYPED = ("html", "note", "valid_from-day", "valid_from-month", "valid_from-year")
PIXELS = 1.6  # per point: an A5 page as wide as a column of the page


@require_safe
@post_required(Role.KEEPER)
def forms(request: HttpRequest) -> HttpResponse:
    """Mẫu giấy: every paper of each set, the version in force, what waits for an agreement."""
    sets = [(FORM_SETS[form_set], rows) for form_set, rows in form_templates.overview()]
    return render(request, "backoffice/forms.html", {"sets": sets})


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def form(request: HttpRequest, form_set: str, kind: str) -> HttpResponse:
    """One paper: the words in force, a form to change them, how they look, every version."""
    where = form_templates.paper_of(form_set, kind)
    found = form_templates.versions(*where)
    now = form_templates.in_force(found)
    if request.method == "GET":
        return _paper(request, found, now, {"html": now.html})
    typed = {key.replace("-", "_"): request.POST.get(key, "")[:40_000] for key in TYPED}
    if request.POST.get("do") != "send":
        return _paper(request, found, now, typed)
    start = a_day(*(typed[f"valid_from_{part}"] for part in ("day", "month", "year")))
    try:
        number = keeping.draft_template(
            hand=hand_of(request), form_set=where[0], kind=where[1],
            html=typed["html"], valid_from=start, note=typed["note"],
        )  # fmt: skip
    except Refused as no:
        return _paper(request, found, now, typed, no.reasons)
    messages.success(request, "Đã gửi. Bản mới của mẫu chờ một người khác duyệt.")
    return redirect("backoffice:form_version", form_set=form_set, kind=kind, version=number)


@require_http_methods(["GET", "POST"])
@post_required(Role.KEEPER)
def version(request: HttpRequest, form_set: str, kind: str, version: int) -> HttpResponse:
    """One version: how it looks, what it changes; another person agrees or says why not."""
    where = form_templates.paper_of(form_set, kind)
    if request.method == "GET":
        return _version(request, *where, version)
    try:
        told = _decide(request, *where, version)
    except Refused as no:
        return _version(request, *where, version, no.reasons)
    messages.success(request, told)
    return redirect("backoffice:form_version", form_set=form_set, kind=kind, version=version)


def _decide(request: HttpRequest, form_set: FormSet, kind: SlipKind, number: int) -> str:
    deed, hand = request.POST.get("do", ""), hand_of(request)
    refuse_if([] if deed in ("approve", "reject") else [NO_DEED])
    if deed == "approve":
        day = keeping.approve_template(hand=hand, form_set=form_set, kind=kind, number=number)
        return f"Đã duyệt. Mẫu được dùng từ ngày {day:%d/%m/%Y}."
    keeping.reject_template(
        hand=hand, form_set=form_set, kind=kind, number=number,
        reason=request.POST.get("reason", ""),
    )  # fmt: skip
    return "Đã bỏ bản dự thảo."


def _paper(
    request: HttpRequest,
    found: list[TemplateFacts],
    now: TemplateFacts,
    typed: dict[str, str],
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    drawn, wrong = _drawn(now.form_set, now.kind, typed["html"])
    reasons = reasons or wrong
    page: dict[str, Any] = {
        "now": now,
        "set_name": FORM_SETS[now.form_set],
        "versions": _told(found),
        "places": form_templates.places(now.form_set, now.kind),
        "typed": typed,
        "pictures": drawn,
        "changes": form_templates.line_changes(now.html, typed["html"].replace("\r\n", "\n")),
        "is_changed": typed["html"].split() != now.html.split(),
        "reasons": reasons,
        "errors": _by_field(reasons),
    }
    return render(request, "backoffice/forms_edit.html", page, status=422 if reasons else 200)


def _version(
    request: HttpRequest,
    form_set: FormSet,
    kind: SlipKind,
    number: int,
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    found = {each.version: each for each in form_templates.versions(form_set, kind)}
    if number not in found:
        raise NotFound
    this = found[number]
    earlier = [n for n, each in found.items() if n < number and _is_approved(each)]
    before = found[max(earlier)] if earlier else None
    page = {
        "this": this,
        "status": STATUS_TEXTS[this.drafting.status],
        "set_name": FORM_SETS[form_set],
        "before": before,
        "changes": form_templates.line_changes(before.html, this.html) if before else (),
        "lines": list(enumerate(this.html.splitlines(), start=1)),
        "pictures": _drawn(form_set, kind, this.html)[0],
        "can_decide": this.drafting.status is ProfileStatus.DRAFT,
        "own": hand_of(request).person == this.drafting.drafted_by_person,
        "typed_reason": request.POST.get("reason", "")[:2_000],
        "reasons": reasons,
        "errors": _by_field(reasons),
    }
    return render(request, "backoffice/forms_version.html", page, status=422 if reasons else 200)


def _is_approved(each: TemplateFacts) -> bool:
    return each.drafting.status is ProfileStatus.APPROVED


def _told(found: list[TemplateFacts]) -> list[tuple[TemplateFacts, str]]:
    return [(each, STATUS_TEXTS[each.drafting.status]) for each in found]


def _by_field(reasons: tuple[Reason, ...]) -> dict[str, str] | None:
    """The first sentence for each field; the summary at the head of the page has them all."""
    return {reason.field: reason.text for reason in reversed(reasons)} or None


def _drawn(form_set: FormSet, kind: SlipKind, html: str) -> tuple[list[str], tuple[Reason, ...]]:
    """Pictures of the pages a template makes of sample facts, or why it makes none."""
    try:
        pdf = form_templates.preview(form_set, kind, html)
    except Refused as no:
        return [], no.reasons
    with pypdfium2.PdfDocument(pdf) as document:
        return [_picture(page) for page in document], ()


def _picture(page: pypdfium2.PdfPage) -> str:
    png = BytesIO()
    page.render(scale=PIXELS, grayscale=True).to_pil().quantize(16).save(png, "PNG", optimize=True)
    return f"data:image/png;base64,{b64encode(png.getvalue()).decode()}"
