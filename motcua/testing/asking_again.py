"""How Mai asks for one more correction slip than the law gives by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.actions import more_papers
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.types import Correction
from motcua.testing.cast import Cast
from motcua.testing.dossiers import asked_paper

if TYPE_CHECKING:
    from motcua.dossiers.models import Approval, Dossier


def slip_asked_again(cast: Cast, d: Dossier) -> Approval:
    """What Lan handed in is full, yet Mai needs one more slip than the law gives: Bình is to agree."""
    more_papers.resume_dossier(post=cast.hung, reference=d.reference)
    item = Correction(slot=asked_paper(d), reason="unsigned", text="Thiếu chữ ký của người mẹ.")
    more_papers.ask_more(
        post=cast.mai, reference=d.reference, items=[item],
        second_reason="Giấy nộp lại thiếu chữ ký.",
    )  # fmt: skip
    return d.approvals.get(kind=ApprovalKind.ASK_AGAIN)
