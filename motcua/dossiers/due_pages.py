"""How a dossier's date was counted, as its page shows it to officials and to its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from motcua.core.errors import NotFound, Refused
from motcua.dossiers import access, ledger
from motcua.dossiers.rules.clock import counting_unit, events_of
from motcua.dossiers.rules.recounts import counts_by
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.law.queries import profile
from motcua.procedures.queries import terms_of
from motcua.workdays.queries import latest_edition
from motcua.workdays.rules import explain, fold, length_text
from motcua.workdays.types import ClockRule, LineKind, Method, Unit

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier
    from motcua.people.models import Person

NOT_AS_PROMISED = (
    "Cách tính dưới đây ra một ngày khác với ngày đang hẹn. Ngày đang hẹn vẫn là ngày cơ quan phải "
    "trả kết quả; bộ phận Một cửa kiểm tra lại cách tính."
)
COUNTING = {LineKind.WORK, LineKind.SWAP}


@dataclass(frozen=True)
class CountLine:
    """One line of the count: what happened or what the day gave, and how much that makes so far."""

    text: str
    so_far: str
    kind: str


@dataclass(frozen=True)
class Change:
    """A date that became another one."""

    at: datetime
    old: datetime | None
    new: datetime | None
    step: str
    reason: str
    approved_by: str


@dataclass(frozen=True)
class DuePage:
    """The count of one dossier."""

    reference: str
    code: str
    procedure_name: str
    accepted_at: datetime
    limit_text: str
    due_at: datetime | None
    original_due_at: datetime | None
    legal_due_at: datetime | None
    law: str
    edition: int
    rule_version: int
    changes: list[Change]
    lines: list[CountLine]
    trouble: str  # why there are no lines


def due_page_at(post: Post, reference: str) -> DuePage:
    """The count, for an official; the reading is journalled (DL-15)."""
    return _page(access.to_read(access.dossiers_at(post), reference, post, "due"))


def due_page_of(citizen: Person, reference: str) -> DuePage:
    """The count, for the owner (DL-15)."""
    return _page(access.to_see(access.dossiers_of(citizen), reference))


def _page(dossier: Dossier) -> DuePage:
    if dossier.accepted_at is None:
        raise NotFound
    counting, edition = ledger.Counting(), dossier.calendar_edition
    lines, trouble = _lines(dossier, counting)
    return DuePage(
        reference=dossier.reference,
        code=dossier.code or "",
        procedure_name=dossier.procedure_name,
        accepted_at=dossier.accepted_at,
        limit_text=terms_of(dossier.procedure_version_id).time_limit_text,
        due_at=dossier.due_at,
        original_due_at=dossier.original_due_at,
        legal_due_at=dossier.legal_due_at,
        law=profile(dossier.profile_id).name if dossier.profile_id else "",
        edition=latest_edition() if edition is None else edition,
        rule_version=dossier.rule_version or 0,
        changes=_changes(dossier),
        lines=lines,
        trouble=trouble,
    )


def _changes(dossier: Dossier) -> list[Change]:
    return [
        Change(
            each.at, each.old, each.new, STEP_TEXTS[Step(each.kind)],
            each.reason.rstrip(". "), each.approved_by,  # the page ends its own sentences
        )
        for each in dossier.due_changes.all()
    ]  # fmt: skip


def _lines(dossier: Dossier, counting: ledger.Counting) -> tuple[list[CountLine], str]:
    """The count on the calendar and by the rule it was made; when it cannot be shown, why not."""
    moves = ledger.clock_moves([dossier.pk]).get(dossier.pk, [])
    if not events_of(moves):
        return [], "Hồ sơ được nhập từ trước khi phần mềm ghi lại cách tính."
    edition, by = dossier.calendar_edition, counts_by(dossier.rule_version)
    try:
        rule = counting.rule(dossier)
        number = latest_edition() if edition is None else edition
        calendar = counting.calendar(number, dossier.agency_id, counting_unit(moves))
        told = explain(events_of(moves), rule, calendar, by)
    except Refused as no:
        return [], no.reasons[0].text
    shown = [
        CountLine(line.text, _amount(line.so_far, rule) if line.kind in COUNTING else "", line.kind)
        for line in told
    ]
    promised = fold(events_of(moves), rule, calendar, by).due_at
    return shown, "" if promised == dossier.due_at else NOT_AS_PROMISED


def _amount(so_far: Fraction, rule: ClockRule) -> str:
    """So many hours or days, in words."""
    if rule.limit and not _in_hours(rule):
        return f"{int(so_far)} ngày"
    return length_text(timedelta(hours=float(so_far)))


def _in_hours(rule: ClockRule) -> bool:
    assert rule.limit
    in_hours = rule.limit.method in (Method.HOUR, Method.DAY_AS_8H)
    return rule.limit.unit == Unit.WORKING_HOUR or in_hours
