"""The decision and its issue: decide, refuse, issue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.queries import posts_of_account
from motcua.core import clock
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierMoved, DossierRefused, ResultReady
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.files.actions import store

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.actions.papers import Upload
    from motcua.files.types import StoredFile


def _proposer(dossier: Dossier) -> str:
    """The account behind the proposal under decision, as the journal knows it."""
    move = dossier.moves.filter(step=Step.PROPOSE).last()
    return move.by_key if move else ""


def refuse_own_proposal(dossier: Dossier, post: Post) -> None:
    """Refuse whoever wrote the proposal, in whatever post they act: it takes a second person."""
    own = {f"post:{pk}" for pk in posts_of_account(post.account_id)}
    refuse_if(rules.same_hand(_proposer(dossier), own))


def _proposed(dossier: Dossier, decided: str) -> dict[str, str]:
    """What was proposed, kept with the decision, and marked when the decision is another one."""
    proposed = str(dossier.outcome)
    return {"proposed": proposed} | ({"decided": decided} if proposed not in ("", decided) else {})


@transaction.atomic
def decide_dossier(
    *, post: Post, reference: str, revision: int | None = None, note: str = ""
) -> Dossier:
    """Ký duyệt: a leader who did not propose it agrees to settle; against a proposal, with a reason."""
    dossier = at_the_desk(post, reference, revision, Step.DECIDE)
    refuse_own_proposal(dossier, post)
    refuse_if(rules.against_proposal(dossier.outcome, "approve", note))
    move = dossier.take(
        Step.DECIDE, by=post.actor, at=clock.now(), note=note.strip(),
        facts=_proposed(dossier, "approve"), outcome="approve",
    )  # fmt: skip
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def refuse_dossier(
    *, post: Post, reference: str, revision: int | None = None, reason: str, legal_basis: str
) -> Dossier:
    """Không đồng ý giải quyết: a refusal is a result, with its reason and basis (ST-13)."""
    dossier = at_the_desk(post, reference, revision, Step.REFUSE)
    refuse_own_proposal(dossier, post)
    refuse_if(
        [
            *rules.required_text("reason", reason, "Mời nêu lý do không đồng ý."),
            *rules.required_text("legal_basis", legal_basis, "Mời nêu căn cứ pháp lý."),
        ]
    )
    facts = {"reason": reason.strip(), "legal_basis": legal_basis.strip()}
    facts["signer_title"] = post.title
    facts |= _proposed(dossier, "refuse")  # against a proposal, the reason above says why
    note = f"{facts['reason']}\nCăn cứ: {facts['legal_basis']}"
    move = dossier.take(
        Step.REFUSE, by=post.actor, at=clock.now(), note=note, facts=facts, outcome="refuse"
    )
    publish(DossierRefused(move.pk, dossier.pk))
    return dossier


def issue_result(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    number: str,
    issued_on: date,
    upload: Upload | None,
) -> Dossier:
    """Ban hành: number, date and the file of the result; the legal clock stops here (ST-15)."""
    stored = result_file(post, reference, Step.ISSUE, number, issued_on, upload)
    with transaction.atomic():
        now = clock.now()
        dossier = at_the_desk(post, reference, revision, Step.ISSUE)
        move = dossier.take(
            Step.ISSUE, by=post.actor, at=now, result_number=number.strip(), result_on=issued_on,
            result_digest=stored.digest, finished_at=now,
        )  # fmt: skip
        publish(ResultReady(move.pk, dossier.pk))
    return dossier


def result_file(
    post: Post, reference: str, step: Step, number: str, issued_on: date, upload: Upload | None
) -> StoredFile:
    """The file of a result, taken in; refused where `step` cannot issue it, or a part of it lacks.

    It is taken in before the dossier is locked, so that nobody waits for a slow upload.
    """
    seen = access.to_see(access.dossiers_at(post), reference)
    next_status(Status(seen.status), step, post.actor.role)
    which = "kết quả cấp lại" if step == Step.REISSUE else "kết quả"
    refuse_if(rules.required_text("number", number, f"Mời nhập số, ký hiệu của {which}."))
    refuse_if(misdated(issued_on, seen))
    if upload is None:
        raise Refused([Reason("file_missing", f"Mời chọn tệp {which}.", field="file")])
    return store(upload, upload.name or "ket-qua", post.actor)


def misdated(issued_on: date, dossier: Dossier) -> list[Reason]:
    """Why a result of this dossier cannot bear this date."""
    if issued_on > clock.now().date():
        return [Reason("date_in_future", "Ngày ban hành không thể ở tương lai.", "issued_on")]
    accepted = localtime(dossier.accepted_at) if dossier.accepted_at else None
    if accepted is None or issued_on >= accepted.date():
        return []
    text = f"Ngày ban hành không thể trước ngày tiếp nhận hồ sơ ({accepted:%d/%m/%Y})."
    return [Reason("date_before_acceptance", text, "issued_on")]
