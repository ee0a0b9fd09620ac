"""From a paper and its template to a PDF: tagged, PDF/A-2a, the same bytes for the same paper.

What people typed goes to typst as JSON strings, never as markup: `#eval(…)` prints as it stands.
Typst is given one folder and no network; a template names facts and tags and nothing else.

Law: FRM-04, FRM-06, FRM-09, COD-08
"""

import io
import json
from dataclasses import asdict
from datetime import UTC
from pathlib import Path
from typing import Literal

import segno
import typst

from motcua.dossiers.slips import markup
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.facts import Paper, facts_of, title_of
from motcua.dossiers.slips.filling import Block, fill
from motcua.dossiers.slips.lists import ListHeading
from motcua.dossiers.slips.sets import layout_of, number_in
from motcua.dossiers.slips.words import day_in_words, in_words, printable

_HERE = Path(__file__).parent
_SHEET = _HERE / "drawing" / "sheet.typ"
Standard = Literal["a-2a", "a-2b", "ua-1"]
TAGGED: tuple[Standard, ...] = ("a-2a", "ua-1")
PLAIN: tuple[Standard, ...] = (
    "a-2b",
)  # what lies under the pages of a long paper; their rows are not typst's and have no tags

__all__ = ["draw", "in_words", "render"]


def render(paper: Paper, template: str | None = None) -> bytes:
    """The PDF of a paper, ready to be stored and handed out; in the built-in words when none are given.

    Law: FRM-04, FRM-06, FRM-09
    """
    source = template if template is not None else builtin(paper.heading.form_set, paper.kind)
    return draw(paper, fill(markup.read(source), facts_of(paper)))


def draw(
    paper: Paper,
    blocks: list[Block],
    first_page: int = 0,
    headed: bool = True,
    standards: tuple[Standard, ...] = TAGGED,
) -> bytes:
    """The PDF of these blocks under the head of a paper; `first_page` when others come before."""
    heading, layout = paper.heading, layout_of(paper.kind)
    data = {
        **asdict(layout),
        "title": title_of(paper),
        "number": printable(heading.number),
        "superior": printable(heading.office.superior),
        "office": printable(heading.office.name),
        "place_and_day": f"{printable(heading.office.place)}, {day_in_words(heading.issued_at)}",
        "foot": _foot(paper),
        "tall": layout.paper == "a5" and not layout.landscape,
        "first_page": first_page,
        "headed": headed,
        "blocks": blocks,
    }
    pdf = typst.compile(
        str(_SHEET),
        root=str(_SHEET.parent),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={
            "data": json.dumps(data, ensure_ascii=False),
            "qr": _qr_svg(heading.qr) if headed else "",
        },
        pdf_standards=list(standards),
        pdf_tags=standards is TAGGED,
        timestamp=heading.issued_at.astimezone(UTC).replace(microsecond=0),
    )
    return bytes(pdf)


def _foot(paper: Paper) -> str:
    """What stands at the foot of every page: the number of the form, and of the dossier."""
    heading = paper.heading
    number = number_in(heading.form_set, paper.kind)
    parts = [f"Mẫu số {number}"] if number else []
    if not isinstance(heading, ListHeading):
        parts.append(f"Mã hồ sơ: {printable(heading.dossier_code)}")
    return " · ".join(parts) or title_of(paper)


def _qr_svg(payload: str) -> str:
    picture = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, scale=10
    )
    return picture.getvalue().decode()
