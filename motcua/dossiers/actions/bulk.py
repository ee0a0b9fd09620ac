"""Steps on many dossiers at once: each is judged by itself, as strictly as on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.core import clock
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.dossiers.actions.intake import accept_dossier, at_the_desk, technical_faults
from motcua.dossiers.actions.settlement import decide_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Step
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post


@transaction.atomic
def accept_unopened(*, post: Post, reference: str, revision: int) -> Dossier:
    """Tiếp nhận hàng loạt: nobody ticks a checklist here, so what it would show is checked again (ST-02).

    What came back after the desk asked for a supplement has to be looked at: only a person can say
    whether it is what was asked for.
    """
    dossier = at_the_desk(post, reference, revision, Step.ACCEPT)
    refuse_if(technical_faults(dossier, terms_of(dossier.procedure_version_id), clock.now()))
    if dossier.supplements_asked:
        text = "Hồ sơ vừa được bổ sung. Mời anh/chị mở hồ sơ, kiểm tra giấy tờ đã yêu cầu bổ sung."
        raise Refused([Reason("supplement_unseen", text)])
    return accept_dossier(post=post, reference=reference, revision=revision)


@transaction.atomic
def decide_unopened(*, post: Post, reference: str, revision: int) -> Dossier:
    """Ký duyệt hàng loạt: a proposal to refuse is decided on its own page only."""
    dossier = at_the_desk(post, reference, revision, Step.DECIDE)
    if dossier.outcome == "refuse":
        text = "Cán bộ thụ lý đề xuất từ chối. Mời anh/chị mở hồ sơ này để quyết định riêng."
        raise Refused([Reason("proposed_refusal", text)])
    return decide_dossier(post=post, reference=reference, revision=revision)
