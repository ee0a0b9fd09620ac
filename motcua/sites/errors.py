"""Turning what the house says into pages: no is 422 with reasons, absent is 404, ours is 500."""

import json
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.core.errors import NotFound, Reason, Refused, TooMany
from motcua.dossiers.readings import ReasonAsked
from motcua.dossiers.web.desk_reading import ask_reason

STAFF = ("/can-bo/", "/quan-tri/")
Page = Callable[[HttpRequest], HttpResponse]

STALE = Reason(
    "form_stale",
    "Trang đã mở quá lâu hoặc được mở ở một cửa sổ khác nên chưa ghi nhận được. "
    "Mời ông/bà quay lại, tải lại trang rồi bấm gửi lần nữa.",
)
TOO_LARGE = Reason(
    "body_too_large",
    "Nội dung gửi lên quá lớn nên chưa nhận được. Mời ông/bà giảm dung lượng tệp, "
    "hoặc tải từng tệp một, rồi gửi lại.",
)
UNREADABLE = Reason(
    "request_unreadable",
    "Hệ thống chưa đọc được nội dung vừa gửi. Mời ông/bà quay lại trang trước rồi gửi lại.",
)
NOT_THIS_WAY = Reason("method_not_allowed", "Địa chỉ này không nhận kiểu yêu cầu vừa gửi.")


class SayNoPolitely:
    """Shows the reasons of a refusal (422); a door that does not open is a page not found (404)."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:  # nothing of ours is called so, and no database can ask
            return not_found(request)
        response = self.get_response(request)
        return not_this_way(request, response) if response.status_code == 405 else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what a view raised, or leave it to Django."""
        if isinstance(error, Refused):
            return refusal(request, error.reasons, 422)
        if isinstance(error, NotFound):
            return not_found(request, error)
        if isinstance(error, ReasonAsked):
            return ask_reason(request, error)
        if isinstance(error, TooMany):
            answer = refusal(request, (error.reason,), 429)
            answer["Retry-After"] = str(error.wait)
            return answer
        if isinstance(error, UnicodeError):
            return refusal(request, (UNREADABLE,), 400)
        return None


class RefuseHugeBodies:
    """Says no to a body beyond `BODY_MAX_BYTES`, or of no length, before reading it (413, 400)."""

    def __init__(self, get_response: Page) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return refusal(request, (UNREADABLE,), 400)
        if length > settings.BODY_MAX_BYTES:
            return refusal(request, (TOO_LARGE,), 413)
        return self.get_response(request)


def refusal(request: HttpRequest, reasons: tuple[Reason, ...], status: int) -> HttpResponse:
    """The page, or for the API the JSON, that gives the reasons."""
    if request.path.startswith("/api/"):
        body = {"reasons": [{"code": r.code, "text": r.text, "field": r.field} for r in reasons]}
        return HttpResponse(json.dumps(body), status=status, content_type="application/json")
    page = {"reasons": reasons, "back_url": _way_back(request), "base_template": _base(request)}
    return render(request, "refused.html", page, status=status)


def _way_back(request: HttpRequest) -> str:
    """The page they came from, if it is ours."""
    before = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(before, {request.META.get("HTTP_HOST", "")})
    return before if ours else "/"


def _base(request: HttpRequest) -> str:
    return "base_desk.html" if request.path.startswith(STAFF) else "base_portal.html"


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page shown when a form carries no valid CSRF token."""
    if request.path.startswith("/api/"):
        return refusal(request, (STALE,), 403)
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page shown for what cannot be read at all: too many fields, a forged host."""
    too_large = isinstance(exception, TooManyFieldsSent | TooManyFilesSent | RequestDataTooBig)
    return refusal(request, (TOO_LARGE if too_large else UNREADABLE,), 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A closed door looks like no door."""
    return not_found(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what is absent and for what is not theirs."""
    if request.path.startswith("/api/"):
        body = {"reasons": [{"code": "not_found", "text": "Không tìm thấy.", "field": ""}]}
        return HttpResponse(json.dumps(body), status=404, content_type="application/json")
    return render(request, "404.html", status=404)


def not_this_way(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """The page for an address that only takes what a form sends: a bare 405 is a white page."""
    if request.path.startswith("/api/"):
        answer = refusal(request, (NOT_THIS_WAY,), 405)
    else:
        page = {"is_staff_page": request.path.startswith(STAFF)}
        answer = render(request, "405.html", page, status=405)
    if allowed := bare.headers.get("Allow"):
        answer["Allow"] = allowed
    return answer


def our_fault(request: HttpRequest) -> HttpResponse:
    """The page for our own mistakes; it must not need anything that may be broken."""
    return HttpResponse(render_to_string("500.html"), status=500)
