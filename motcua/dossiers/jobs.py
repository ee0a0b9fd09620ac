"""What is done in the background after a step. Each job takes a move, and may run twice.

By the time it runs the dossier may have gone on: what it says, it reads from the move.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import IN_VAIN, NotFound
from motcua.core.text import fold
from motcua.dossiers import slip_facts
from motcua.dossiers.early import RESULT_EARLY, how_to_get, is_early
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.holders import holder_of
from motcua.dossiers.incident_words import told_of
from motcua.dossiers.models import Alarm, Consultation, Move, Slip
from motcua.dossiers.models.alarms import DAILY
from motcua.dossiers.recount_news import lines_to_tell
from motcua.dossiers.silence_facts import was_before_us
from motcua.dossiers.slips import qr_payload
from motcua.dossiers.station_news import alarm_about, is_planned_anew
from motcua.dossiers.types import WAITING, AlarmKind, AlarmLevel, alarm_words
from motcua.dossiers.workflow import STEP_TEXTS, TEXTS, Status, Step
from motcua.files.actions import store
from motcua.notices.actions.sending import send
from motcua.notices.seeds import NO_ACCOUNT
from motcua.notices.types import Recipient, ToAddress, ToPerson, ToPost

if TYPE_CHECKING:
    from motcua.people.models import Person

TEMPLATES = {
    Step.SUBMIT: "dossier_submitted",
    Step.SUPPLEMENT: "dossier_submitted",
    Step.ACCEPT: "dossier_accepted",
    Step.ASK_SUPPLEMENT: "supplement_asked",
    Step.ASK_MORE: "more_asked",
    Step.HAND_IN: "more_handed_in",
    Step.RESUME: "dossier_resumed",
    Step.LACKING: "still_lacking",
    Step.STOP: "dossier_stopped",
    Step.REJECT: "dossier_rejected",
    Step.PASS_ON: "dossier_passed_on",
    Step.WITHDRAW: "dossier_withdrawn",
    Step.TRANSFER: "dossier_moved",
    Step.TAKE_OVER: "dossier_moved",
    Step.ASSIGN: "dossier_moved",
    Step.CONSULT: "dossier_moved",
    Step.CLOSE_CONSULT: "dossier_moved",
    Step.VERIFY: "visit_planned",
    Step.RECORD_VERIFICATION: "dossier_moved",
    Step.INTERLINK: "dossier_linked",
    Step.PROPOSE: "dossier_moved",
    Step.SEND_BACK: "dossier_moved",
    Step.DECIDE: "dossier_moved",
    Step.REFUSE: "dossier_refused",
    Step.ISSUE: "result_ready",
    Step.SETTLE_AT_ONCE: "settled_at_once",
    Step.REOPEN: "result_reopened",
    Step.REISSUE: "result_reissued",
    Step.DELIVER: "dossier_delivered",
    Step.EXTEND: "dossier_extended",
    Step.APOLOGISE: "dossier_apologised",
    Step.MOVE_DATE: "date_moved",
    Step.CORRECT_CODE: "code_corrected",
    Step.RECOUNT: "due_date_moved",
}
ALARMS = {
    (AlarmKind.ANSWER, AlarmLevel.WARNING): "answer_near",
    (AlarmKind.ANSWER, AlarmLevel.PASSED): "answer_passed",
    (AlarmKind.LATE_AHEAD, AlarmLevel.WARNING): "letter_to_sign",
    (AlarmKind.OPINION, AlarmLevel.PASSED): "opinion_passed",
    (AlarmKind.STATION, AlarmLevel.WARNING): "station_near",
    (AlarmKind.STATION, AlarmLevel.PASSED): "station_passed",
    (AlarmKind.IDLE, AlarmLevel.WARNING): "station_idle",
}
BEFORE = "silence_found", "silence_at_head"  # every other kind, by level
# What officials write to each other at these steps is not for the applicant.
INTERNAL = {
    Step.TRANSFER, Step.TAKE_OVER, Step.ASSIGN, Step.CONSULT, Step.CLOSE_CONSULT,
    Step.RECORD_VERIFICATION, Step.PROPOSE, Step.SEND_BACK, Step.DECIDE, Step.INTERLINK,
}  # fmt: skip
VISIT = ("visit_at", "place", "participants", "content", "presence")  # facts of Step.VERIFY


def _move(move_id: int) -> Move:
    move = Move.objects.select_related("dossier__submitter", "to_unit").filter(pk=move_id).first()
    if move is None:
        raise NotFound
    return move


def issue_slip(move_id: int) -> None:
    """Print the form that goes with a step and keep it as it was issued; twice is once."""
    move = _move(move_id)
    kind = slip_facts.slip_kind(move)
    if kind is None or Slip.objects.filter(move=move, kind=kind).exists():
        return
    number = slip_facts.number_of(move, kind)
    sealed = slip_facts.sealed(move, kind, number)
    qr = qr_payload(sealed)
    pdf = print_paper(slip_facts.slip(move, kind, number, qr))
    stored = store(pdf, f"{number.replace('/', '-')}.pdf")
    Slip.objects.get_or_create(
        move=move, kind=kind,
        defaults={
            "dossier": move.dossier, "number": number, "digest": stored.digest, "issued_at": move.at,
        },
    )  # fmt: skip


def tell_applicant(move_id: int) -> None:
    """Tell the applicant what happened and what comes next (NTC-01, CH-15)."""
    move = _move(move_id)
    template, to = TEMPLATES.get(Step(move.step)), _reader(move)
    if template is None or to is None or is_planned_anew(move):
        return
    told = _told(move)
    if is_early(move):  # ST-17: sooner than promised, and how to get it
        template = RESULT_EARLY
        told["how"] = how_to_get(move.dossier, has_account=isinstance(to, ToPerson))
    if isinstance(to, ToAddress):
        template, told["link"] = template + NO_ACCOUNT, told["lookup_link"]
    send(to, template, told, dedupe_key=f"move:{move.pk}")


def tell_recounted(recount_id: int, after: int, until: int) -> None:
    """Tell the applicants of one batch that their date moved; one that fails holds no other up."""
    failed: list[Exception] = []
    lines = lines_to_tell(recount_id, after, until)
    for move_id in lines.values_list("move_id", flat=True):
        try:
            tell_applicant(move_id)
        except Exception as error:
            failed.append(error)
    if failed:  # tried again while that can help anybody: whoever has been told is not told twice
        raise next((error for error in failed if not isinstance(error, IN_VAIN)), failed[0])


def tell_officials(alarm_id: int) -> None:
    """Tell those to whom an alarm was raised; nobody, once the dossier is out of it (INT-09)."""
    alarm = Alarm.objects.select_related("dossier").filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound
    if alarm.closed_at is not None or alarm.kind in DAILY:  # those: see digests.py
        return
    kind, level = AlarmKind(alarm.kind), AlarmLevel(alarm.level)
    other = BEFORE[level is AlarmLevel.PASSED]
    template, told = ALARMS.get((kind, level), other), _found(alarm)
    for post_id in alarm.raised_to.order_by("pk").values_list("pk", flat=True):
        key = f"alarm:{alarm.pk}:{int(alarm.raised_at.timestamp())}:post:{post_id}"
        send(ToPost(post_id), template, told, dedupe_key=key)


def tell_waiting(alarm_id: int) -> None:
    """Tell the applicant that a date went by, and who knows of it; nobody, once it is over.

    Nor of what was so long before anybody watched, nor that a paper given at the counter is not
    answered because it was entered late: who handed it in holds its receipt.
    """
    alarm = Alarm.objects.filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound
    kind = AlarmKind(alarm.kind)
    template = WAITING.get((kind, AlarmLevel(alarm.level)))
    if template is None or alarm.closed_at is not None:
        return
    moves = Move.objects.select_related("dossier__submitter", "to_unit")
    move = moves.filter(dossier_id=alarm.dossier_id).order_by("seq").last()
    to = _reader(move) if move else None
    if move is None or to is None or was_before_us(kind, alarm.due_at, alarm.raised_at):
        return
    if kind is AlarmKind.ANSWER and "late_entry" in move.facts:
        return
    # What is waited for, whatever was done to the dossier since it was asked for.
    told = _told(move) | {"items": _listed(move.dossier.supplement_items)}
    if isinstance(to, ToAddress):
        template, told["link"] = template + NO_ACCOUNT, told["lookup_link"]
    send(to, template, told, dedupe_key=f"alarm:{alarm.pk}:applicant")


def _found(alarm: Alarm) -> dict[str, str]:
    """What an official is told of an alarm: the number of the dossier, and nothing of its owner."""
    dossier = alarm.dossier
    agency = agency_facts(dossier.agency_id)
    person = dossier.assignee.holder_name if dossier.assignee else ""
    holder = holder_of(Status(dossier.status), agency.name, person)
    if alarm.kind == AlarmKind.OPINION:
        holder = Consultation.objects.select_related("unit").get(pk=alarm.occasion).unit.name
    return {
        "reference": dossier.code or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency.name,
        "phone": agency.phone,
        "status": TEXTS[Status(dossier.status)],
        "holder": holder,
        "at": f"{localtime(dossier.filed_at or dossier.changed_at):%H:%M ngày %d/%m/%Y}",
        "alarm": alarm_words(AlarmKind(alarm.kind), AlarmLevel(alarm.level)),
        "answer_due": f"{localtime(alarm.due_at):%H:%M ngày %d/%m/%Y}",
        "link": f"{settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/",
        **alarm_about(alarm),
    }


def _reader(move: Move) -> Recipient | None:
    """Who is written to: the filer's account, else where the owner said when it was filed.

    An owner for whom somebody with an account filed is told by that person: the account is
    answerable for its address, and what a filer types about others was confirmed by nobody.
    """
    return reader_of(slip_facts.owner_at(move), move.dossier.submitter)


def reader_of(owner: dict[str, Any], filer: Person | None) -> Recipient | None:
    """Who is written to about a dossier of this owner: nobody, where there is no place to write to."""
    declared, phone = (str(owner.get(what) or "").strip() for what in ("email", "phone"))
    if filer is None:
        known = declared or phone
        return ToAddress(declared, str(owner.get("name", "")), phone) if known else None
    is_owner = owner.get("national_id") == filer.national_id
    return ToPerson(filer.pk, declared, phone) if is_owner else ToPerson(filer.pk)


def look_up(code: str) -> str:
    """Where anybody may see how far a dossier is, by the number it has now."""
    return f"{settings.PORTAL_URL}/tra-cuu/?{urlencode({'ma': code})}" if code else ""


def _told(move: Move) -> dict[str, str]:
    """What a message about this move can say, as it was when the move was made."""
    dossier, step, facts = move.dossier, Step(move.step), move.facts
    agency = agency_facts(facts.get("to_agency", dossier.agency_id))
    unit = move.to_unit.name if move.to_unit else agency.name
    return {
        "reference": facts.get("code") or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency.name,
        "phone": agency.phone,
        "step": STEP_TEXTS[step],
        "status": TEXTS[Status(move.target)],
        "holder": holder_of(Status(move.target), unit, facts.get("assignee", "")),
        "by": move.by,
        "at": _moment(facts.get("given_at") or move.at.isoformat()),
        "answer_due": _moment(facts.get("answer_due_at")),
        "due": _moment(facts.get("due_at")),
        "old_code": facts.get("old_code", ""),
        "old_due": _moment(facts.get("old_due_at")),
        "supply_by": _moment(facts.get("supply_by"), "không quy định"),
        "waiting": facts.get("waiting", "Ngày hẹn trả được tính lại khi bổ sung đủ."),
        "note": "" if step in INTERNAL else move.note,
        "receiver": _receiver(move),
        "reason": facts.get("reason", ""),
        "answer": facts.get("answer", ""),
        "legal_basis": facts.get("legal_basis", ""),
        "right_place": facts.get("right_place", ""),
        **{name: facts.get(name, "") for name in VISIT},
        **told_of(facts),
        "items": _listed(facts.get("items", [])),
        "linked": facts.get("linked", ""),
        "link": f"{settings.PORTAL_URL}/ho-so/{dossier.reference}/",
        "lookup_link": look_up(facts.get("code") or dossier.reference),
    }


def _listed(items: Iterable[dict[str, str]]) -> str:
    """What was asked for, one line each."""
    return "\n".join(f"- {item['name']}: {item['text']}" for item in items)


def _receiver(move: Move) -> str:
    """To whom a result was handed, as its reader is told: they themselves, or somebody by name."""
    filer = move.dossier.submitter
    reader = filer.full_name if filer else str(slip_facts.owner_at(move).get("name", ""))
    receiver = str(move.facts.get("receiver", ""))
    return receiver if receiver and fold(receiver) != fold(reader) else "ông/bà"


def _moment(at: str | None, none: str = "chưa hẹn") -> str:
    """A moment kept with a move, as people read it."""
    return f"{localtime(datetime.fromisoformat(at)):%H:%M ngày %d/%m/%Y}" if at else none
