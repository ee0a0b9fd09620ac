"""Counting time as the law counts it, pure."""

from motcua.workdays.rules.counting import (
    COUNTING,
    CUTOFF,
    HOURS_A_DAY,
    add_workdays,
    add_working_hours,
    apology_by,
    counted_from,
    due_at,
    in_day,
    open_day_from,
    running,
    standing,
    transfer_by,
    workdays_in,
    working_hours_before,
    working_time_left,
)

__all__ = [
    "COUNTING",
    "CUTOFF",
    "HOURS_A_DAY",
    "add_workdays",
    "add_working_hours",
    "apology_by",
    "counted_from",
    "due_at",
    "in_day",
    "open_day_from",
    "running",
    "standing",
    "transfer_by",
    "workdays_in",
    "working_hours_before",
    "working_time_left",
]
