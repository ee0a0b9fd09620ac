"""Chuyển cơ quan có thẩm quyền: to which agency, and why the dossier belongs there."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.dossiers.actions import passing_on
from motcua.dossiers.passing import line_under_way
from motcua.dossiers.station_queries import Passing, passing_page
from motcua.dossiers.web.desk_conflicts import status_of
from motcua.dossiers.web.desk_forms import Line, StepForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.objections import objections
from motcua.dossiers.workflow import Step


class PassOnForm(StepForm):
    """Chuyển tới cơ quan nào, vì sao."""

    agency = forms.TypedChoiceField(
        label="Cơ quan có thẩm quyền",
        coerce=int,
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={
            "required": "Mời anh/chị chọn cơ quan có thẩm quyền.",
            "invalid_choice": "Mời anh/chị chọn một cơ quan trong danh sách.",
        },
    )
    note = Line(
        "Vì sao hồ sơ thuộc cơ quan ấy", rows=3, help_text="Người nộp đọc nguyên văn lý do này."
    )

    def __init__(self, *args: Any, places: dict[int, str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["agency"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "— Chọn —"), *places.items()]


@require_http_methods(["GET", "POST"])
@post_required(Role.DESK_OFFICER)
def pass_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Where it can go and by when it must; then it is theirs."""
    post = post_of(request)
    found = passing_page(post, reference)
    if Step.PASS_ON not in found.desk.steps and request.method == "GET":
        messages.warning(request, "Hồ sơ này hiện không chuyển cơ quan khác được.")
        return redirect("desk:dossier", reference=reference)
    if request.method == "GET":
        first = {"revision": found.desk.page.revision}
        return _page(request, found, PassOnForm(initial=first, places=found.places))
    form = PassOnForm(request.POST, places=found.places)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    typed = form.cleaned_data
    try:
        done = passing_on.pass_on(
            post=post, reference=reference, revision=typed["revision"], agency_id=typed["agency"],
            note=typed["note"],
        )  # fmt: skip
    except Refused as no:
        return _page(request, found, form, no.reasons, status=status_of(no.reasons))
    said = f"Đã chuyển hồ sơ tới {found.places[typed['agency']]}."
    if line := line_under_way(done):
        said += f" Mời in, ký giấy bàn giao số {line.list.number} rồi gửi kèm giấy tờ."
        messages.success(request, said)
        return redirect("desk:transfer", number=line.list_id)
    messages.success(request, said)
    return redirect("desk:home")


def _page(
    request: HttpRequest,
    found: Passing,
    form: PassOnForm,
    reasons: tuple[Reason, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The form with what was typed and what is wrong."""
    errors = objections(form, reasons)
    context = {
        "dossier": found.desk.page, "form": form, "must_by": found.must_by,
        "on_paper": found.on_paper, "errors": errors, "tried": "Chuyển cơ quan có thẩm quyền",
    }  # fmt: skip
    return desk_page(request, "desk/pass_on.html", context, status=status)
