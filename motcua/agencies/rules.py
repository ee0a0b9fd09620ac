"""Judgements about agencies: plain values in, answers out."""

import re

AGENCY_CODE = r"[A-Y][0-9]{2}(?:\.[A-Z0-9]+)*"  # dossier codes begin with one
AGENCY_CODE_LENGTH = 35
OLD_IDENTIFIER = r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}"  # of Thông tư 10/2016


def is_agency_code(text: str) -> bool:
    """Whether `text` has the form of an agency's identification code (QĐ 20/2020/QĐ-TTg).

    Law: ORG-04
    """
    return len(text) <= AGENCY_CODE_LENGTH and re.fullmatch(AGENCY_CODE, text) is not None


def is_old_code(text: str) -> bool:
    """Whether `text` has the form of an agency's older code, V1V2V3.Z1Z2.Y1Y2.MX1X2.

    Law: ORG-05
    """
    return re.fullmatch(OLD_IDENTIFIER, text) is not None
