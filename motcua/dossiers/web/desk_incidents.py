"""A result that is wrong, lost or damaged, at the desk: the form that asks to open it again."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import Reason, Refused
from motcua.dossiers import incident_queries
from motcua.dossiers.actions import lost_papers
from motcua.dossiers.guests import own_dossier
from motcua.dossiers.incident_words import FAULT_NAMES, KIND_NAMES, IncidentKind
from motcua.dossiers.lost_news import has_place
from motcua.dossiers.web.desk_forms import IssueForm, Line, StepForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.dossiers.web.moments import Day, Hour
from motcua.dossiers.web.objections import objections
from motcua.workdays.types import at_time

if TYPE_CHECKING:
    from motcua.dossiers.models import Incident


def _choice(label: str, choices: dict[Any, str], missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "— Chọn —"), *((key.value, text) for key, text in choices.items())],
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={"required": missing, "invalid_choice": missing},
    )


class ReopenForm(StepForm):
    """Đề nghị mở lại: what is wrong, whose fault, the apology, until when the right one comes."""

    incident = _choice(
        "Kết quả đã ban hành bị", KIND_NAMES, "Mời anh/chị chọn điều đã xảy ra với kết quả."
    )
    reason = Line("Sai ở đâu, mất hay hỏng thế nào", rows=3, help_text="Người dân đọc nguyên văn.")
    fault = _choice("Lỗi thuộc về", FAULT_NAMES, "Mời anh/chị chọn lỗi thuộc về ai.")
    apology = Line(
        "Lời xin lỗi",
        rows=3,
        required=False,
        help_text="Bắt buộc khi lỗi của cơ quan; người dân đọc nguyên văn. Khi đó cấp lại miễn phí.",
    )
    day = Day("Ngày chậm nhất có kết quả đúng", "ngày chậm nhất có kết quả đúng", 3)
    hour = Hour("Giờ", "giờ chậm nhất có kết quả đúng", "16:30", before="Trong giờ làm việc")

    def facts(self) -> dict[str, str]:
        """What is asked for."""
        day: date = self.cleaned_data["day"]
        hour: time = self.cleaned_data["hour"]
        said = {name: self.cleaned_data[name] for name in ("incident", "fault", "apology")}
        return said | {"correct_by": at_time(day, hour).isoformat()}


class ReissueForm(IssueForm):
    """Cấp lại: number, date and file of the right result."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["number"].label = "Số, ký hiệu của kết quả cấp lại"
        self.fields["upload"].label = "Tệp kết quả đúng (PDF hoặc ảnh)"


class PapersForm(forms.Form):
    """Biên bản sự cố giấy tờ: what happened to which paper, whose fault."""

    kind = _choice(
        "Giấy tờ bị",
        {kind: KIND_NAMES[kind] for kind in (IncidentKind.LOST, IncidentKind.DAMAGED)},
        "Mời anh/chị chọn giấy tờ bị mất hay bị hư hỏng.",
    )
    what = Line("Giấy tờ nào, mất hay hỏng thế nào", rows=3, help_text="Người dân đọc nguyên văn.")
    fault = _choice("Lỗi thuộc về", FAULT_NAMES, "Mời anh/chị chọn lỗi thuộc về ai.")
    apology = Line(
        "Lời xin lỗi",
        rows=3,
        required=False,
        help_text="Bắt buộc khi lỗi của cơ quan; người dân đọc nguyên văn.",
    )


@require_http_methods(["GET", "POST"])
@post_required()
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """Lập biên bản sự cố giấy tờ; the applicant is told at once."""
    post = post_of(request)
    page = own_dossier(post, reference).page
    form = PapersForm(request.POST or None, auto_id="su-co-%s")
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = lost_papers.report_papers(post=post, reference=reference, **form.cleaned_data)
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(
                request,
                f"Đã lập biên bản sự cố. {who_is_told(made)}",
            )
            return redirect("desk:dossier", reference=reference)
    errors = objections(form, reasons)
    told = {"dossier": page, "form": form, "errors": errors}
    return desk_page(request, "desk/incident.html", told, status=422 if errors else 200)


def who_is_told(made: "Incident") -> str:
    """To whom the word of it goes, or that somebody has to say it."""
    dossier = made.dossier
    if dossier.submitter_id is not None:
        return "Người nộp được báo ngay."
    if has_place(dossier.applicant):
        return "Người nộp được báo ngay theo thư điện tử, điện thoại trong hồ sơ."
    return (
        "Hồ sơ không có nơi nào để gửi tin: mời anh/chị báo trực tiếp rồi bấm Ghi đã gọi điện báo."
    )


@require_safe
@post_required()
def earlier(request: HttpRequest, reference: str, earlier_id: int) -> HttpResponse:
    """A result that was replaced, as it was issued; the reading is journalled."""
    name, kind, content = incident_queries.earlier_file_at(post_of(request), reference, earlier_id)
    return download(content, kind, name)
