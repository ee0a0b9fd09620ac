"""Steps on many dossiers at once: each is judged by itself, as strictly as on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.core import clock
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.dossiers import step_dates
from motcua.dossiers.actions.checking import technical_faults
from motcua.dossiers.actions.intake import (
    accept_dossier,
    at_the_desk,
    papers_to_check,
)
from motcua.dossiers.actions.processing import assign_dossier
from motcua.dossiers.actions.settlement import decide_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Step
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.agencies.models import Post


@transaction.atomic
def accept_unopened(*, post: Post, reference: str, revision: int, found_right: bool) -> Dossier:
    """Tiếp nhận hàng loạt: one tick for all papers of this dossier, given with their list in sight.

    Without the tick it is not accepted; the machine looks again at what it can see (ST-02). What came back after the desk asked for a supplement has to be looked at: only a person can say
    whether it is what was asked for.
    """
    dossier = at_the_desk(post, reference, revision, Step.ACCEPT)
    terms = terms_of(dossier.procedure_version_id)
    refuse_if(technical_faults(dossier, terms, clock.now()))
    if dossier.supplements_asked:
        text = "Hồ sơ vừa được bổ sung. Mời anh/chị mở hồ sơ, kiểm tra giấy tờ đã yêu cầu bổ sung."
        raise Refused([Reason("supplement_unseen", text)])
    papers = {slot.code for slot in papers_to_check(dossier, terms)}
    if papers and not found_right:
        text = (
            "Chưa đánh dấu “Tất cả đạt” nên chưa tiếp nhận. Mời anh/chị xem giấy tờ của hồ sơ này."
        )
        raise Refused([Reason("papers_unchecked", text)])
    return accept_dossier(post=post, reference=reference, revision=revision, checked=papers)


@transaction.atomic
def assign_unopened(
    *,
    post: Post,
    reference: str,
    revision: int,
    assignee_id: int,
    finish_by: datetime | None = None,
    by_share: bool = False,
) -> Dossier:
    """Phân công hàng loạt: the same officer, and one end for all or a share of each one's time left."""
    dossier = at_the_desk(post, reference, revision, Step.ASSIGN)
    if by_share:
        finish_by = step_dates.proposed_for(dossier, clock.now())
    return assign_dossier(
        post=post, reference=reference, revision=revision, assignee_id=assignee_id,
        finish_by=finish_by,
    )  # fmt: skip


@transaction.atomic
def decide_unopened(*, post: Post, reference: str, revision: int) -> Dossier:
    """Ký duyệt hàng loạt: a proposal to refuse is decided on its own page only."""
    dossier = at_the_desk(post, reference, revision, Step.DECIDE)
    if dossier.outcome == "refuse":
        text = "Cán bộ thụ lý đề xuất từ chối. Mời anh/chị mở hồ sơ này để quyết định riêng."
        raise Refused([Reason("proposed_refusal", text)])
    return decide_dossier(post=post, reference=reference, revision=revision)
