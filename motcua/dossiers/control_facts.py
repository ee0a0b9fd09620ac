"""From the moves of a dossier to its control sheet: every hand it passed through (FRM-07, FRM-08)."""

from __future__ import annotations

from itertools import zip_longest

from django.utils.timezone import localtime

from motcua.agencies.queries import unit_names
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.slip_facts import heading_of, number_of
from motcua.dossiers.slips.forms import ControlSheet, Handover, SlipKind
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.workdays.rules import standing

DESK = "Bộ phận Tiếp nhận và Trả kết quả"
APPLICANT = "Người nộp hồ sơ"


def control_sheet(dossier: Dossier, qr: str) -> ControlSheet:
    """The control sheet of a dossier as it stands after its last move."""
    moves = list(dossier.moves.select_related("to_unit"))
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
    offices = _offices(moves)
    rows = []
    for move, taken in zip_longest(moves, moves[1:]):
        if taken is not None and taken.by_key == move.by_key:
            continue
        waits_at = move.to_unit.name if move.to_unit else DESK
        rows.append(
            Handover(
                giver_office=offices[move.by_key],
                receiver_office=offices[taken.by_key] if taken else _end(move, waits_at),
                at=localtime(move.at),
                giver=move.by,
                receiver=taken.by if taken else "",
                standing=_standing(dossier, move),
                note=STEP_TEXTS[Step(move.step)],
            )
        )
    return rows


def _offices(moves: list[Move]) -> dict[str, str]:
    """Where each hand sits, by its key; a citizen sits nowhere."""
    posts = {m.by_key: int(m.by_key[5:]) for m in moves if m.by_key.startswith("post:")}
    names = unit_names(posts.values())
    return {m.by_key: names.get(posts.get(m.by_key, 0), APPLICANT) for m in moves}


def _end(move: Move, waits_at: str) -> str:
    return APPLICANT if move.step in (Step.DELIVER, Step.REJECT, Step.ASK_SUPPLEMENT) else waits_at


def _standing(dossier: Dossier, move: Move) -> str:
    """How the dossier stood against its promised date when it left this hand, if it was promised."""
    if dossier.due_at is None:
        return ""
    if move.step == Step.ISSUE and dossier.finished_at:
        return str(standing(dossier.original_due_at or dossier.due_at, dossier.finished_at))
    return "late" if move.at > dossier.due_at and not dossier.finished_at else ""
