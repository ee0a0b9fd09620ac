"""What partners do with dossiers over the wire: file one for a person, ask where one stands."""

import math
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.utils.timezone import localtime
from ninja import File, Form, Header, Router, Schema
from ninja.files import UploadedFile
from ninja.responses import Status as Answered
from ninja.security import HttpBearer
from pydantic import BeforeValidator, Field

from motcua.core.errors import Reason, TooMany, refuse_if
from motcua.core.text import clean
from motcua.core.throttle import track_limit, wait_for
from motcua.dossiers.actions.filing import file_by_partner
from motcua.dossiers.actions.papers import Papers
from motcua.dossiers.actions.standing_in import supplement_by_partner, withdraw_by_partner
from motcua.dossiers.queries import filed_by, track
from motcua.dossiers.types import Applicant
from motcua.dossiers.workflow import TEXTS, Status
from motcua.people.queries import partner_by_token
from motcua.people.types import PartnerFacts

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

router = Router(tags=["Hồ sơ"])
_DEEPEST = 8
_PAPERS_MAX = 60
_TOLD = (Status.REJECTED, Status.WITHDRAWN)  # what was said then is said to the applicant
_TOO_MANY = Reason("too_many", "Đã tra cứu nhiều lần liền nhau. Mời đợi rồi tra cứu tiếp.", "code")


class PartnerToken(HttpBearer):
    """The token a partner was given, in `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> PartnerFacts | None:
        """The partner that holds `token`; None is answered with 401."""
        return partner_by_token(token)


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


class Withdrawal(Schema):
    """Why a dossier is taken back."""

    note: Annotated[str, Clean, Field(max_length=2000)] = ""


class AskedItem(Schema):
    """One thing that is missing; `slot` is empty when it is not about one paper."""

    slot: str
    name: str
    text: str


class OwnDossier(Receipt):
    """What a partner may know of a dossier that it filed."""

    answer_due_at: datetime | None = Field(description="Cơ quan trả lời tiếp nhận chậm nhất.")
    due_at: datetime | None = Field(description="Hẹn trả kết quả.")
    items: list[AskedItem] = Field(description="Những gì phải bổ sung, báo một lần.")
    note: str = Field(description="Lý do, khi không được tiếp nhận hoặc đã rút.")


class Standing(Schema):
    """All that anybody may know of a dossier by its code."""

    code: str
    text: str
    percent: int


@router.post(
    "",
    auth=PartnerToken(),
    response={201: Receipt},
    operation_id="file_dossier",
    summary="Nộp hồ sơ thay người dân",
)
def file_dossier(
    request: HttpRequest,
    dossier: Filing,
    idempotency_key: Annotated[Key, Header(alias="Idempotency-Key")],
    files: Annotated[list[UploadedFile], File(default_factory=list)],
) -> Answered[Receipt]:
    """Một hồ sơ mới, hoặc biên nhận của hồ sơ đã nộp với cùng khóa.

    Gửi `multipart/form-data`: phần `dossier` là JSON, mỗi phần `files` là một tệp, theo thứ tự của
    `dossier.papers`. Gửi lại với cùng `Idempotency-Key` và cùng nội dung thì nhận lại biên nhận cũ;
    nội dung khác thì nhận 409.
    """
    refuse_if(_not_one_file_each("dossier", len(dossier.papers), len(files)))
    filed = file_by_partner(
        partner=_partner(request),
        key=idempotency_key,
        procedure_code=dossier.procedure_code,
        agency_code=dossier.agency_code,
        applicant=Applicant(**dossier.applicant.dict()),
        answers=dossier.answers,
        papers=_papers(dossier.papers, files),
        case=dossier.case,
    )
    return Answered(201, _receipt(filed))


@router.post(
    "/{reference}/supplement",
    auth=PartnerToken(),
    response=Receipt,
    operation_id="supplement_dossier",
    summary="Nộp bổ sung cho hồ sơ mình đã nộp",
)
def supplement_dossier(
    request: HttpRequest,
    reference: str,
    supplement: Supplement,
    files: Annotated[list[UploadedFile], File(default_factory=list)],
) -> Receipt:
    """Khi cơ quan yêu cầu bổ sung (xem `GET /dossiers/mine/{reference}`).

    Gửi `multipart/form-data`: phần `supplement` là JSON, mỗi phần `files` là một tệp, theo thứ tự
    của `supplement.papers`. Câu trả lời gửi kèm thay câu trả lời cũ, từng trường một; giấy tờ gửi
    kèm thêm vào giấy tờ đã nộp. Gửi lại cùng nội dung thì nhận lại cùng biên nhận.
    """
    refuse_if(_not_one_file_each("supplement", len(supplement.papers), len(files)))
    return _receipt(
        supplement_by_partner(
            partner=_partner(request),
            reference=clean(reference),
            answers=supplement.answers,
            papers=_papers(supplement.papers, files),
        )
    )


@router.post(
    "/{reference}/withdraw",
    auth=PartnerToken(),
    response=Receipt,
    operation_id="withdraw_dossier",
    summary="Rút hồ sơ mình đã nộp",
)
def withdraw_dossier(
    request: HttpRequest, reference: str, withdrawal: Annotated[Withdrawal, Form()]
) -> Receipt:
    """Trước khi hồ sơ được tiếp nhận. Gửi lại thì nhận lại cùng biên nhận."""
    return _receipt(
        withdraw_by_partner(
            partner=_partner(request), reference=clean(reference), note=withdrawal.note
        )
    )


@router.get(
    "/mine/{reference}",
    auth=PartnerToken(),
    response=OwnDossier,
    operation_id="read_own_dossier",
    summary="Xem hồ sơ mình đã nộp",
)
def read_own_dossier(request: HttpRequest, reference: str) -> OwnDossier:
    """Tình trạng, các hạn, và những gì cơ quan yêu cầu bổ sung; chỉ hồ sơ do chính đối tác nộp."""
    found = filed_by(_partner(request).id, clean(reference))
    return OwnDossier(
        reference=found.reference,
        code=found.code or None,
        status=found.status,
        status_text=found.status_text,
        submitted_at=_local(found.submitted_at),
        answer_due_at=_local(found.answer_due_at),
        due_at=_local(found.due_at),
        items=[AskedItem(**item) for item in found.supplement_items],
        note=found.note if found.status in _TOLD else "",
    )


@router.get(
    "/{code}",
    response=Standing,
    operation_id="track_dossier",
    summary="Tra cứu tình trạng hồ sơ",
)
def track_dossier(request: HttpRequest, code: str) -> Any:
    """Theo mã hồ sơ, ai cũng hỏi được. Không cho biết hồ sơ của ai.

    Mỗi địa chỉ hỏi được một số lần mỗi phút (tính chung với trang tra cứu); quá thì nhận 429 với
    `Retry-After` là số giây cần đợi.
    """
    if wait := wait_for(request, "track", track_limit()):
        raise TooMany(_TOO_MANY, wait)
    return track(clean(code))


def _partner(request: HttpRequest) -> PartnerFacts:
    partner: PartnerFacts = request.auth  # type: ignore[attr-defined]  # set by PartnerToken
    return partner


def _papers(named: list[FiledPaper], files: list[UploadedFile]) -> Papers:
    """Each file with the slot and the name that stand at the same place."""
    return [(paper.slot, paper.name, file) for paper, file in zip(named, files, strict=True)]


def _local(at: datetime | None) -> datetime | None:
    return localtime(at) if at else None


def _not_one_file_each(part: str, papers: int, files: int) -> list[Reason]:
    if papers == files:
        return []
    text = f"Có {papers} giấy tờ trong `{part}.papers` nhưng {files} tệp trong `files`."
    return [Reason("files_do_not_match", text, field="files")]


def _receipt(filed: "Dossier") -> Receipt:
    status = Status(filed.status)
    return Receipt(
        reference=filed.reference,
        code=filed.code,
        status=status,
        status_text=TEXTS[status],
        submitted_at=_local(filed.submitted_at),
    )
