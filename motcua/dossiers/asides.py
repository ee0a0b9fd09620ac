"""What pages show beside a dossier: what was asked of a second person, the letter of apology."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.acts import (
    ACTS,
    APPROVAL_NAMES,
    BY_TWO_OFFICIALS,
    GONE_OUT,
    LETTER_NAMES,
    STATE_NAMES,
    ApprovalKind,
    ApprovalState,
    LetterState,
)
from motcua.dossiers.deciders import roles_deciding
from motcua.dossiers.explanations import Word, ledger_says, opens_at, reason_for, word_of
from motcua.dossiers.incident_words import reopening_told
from motcua.dossiers.letters import calendar_of, last_moment, law_of, promised
from motcua.dossiers.models import Apology, Approval
from motcua.dossiers.rules import apologies as letters
from motcua.dossiers.rules import not_for_the_desk
from motcua.dossiers.workflow import RUNNING, UNSIGNED, Status

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.core.two_persons import Hand

LEADERS = (Role.APPROVER,)


@dataclass(frozen=True)
class Asked:
    """One thing asked of a second person, as it is shown."""

    id: int
    kind: str
    name: str
    state: str
    asked_by: str
    asked_at: datetime
    reason: str
    told: str  # what it makes of the dossier, and what it replaces
    answer: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    may_decide: bool = False
    is_open: bool = False
    word: str = ""  # of its state, as systems read it


@dataclass(frozen=True)
class Letter:
    """The letter of apology of a dossier: the draft, or what may be written now."""

    state: str
    due_at: datetime
    sign_by: datetime
    new_due_at: datetime | None
    reason: str
    can_promise: bool
    can_apologise: bool
    is_drafted: bool
    promised: int
    most: int
    in_a_day: bool  # it came when it was already too late to promise another date
    known: str  # what the ledger says of the delay: shown, and no reason
    word: Word | None = None  # what the unit said of it
    opens: str = ""  # from when on the unit can say it, while that is to come


@dataclass(frozen=True)
class Asides:
    """Everything beside one dossier that this post may see and do."""

    asked: list[Asked]
    can_ask: list[tuple[str, str]]
    sent: list[Apology]
    is_drafted: bool
    can_write: bool
    to_post: bool  # a letter was signed that only paper can bring


def beside(post: Post, reference: str, status: Status, channel: str) -> Asides:
    """What stands beside a dossier the post is looking at; nothing for a unit that is only asked."""
    if not access.may_see(access.dossiers_at(post), reference):
        return Asides([], [], [], is_drafted=False, can_write=False, to_post=False)
    rows = list(Approval.objects.filter(dossier__reference=reference).order_by("-pk")[:10])
    role = Role(post.role)
    open_kinds = {row.kind for row in rows if row.state == ApprovalState.OPEN}
    can_ask = [
        (kind.value, APPROVAL_NAMES[kind])
        for kind in BY_TWO_OFFICIALS
        if kind is not ApprovalKind.ASK_AGAIN  # asked for on the page of the slip
        and ACTS[kind].may_ask(role, status)
        and kind not in open_kinds
        and not not_for_the_desk(ACTS[kind].step, channel)
    ]
    written = list(Apology.objects.filter(dossier__reference=reference).order_by("pk"))
    return Asides(
        asked=[_asked(row, role) for row in rows],
        can_ask=can_ask,
        sent=[row for row in written if row.state in GONE_OUT],
        is_drafted=any(row.state == LetterState.DRAFTED for row in written),
        can_write=role in LEADERS and status in RUNNING,
        to_post=role is Role.DESK_OFFICER
        and any(row.state == LetterState.SIGNED for row in written),
    )


def asked_at(post: Post, reference: str, approval_id: int) -> Asked:
    """One thing asked about a dossier that the post may see; the reading is journalled."""
    dossier = access.to_read(access.dossiers_at(post), reference, post, "approval")
    row = Approval.objects.filter(dossier=dossier, pk=approval_id).first()
    if row is None:
        raise NotFound
    return _asked(row, Role(post.role))


def _asked(row: Approval, role: Role) -> Asked:
    kind, state = ApprovalKind(row.kind), ApprovalState(row.state)
    is_open = state is ApprovalState.OPEN
    return Asked(
        id=row.pk, kind=kind.value, name=APPROVAL_NAMES[kind], state=STATE_NAMES[state],
        asked_by=row.asked_by, asked_at=row.asked_at, reason=row.reason, told=_told(row),
        answer=row.answer, decided_by=row.decided_by, decided_at=row.decided_at,
        may_decide=is_open and role in roles_deciding(row), is_open=is_open,
        word=state.value,
    )  # fmt: skip


def _told(row: Approval) -> str:
    """What granting it would make of the dossier, in words."""
    if due := row.facts.get("due_at"):
        old = row.facts.get("old_due_at") if row.state != ApprovalState.OPEN else ""
        was = f" (thay cho {_moment(old)})" if old else ""  # until then the dossier says it
        return f"Hẹn trả mới: {_moment(due)}{was}"
    if items := row.facts.get("items"):
        lines = [
            f"{item['name']}: {item['text']}"
            + (f" ({law})" if (law := item["legal_basis"]) else "")
            for item in items
        ]
        return "\n".join(lines + [f"Căn cứ: {basis}" for basis in [row.facts["basis"]] if basis])
    if row.facts.get("incident"):
        return reopening_told(row.facts)
    if code := row.facts.get("code"):
        old = row.facts.get("old_code")
        return f"Mã mới: {code}{f' (thay cho {old})' if old else ''}"
    return ""


def _moment(told: str) -> str:
    return f"{localtime(datetime.fromisoformat(told)):%H:%M ngày %d/%m/%Y}"


def letter_of(post: Post, reference: str) -> Letter:
    """The letter of a dossier as a leader may write it now; `NotFound` where there is none to write."""
    dossier = access.to_read(access.dossiers_at(post), reference, post, "letter")
    if post.role not in LEADERS or dossier.status not in RUNNING or not dossier.due_at:
        raise NotFound
    now, due, law = clock.now(), dossier.due_at, law_of(dossier)
    calendar, last = calendar_of(dossier), last_moment(dossier, due)
    draft = dossier.apologies.filter(state=LetterState.DRAFTED).first()
    written = dossier.apologies.filter(state__in=GONE_OUT, old_due_at=due).exists()
    so_far = promised(dossier)
    assert dossier.accepted_at is not None
    return Letter(
        state=LETTER_NAMES[LetterState.DRAFTED] if draft else "",
        due_at=due, sign_by=last,
        new_due_at=draft.new_due_at if draft else letters.proposed(dossier.accepted_at, due, calendar),
        reason=reason_for(dossier), word=word_of(dossier), known=ledger_says(dossier, now),
        opens=opens_at(dossier, now),
        can_promise=now <= last and so_far < law.reappointment_max,
        can_apologise=now > last and not written,
        is_drafted=draft is not None, promised=so_far, most=law.reappointment_max,
        in_a_day=letters.leaves_no_time(dossier.accepted_at, last),
    )  # fmt: skip


def withdrawal_of(reference: str) -> Asked | None:
    """What the applicant last asked about taking the dossier back, if anything."""
    rows = Approval.objects.filter(dossier__reference=reference, kind=ApprovalKind.WITHDRAW)
    row = rows.order_by("-pk").first()
    return _asked(row, Role.CITIZEN) if row else None


def can_ask_to_withdraw(status: Status) -> bool:
    """Whether the applicant has to ask before the dossier is taken back."""
    return status in UNSIGNED


def hand_differs(asked: Asked, hand: Hand) -> bool:
    """Whether this hand is another than the one that asked."""
    return Approval.objects.filter(pk=asked.id).exclude(asked_by_person=hand.person).exists()
