"""The correction slip at the desk: tick papers and questions, say why; look at what came back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean, whole_number
from motcua.dossiers import correction_queries as slips
from motcua.dossiers import queries
from motcua.dossiers.actions import intake, more_papers
from motcua.dossiers.guests import own_dossier
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.types import Correction
from motcua.dossiers.web.desk_conflicts import stale, status_of
from motcua.dossiers.web.desk_forms import LONGEST, UNREADABLE, too_long
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.workflow import STEP_TEXTS, Status, Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post

ASKING = (Step.ASK_MORE, Step.ASK_SUPPLEMENT)
CLOSED = "Hồ sơ này không chờ yêu cầu bổ sung ở vị trí của anh/chị. Mời xem tình trạng mới."
TO_BE_ALLOWED = "Đã xin phép yêu cầu bổ sung thêm một lần; được đồng ý thì yêu cầu mới gửi đi."
WORDS = ("legal_basis", "sector_basis", "second_reason", "other")


@require_http_methods(["GET", "POST"])
@post_required()
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """The slip: every paper and every question with a tick, a reason and a sentence."""
    post = post_of(request)
    found = own_dossier(post, reference)
    step = next((each for each in ASKING if each in found.steps), None)
    if step is None and request.method == "GET":
        messages.warning(request, CLOSED)
        return redirect("desk:dossier", reference=reference)
    if step is None:  # somebody was faster, or it is not for this post to ask
        why = stale(found, request.POST.get("revision", "")) or (Reason("step_not_open", CLOSED),)
        return _slip(request, found, Step.ASK_MORE, why)
    if request.method == "GET":
        return _slip(request, found, step, ())
    typed = {name: clean(request.POST.get(name, "")) for name in WORDS}
    items = _ticked(request, found)
    texts = [*typed.values(), *(item.text for item in items)]
    if reasons := [*_unfit(texts), *_forgotten(request, found)]:
        return _slip(request, found, step, reasons)
    try:
        said = _asked(
            post, found, step, whole_number(request.POST.get("revision", "")), items, typed
        )
    except Refused as no:
        return _slip(request, queries.desk_dossier(post, reference), step, no.reasons)
    messages.success(request, said)
    return redirect("desk:dossier", reference=reference)


def _asked(
    post: "Post",
    found: DeskDossier,
    step: Step,
    revision: int | None,
    items: list[Correction],
    typed: dict[str, str],
) -> str:
    """Send the slip, or put it before an approver; what is said of it."""
    told: dict[str, Any] = {"post": post, "reference": found.page.reference, "revision": revision}
    if step is Step.ASK_SUPPLEMENT:
        if typed["other"]:
            items = [*items, Correction(text=typed["other"])]
        basis, why = typed["legal_basis"], typed["second_reason"]
        dossier = intake.ask_supplement(items=items, legal_basis=basis, second_reason=why, **told)
        sent = dossier.status == Status.PRE_SUPPLEMENT
        return "Đã gửi yêu cầu bổ sung tới người nộp." if sent else TO_BE_ALLOWED
    basis, why = typed["sector_basis"], typed["second_reason"]
    waiting = slips.slip_rules(post, found.page.reference).waiting
    dossier = more_papers.ask_more(items=items, sector_basis=basis, second_reason=why, **told)
    if dossier.status == Status.SUPPLEMENT:
        return f"Đã gửi yêu cầu bổ sung tới người nộp. {waiting}"
    return TO_BE_ALLOWED


def _ticked(request: HttpRequest, found: DeskDossier) -> list[Correction]:
    """What was ticked, each with its reason and its sentence."""
    wanted = set(request.POST.getlist("muc"))
    known = {choice.place: choice for choice in slips.choices_of(found.page)}
    return [
        Correction(
            slot=place if known[place].is_paper else "",
            question="" if known[place].is_paper else place,
            reason=request.POST.get(f"ly-do-{place}", ""),
            text=clean(request.POST.get(f"ghi-{place}", "")),
        )
        for place in known
        if place in wanted
    ]


def _forgotten(request: HttpRequest, found: DeskDossier) -> list[Reason]:
    """Rows with a reason or a sentence and no tick: they would be left out without a word."""
    ticked = request.POST.getlist("muc")
    return [
        Reason(
            "not_ticked",
            f"Đã chọn lý do cho “{choice.name}” mà chưa đánh dấu mục này. Mời đánh dấu, hoặc xóa lý do.",
            choice.place,
        )
        for choice in slips.choices_of(found.page)
        if choice.place not in ticked
        and (
            request.POST.get(f"ly-do-{choice.place}")
            or clean(request.POST.get(f"ghi-{choice.place}", ""))
        )
    ]


def _unfit(texts: Sequence[str]) -> list[Reason]:
    """What cannot be kept of what was typed."""
    found = []
    if any(len(text) > LONGEST for text in texts):
        found.append(Reason("too_long", too_long("Mỗi nội dung", LONGEST)))
    if any(UNREADABLE in text for text in texts):
        text = f"Có chữ hệ thống không đọc được ({UNREADABLE}). Mời anh/chị nhập lại."
        found.append(Reason("unreadable", text))
    return found


def _slip(
    request: HttpRequest, found: DeskDossier, step: Step, reasons: Sequence[Reason]
) -> HttpResponse:
    """The slip with everything ticked and typed, and everything wrong."""
    post, page = post_of(request), found.page
    wrong = {reason.field: reason.text for reason in reasons if reason.field}
    rows = [
        {
            "n": number,
            "choice": choice,
            "is_ticked": choice.place in request.POST.getlist("muc"),
            "reason": request.POST.get(f"ly-do-{choice.place}", ""),
            "text": request.POST.get(f"ghi-{choice.place}", ""),
            "error": wrong.get(choice.place, ""),
        }
        for number, choice in enumerate(slips.choices_of(page), start=1)
    ]
    ids = {row["choice"].place: f"muc-{row['n']}" for row in rows}  # type: ignore[attr-defined]
    more = step is Step.ASK_MORE
    law = (slips.slip_rules if more else slips.entry_rules)(post, page.reference)
    context: dict[str, Any] = {
        "dossier": page,
        "more": more,
        "law": law,
        "is_over": law.is_over,
        "is_shut": law.is_over and request.method == "GET" and "luat" not in request.GET,
        "papers": [row for row in rows if row["choice"].is_paper],  # type: ignore[attr-defined]
        "questions": [row for row in rows if not row["choice"].is_paper],  # type: ignore[attr-defined]
        "paper_reasons": slips.reasons_to_choose(papers=True),
        "question_reasons": slips.reasons_to_choose(papers=False),
        "typed": {name: request.POST.get(name, "") for name in WORDS},
        "errors": [
            {"id": ids.get(r.field, r.field if r.field in WORDS else "giay-to"), "text": r.text}
            for r in reasons
        ],
        "tried": STEP_TEXTS[step],
    }
    return desk_page(request, "desk/corrections.html", context, status=status_of(reasons))


@require_http_methods(["GET", "POST"])
@post_required()
def difference(request: HttpRequest, reference: str) -> HttpResponse:
    """What came back, before and after; the desk goes on, or says what still lacks."""
    post = post_of(request)
    found = queries.desk_dossier(post, reference)
    rows = slips.differences_at(post, reference)
    if not rows:
        raise NotFound
    reasons: Sequence[Reason] = ()
    if request.method == "POST":
        try:
            said = _checked(request, post, found)
        except Refused as no:
            reasons, found = no.reasons, queries.desk_dossier(post, reference)
        else:
            messages.success(request, said)
            return redirect("desk:dossier", reference=reference)
    context = {
        "dossier": found.page,
        "rows": [
            (
                number,
                row,
                row.place in request.POST.getlist("thieu"),
                request.POST.get(f"ghi-{row.place}", ""),
            )
            for number, row in enumerate(rows, start=1)
        ],
        "can_check": Step.LACKING in found.steps,
        "errors": [{"id": "con-thieu", "text": reason.text} for reason in reasons],
        "tried": STEP_TEXTS[Step.LACKING],
    }
    return desk_page(request, "desk/difference.html", context, status=status_of(reasons))


def _checked(request: HttpRequest, post: "Post", found: DeskDossier) -> str:
    told: dict[str, Any] = {
        "post": post,
        "reference": found.page.reference,
        "revision": whole_number(request.POST.get("revision", "")),
    }
    if "du" in request.POST:
        more_papers.resume_dossier(**told)
        return "Đã ghi nhận đủ. Thời hạn giải quyết tính lại từ lúc người dân nộp bổ sung."
    lacking = {
        place: clean(request.POST.get(f"ghi-{place}", ""))
        for place in request.POST.getlist("thieu")
    }
    if unfit := _unfit(list(lacking.values())):
        raise Refused(unfit)
    more_papers.say_lacking(lacking=lacking, **told)
    return "Đã báo người nộp những mục còn thiếu."
