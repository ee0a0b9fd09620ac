"""Following dossiers: one's own, down to the room; anybody's by code, how far it is and no more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.errors import NotFound, Reason
from motcua.core.throttle import track_limit, wait_for
from motcua.dossiers import queries
from motcua.dossiers.actions.delivery import receive_result
from motcua.dossiers.asides import can_ask_to_withdraw, withdrawal_of
from motcua.dossiers.calls import CALL
from motcua.dossiers.consulting_queries import must_be_present
from motcua.dossiers.incident_queries import incidents_of
from motcua.dossiers.lateness import lateness_of
from motcua.dossiers.pages import DossierPage, DossierRow
from motcua.dossiers.slips.seal import SealedPaper, read_payload
from motcua.dossiers.station_queries import linked_text
from motcua.dossiers.types import DELIVERY_NAMES, Delivery, PublicStatus
from motcua.dossiers.usual import usual_time_of
from motcua.dossiers.web.files import download
from motcua.dossiers.web.forms import TrackForm, reasons_of
from motcua.dossiers.workflow import LINKED, Status, Step
from motcua.people.web import citizen_of, citizen_required
from motcua.procedures.forms import rules as forms

# What the citizen must do now: the words of the banner, and the page where it is done.
_DEEDS = {
    Status.PRE_SUPPLEMENT: ("Bổ sung giấy tờ cơ quan đề nghị", "portal:supplement"),
    Status.SUPPLEMENT: ("Bổ sung nội dung cơ quan yêu cầu", "portal:supplement"),
    Status.RESULT_READY: ("Nhận kết quả", "portal:result"),
}
# How a result comes that is not fetched on the portal: heading of the banner, what it says.
_COMES = {
    Delivery.COUNTER: (
        "Ông/bà cần làm",
        "Nhận kết quả tại nơi nộp hồ sơ, mang theo căn cước",
    ),
    Delivery.POST: (
        "Kết quả đã có",
        "Bưu chính giao kết quả đến địa chỉ đã khai; ông/bà không phải đến nhận",
    ),
}
# The notes written to the applicant; what officials write to each other stays inside.
_PUBLIC_STEPS = (
    Step.ASK_SUPPLEMENT,
    Step.ASK_MORE,
    Step.LACKING,
    Step.REJECT,
    Step.PASS_ON,
    Step.REFUSE,
    Step.WITHDRAW,
    Step.VERIFY,
    Step.STOP,
    Step.EXTEND,
    Step.APOLOGISE,
    Step.MOVE_DATE,
    Step.CORRECT_CODE,
    Step.REISSUE,
    CALL,
)


@never_cache
@citizen_required
@require_safe
def my_dossiers(request: HttpRequest) -> HttpResponse:
    """Everything the citizen filed; what they must do comes first."""
    page = queries.my_dossiers(citizen_of(request), request.GET.get("sau", ""))
    context = {
        "todo": [(row, _place(row)) for row in page.rows if row.to_do],
        "rows": [row for row in page.rows if not row.to_do],
        "next_cursor": page.next_cursor,
        "is_first": "sau" not in request.GET,
    }
    return render(request, "portal/dossiers/my_dossiers.html", context)


def _place(row: DossierRow) -> str:
    """The page where what must be done is done."""
    names = {
        Status.DRAFT: "portal:tasks",
        Status.PRE_SUPPLEMENT: "portal:supplement",
        Status.SUPPLEMENT: "portal:supplement",
    }
    return reverse(names.get(row.status, "portal:dossier"), args=[row.reference])


@never_cache
@citizen_required
@require_safe
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """One dossier: what to do, the promised date, who holds it, its whole story."""
    found = queries.dossier_page(citizen_of(request), reference)
    if found.status == Status.DRAFT:
        return redirect("portal:tasks", reference=reference)
    context = {
        "dossier": found,
        "deed": _deed(found),
        "lateness": lateness_of(found, clock.now()),
        "usual": usual_time_of(found),
        "asks_withdrawal": can_ask_to_withdraw(found.status),
        "withdrawal": withdrawal_of(found.reference),
        "incidents": incidents_of(found.reference),
        "linked": linked_text(found.reference) if found.status in LINKED else "",
        "delivery_text": DELIVERY_NAMES[Delivery(found.delivery)],
        "sections": forms.summary(found.terms.form, found.answers, places),
        "public_steps": _PUBLIC_STEPS,
        "reason": found.note if found.status in (Status.REJECTED, Status.STOPPED) else "",
    }
    return render(request, "portal/dossiers/dossier.html", context)


def _deed(found: DossierPage) -> dict[str, Any] | None:
    """What the applicant must do now, if anything."""
    if found.status == Status.VERIFYING:
        return _visit(found)
    if found.status not in _DEEDS:
        return None
    text, name = _DEEDS[found.status]
    receives = found.status == Status.RESULT_READY
    if receives and found.delivery in _COMES:
        title, text = _COMES[Delivery(found.delivery)]
        return {"title": title, "text": text, "url": ""}
    url = reverse(name, args=[found.reference])
    return {"title": "Ông/bà cần làm", "text": text, "url": url, "receives": receives}


def _visit(found: DossierPage) -> dict[str, Any] | None:
    """The visit at which the applicant must be present, in the words in which it was announced."""
    if not must_be_present(found.reference):
        return None
    said = next(item.note for item in reversed(found.timeline) if item.step == Step.VERIFY)
    return {"title": "Ông/bà cần làm", "text": f"Có mặt khi xác minh tại chỗ: {said}", "url": ""}


@citizen_required
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """The result itself, for its owner, exactly as it was issued.

    The button “Nhận kết quả” posts here: that receives it. Following the link only reads the file.
    """
    if request.method == "POST":
        receive_result(citizen=citizen_of(request), reference=reference)
        return redirect("portal:result", reference=reference)
    is_taken = request.method == "GET"
    name, kind, content = queries.result_file(citizen_of(request), reference, is_taken=is_taken)
    return download(content, kind, name)


@citizen_required
@require_safe
def slip(request: HttpRequest, reference: str, slip_id: int) -> HttpResponse:
    """A slip issued on the dossier, exactly as it was issued."""
    name, content = queries.slip_file(citizen_of(request), reference, slip_id)
    return download(content, "application/pdf", name)


@never_cache
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """How far a dossier is, by its code, for anybody: the code and the degree, no names."""
    typed = request.GET.get("ma", "")
    if "ma" not in request.GET:
        return _track_page(request, typed)
    if wait := wait_for(request, "track", track_limit()):
        text = "Ông/bà đã tra cứu nhiều lần liền nhau. Mời đợi một phút rồi tra cứu tiếp."
        reasons = [Reason("too_many", text, "ma")]
        return _wait(wait, _track_page(request, typed, reasons=reasons, status=429))
    form = TrackForm(request.GET)
    if not form.is_valid():
        return _track_page(request, typed, reasons=reasons_of(form), status=422)
    try:
        found = queries.track(form.cleaned_data["ma"])
    except NotFound:
        text = "Không thấy hồ sơ nào có mã này. Mời ông/bà xem lại từng chữ số trên giấy tiếp nhận."
        return _track_page(request, typed, reasons=[Reason("not_found", text, "ma")], status=404)
    return _track_page(request, typed, found=found)


def _wait(seconds: int, page: HttpResponse) -> HttpResponse:
    """`page`, telling programs too when to come back."""
    page["Retry-After"] = str(seconds)
    return page


def _track_page(
    request: HttpRequest,
    typed: str,
    *,
    found: PublicStatus | None = None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The look-up page with its answer, or with why there is none."""
    context = {"typed": typed[:100], "status": found, "reasons": reasons or []}
    return render(request, "portal/dossiers/track.html", context, status=status)


@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the paper behind a QR code should say, or that no such paper was issued."""
    if wait := wait_for(request, "verify", track_limit()):
        page = render(request, "portal/dossiers/verify.html", {"paused": True}, status=429)
        return _wait(wait, page)
    paper = read_payload(token)
    context = {"paper": paper, "rows": _sealed_rows(paper) if paper else []}
    status = 200 if paper else 404
    return render(request, "portal/dossiers/verify.html", context, status=status)


def _sealed_rows(paper: SealedPaper) -> list[tuple[str, str]]:
    """The lines to compare with the paper in hand; the identity number by its last digits."""
    rows = [
        ("Loại phiếu", paper.paper_name),
        ("Số phiếu", paper.number),
        ("Mã hồ sơ", paper.dossier_code),
        ("Mã thủ tục", paper.procedure_code),
        ("Số định danh người nộp", f"…{paper.identity_no[-3:]}" if paper.identity_no else ""),
        ("Phát hành lúc", f"{paper.issued_at:%H:%M ngày %d/%m/%Y}"),
        ("Hẹn trả kết quả", f"{paper.due_at:%H:%M ngày %d/%m/%Y}" if paper.due_at else ""),
        ("Nguồn", paper.source),
    ]
    return [(label, text) for label, text in rows if text]
