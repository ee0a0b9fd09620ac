"""The numbers a dossier bears."""

import re
from datetime import date, datetime

from motcua.agencies.rules import AGENCY_CODE, OLD_IDENTIFIER, is_old_code
from motcua.law.types import CodeFormat

OLD_CODE = re.compile(OLD_IDENTIFIER + r"-[0-9]{6}-[0-9]{4,7}")
TEMPORARY = re.compile(r"T-[0-9]{6}-[2-9A-Z]{8}")
NEW_CODE = re.compile(AGENCY_CODE + r"-[0-9]{6}-[0-9]{4,7}")


def code_front(agency_code: str, old_code: str, code_format: CodeFormat) -> str:
    """Which identifier of an agency its codes begin with.

    The one of before where the law of the day asks for it and the agency has one.

    Law: LAW-R1, COD-03, COD-04, COD-05
    """
    is_old = code_format is CodeFormat.OLD_IDENTIFIER and is_old_code(old_code)
    return old_code if is_old else agency_code


def dossier_code(agency_code: str, accepted_at: datetime, order: int) -> str:
    """The code of a dossier: receiving agency, day of acceptance in Việt Nam, order of the day.

    Past 9999 the order grows to five digits.

    Law: COD-02, COD-04, COD-06, COD-07
    """
    return f"{agency_code}-{accepted_at:%y%m%d}-{order:04}"


def is_code(text: str) -> bool:
    """Whether `text` has the form of a dossier code, old or new.

    Law: COD-05
    """
    return bool(OLD_CODE.fullmatch(text) or NEW_CODE.fullmatch(text))


def day_in(code: str) -> date | None:
    """The day that a code names; none when there is no such day.

    Law: COD-04
    """
    try:
        return datetime.strptime(code.split("-")[-2], "%y%m%d").date()
    except (IndexError, ValueError):
        return None


def is_temporary(text: str) -> bool:
    """Whether `text` has the form of a temporary number, which a dossier has from its first draft.

    Law: COD-07
    """
    return bool(TEMPORARY.fullmatch(text))
