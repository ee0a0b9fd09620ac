"""What follows from a procedure's content, pure."""

from motcua.procedures.rules.level import OTHER_TECHNICAL, online_level
from motcua.procedures.rules.words import (
    abolition_reasons,
    agency_name,
    card,
    case_limits,
    dong,
    fee_lines,
    fee_text,
    is_form_paper,
    is_longer,
    legal_limit,
    limit_text,
    local_limit_reasons,
    shortened,
    slots_to_file,
    time_limit,
    where,
)

__all__ = [
    "OTHER_TECHNICAL",
    "abolition_reasons",
    "agency_name",
    "card",
    "case_limits",
    "dong",
    "fee_lines",
    "fee_text",
    "is_form_paper",
    "is_longer",
    "legal_limit",
    "limit_text",
    "local_limit_reasons",
    "online_level",
    "shortened",
    "slots_to_file",
    "time_limit",
    "where",
]
