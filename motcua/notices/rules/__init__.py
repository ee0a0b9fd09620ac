"""The judgements of notices: words, telephones, hours, and the way to a person."""

from motcua.notices.rules.hours import Hours, may_leave_at, within
from motcua.notices.rules.phones import (
    PART,
    masked_phone,
    parts,
    phone_number,
    plain,
    short_objections,
)
from motcua.notices.rules.ways import (
    PHONES,
    choice_objections,
    is_unreachable,
    is_urgent,
    kind_of,
    ways,
)
from motcua.notices.rules.words import (
    BODY_LENGTH,
    SUBJECT_LENGTH,
    filled,
    header_line,
    is_address,
    masked,
    paragraphs,
    places_in,
    template_objections,
)

__all__ = [
    "BODY_LENGTH", "PART", "PHONES", "SUBJECT_LENGTH", "Hours", "choice_objections", "filled",
    "header_line", "is_address", "is_unreachable", "is_urgent", "kind_of", "masked",
    "masked_phone", "may_leave_at", "paragraphs", "parts", "phone_number", "places_in", "plain",
    "short_objections", "template_objections", "ways", "within",
]  # fmt: skip
