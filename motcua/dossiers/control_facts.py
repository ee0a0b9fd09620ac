"""From the moves of a dossier to its control sheet: every hand it passed through (FRM-07, FRM-08)."""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest

from django.utils.timezone import localtime

from motcua.dossiers.holders import DESK, holder_of
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.places import name_of, step_text
from motcua.dossiers.slip_facts import heading_of, number_of, owner_at
from motcua.dossiers.slips.forms import ControlSheet, Handover, SlipKind
from motcua.dossiers.workflow import BESIDE, OUTCOMES, Status, Step
from motcua.workdays.rules import standing

APPLICANT = "Người nộp hồ sơ"
BROUGHT = (Step.SUBMIT, Step.SUPPLEMENT, Step.HAND_IN)  # out of the applicant's hand
HANDED_OVER = (Step.ACCEPT, Step.HAND_OVER)  # with the hour by which the papers had to go
GIVEN_BACK = (
    Step.DELIVER,
    Step.REJECT,
    Step.ASK_SUPPLEMENT,
    Step.ASK_MORE,
    Step.LACKING,
    Step.STOP,
)


def control_sheet(dossier: Dossier, qr: str) -> ControlSheet:
    """The control sheet of a dossier as it stands after its last move."""
    passed = dossier.moves.exclude(step__in=BESIDE)  # at those the dossier stayed where it was
    moves = list(passed.select_related("unit__agency", "to_unit"))
    last = moves[-1]
    return ControlSheet(
        heading=heading_of(last, SlipKind.CONTROL, number_of(last, SlipKind.CONTROL), qr),
        # refused or withdrawn before it was accepted: the day it came in
        accepted_at=localtime(dossier.accepted_at or dossier.submitted_at or moves[0].at),
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        settling_office=dossier.unit.name if dossier.unit else dossier.agency.name,
        handovers=tuple(_handovers(dossier, moves)),
    )


def _handovers(dossier: Dossier, moves: list[Move]) -> list[Handover]:
    """One row whenever the dossier went to somebody else; the last waits for its receiver.

    What an official enters for the person at the counter comes from that person's hand.
    """
    rows, checked = [], 0
    for move, taken in zip_longest(moves, moves[1:]):
        checked += len(move.facts.get("checked", ()))
        is_brought = move.step in BROUGHT and move.unit is not None
        stays = taken is not None and taken.by_key == move.by_key
        if stays and not is_brought and move.step not in GIVEN_BACK:
            continue
        receiver_office, receiver = _receiver(dossier, move, move if is_brought else taken)
        rows.append(
            Handover(
                giver_office=APPLICANT if is_brought else _office(dossier, move),
                receiver_office=receiver_office,
                at=localtime(move.at),
                giver=_owner(move) if is_brought else move.by,
                receiver=receiver,
                standing=_standing(dossier, move),
                note=_note(move, checked),
            )
        )
        checked = 0
    return rows


def _receiver(dossier: Dossier, move: Move, taken: Move | None) -> tuple[str, str]:
    """Office and name of who took the dossier after `move`.

    While nobody has, there is no name: only where it lies, in the words its owner reads; a closed
    one went back to them. Another agency is named, whatever its desk is called.
    """
    if move.step == Step.PASS_ON and move.facts.get("to"):
        return f"{DESK}, {move.facts['to']}", taken.by if taken and taken.unit else ""
    if taken is None:
        unit = move.to_unit.name if move.to_unit else ""
        return holder_of(Status(move.target), unit, "") or APPLICANT, ""
    if move.step in GIVEN_BACK:
        return APPLICANT, taken.by if taken.unit is None else _owner(move)
    return _office(dossier, taken), taken.by


def _owner(move: Move) -> str:
    return str(owner_at(move).get("name", ""))


def _note(move: Move, checked: int) -> str:
    """What this hand did last, and how many papers it found right (INT-05)."""
    text = step_text(move)
    if said := proposal_of(move):
        text = f"{text}. {said}"
    until = move.facts.get("transfer_due_at") if move.step in HANDED_OVER else None
    if until:
        text += f", bàn giao trước {localtime(datetime.fromisoformat(until)):%H:%M ngày %d/%m/%Y}"
    return f"{text}. Đã kiểm tra, đạt {checked} giấy tờ" if checked else text


def proposal_of(move: Move) -> str:
    """What a move says of the proposal: what was proposed, or that the decision is another one."""
    proposed = OUTCOMES.get(move.facts.get("proposed", ""), "")
    if proposed and move.step == Step.PROPOSE:
        return f"Đề xuất: {proposed}"
    decided = OUTCOMES.get(move.facts.get("decided", ""), "")
    return f"Quyết định {decided}, khác đề xuất: {proposed}" if decided else ""


def _office(dossier: Dossier, move: Move) -> str:
    """Where the hand sat that made this move; a citizen sits nowhere."""
    return name_of(move.unit, dossier.agency_id) if move.unit else APPLICANT


def _standing(dossier: Dossier, move: Move) -> str:
    """How the dossier stood against the date of the law when it left this hand, if it has one."""
    due = dossier.legal_due_at or dossier.due_at
    if due is None:
        return ""
    if move.step == Step.ISSUE and dossier.finished_at:
        return str(standing(due, dossier.finished_at))
    was_open = dossier.finished_at is None or move.at <= dossier.finished_at
    return "late" if was_open and move.at > due else ""
