"""The catalogue over the wire: which procedures there are, what each asks for, what its form looks like."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.core.text import clean
from motcua.procedures import queries
from motcua.procedures.forms.schema import json_schema
from motcua.procedures.types import Terms

router = Router(tags=["Thủ tục"])
Asked = Annotated[str, Query(max_length=200, description="Từ cần tìm, có dấu hoặc không dấu.")]
After = Annotated[str, Query(max_length=20, description="`next` của trang trước.")]
Limit = Annotated[int, Query(ge=1, le=100)]


class Item(Schema):
    """A procedure in a list."""

    code: str
    name: str
    field: str
    time_text: str
    fee_text: str
    level_name: str


class Listing(Schema):
    """One page of the catalogue, and where the next begins."""

    items: list[Item]
    total: int
    next: str | None = Field(description="Gửi lại ở `after` để xem trang sau; null là hết.")


class PaperAsked(Schema):
    """A paper that the dossier must or may hold; `code` is the slot to file it under."""

    code: str
    name: str
    case: str
    required: bool
    originals: int
    copies: int
    note: str


class ProcedureOut(Schema):
    """What a partner must know to file: the version in force and its papers."""

    code: str
    name: str
    version: int
    field: str
    levels: list[str]
    cases: list[str]
    time_text: str
    fee_text: str
    results: list[str]
    papers: list[PaperAsked]


@router.get(
    "", response=Listing, operation_id="list_procedures", summary="Danh mục thủ tục đang công bố"
)
def list_procedures(
    request: HttpRequest, q: Asked = "", after: After = "", limit: Limit = 50
) -> Any:
    """Danh mục từng trang, hoặc câu trả lời cho `q`.

    Không có `q`: theo mã, từng trang, đi tiếp bằng `after`. Có `q`: những thủ tục đúng nhất, một trang.
    """
    if question := clean(q):
        answer = queries.find(question, limit=limit)
        return {"items": answer.found, "total": answer.total, "next": None}
    items, total = queries.catalogue_page(after=clean(after), size=limit + 1)
    more = items[limit - 1].code if len(items) > limit else None
    return {"items": items[:limit], "total": total, "next": more}


@router.get("/{code}", response=ProcedureOut, operation_id="read_procedure", summary="Một thủ tục")
def read_procedure(request: HttpRequest, code: str) -> dict[str, Any]:
    """Bản đang hiệu lực: giấy tờ, thời hạn, phí, kết quả."""
    return _described(queries.published_terms(clean(code)))


@router.get(
    "/{code}/form",
    response=dict[str, Any],
    operation_id="read_form",
    summary="Lược đồ tờ khai của thủ tục",
)
def read_form(request: HttpRequest, code: str) -> dict[str, Any]:
    """JSON Schema của tờ khai: `answers` khi nộp phải theo lược đồ này."""
    return json_schema(queries.published_terms(clean(code)).form)


def _described(terms: Terms) -> dict[str, Any]:
    return {
        "code": terms.procedure_code,
        "name": terms.procedure_name,
        "version": terms.version_number,
        "field": terms.field_name,
        "levels": terms.levels,
        "cases": terms.cases,
        "time_text": terms.time_limit_text,
        "fee_text": terms.fee_text,
        "results": terms.result_names,
        "papers": terms.slots,
    }
