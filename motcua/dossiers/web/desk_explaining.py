"""Giải trình lý do trễ hẹn: the page on which a unit says why a result is late."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import Reason, Refused
from motcua.dossiers import explanations, queries
from motcua.dossiers.actions.explaining import explain_delay
from motcua.dossiers.explanations import WHO_EXPLAINS
from motcua.dossiers.rules.explanations import CAUSE_NAMES
from motcua.dossiers.web.desk_forms import Line
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.objections import objections

MISSING_CAUSE = "Mời anh/chị chọn lý do trễ hẹn."
DONE = "Đã gửi giải trình tới Bộ phận Một cửa. Thư xin lỗi soạn theo lý do này."


class ExplainForm(forms.Form):
    """Which cause, and what is to be added."""

    cause = forms.ChoiceField(
        label="Lý do",
        choices=[("", "— Chọn —"), *((key.value, text) for key, text in CAUSE_NAMES.items())],
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={"required": MISSING_CAUSE, "invalid_choice": MISSING_CAUSE},
    )
    text = Line(
        "Nói rõ",
        rows=4,
        max_length=2000,
        required=False,
        help_text="Bắt buộc với “Lý do khác”. Lời này vào thư xin lỗi gửi người dân.",
    )


@require_http_methods(["GET", "POST"])
@post_required(*WHO_EXPLAINS)
def explain(request: HttpRequest, reference: str) -> HttpResponse:
    """What was said before, the form, and to whom it goes."""
    post = post_of(request)
    delay = explanations.delay_at(post, reference)
    form = ExplainForm(request.POST or None, auto_id="gt-%s")
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            explain_delay(post=post, reference=reference, **form.cleaned_data)
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, DONE)
            return redirect("desk:dossier", reference=reference)
    errors = objections(form, reasons)
    page = queries.desk_dossier(post, reference).page
    told = {"dossier": page, "form": form, "errors": errors, "delay": delay}
    return desk_page(request, "desk/explain.html", told, status=422 if errors else 200)
