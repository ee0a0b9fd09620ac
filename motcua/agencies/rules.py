"""Judgements about agencies: plain values in, answers out."""

import re

AGENCY_CODE = r"[A-Y][0-9]{2}(?:\.[A-Z0-9]+)*"  # dossier codes begin with one
AGENCY_CODE_LENGTH = 35


def is_agency_code(text: str) -> bool:
    """Whether `text` has the form of an agency's identification code (QĐ 20/2020/QĐ-TTg).

    Law: ORG-04
    """
    return len(text) <= AGENCY_CODE_LENGTH and re.fullmatch(AGENCY_CODE, text) is not None
