"""From a slip to its PDF: A5, tagged, PDF/A-2a, the same bytes for the same slip.

What people typed goes to typst as JSON strings, never as markup: `#eval(…)` prints as it stands.

Law: FRM-03, FRM-04, FRM-09, COD-08
"""

import io
import json
import re
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import segno
import typst

from motcua.core.text import clean
from motcua.dossiers.slips.forms import (
    FORM_NAMES,
    STANDINGS,
    Handover,
    PaperLine,
    Slip,
    SlipKind,
    title_of,
)

_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_TEMPLATE_OF = {
    SlipKind.APPOINTMENT: "appointment.typ",
    SlipKind.SUPPLEMENT: "supplement.typ",
    SlipKind.REJECTION: "rejection.typ",
    SlipKind.CONTROL: "control.typ",
}
_HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

# What Tinos can draw and PDF/A accepts; anything else (emoji, Nôm) is printed as this box.
_UNPRINTABLE = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0300-\u0304\u0306-\u030c\u031b\u0323"
    r"\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f\u1ea0-\u1ef9\u2010\u2011\u2013\u2014\u2018-\u201e"
    r"\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ab\u20ac\u2116\u2122\u2190-\u2193"
    r"\u2212\u2260\u2264\u2265\u25a1]"
)
_BOX = "\u25a1"
_LONG_WORD = re.compile(r"\S{40,}")
_BREAK_HERE = "\u200b"


def render(slip: Slip) -> bytes:
    """The PDF of `slip`, ready to be stored and handed out.

    Law: FRM-04, FRM-06, FRM-09
    """
    heading = slip.heading
    data = {
        **_plain(slip),
        "title": title_of(slip),
        "form": str(slip.kind),
        "place_and_day": f"{_printable(heading.office.place)}, {_day(heading.issued_at)}",
    }
    pdf = typst.compile(
        str(_TEMPLATES / _TEMPLATE_OF[slip.kind]),
        root=str(_TEMPLATES),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "qr": _qr_svg(heading.qr)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=heading.issued_at.astimezone(UTC).replace(microsecond=0),
    )
    return bytes(pdf)


def in_words(at: datetime) -> str:
    """A moment as the forms write it: 08 giờ 30 phút, ngày 22 tháng 11 năm 2026."""
    local = at.astimezone(_HANOI)
    return f"{local:%H} giờ {local:%M} phút, {_day(local)}"


def _day(at: datetime) -> str:
    # Days under 10, and January and February, take a zero; the other months never do (NĐ 30/2020).
    local = at.astimezone(_HANOI)
    month = f"{local.month:02d}" if local.month <= 2 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def _plain(value: Any) -> Any:
    """`value` as JSON can carry it, in the words of the form."""
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, datetime):
        return in_words(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)} | _words(value)
    return value


def _words(value: Any) -> dict[str, str]:
    """The codes of `value` said in Vietnamese."""
    match value:
        case PaperLine():
            return {"form": FORM_NAMES.get(value.form, _printable(value.form))}
        case Handover():
            return {"standing": STANDINGS.get(value.standing, _printable(value.standing))}
        case _:
            return {}


def _printable(text: str) -> str:
    """`text` with every character drawable and every word breakable."""
    drawn = _UNPRINTABLE.sub(_BOX, clean(text))
    return _LONG_WORD.sub(lambda word: _BREAK_HERE.join(word.group()), drawn)


def _qr_svg(payload: str) -> str:
    picture = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(
        picture, kind="svg", border=4, xmldecl=False, scale=10
    )
    return picture.getvalue().decode()
