"""Judgements about dossiers: plain values in, reasons or values out."""

from motcua.dossiers.rules.codes import dossier_code, is_code, is_temporary
from motcua.dossiers.rules.desk import (
    changed_meanwhile,
    deficiencies,
    level_to_raise,
    may_ask_again,
    required_text,
    same_hand,
)
from motcua.dossiers.rules.filing import (
    DRAFTS_MAX,
    another_person,
    case_unknown,
    not_for_the_desk,
    not_in_force,
    nothing_changed,
    owner_number,
    too_many_drafts,
    way_of_delivery,
)
from motcua.dossiers.rules.papers import (
    filed_papers,
    missing_documents,
    other_case,
    papers_to_check,
    too_many_papers,
    unchecked,
    unknown_papers,
    unsent,
)

__all__ = [
    "DRAFTS_MAX",
    "another_person",
    "case_unknown",
    "changed_meanwhile",
    "deficiencies",
    "dossier_code",
    "filed_papers",
    "is_code",
    "is_temporary",
    "level_to_raise",
    "may_ask_again",
    "missing_documents",
    "not_for_the_desk",
    "not_in_force",
    "nothing_changed",
    "other_case",
    "owner_number",
    "papers_to_check",
    "required_text",
    "same_hand",
    "too_many_drafts",
    "too_many_papers",
    "unchecked",
    "unknown_papers",
    "unsent",
    "way_of_delivery",
]
