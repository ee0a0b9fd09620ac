"""From the handing out of a result to its receipt: who gave which result to whom.

Law: ST-16, RES-10
"""

from __future__ import annotations

from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.slips.forms import Heading, ReturnReceipt
from motcua.dossiers.types import DELIVERY_NAMES, Delivery
from motcua.procedures.queries import terms_of

PORTAL = "Cổng Dịch vụ công"
REFUSED = "Văn bản trả lời không đồng ý giải quyết"
ANY_RESULT = "Kết quả giải quyết thủ tục hành chính"


def return_receipt(move: Move, heading: Heading) -> ReturnReceipt:
    """The receipt of a result as it was handed out; online nobody signs by hand."""
    dossier = move.dossier
    online = move.unit_id is None  # the applicant took it on the portal
    by_post = dossier.delivery == Delivery.POST and not online
    receiver = str(move.facts.get("receiver", "")) or move.by
    identity = str(move.facts.get("receiver_identity", ""))
    filer = dossier.submitter
    known = filer if filer and (online or identity == filer.national_id) else None
    day = f", ngày {dossier.result_on:%d/%m/%Y}" if dossier.result_on else ""
    return ReturnReceipt(
        heading=heading,
        giver=PORTAL if online else move.by,
        giver_phone=agency_facts(dossier.agency_id).phone,
        receiver=receiver,
        receiver_phone=known.phone if known else "",
        receiver_identity_no=known.national_id if known else identity,
        result_kind=result_name(dossier),
        result_number=f"{dossier.result_number}{day}",
        summary=f"{dossier.procedure_name}, chủ hồ sơ {heading.owner.name}",
        returned_at=localtime(move.at),
        channel="Trả trực tuyến" if online else DELIVERY_NAMES[Delivery.POST] if by_post else "",
        is_online=online,
    )


def result_name(dossier: Dossier) -> str:
    """What was issued: the result that the procedure names, or the refusal."""
    if dossier.outcome == "refuse":
        return REFUSED
    return "; ".join(terms_of(dossier.procedure_version_id).result_names) or ANY_RESULT


def return_place(dossier: Dossier, agency: str) -> str:
    """Where the applicant asked to have the result, as Form 01 says it."""
    if dossier.delivery == Delivery.ONLINE:
        return PORTAL
    if dossier.delivery == Delivery.POST and dossier.applicant.get("address"):
        return str(dossier.applicant["address"])
    return f"Bộ phận Tiếp nhận và Trả kết quả, {agency}"
