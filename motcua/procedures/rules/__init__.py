"""What follows from a procedure's content, pure."""

from motcua.procedures.rules.fees import dong, fee_lines, fee_text
from motcua.procedures.rules.level import OTHER_TECHNICAL, online_level
from motcua.procedures.rules.limits import clock_rule, limit_under
from motcua.procedures.rules.short import shortened
from motcua.procedures.rules.words import (
    abolition_reasons,
    agency_name,
    card,
    case_limits,
    decision_reasons,
    is_form_paper,
    keeps_within,
    legal_limit,
    limit_text,
    local_limit_reasons,
    named_where,
    publication_reasons,
    slots_to_file,
    time_limit,
    waiting_reasons,
    where,
)

__all__ = [
    "OTHER_TECHNICAL",
    "abolition_reasons",
    "agency_name",
    "card",
    "case_limits",
    "clock_rule",
    "decision_reasons",
    "dong",
    "fee_lines",
    "fee_text",
    "is_form_paper",
    "keeps_within",
    "legal_limit",
    "limit_text",
    "limit_under",
    "local_limit_reasons",
    "named_where",
    "online_level",
    "publication_reasons",
    "shortened",
    "slots_to_file",
    "time_limit",
    "waiting_reasons",
    "where",
]
