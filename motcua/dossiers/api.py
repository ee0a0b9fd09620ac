"""What partners do with dossiers over the wire: file one for a person, ask where one stands."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest
from django.utils.timezone import localtime
from ninja import File, Form, Header, Router
from ninja.files import UploadedFile
from ninja.responses import Status as Answered
from ninja.security import HttpBearer

from motcua.core.errors import Reason, TooMany, refuse_if
from motcua.core.text import clean
from motcua.core.throttle import track_limit, wait_for
from motcua.dossiers.actions.filing import file_by_partner
from motcua.dossiers.actions.papers import Papers
from motcua.dossiers.actions.standing_in import supplement_by_partner, withdraw_by_partner
from motcua.dossiers.asides import withdrawal_of
from motcua.dossiers.queries import filed_by, track
from motcua.dossiers.schemas import (
    AskedItem,
    FiledPaper,
    Filing,
    Key,
    OwnDossier,
    OwnPaper,
    Receipt,
    Standing,
    Supplement,
    Withdrawal,
)
from motcua.dossiers.types import Applicant, Delivery
from motcua.dossiers.workflow import TEXTS, Status
from motcua.people.queries import partner_by_token
from motcua.people.types import PartnerFacts

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

router = Router(tags=["Hồ sơ"])
_TOLD = (
    Status.REJECTED,
    Status.WITHDRAWN,
    Status.STOPPED,
)  # what was said then is said to the applicant
_TOO_MANY = Reason("too_many", "Đã tra cứu nhiều lần liền nhau. Mời đợi rồi tra cứu tiếp.", "code")


class PartnerToken(HttpBearer):
    """The token a partner was given, in `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> PartnerFacts | None:
        """The partner that holds `token`; None is answered with 401."""
        return partner_by_token(token)


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
    nội dung khác thì nhận 409. Mọi chỗ chưa đúng được nêu một lần (422), mỗi chỗ có `field`.
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
        delivery=dossier.delivery or "",
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
    kèm thêm vào giấy tờ đã nộp; giấy tờ nêu ở `supplement.remove` thì bỏ. Gửi lại cùng nội dung thì
    nhận lại cùng biên nhận.
    """
    refuse_if(_not_one_file_each("supplement", len(supplement.papers), len(files)))
    return _receipt(
        supplement_by_partner(
            partner=_partner(request),
            reference=clean(reference),
            answers=supplement.answers,
            papers=_papers(supplement.papers, files),
            remove=supplement.remove,
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
    """Trước khi hồ sơ được tiếp nhận thì rút ngay; sau đó là đề nghị rút, một cửa xác nhận rồi mới rút.

    Đề nghị đang chờ hay đã trả lời: xem `withdrawal` ở `GET /dossiers/mine/{reference}`. Gửi lại thì
    nhận lại cùng biên nhận.
    """
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
    asked = withdrawal_of(found.reference)
    return OwnDossier(
        reference=found.reference,
        code=found.code or None,
        status=found.status,
        status_text=found.status_text,
        submitted_at=_local(found.submitted_at),
        answer_due_at=_local(found.answer_due_at),
        due_at=_local(found.due_at),
        items=[AskedItem(**item) for item in found.supplement_items],
        papers=[
            OwnPaper(id=paper.id, slot=paper.slot, name=paper.file_name, sha256=paper.digest)
            for slot in found.slots
            for paper in slot.papers
        ],
        delivery=Delivery(found.delivery),
        withdrawal=asked.word if asked else "",
        withdrawal_answer=asked.answer if asked else "",
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
