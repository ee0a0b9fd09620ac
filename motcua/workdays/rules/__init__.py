"""Counting time as the law counts it, pure."""

from motcua.workdays.rules.checking import (
    hours_reasons,
    length_text,
    limit_reasons,
    method_reasons,
    moment_text,
    pause_reasons,
    slot_reasons,
)
from motcua.workdays.rules.counting import (
    add_workdays,
    add_working_hours,
    add_working_time,
    closing,
    counted_from,
    in_day,
    open_day_from,
    opening,
    running,
    standing,
    transfer_by,
    workdays_between,
    working_hours_before,
    working_time_left,
)
from motcua.workdays.rules.explaining import day_text, explain
from motcua.workdays.rules.ledger import RULE_VERSION, RULE_VERSIONS, fold, steadied
from motcua.workdays.rules.order import event_reasons
from motcua.workdays.rules.terms import due_at, merged

__all__ = [
    "RULE_VERSION",
    "RULE_VERSIONS",
    "add_workdays",
    "add_working_hours",
    "add_working_time",
    "closing",
    "counted_from",
    "day_text",
    "due_at",
    "event_reasons",
    "explain",
    "fold",
    "hours_reasons",
    "in_day",
    "length_text",
    "limit_reasons",
    "merged",
    "method_reasons",
    "moment_text",
    "open_day_from",
    "opening",
    "pause_reasons",
    "running",
    "slot_reasons",
    "standing",
    "steadied",
    "transfer_by",
    "workdays_between",
    "working_hours_before",
    "working_time_left",
]
