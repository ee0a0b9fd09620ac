"""The last pages before and after a dossier is sent: choices, check, send, supplement."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies import queries as places
from motcua.core.errors import NotFound, Reason, Refused
from motcua.dossiers.actions.drafting import choose, discard_draft
from motcua.dossiers.actions.intake import submit_dossier, supplement_dossier
from motcua.dossiers.pages import DossierPage
from motcua.dossiers.queries import dossier_page
from motcua.dossiers.types import DELIVERY_NAMES, Delivery
from motcua.dossiers.usual import usual_time_of
from motcua.dossiers.web.forms import DELIVERY_HINTS, DeclarationForm, reasons_of
from motcua.dossiers.web.portal_corrections import what_is_asked
from motcua.dossiers.web.portal_filing import LIKE, REFUSED, get_or_post
from motcua.dossiers.web.portal_tasks import BACK_TO_CHECK, backward, onward, page_of
from motcua.dossiers.workflow import Status
from motcua.people.web import assurance_of, citizen_of, citizen_required
from motcua.procedures.forms import rules as forms

_TAKEN_OUT = (
    "Đã bỏ giấy tờ không thuộc trường hợp vừa chọn: {}. Nếu cần, mời ông/bà tải lên lại ở mục "
    "giấy tờ của trường hợp này."
)
SEEN = "seen"
_CASE_MISSING = "Mời ông/bà chọn trường hợp của mình để biết cần giấy tờ gì."


@never_cache
@citizen_required
@get_or_post
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """Which of the procedure's cases it is; the papers asked for depend on it."""
    dossier = dossier_page(citizen_of(request), reference)
    options = [{"value": value, "label": value} for value in dossier.terms.cases]
    return _choice(request, reference, "case", options, _CASE_MISSING)


@never_cache
@citizen_required
@get_or_post
def delivery(request: HttpRequest, reference: str) -> HttpResponse:
    """How the applicant wants the result."""
    options = [
        {"value": way.value, "label": DELIVERY_NAMES[way], "hint": DELIVERY_HINTS[way]}
        for way in Delivery
    ]
    missing = "Mời ông/bà chọn một cách nhận kết quả."
    return _choice(request, reference, "delivery", options, missing)


def _choice(
    request: HttpRequest,
    reference: str,
    name: str,
    options: Sequence[dict[str, str]],
    missing: str,
) -> HttpResponse:
    """A page with one question and one answer out of `options`.

    Once the dossier is handed in there is nothing to choose: its own page says where it stands.
    """
    citizen = citizen_of(request)
    reasons: Sequence[Reason] = ()
    if dossier_page(citizen, reference).status != Status.DRAFT:
        return redirect("portal:dossier", reference=reference)
    if request.method == "POST":
        chosen = request.POST.get(name, "")
        try:
            if not chosen:
                raise Refused([Reason(f"{name}_missing", missing, field=name)])
            gone = choose(citizen=citizen, reference=reference, **{name: chosen})
        except Refused as no:
            reasons = no.reasons
        else:
            if gone:
                messages.warning(request, _TAKEN_OUT.format("; ".join(gone)))
            here = reverse(f"portal:{name}", args=[reference])
            return redirect(onward(request, dossier_page(citizen, reference), here))
    dossier = dossier_page(citizen, reference)
    context = {
        "dossier": dossier,
        "options": options,
        "chosen": getattr(dossier, name),
        "reasons": reasons,
        "back": backward(request, dossier),
    }
    status = REFUSED if reasons else 200
    return render(request, f"portal/dossiers/{name}.html", context, status=status)


@never_cache
@citizen_required
@require_safe
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was typed and attached, before it goes."""
    dossier = dossier_page(citizen_of(request), reference)
    if dossier.status != Status.DRAFT:
        return redirect("portal:dossier", reference=reference)
    return _check_page(request, dossier, DeclarationForm(), ())


@citizen_required
@require_POST
def submit(request: HttpRequest, reference: str) -> HttpResponse:
    """The “Nộp hồ sơ” button; pressed twice, it leads to the same receipt."""
    form = DeclarationForm(request.POST)
    citizen = citizen_of(request)
    if not form.is_valid():
        dossier = dossier_page(citizen, reference)
        if dossier.status == Status.DRAFT:
            return _check_page(request, dossier, form, reasons_of(form))
    try:
        sent = submit_dossier(citizen=citizen, reference=reference, level=assurance_of(request))
    except Refused as no:
        return _check_page(request, dossier_page(citizen, reference), form, no.reasons)
    # An old page of a dossier that went on since shows where it stands, not a receipt.
    page = "portal:done" if sent.status == Status.SUBMITTED else "portal:dossier"
    return redirect(page, reference=reference)


def _check_page(
    request: HttpRequest, dossier: DossierPage, form: DeclarationForm, reasons: Sequence[Reason]
) -> HttpResponse:
    """The check page, with every reason why the dossier cannot go yet."""
    errors = form.errors.get("declaration")
    context = {
        "dossier": dossier,
        "sections": forms.summary(dossier.terms.form, dossier.answers, places),
        "slots": dossier.slots,
        "delivery_text": DELIVERY_NAMES[Delivery(dossier.delivery)],
        "faults": [_fault(dossier, reason) for reason in reasons],
        "reasons": reasons,
        "declared": bool(form.data.get("declaration")),
        "declaration_error": errors[0] if errors else "",
        "from_check": BACK_TO_CHECK,
        "needs_level": dossier.terms.min_identity_level > assurance_of(request),
    }
    status = REFUSED if reasons else 200
    return render(request, "portal/dossiers/check.html", context, status=status)


def _fault(dossier: DossierPage, reason: Reason) -> dict[str, str]:
    """A reason with the address of the page where it is put right."""
    if reason.field in {slot.code for slot in dossier.slots}:
        url = reverse("portal:papers", args=[dossier.reference, reason.field])
    elif page_of(reason) in {page.key for page in dossier.terms.form.pages}:
        url = reverse("portal:page", args=[dossier.reference, page_of(reason)])
    elif reason.field == "case":
        url = reverse("portal:case", args=[dossier.reference])
    elif reason.code == "procedure_abolished":
        return {
            "text": reason.text,
            "url": reverse("portal:procedure", args=[dossier.procedure_code]),
        }
    elif reason.code == "procedure_replaced":
        start = reverse("portal:start", args=[dossier.procedure_code])
        return {"text": reason.text, "url": f"{start}?{LIKE}={dossier.reference}"}
    else:
        return {"text": reason.text, "url": f"#{reason.field}" if reason.field else ""}
    return {"text": reason.text, "url": f"{url}?{BACK_TO_CHECK}"}


@never_cache
@citizen_required
@require_safe
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt: temporary number, time of reception, and when the desk must answer (INT-04).

    Once the desk has answered, the page of the dossier says more, and says it rightly.
    """
    dossier = dossier_page(citizen_of(request), reference)
    if dossier.status != Status.SUBMITTED:
        return redirect("portal:dossier", reference=reference)
    context = {"dossier": dossier, "usual": usual_time_of(dossier)}
    return render(request, "portal/dossiers/done.html", context)


@never_cache
@citizen_required
@get_or_post
def supplement(request: HttpRequest, reference: str) -> HttpResponse:
    """What the desk asked for, and the button that sends it."""
    citizen = citizen_of(request)
    dossier = dossier_page(citizen, reference)
    if dossier.status not in (Status.PRE_SUPPLEMENT, Status.SUPPLEMENT):
        return redirect("portal:dossier", reference=reference)
    reasons: Sequence[Reason] = ()
    if request.method == "POST":
        try:
            level = assurance_of(request)
            supplement_dossier(citizen=citizen, reference=reference, level=level)
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, "Đã gửi phần bổ sung cho cơ quan.")
            return redirect("portal:dossier", reference=reference)
    context = what_is_asked(dossier) | {
        "dossier": dossier,
        "reasons": reasons,
        "faults": [_fault(dossier, reason) for reason in reasons],
        "needs_level": dossier.terms.min_identity_level > assurance_of(request),
    }
    status = REFUSED if reasons else 200
    return render(request, "portal/dossiers/supplement.html", context, status=status)


@citizen_required
@require_POST
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """The “Xóa bản nháp” button; pressed twice, it leads to the same page.

    What is gone for good cannot be told from what never was, so the button says that it stood
    beside a draft; an address that somebody made up is not found.
    """
    try:
        discard_draft(citizen=citizen_of(request), reference=reference)
    except NotFound:
        if SEEN not in request.POST:
            raise
    else:
        messages.success(request, "Đã xóa bản nháp.")
    return redirect("portal:my_dossiers")
