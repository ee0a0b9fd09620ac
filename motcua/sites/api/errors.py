"""How the API says no: one shape for every refusal, `{"reasons": [{code, text, field}]}`."""

import re
from collections.abc import Iterable
from dataclasses import asdict, replace

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.core.errors import NotFound, Reason, Refused, TooMany

_NOT_FOUND = Reason("not_found", "Không tìm thấy.")
_NO_TOKEN = Reason(
    "not_signed_in", "Thiếu mã truy cập, hoặc mã không còn hiệu lực.", "Authorization"
)
_UNREADABLE = Reason("unreadable", "Không đọc được nội dung gửi lên. Mời kiểm tra lại JSON và tệp.")
_TAKEN = "idempotency_conflict"

# What pydantic found, in our words; anything else is "not of the right form".
_FAULTS = {
    "missing": "Thiếu trường này.",
    "string_too_long": "Dài quá mức cho phép.",
    "string_too_short": "Ngắn quá mức cho phép.",
    "too_long": "Nhiều phần tử quá mức cho phép.",
    "string_type": "Phải là một chuỗi chữ.",
    "value_error": "Giá trị này không ghi lại được.",
}


def _as_in_schema(field: str) -> str:
    """The question by its name in the JSON Schema: a partner knows sections, not our pages."""
    return re.sub(r"^([A-Za-z0-9_]+)-[0-9]+(?=\.)", r"\1", field)


def refusal(reasons: Iterable[Reason], status: int) -> HttpResponse:
    """The reasons as JSON."""
    said = {"reasons": [asdict(replace(r, field=_as_in_schema(r.field))) for r in reasons]}
    response = JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def say_no(api: NinjaAPI) -> None:
    """Teach `api` to answer each kind of no in the one shape."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(TooMany, _too_many)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(NotFound, lambda request, no: refusal([_NOT_FOUND], 404))
    api.add_exception_handler(Http404, lambda request, no: refusal([_NOT_FOUND], 404))
    api.add_exception_handler(AuthenticationError, lambda request, no: refusal([_NO_TOKEN], 401))
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(SuspiciousOperation, lambda request, no: refusal([_UNREADABLE], 400))


def nothing_here(request: HttpRequest) -> HttpResponse:
    """The answer to an address that is not in the API."""
    return refusal([_NOT_FOUND], 404)


def _refused(request: HttpRequest, no: Refused | type[Refused]) -> HttpResponse:
    reasons = getattr(no, "reasons", ())
    taken = any(reason.code == _TAKEN for reason in reasons)
    return refusal(reasons, 409 if taken else 422)


def _too_many(request: HttpRequest, no: TooMany | type[TooMany]) -> HttpResponse:
    assert isinstance(no, TooMany)
    response = refusal([no.reason], 429)
    response["Retry-After"] = str(no.wait)
    return response


def _invalid(request: HttpRequest, no: ValidationError | type[ValidationError]) -> HttpResponse:
    return refusal([_reason(error) for error in getattr(no, "errors", ())], 422)


def _reason(error: dict[str, object]) -> Reason:
    # The first step of the way is "body", "query"…: of no use to the caller.
    place = error.get("loc")
    steps = [str(step) for step in place[1:]] if isinstance(place, list | tuple) else []
    text = _FAULTS.get(str(error.get("type")), "Giá trị không đúng dạng.")
    return Reason("invalid", text, field=".".join(steps))


def _unreadable(request: HttpRequest, no: HttpError | type[HttpError]) -> HttpResponse:
    return refusal([_UNREADABLE], getattr(no, "status_code", 400))
