"""The templates a house begins with: one file for each paper, the set's own before the common one.

Law: FRM-07, FRM-08, FRM-09
"""

from functools import cache
from pathlib import Path

from motcua.core.errors import Reason, Refused
from motcua.dossiers.slips.forms import TITLES, SlipKind
from motcua.dossiers.slips.sets import kinds_of
from motcua.law.types import FormSet

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def builtin(form_set: FormSet, kind: SlipKind) -> str:
    """The template of a paper as the software brings it; refused when the set has no such paper.

    Law: FRM-07, FRM-08
    """
    if kind not in kinds_of(form_set):
        told = f"Bộ mẫu {form_set} không có mẫu “{TITLES[kind]}”."
        raise Refused([Reason("no_such_form", told)])
    name = f"{kind.name.lower()}.html"
    own = _TEMPLATES / form_set.value / name
    return (own if own.exists() else _TEMPLATES / "common" / name).read_text("utf-8")
