"""Whether a result still counts, for whoever holds it; and those that were replaced, for their owner."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.errors import NotFound, Reason
from motcua.core.text import clean
from motcua.core.throttle import track_limit, wait_for
from motcua.dossiers import incident_queries
from motcua.dossiers.web.files import download
from motcua.dossiers.web.forms import TrackForm, reasons_of
from motcua.people.web import citizen_of, citizen_required

TOO_MANY = "Ông/bà đã kiểm tra nhiều lần liền nhau. Mời đợi một phút rồi kiểm tra tiếp."
UNKNOWN = (
    "Không thấy kết quả nào có mã hồ sơ và số này. Mời ông/bà xem lại từng ký tự trên bản kết quả; "
    "nếu vẫn không thấy, xin hỏi cơ quan ghi trên đó."
)


class CheckForm(TrackForm):
    """What stands on a result: the code of its dossier and its own number."""

    so = forms.CharField(
        max_length=60,
        error_messages={
            "required": "Mời ông/bà nhập số, ký hiệu ghi trên kết quả.",
            "max_length": "Số, ký hiệu không dài như vậy. Mời ông/bà nhập lại đúng trên kết quả.",
        },
    )

    def clean_so(self) -> str:
        """The number without stray spaces; one of nothing else is none."""
        number = clean(self.cleaned_data["so"])
        if not number:
            raise forms.ValidationError(self.fields["so"].error_messages["required"])
        return number


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Kiểm tra kết quả: valid, in correction, or replaced by which; no name and no file."""
    if "ma" not in request.GET and "so" not in request.GET:
        return _page(request)
    if wait := wait_for(request, "track", track_limit()):
        page = _page(request, reasons=[Reason("too_many", TOO_MANY, "ma")], status=429)
        page["Retry-After"] = str(wait)
        return page
    form = CheckForm(request.GET)
    if not form.is_valid():
        return _page(request, reasons=reasons_of(form), status=422)
    try:
        found = incident_queries.check_result(form.cleaned_data["ma"], form.cleaned_data["so"])
    except NotFound:
        return _page(request, reasons=[Reason("not_found", UNKNOWN, "ma")], status=404)
    return _page(request, found=found)


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    """The form with what was typed, and the answer or why there is none."""
    typed = {name: request.GET.get(name, "")[:100] for name in ("ma", "so")}
    wrong = {reason.field: reason.text for reason in context.get("reasons", ())}
    told = {"typed": typed, "wrong": wrong} | context
    return render(request, "portal/dossiers/check_result.html", told, status=status)


@citizen_required
@require_safe
def earlier(request: HttpRequest, reference: str, earlier_id: int) -> HttpResponse:
    """A result that was replaced, for its owner, exactly as it was issued."""
    name, kind, content = incident_queries.earlier_file(citizen_of(request), reference, earlier_id)
    return download(content, kind, name)
