"""Where one online service is filed: read from a keeper's lines, written back as such. Pure."""

import re
from typing import Any
from urllib.parse import urlsplit

from motcua.core.errors import Reason
from motcua.core.text import clean, fold
from motcua.law.types import FilingPlace, PortalMode

FIELD = "filed_elsewhere"
MOST, LONGEST = 500, 200
WORDS = {
    PortalMode.LOCAL: "cổng này",
    PortalMode.NATIONAL: "quốc gia",
    PortalMode.MINISTRY: "bộ",
}
_MODES = {fold(word): mode for mode, word in WORDS.items()}
_LINE = re.compile(
    r"^(?P<code>\d[\w.\-]{0,30})[ :=]+(?P<where>\D+?)(?: +(?P<address>https://\S+))?$"
)


def places_of(typed: str) -> tuple[list[list[str]], list[Reason]]:
    """One service to a line, “1.004884: quốc gia” or with its address, as the content of a version keeps it.

    Law: LAW-R3
    """
    lines = [text for line in typed.splitlines() if (text := clean(line))]
    found, reasons = dict[str, list[str]](), list[Reason]()
    if len(lines) > MOST:
        return [], [Reason("too_many", f"Có {len(lines)} dòng, tối đa {MOST} dòng.", FIELD)]
    for number, line in enumerate(lines, 1):
        one, wrong = _place(line)
        if one and one[0] in found:
            wrong = f"thủ tục {one[0]} đã có ở một dòng trên"
        if wrong:
            reasons.append(Reason("bad_place", f"Dòng {number} “{line[:60]}”: {wrong}.", FIELD))
        elif one:
            found[one[0]] = one
    return [found[code] for code in sorted(found)], reasons


def _place(line: str) -> tuple[list[str] | None, str]:
    match = _LINE.match(line)
    mode = _MODES.get(fold(match["where"])) if match else None
    if match is None or mode is None:
        words = ", ".join(f"“{word}”" for word in WORDS.values())
        return None, f"mời nhập mã thủ tục, dấu hai chấm, rồi một trong các từ {words}"
    address = match["address"] or ""
    if address and (len(address) > LONGEST or not _host(address)):
        return None, f"địa chỉ phải bắt đầu bằng https:// và dài tối đa {LONGEST} ký tự"
    return [match["code"], mode.value, address], ""


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:  # a bracket that is not closed
        return None


def lines_of(places: tuple[tuple[str, FilingPlace], ...]) -> str:
    """The lines that `places_of` reads.

    Law: LAW-R3
    """
    return "\n".join(
        " ".join(part for part in (f"{code}: {WORDS[place.mode]}", place.address) if part)
        for code, place in places
    )


def kept_places(told: list[Any]) -> tuple[tuple[str, FilingPlace], ...]:
    """The places that a version keeps, by procedure.

    Law: LAW-R3
    """
    return tuple((code, FilingPlace(PortalMode(mode), address)) for code, mode, address in told)
