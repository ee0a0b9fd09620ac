"""Đã gọi điện báo: the page on which a call to the applicant is written down."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import Reason, Refused
from motcua.dossiers import calls, desk_queries, queries
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.calls import WHO_CALLS, Calling
from motcua.dossiers.rules.calling import OUTCOME_NAMES
from motcua.dossiers.web.desk_forms import Line
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.objections import objections

if TYPE_CHECKING:
    from motcua.dossiers.models import PhoneCall

MISSING_NUMBER = "Mời anh/chị chọn số đã gọi."
MISSING_OUTCOME = "Mời anh/chị chọn đã báo được người nộp hay không liên lạc được."


class CallForm(forms.Form):
    """Which number, how it went, what was said."""

    to = forms.ChoiceField(
        label="Đã gọi số",
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={"required": MISSING_NUMBER, "invalid_choice": MISSING_NUMBER},
    )
    outcome = forms.ChoiceField(
        label="Kết quả",
        choices=[("", "— Chọn —"), *((key.value, text) for key, text in OUTCOME_NAMES.items())],
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={"required": MISSING_OUTCOME, "invalid_choice": MISSING_OUTCOME},
    )
    note = Line(
        "Đã nói gì, hoặc vì sao không liên lạc được",
        rows=3,
        help_text="Người dân đọc nguyên văn trong tiến trình hồ sơ.",
    )

    def __init__(self, *args: Any, calling: Calling, **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.key, each.text) for each in calling.numbers]


@require_http_methods(["GET", "POST"])
@post_required(*WHO_CALLS)
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """What the applicant has not heard, their numbers, and the form; the dossier's story tells it."""
    post = post_of(request)
    calling = calls.calling_about(post, reference)
    form = CallForm(request.POST or None, calling=calling, auto_id="goi-%s")
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = note_call(post=post, reference=reference, **form.cleaned_data)
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, _said(made))
            there = desk_queries.still_reads(post, reference)
            return redirect("desk:dossier", reference=reference) if there else redirect("desk:home")
    errors = objections(form, reasons)
    page = queries.desk_dossier(post, reference).page
    told = {"dossier": page, "form": form, "errors": errors, "calling": calling}
    return desk_page(request, "desk/call.html", told, status=422 if errors else 200)


def _said(made: "PhoneCall") -> str:
    if made.is_reached:
        return "Đã ghi: người nộp được báo. Tiến trình hồ sơ có ghi việc này."
    if not calls.is_warned_of(made.dossier):
        return "Đã ghi: chưa liên lạc được. Tiến trình hồ sơ có ghi việc này."
    return "Đã ghi: chưa liên lạc được. Cảnh báo vẫn còn cho tới khi báo được người nộp."
