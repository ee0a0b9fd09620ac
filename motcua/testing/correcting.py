"""How the cast puts a wrong result right: Hùng asks, Bình agrees, Yên issues the right one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.core import clock
from motcua.dossiers.actions import approving, incidents
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.letters import calendar_of
from motcua.testing.cast import Cast
from motcua.testing.drafts import hand
from motcua.workdays.rules import add_workdays, closing
from motcua.workdays.types import local

if TYPE_CHECKING:
    from motcua.dossiers.actions.papers import Upload
    from motcua.dossiers.models import Approval, Dossier

APOLOGY = "Ủy ban nhân dân phường xin lỗi ông/bà vì sai sót này."


def three_days_on(d: Dossier) -> datetime:
    """The close of the third working day from now, where the dossier is."""
    calendar = calendar_of(d)
    return closing(add_workdays(local(clock.now()).date(), 3, calendar), calendar)


def reopening_asked(
    cast: Cast, d: Dossier, fault: str = "agency", incident: str = "wrong"
) -> Approval:
    """Hùng finds that the mother's name is misspelt on the result, and asks to open it again."""
    facts = {
        "incident": incident, "fault": fault, "apology": APOLOGY if fault == "agency" else "",
        "correct_by": three_days_on(d).isoformat(),
    }  # fmt: skip
    return approving.ask(
        hand=hand(cast.hung), post=cast.hung, reference=d.reference, kind=ApprovalKind.REOPEN,
        reason="Sai chữ đệm của mẹ: “Thị” ghi thành “Thi”.", facts=facts,
    )  # fmt: skip


def reopened(cast: Cast, d: Dossier, fault: str = "agency", incident: str = "wrong") -> Dossier:
    """Bình looks and agrees."""
    asked = reopening_asked(cast, d, fault, incident)
    return approving.grant(
        hand=hand(cast.binh), post=cast.binh, reference=d.reference, approval_id=asked.pk
    )


def reissued(cast: Cast, d: Dossier, upload: Upload, number: str = "99/KS") -> Dossier:
    """Yên issues the right one."""
    d.refresh_from_db()
    return incidents.reissue_result(
        post=cast.yen, reference=d.reference, number=number, issued_on=clock.now().date(),
        upload=upload,
    )  # fmt: skip
