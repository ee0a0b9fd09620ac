"""A result that is ready on an earlier day than was promised: its notice, and how to get it (ST-17)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.agencies.queries import agency_facts
from motcua.agencies.reception import reception_of
from motcua.dossiers.types import Delivery
from motcua.dossiers.workflow import Step
from motcua.workdays.rules import standing
from motcua.workdays.types import Standing

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, Move

RESULT_EARLY = "result_early"


def is_early(move: Move) -> bool:
    """Whether this move brought the result on an earlier day than the one promised then.

    Before a day that a letter of apology moved is not early: the day that the law gave counts too.
    """
    promised = move.facts.get("due_at")
    if move.step != Step.ISSUE or not promised:
        return False
    due, legal = datetime.fromisoformat(promised), move.dossier.legal_due_at
    return standing(min(due, legal or due), move.at) is Standing.EARLY


def how_to_get(dossier: Dossier, *, has_account: bool) -> str:
    """How the applicant gets the result, by the way they chose; nobody without an account opens it."""
    agency = agency_facts(dossier.agency_id)
    if dossier.delivery == Delivery.ONLINE and has_account:
        return "Mời ông/bà mở hồ sơ trên cổng và bấm Nhận kết quả."
    if dossier.delivery == Delivery.POST:
        return (
            "Kết quả gửi qua bưu chính tới địa chỉ ông/bà đã đăng ký; ông/bà chưa cần làm gì thêm."
        )
    where = f"{agency.name}, {agency.address}" if agency.address else agency.name
    hours = reception_of(agency.id).hours
    return (
        f"Mời ông/bà mang căn cước và giấy tiếp nhận hồ sơ đến Bộ phận Một cửa, {where}. "
        f"Giờ tiếp nhận: {hours}."
    )
