"""What partners send and read, in their own words: the shapes behind OpenAPI."""

import math
from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field

from motcua.core.text import clean
from motcua.dossiers.types import Delivery

_DEEPEST = 8
_PAPERS_MAX = 60


def storable(value: Any, depth: int = 0) -> Any:
    """`value` with its texts clean, as the database can keep it; ValueError when it never could."""
    if depth > _DEEPEST:
        raise ValueError("Câu trả lời lồng nhau quá sâu.")
    match value:
        case str():
            return clean(value)
        case float() if not math.isfinite(value):
            raise ValueError("Số này không ghi lại được.")
        case dict():
            # In one order: the same answers are the same content, however they were written.
            return {clean(str(key)): storable(value[key], depth + 1) for key in sorted(value)}
        case list():
            return [storable(item, depth + 1) for item in value]
    return value


Clean = BeforeValidator(storable)
Line = Annotated[str, Clean, Field(max_length=250)]
Word = Annotated[str, Clean, Field(min_length=1, max_length=250)]
PaperId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Key = Annotated[str, Field(min_length=8, max_length=200, pattern=r"^[!-~]+$")]


class Owner(Schema):
    """Chủ hồ sơ: the person or organisation the dossier is for."""

    name: Word = Field(max_length=200, examples=["Nguyễn Thị Lan"])
    national_id: Line = ""
    address: Line = ""
    phone: Line = ""
    email: Line = ""


class FiledPaper(Schema):
    """A paper and the slot it belongs to; its content is the part `files` at the same place."""

    slot: Word = Field(examples=["giay-chung-sinh"])
    name: Word = Field(examples=["giay-chung-sinh.pdf"])


class Filing(Schema):
    """A dossier that a partner files for a person."""

    procedure_code: Word = Field(examples=["1.001193"])
    agency_code: Word = Field(examples=["H99.31.105"])
    case: Line = Field("", description="Trường hợp, nếu thủ tục có nhiều trường hợp.")
    applicant: Owner
    answers: Annotated[dict[str, Any], Clean] = Field(
        default_factory=dict, description="Theo lược đồ ở /procedures/{code}/form."
    )
    papers: list[FiledPaper] = Field(default_factory=list, max_length=_PAPERS_MAX)
    delivery: Delivery | None = Field(
        None,
        description="Cách nhận kết quả: `online` trên Cổng, `counter` tại nơi nộp, `post` qua bưu "
        "chính. Không nêu thì `online` khi chủ hồ sơ có tài khoản (số định danh và họ tên khớp), "
        "còn lại là `counter`; `online` mà không có tài khoản cũng thành `counter`.",
    )


class Receipt(Schema):
    """What the partner keeps: the number to ask by, and where the dossier stands."""

    reference: str = Field(description="Số tạm, giữ suốt đời hồ sơ.")
    code: str | None = Field(description="Mã hồ sơ, có sau khi được tiếp nhận.")
    status: str
    status_text: str
    submitted_at: datetime | None


class Supplement(Schema):
    """What a partner hands in after it was asked to."""

    answers: Annotated[dict[str, Any], Clean] = Field(
        default_factory=dict, description="Chỉ những trường thay đổi, theo lược đồ của tờ khai."
    )
    papers: list[FiledPaper] = Field(default_factory=list, max_length=_PAPERS_MAX)
    remove: list[PaperId] = Field(
        default_factory=list,
        max_length=_PAPERS_MAX,
        description="`id` của giấy tờ đã nộp phải bỏ; chỉ ở mục mà cơ quan yêu cầu bổ sung.",
    )


class Withdrawal(Schema):
    """Why a dossier is taken back."""

    note: Annotated[str, Clean, Field(max_length=2000)] = ""


class AskedItem(Schema):
    """One thing that is missing; `slot` is empty when it is not about one paper."""

    slot: str
    field: str = Field("", description="Mục của tờ khai phải sửa: “phần.trường” hoặc “phần”.")
    name: str
    text: str
    legal_basis: str = ""


class OwnPaper(Schema):
    """A paper as it was handed in."""

    id: int
    slot: str
    name: str
    sha256: str


class OwnDossier(Receipt):
    """What a partner may know of a dossier that it filed."""

    answer_due_at: datetime | None = Field(description="Cơ quan trả lời tiếp nhận chậm nhất.")
    due_at: datetime | None = Field(description="Hẹn trả kết quả.")
    items: list[AskedItem] = Field(description="Những gì phải bổ sung, báo một lần.")
    papers: list[OwnPaper] = Field(description="Giấy tờ như đã nộp.")
    delivery: Delivery = Field(description="Cách chủ hồ sơ nhận kết quả.")
    withdrawal: str = Field(
        "",
        description="Đề nghị rút sau khi tiếp nhận: `open` đang chờ một cửa xác nhận, `granted` đã "
        "đồng ý, `refused` chưa đồng ý, `lapsed` hết hiệu lực; trống là chưa đề nghị.",
    )
    withdrawal_answer: str = Field(
        "",
        description="Trả lời của một cửa: giấy tờ, phí trả lại thế nào, hoặc vì sao chưa đồng ý.",
    )
    note: str = Field(description="Lý do, khi không được tiếp nhận hoặc đã rút.")


class Standing(Schema):
    """All that anybody may know of a dossier by its code."""

    code: str
    text: str
    percent: int
