"""The front for partners: the catalogue, filing and tracking, described in OpenAPI 3.1."""

from typing import Any

from django.urls import include, path, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from motcua.dossiers.api import router as dossiers
from motcua.procedures.api import router as procedures
from motcua.sites.api.errors import nothing_here, say_no

_REFUSAL = {
    "type": "object",
    "title": "Refusal",
    "required": ["reasons"],
    "properties": {
        "reasons": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "text", "field"],
                "properties": {
                    "code": {"type": "string", "description": "Cho máy đọc, không đổi."},
                    "text": {"type": "string", "description": "Cho người đọc, tiếng Việt."},
                    "field": {"type": "string", "description": "Trường có lỗi; có thể trống."},
                },
            },
        }
    },
}
_REFUSALS = {
    "400": "Không đọc được nội dung gửi lên",
    "401": "Thiếu mã truy cập, hoặc mã không còn hiệu lực",
    "404": "Không tìm thấy",
    "409": "Khóa Idempotency-Key đã dùng cho nội dung khác",
    "422": "Có trường chưa đúng, hoặc quy định không cho phép; mọi lý do được nêu cùng lúc",
    "429": "Hỏi quá nhiều lần liền nhau; `Retry-After` nói số giây cần đợi",
}
_ONLY_FILING = {"400", "401", "409"}


class Readable(JSONRenderer):
    """JSON in which Vietnamese stays Vietnamese."""

    json_dumps_params = {"ensure_ascii": False}


class PartnerAPI(NinjaAPI):
    """The API, whose description tells of every refusal too."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The OpenAPI document, with the one shape of refusals added to every operation."""
        schema = super().get_openapi_schema(**kwargs)
        schema["components"].setdefault("schemas", {})["Refusal"] = _REFUSAL
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                operation["responses"].update(
                    (status, _described(text))
                    for status, text in _REFUSALS.items()
                    if _may_be_told(status, method, str(operation["operationId"]))
                )
        return schema


def _may_be_told(status: str, method: str, operation: str) -> bool:
    if status == "429":
        return operation == "track_dossier"
    return method == "post" or status not in _ONLY_FILING


def _described(text: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {"description": text, "content": content}


api = PartnerAPI(
    title="Một Cửa: API cho hệ thống đối tác",
    version="1.0.0",
    description="Danh mục thủ tục, nộp hồ sơ thay người dân, tra cứu tình trạng hồ sơ.",
    urls_namespace="api",
    docs_url=None,
    renderer=Readable(),
)
say_no(api)
api.add_router("/procedures", procedures)
api.add_router("/dossiers", dossiers)

urlpatterns = [
    path("v1/", include((api.urls[0], "api"))),
    re_path(r"", nothing_here),
]
