"""From rows to what pages show; only `queries` calls this, behind the doors of `access`."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from motcua.agencies.queries import agency_facts, case_posts, headed_units
from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.dossiers.access import is_guest, present_code
from motcua.dossiers.by_clock import PART, WARNED
from motcua.dossiers.calling import is_written_to, unreached_by
from motcua.dossiers.holders import holder_of
from motcua.dossiers.late_entries import received_on_paper
from motcua.dossiers.lateness import title_of
from motcua.dossiers.models import Document, Dossier, Move
from motcua.dossiers.pages import DeskDossier, DossierPage, DossierRow, SlipView
from motcua.dossiers.remaining import left_of_part, past_promise, remaining
from motcua.dossiers.rules import filed_papers, not_for_the_desk, papers_to_check, unsent
from motcua.dossiers.slip_facts import slip_kind
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.step_dates import shown_with
from motcua.dossiers.timeline import timeline
from motcua.dossiers.types import Paper, SlotView
from motcua.dossiers.waits import ASKED, TO_ANSWER, asked_for
from motcua.dossiers.workflow import NEXT_TASK, TEXTS, Status, Step
from motcua.files.queries import file_facts, open_file
from motcua.files.types import JPEG, PDF, PNG
from motcua.procedures.queries import terms_of
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from motcua.agencies.models import Post
    from motcua.procedures.types import Slot, Terms
    from motcua.workdays.types import WorkCalendar

AT_THE_COUNTER = "Chờ người dân bổ sung tại quầy"
_ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
_LARGEST = 2**63 - 1  # what a number of a row can be


def cursor(at: datetime | str, pk: int) -> str:
    """Where the next page starts, as an opaque word for the address line."""
    moment = at if isinstance(at, str) else at.isoformat()
    return urlsafe_b64encode(f"{moment}|{pk}".encode()).decode()


def read_cursor(text: str) -> tuple[str, int]:
    """What `cursor` wrote; `NotFound` for anything else."""
    try:
        moment, pk = urlsafe_b64decode(text.encode()).decode().split("|")
        if moment != "infinity":
            moment = datetime.fromisoformat(moment).astimezone(UTC).isoformat()
        number = int(pk)
    except (ValueError, OverflowError):
        raise NotFound from None
    if not 0 <= number <= _LARGEST:
        raise NotFound
    return moment, number


def matches(text: str) -> Q:
    """A code or temporary number, or part of the applicant's name, with or without marks."""
    upper = present_code(text.upper())
    return Q(code=upper) | Q(reference=upper) | Q(applicant_folded__contains=fold(text))


def rows(dossiers: Iterable[Dossier], now: datetime, post: Post | None = None) -> list[DossierRow]:
    """The lines of a list; what the unit of this `post` owes of a dossier, by its own limit and hours."""
    calendar, found = work_calendar(), list(dossiers)
    shown = [_row(dossier, now, calendar) for dossier in found]
    if post is None or all(getattr(dossier, PART, None) is None for dossier in found):
        return shown
    hours = hours_of(post)
    return [_as_part(dossier, row, now, hours) for dossier, row in zip(found, shown, strict=True)]


def _as_part(dossier: Dossier, row: DossierRow, now: datetime, hours: WorkCalendar) -> DossierRow:
    due = getattr(dossier, PART)
    if due is None:
        return row
    left = left_of_part(due, getattr(dossier, WARNED), now, hours)
    return replace(row, clock_at=due, left=left, step_due_at=None, is_part=True)


def hours_of(post: Post) -> WorkCalendar:
    """The hours by which the unit of a post counts what it owes."""
    return work_calendar(post.agency_id, post.unit_id)


def _row(dossier: Dossier, now: datetime, calendar: WorkCalendar) -> DossierRow:
    status = Status(dossier.status)
    return DossierRow(
        id=dossier.pk, reference=dossier.reference, code=dossier.code or "",
        procedure_code=dossier.procedure_code, procedure_name=dossier.procedure_name,
        applicant_name=dossier.applicant_name,
        status=status,
        status_text=TEXTS[status],
        channel=dossier.channel,
        submitted_at=dossier.submitted_at, clock_at=dossier.clock_at,
        changed_at=dossier.changed_at, due_at=dossier.due_at, step_due_at=dossier.step_due_at,
        assignee=dossier.assignee.holder_name if dossier.assignee else "",
        unit=dossier.unit.name if dossier.unit else "",
        revision=dossier.revision,
        left=remaining(dossier.clock_at, dossier.warn_at, now, calendar),
        is_late=past_promise(status, dossier.due_at, now),
        to_do={
            Status.DRAFT: "Điền tiếp và nộp",
            Status.PRE_SUPPLEMENT: "Bổ sung giấy tờ",
            Status.SUPPLEMENT: "Bổ sung nội dung được yêu cầu",
            Status.RESULT_READY: "Nhận kết quả",
        }.get(status, ""),
        waits_for=AT_THE_COUNTER if _is_brought(status, dossier.channel) else "",
    )  # fmt: skip


def _paper(document: Document, filed_at: datetime | None) -> Paper:
    return Paper(
        document.pk, document.slot, document.name, document.file_name, document.digest,
        document.kind, document.size, document.pages, unsent(document.added_at, filed_at),
    )  # fmt: skip


def papers_in(dossier: Dossier, *, at_desk: bool = False) -> list[Paper]:
    """The papers that count, in order: for the desk as handed in, for the owner as they are now."""
    papers, filed_at = list(dossier.documents.all()), dossier.filed_at
    if at_desk:
        return [_paper(d, filed_at) for d in filed_papers(papers, filed_at)]
    return [_paper(d, filed_at) for d in papers if d.removed_at is None]


def paper_in(dossier: Dossier, document_id: int, *, at_desk: bool = False) -> Paper:
    """One paper of a dossier."""
    for paper in papers_in(dossier, at_desk=at_desk):
        if paper.id == document_id:
            return paper
    raise NotFound


def result(dossier: Dossier) -> tuple[str, str, bytes]:
    """Name, kind and content of the issued result."""
    if not dossier.result_digest or dossier.finished_at is None:
        raise NotFound
    kind = file_facts(dossier.result_digest).kind
    with open_file(dossier.result_digest) as file:
        return f"ket-qua-{dossier.code}{_ENDINGS[kind]}", kind, file.read()


def page(dossier: Dossier, *, at_desk: bool = False, as_guest: bool = False) -> DossierPage:
    """A dossier, whole: its owner sees what they are changing, the desk what was handed in."""
    terms = terms_of(dossier.procedure_version_id)
    status = Status(dossier.status)
    moves = list(dossier.moves.select_related("unit__agency"))
    slips, who = _slips(dossier), _holder(dossier, at_desk)
    return DossierPage(
        reference=dossier.reference,
        code=dossier.code or "",
        procedure_code=dossier.procedure_code,
        procedure_name=dossier.procedure_name,
        status=status,
        agency=agency_facts(dossier.agency_id),
        unit_name=dossier.unit.name if dossier.unit else "", unit_id=dossier.unit_id,
        holder=who,
        submitted_at=dossier.submitted_at,
        answer_due_at=dossier.answer_due_at if status in TO_ANSWER else None,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        original_due_at=dossier.original_due_at,
        finished_at=dossier.finished_at,
        delivered_at=dossier.delivered_at,
        applicant=dossier.applicant,
        filer_name=dossier.submitter.full_name if dossier.submitter else "",
        answers=dossier.answers if at_desk else _answers_now(dossier),
        case=dossier.case,
        delivery=dossier.delivery,
        terms=terms,
        slots=_slots(dossier, terms.slots, status, at_desk),
        timeline=timeline(dossier, status, moves, who, at_desk=at_desk, as_guest=as_guest),
        slips=slips,
        awaits_slip=_awaits_slip(moves, slips),
        **asked_for(dossier, status),
        note=moves[-1].note if moves else "",
        has_result=bool(dossier.result_digest and dossier.finished_at),
        result_number=dossier.result_number,
        result_on=dossier.result_on,
        outcome=dossier.outcome,
        revision=dossier.revision,
    )  # fmt: skip


def _holder(dossier: Dossier, at_desk: bool) -> str:
    """Who holds the dossier now, as its owner may know it (CH-14); they themselves are “ông/bà”."""
    if not at_desk and dossier.status in ASKED:
        return "Ông/bà"
    unit = dossier.unit.name if dossier.unit else dossier.agency.name
    person = dossier.assignee.holder_name if dossier.assignee else ""
    return holder_of(Status(dossier.status), unit, person)


def _answers_now(dossier: Dossier) -> dict[str, Any]:
    """What the applicant has typed: what they are changing, where the desk asked for a change."""
    changing: dict[str, Any] | None = dossier.draft_answers
    return dossier.answers if changing is None else changing


def _slots(
    dossier: Dossier, slots: Sequence[Slot], status: Status, at_desk: bool
) -> list[SlotView]:
    """The papers asked for in the chosen case, each with what was attached."""
    papers = papers_in(dossier, at_desk=at_desk)
    asked = {item["slot"]: item["text"] for item in dossier.supplement_items}
    return [
        SlotView(
            slot.code, slot.name, slot.required, slot.note,
            tuple(paper for paper in papers if paper.slot == slot.code),
            asked.get(slot.code, "") if status in ASKED else "",
        )
        for slot in slots
        if slot.case in ("", dossier.case)
    ]  # fmt: skip


def checklist(dossier: Dossier, terms: Terms) -> tuple[SlotView, ...]:
    """The papers that an official has to look at, with their files as they were handed in."""
    shown = _slots(dossier, terms.slots, Status(dossier.status), at_desk=True)
    wanted = papers_to_check(
        terms.slots, dossier.case, {slot.code for slot in shown if slot.papers}
    )
    codes = {slot.code for slot in wanted}
    return tuple(slot for slot in shown if slot.code in codes)


def _slips(dossier: Dossier) -> list[SlipView]:
    """The slips issued so far."""
    return [
        SlipView(s.pk, s.kind, title_of(SlipKind(s.kind), Step(s.move.step)), s.number, s.issued_at)
        for s in dossier.slips.select_related("move").order_by("id")
    ]


def _awaits_slip(moves: list[Move], slips: list[SlipView]) -> bool:
    """Whether a form of these moves is still being printed in the background.

    Nobody waits for the receipt of what they hold in their hand.
    """
    nothing = (None, SlipKind.RETURN_RECEIPT)
    there = [slip for slip in slips if slip.kind not in nothing]
    return sum(slip_kind(move) not in nothing for move in moves) > len(there)


def _is_brought(status: Status, channel: str) -> bool:
    """Whether what is missing will be brought to the counter, where the dossier was filed."""
    return status in ASKED and not not_for_the_desk(Step.SUPPLEMENT, channel)


def _without_notes(shown: DossierPage) -> DossierPage:
    """For a unit that is only asked: which steps were taken, not what was written with them."""
    told = [replace(item, note="", proposal="") for item in shown.timeline]
    return replace(shown, timeline=told, note="", supplement_items=[])


def desk(dossier: Dossier, steps: list[Step], post: Post) -> DeskDossier:
    """A dossier on an official's screen."""
    status, guest = Status(dossier.status), is_guest(post, dossier)
    shown = page(dossier, at_desk=True, as_guest=guest)
    return DeskDossier(
        page=_without_notes(shown) if guest else shown,
        applicant_name=dossier.applicant_name,
        channel=dossier.channel,
        steps=steps,
        units=[u for u in headed_units(dossier.agency_id) if u.id != dossier.unit_id]
        if {Step.TRANSFER, Step.HAND_OVER} & set(steps)
        else [],
        posts=case_posts(post.unit_id) if Step.ASSIGN in steps else [],
        papers=papers_in(dossier, at_desk=True),
        clock_at=dossier.clock_at,
        left=remaining(dossier.clock_at, dossier.warn_at, clock.now(), work_calendar()),
        task_title=AT_THE_COUNTER
        if _is_brought(status, dossier.channel)
        else NEXT_TASK[status][0]
        if status in NEXT_TASK
        else "",
        unreached=unreached_by(dossier),
        is_written_to=is_written_to(dossier),
        received_at=received_on_paper(dossier) if Step.SETTLE_AT_ONCE in steps else None,
        **shown_with(dossier, steps),
    )
