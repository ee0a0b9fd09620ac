"""A result that is wrong, lost or damaged, at the desk: the form that asks to open it again."""

from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import Reason, Refused
from motcua.core.text import clean
from motcua.dossiers import incident_queries, queries
from motcua.dossiers.actions import lost_papers
from motcua.dossiers.incident_words import FAULT_NAMES, KIND_NAMES, IncidentKind
from motcua.dossiers.web.desk_forms import LONGEST, IssueForm, Line, StepForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.workdays.types import at_time

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
HOURS = ["%H:%M", "%Hh%M", "%H"]


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
    day = forms.DateField(
        label="Ngày chậm nhất có kết quả đúng",
        help_text="Ví dụ: 27/11/2026",
        input_formats=DAYS,
        widget=forms.DateInput(
            {"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}, "%d/%m/%Y"
        ),
        error_messages={
            "required": "Mời anh/chị nhập ngày chậm nhất có kết quả đúng.",
            "invalid": "Mời anh/chị nhập ngày theo ngày/tháng/năm, ví dụ 27/11/2026.",
        },
    )
    hour = forms.TimeField(
        label="Giờ",
        help_text="Trong giờ làm việc, ví dụ: 16:30",
        input_formats=HOURS,
        widget=forms.TimeInput(
            {"class": "govuk-input govuk-input--width-5", "autocomplete": "off"}, "%H:%M"
        ),
        error_messages={
            "required": "Mời anh/chị nhập giờ chậm nhất có kết quả đúng.",
            "invalid": "Mời anh/chị nhập giờ và phút, ví dụ 16:30.",
        },
    )

    def clean_day(self) -> date:
        """The day, within the years that a promise can have."""
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Mời anh/chị xem lại năm của ngày cấp lại.")
        return day

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
    page = queries.desk_dossier(post, reference).page
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
                f"Đã lập biên bản sự cố. {_who_is_told(made.dossier.submitter_id is not None)}",
            )
            return redirect("desk:dossier", reference=reference)
    errors = [
        {"id": f"su-co-{reason.field}" if reason.field else "", "text": reason.text}
        for reason in reasons
    ]
    if form.is_bound:
        errors += [
            {"id": f"su-co-{name}", "text": str(text)}
            for name, texts in form.errors.items()
            for text in texts
        ]
    told = {"dossier": page, "form": form, "errors": errors}
    return desk_page(request, "desk/incident.html", told, status=422 if errors else 200)


@require_POST
@post_required()
def made_good(request: HttpRequest, reference: str, incident_id: int) -> HttpResponse:
    """Khắc phục xong: how; the applicant is told."""
    how = clean(request.POST.get("how", ""))[:LONGEST]
    try:
        made = lost_papers.make_good(
            post=post_of(request), reference=reference, incident_id=incident_id, how=how
        )
    except Refused as no:
        for reason in no.reasons:
            messages.warning(request, reason.text)
    else:
        messages.success(
            request, f"Đã ghi khắc phục xong. {_who_is_told(made.dossier.submitter_id is not None)}"
        )
    return redirect("desk:dossier", reference=reference)


def _who_is_told(has_account: bool) -> str:
    if has_account:
        return "Người nộp được báo ngay."
    return "Người nộp không có tài khoản: mời anh/chị gọi điện báo."


@require_safe
@post_required()
def earlier(request: HttpRequest, reference: str, earlier_id: int) -> HttpResponse:
    """A result that was replaced, as it was issued; the reading is journalled."""
    name, kind, content = incident_queries.earlier_file_at(post_of(request), reference, earlier_id)
    return download(content, kind, name)
