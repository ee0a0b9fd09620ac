"""Lý do xem hồ sơ: the page between an official and a dossier that is not theirs to work on."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import Reason, Refused
from motcua.dossiers import desk_queries
from motcua.dossiers.actions.reading import give_reason
from motcua.dossiers.rules.reading import NOTE_LONGEST, WHY_NAMES
from motcua.dossiers.web.desk_forms import Line
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.objections import objections

if TYPE_CHECKING:
    from motcua.dossiers.readings import ReasonAsked

MISSING = "Mời anh/chị chọn lý do xem hồ sơ."
# What the page itself sends; everything else in its form is what was being typed before.
OURS = ("reading_why", "reading_note", "reading_next", "reading_again")
TOKEN = "csrfmiddlewaretoken"
SEND_AGAIN = 307  # the browser sends the same form on, with its method


class ReasonForm(forms.Form):
    """Which reason, and what is to be added."""

    reading_why = forms.ChoiceField(
        label="Lý do xem",
        choices=[("", "— Chọn —"), *((key.value, text) for key, text in WHY_NAMES.items())],
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={"required": MISSING, "invalid_choice": MISSING},
    )
    reading_note = Line(
        "Nói rõ",
        rows=2,
        max_length=NOTE_LONGEST,
        required=False,
        help_text="Bắt buộc với “Lý do khác”. Lãnh đạo đọc được; người nộp chỉ thấy lý do đã chọn (khi "
        "khiếu nại, thanh tra: “Kiểm tra theo thẩm quyền”).",
    )


def ask_reason(request: HttpRequest, asked: "ReasonAsked") -> HttpResponse:
    """In place of the page: why it is read. What a form sent here is kept and sent on afterwards."""
    again = request.method == "POST"
    address = request.path if again else request.get_full_path()
    return _page(request, asked.reference, ReasonForm(auto_id="xem-%s"), address, again=again)


@require_POST
@post_required()
def why(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the reason for the day, and go where the official was going."""
    address, again = _next(request, reference), bool(request.POST.get("reading_again"))
    form = ReasonForm(request.POST, auto_id="xem-%s")
    reasons: tuple[Reason, ...] = ()
    desk_queries.seen_by(post_of(request), reference)  # not there for whoever may not see it
    if form.is_valid():
        typed = form.cleaned_data
        try:
            give_reason(
                post=post_of(request), reference=reference, why=typed["reading_why"],
                note=typed["reading_note"],
            )  # fmt: skip
        except Refused as no:
            reasons = no.reasons
        else:
            return _go(address, again=again)
    errors = objections(form, reasons)
    return _page(request, reference, form, address, again=again, errors=errors)


def _go(address: str, *, again: bool) -> HttpResponse:
    if not again:
        return HttpResponseRedirect(address)
    answer = HttpResponse(status=SEND_AGAIN)
    answer["Location"] = address
    return answer


def _next(request: HttpRequest, reference: str) -> str:
    """Where they were going: an address at the desk, else the page of the dossier."""
    asked = request.POST.get("reading_next", "")
    at_the_desk = urlsplit(asked).path.startswith(reverse("desk:home"))
    ours = url_has_allowed_host_and_scheme(asked, None) and at_the_desk
    return asked if ours else reverse("desk:dossier", args=[reference])


def _page(
    request: HttpRequest,
    reference: str,
    form: ReasonForm,
    address: str,
    *,
    again: bool,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The number of the dossier, nothing of its owner; and why the question is asked."""
    post = post_of(request)
    told: dict[str, Any] = {
        "shown": desk_queries.seen_by(post, reference),
        "much": desk_queries.much_read_by(post),
        "form": form,
        "errors": errors,
        "next": address,
        "again": again,
        "kept": _kept(request) if again else [],
        "has_files": bool(request.FILES),
    }
    return desk_page(request, "desk/why.html", told, status=422 if errors else 200)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed in the form on the way, field by field."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OURS and name != TOKEN
        for value in values
    ]
