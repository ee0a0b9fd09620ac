"""From the moves of a dossier to its control sheet: every hand it passed through (FRM-07, FRM-08)."""

from __future__ import annotations

from itertools import zip_longest

from django.utils.timezone import localtime

from motcua.dossiers.holders import DESK
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.slip_facts import heading_of, number_of
from motcua.dossiers.slips.forms import ControlSheet, Handover, SlipKind
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.workdays.rules import standing

APPLICANT = "Người nộp hồ sơ"


def control_sheet(dossier: Dossier, qr: str) -> ControlSheet:
    """The control sheet of a dossier as it stands after its last move."""
    moves = list(dossier.moves.select_related("unit", "to_unit"))
    last = moves[-1]
    return ControlSheet(
        heading=heading_of(dossier, last, number_of(last, SlipKind.CONTROL), qr),
        accepted_at=localtime(dossier.accepted_at or last.at),
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        settling_office=dossier.unit.name if dossier.unit else dossier.agency.name,
        handovers=tuple(_handovers(dossier, moves)),
    )


def _handovers(dossier: Dossier, moves: list[Move]) -> list[Handover]:
    """One row whenever the dossier went to somebody else; the last waits for its receiver."""
    rows = []
    for move, taken in zip_longest(moves, moves[1:]):
        if taken is not None and taken.by_key == move.by_key:
            continue
        waits_at = move.to_unit.name if move.to_unit else DESK
        rows.append(
            Handover(
                giver_office=_office(move),
                receiver_office=_office(taken) if taken else _end(move, waits_at),
                at=localtime(move.at),
                giver=move.by,
                receiver=taken.by if taken else "",
                standing=_standing(dossier, move),
                note=STEP_TEXTS[Step(move.step)],
            )
        )
    return rows


def _office(move: Move) -> str:
    """Where the hand sat that made this move; a citizen sits nowhere."""
    return move.unit.name if move.unit else APPLICANT


def _end(move: Move, waits_at: str) -> str:
    return APPLICANT if move.step in (Step.DELIVER, Step.REJECT, Step.ASK_SUPPLEMENT) else waits_at


def _standing(dossier: Dossier, move: Move) -> str:
    """How the dossier stood against its promised date when it left this hand, if it was promised."""
    if dossier.due_at is None:
        return ""
    if move.step == Step.ISSUE and dossier.finished_at:
        return str(standing(dossier.original_due_at or dossier.due_at, dossier.finished_at))
    return "late" if move.at > dossier.due_at and not dossier.finished_at else ""
