"""Acts beside the process: asking a second person, deciding what was asked, letters of apology."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.agencies.web import hand_of, post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.dossiers import asides, desk_queries, queries
from motcua.dossiers.actions import apologies, approving
from motcua.dossiers.acts import APPROVAL_NAMES, BY_TWO_OFFICIALS, ApprovalKind
from motcua.dossiers.guests import own_dossier
from motcua.dossiers.pages import DossierPage
from motcua.dossiers.web.desk_conflicts import status_of
from motcua.dossiers.web.desk_forms import Line, StepForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.desk_incidents import ReopenForm
from motcua.dossiers.web.desk_stand_in import AskToWithdrawForm
from motcua.dossiers.web.moments import Day, Hour
from motcua.dossiers.web.objections import objections
from motcua.workdays.types import at_time, local

GOES_OUT = (
    "Người nộp được báo; ai không có thư điện tử, điện thoại thì Bộ phận Một cửa in thư gửi giấy."
)


class MomentForm(StepForm):
    """A day and an hour, typed."""

    day = Day("Ngày hẹn trả mới", "ngày hẹn trả mới", 3)
    hour = Hour("Giờ hẹn trả mới", "giờ hẹn trả mới", "16:30", before="Trong giờ làm việc")

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        promised, field = self.initial.get("promised"), self.fields["day"]
        if isinstance(promised, datetime) and isinstance(field, Day):
            field.counts_from(local(promised).date())

    def moment(self) -> datetime:
        """What was typed, on the clock of the office."""
        day: date = self.cleaned_data["day"]
        hour: time = self.cleaned_data["hour"]
        return at_time(day, hour)


class MoveDateForm(MomentForm):
    """Đề nghị dời ngày hẹn trả."""

    reason = Line("Lý do", rows=3, help_text="Người duyệt và người dân đọc nguyên văn.")

    def facts(self) -> dict[str, str]:
        """What is asked for."""
        return {"due_at": self.moment().isoformat()}


class CorrectCodeForm(StepForm):
    """Đề nghị sửa mã hồ sơ."""

    code = Line("Mã đúng", width="govuk-input--width-20", max_length=60)
    reason = Line("Lý do", rows=3, help_text="Mã cũ vẫn tra cứu được.")

    def facts(self) -> dict[str, str]:
        """What is asked for."""
        return {"code": self.cleaned_data["code"].upper()}


class LetterForm(MomentForm):
    """Thư xin lỗi và hẹn lại."""

    reason = Line("Lý do chậm", rows=4, help_text="In trong thư; người dân đọc nguyên văn.")


class ApologyForm(StepForm):
    """Thư xin lỗi không hẹn lại."""

    reason = Line("Lý do chậm", rows=4, help_text="Người dân đọc nguyên văn.")


class DropForm(StepForm):
    """Bỏ dự thảo thư xin lỗi."""

    reason = Line("Vì sao hồ sơ sẽ kịp hạn", rows=2)


class AnswerForm(forms.Form):
    """Đồng ý hay không, và vì sao."""

    answer = Line(
        "Ý kiến của người duyệt",
        rows=3,
        required=False,
        help_text="Bắt buộc khi không đồng ý; người đề nghị đọc nguyên văn.",
    )


class WithdrawAnswerForm(AnswerForm):
    """Xác nhận rút: what becomes of the papers, or why not."""

    answer = Line(
        "Giấy tờ, phí đã nộp trả lại thế nào; hoặc lý do chưa đồng ý",
        rows=3,
        help_text="Người nộp đọc nguyên văn. Ví dụ: Trả lại bản chính giấy chứng sinh tại quầy số 2.",
    )


DECISIONS = {"grant": approving.grant, "refuse": approving.refuse}
NO_DECISION = Reason("no_decision", "Mời anh/chị bấm Đồng ý hoặc Không đồng ý.", "answer")
Asking = type[MoveDateForm] | type[CorrectCodeForm] | type[ReopenForm] | type[AskToWithdrawForm]
ASKING: dict[ApprovalKind, Asking] = {
    ApprovalKind.MOVE_DATE: MoveDateForm,
    ApprovalKind.CORRECT_CODE: CorrectCodeForm,
    ApprovalKind.REOPEN: ReopenForm,
    ApprovalKind.WITHDRAW_AT_COUNTER: AskToWithdrawForm,
}


@require_http_methods(["GET", "POST"])
@post_required()
def ask(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Đề nghị: what is asked for and why, for a second person to decide."""
    if kind not in BY_TWO_OFFICIALS or ApprovalKind(kind) not in ASKING:
        raise NotFound
    wanted, post = ApprovalKind(kind), post_of(request)
    page = own_dossier(post, reference).page
    title = APPROVAL_NAMES[wanted]
    form = ASKING[wanted](
        request.POST or None,
        auto_id="viec-%s",
        initial=_initial(page, page.due_at if wanted is ApprovalKind.MOVE_DATE else None),
    )
    if request.method == "GET" or not form.is_valid():
        return _page(request, "desk/ask.html", page, form, title=title)
    try:
        approving.ask(
            hand=hand_of(request), post=post, reference=reference, kind=wanted,
            reason=form.cleaned_data["reason"], facts=form.facts(),
        )  # fmt: skip
    except Refused as no:
        return _page(request, "desk/ask.html", page, form, no.reasons, title=title)
    messages.success(request, "Đã gửi đề nghị. Một người khác có quyền duyệt sẽ xem và quyết định.")
    return redirect("desk:dossier", reference=reference)


@require_http_methods(["GET", "POST"])
@post_required()
def decide(request: HttpRequest, reference: str, approval_id: int) -> HttpResponse:
    """What was asked, and the buttons for whoever may decide it and did not ask it."""
    post, hand = post_of(request), hand_of(request)
    asked = asides.asked_at(post, reference, approval_id)
    page = queries.desk_dossier(post, reference).page
    own = not asides.hand_differs(asked, hand)
    kind = WithdrawAnswerForm if asked.kind == ApprovalKind.WITHDRAW else AnswerForm
    form = kind(request.POST or None, auto_id="viec-%s")
    context: dict[str, Any] = {"asked": asked, "own": own, "title": asked.name}
    if request.method == "GET" or not form.is_valid():
        return _page(request, "desk/decide.html", page, form, **context)
    do = DECISIONS.get(request.POST.get("do", ""))
    if do is None:  # neither button: nothing is granted by an empty press
        return _page(request, "desk/decide.html", page, form, (NO_DECISION,), **context)
    try:
        do(
            hand=hand, post=post, reference=reference, approval_id=approval_id,
            answer=form.cleaned_data["answer"],
        )  # fmt: skip
    except Refused as no:
        context["asked"] = asides.asked_at(post, reference, approval_id)
        return _page(request, "desk/decide.html", page, form, no.reasons, **context)
    done = "Đã ghi không đồng ý." if do is approving.refuse else f"Đã đồng ý: {asked.name}."
    messages.success(request, done)
    if not desk_queries.still_reads(post, reference):
        return redirect("desk:home")
    return redirect("desk:dossier", reference=page.reference)


@require_http_methods(["GET", "POST"])
@post_required(Role.APPROVER)
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Thư xin lỗi: sign it with a new date, send it without one, or say that it is not needed."""
    post = post_of(request)
    page = queries.desk_dossier(post, reference).page
    found = asides.letter_of(post, reference)
    do = request.POST.get("do", "")
    initial = _initial(page, found.new_due_at) | {"reason": found.reason}
    kind = LetterForm if found.can_promise else ApologyForm
    form: StepForm = kind(
        None if do == "drop" else request.POST or None, auto_id="viec-%s", initial=initial
    )
    drop = DropForm(
        request.POST if do == "drop" else None,
        auto_id="bo-%s",
        initial={"revision": page.revision},
    )
    context: dict[str, Any] = {"letter": found, "title": "Thư xin lỗi", "do": do}
    context |= {"main": form, "drop": drop}
    if do == "drop":
        form = drop
    if request.method == "GET" or not form.is_valid():
        return _page(request, "desk/letter.html", page, form, **context)
    try:
        said = _written(request, reference, form)
    except Refused as no:
        return _page(request, "desk/letter.html", page, form, no.reasons, **context)
    messages.success(request, said)
    return redirect("desk:dossier", reference=reference)


@require_POST
@post_required(Role.DESK_OFFICER)
def letter_posted(request: HttpRequest, reference: str) -> HttpResponse:
    """Đã gửi thư giấy: what no message could bring went out on paper."""
    try:
        apologies.note_posted(post=post_of(request), reference=reference)
        messages.success(request, "Đã ghi: thư xin lỗi đã in, gửi giấy.")
    except Refused as no:
        messages.error(request, no.reasons[0].text)
    return redirect("desk:dossier", reference=reference)


def _written(request: HttpRequest, reference: str, form: StepForm) -> str:
    """Do what was pressed; what is said afterwards."""
    post, typed = post_of(request), form.cleaned_data
    told: dict[str, Any] = {
        "post": post, "reference": reference, "revision": typed["revision"],
        "reason": typed["reason"],
    }  # fmt: skip
    if isinstance(form, DropForm):
        apologies.drop_letter(**told)
        return "Đã bỏ dự thảo thư xin lỗi."
    if isinstance(form, LetterForm):
        apologies.sign_letter(**told, new_due_at=form.moment())
        return f"Đã ký thư xin lỗi và hẹn lại. {GOES_OUT}"
    apologies.apologise(**told)
    return f"Đã ký thư xin lỗi. {GOES_OUT}"


def _initial(page: DossierPage, due: datetime | None) -> dict[str, Any]:
    here = local(due) if due else None
    start = {"revision": page.revision, "promised": page.due_at}
    return start | ({"day": here.date(), "hour": here.time()} if here else {})


_FIELDS = {"new_due_at": "day", "correct_by": "day"}


def _page(
    request: HttpRequest,
    template: str,
    page: DossierPage,
    form: forms.Form,
    reasons: Sequence[Reason] = (),
    **context: Any,
) -> HttpResponse:
    """The page of an act with what was typed and what is wrong with it."""
    errors = objections(form, reasons, _FIELDS)
    status = status_of(reasons) if reasons else 422 if errors else 200
    told = {"dossier": page, "form": form, "errors": errors} | context
    return desk_page(request, template, told, status=status)
