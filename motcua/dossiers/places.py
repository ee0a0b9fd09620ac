"""Where a step of a dossier was taken: a unit is named with its agency when that is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.workflow import STEP_TEXTS, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.agencies.models import Unit
    from motcua.dossiers.models import Move, TransferList


def name_of(unit: Unit, agency_id: int) -> str:
    """What a unit is called at an agency: one of another with its name."""
    return unit.name if unit.agency_id == agency_id else f"{unit.name}, {unit.agency.name}"


def sides_of(row: TransferList) -> tuple[str, str]:
    """Who gives and who takes a hand-over list: two agencies are told apart by their names."""
    giver, taker = row.from_unit, row.to_unit
    return name_of(giver, taker.agency_id), name_of(taker, giver.agency_id)


def homes(moves: Sequence[Move], agency: str) -> list[str]:
    """With which agency a dossier lay when each of its moves was made; with `agency` it lies now."""
    found = []
    for move in reversed(moves):
        if move.step == Step.PASS_ON:
            agency = str(move.facts.get("from") or agency)
        found.append(agency)
    return found[::-1]


def step_text(move: Move) -> str:
    """What a step is called; one to another agency says from which to which."""
    text = STEP_TEXTS[Step(move.step)]
    if move.step != Step.PASS_ON or not move.facts.get("from"):
        return text
    return f"{text}: từ {move.facts['from']} tới {move.facts['to']}"
