"""What fits a telephone: its number as carriers write it, and words they can carry."""

import re
import unicodedata
from collections.abc import Mapping

from motcua.core.errors import Reason
from motcua.notices.rules.words import filled

PART = 160  # characters of the GSM alphabet in one SMS
MOST_PARTS = 3
MOBILE = re.compile(r"84[35789]\d{8}")
NOT_DIGITS = re.compile(r"[ .\-()]")
PLAIN = {
    "đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-",
    "…": "...", "•": "-", "«": '"', "»": '"', "₫": "d", "·": "-",
}  # fmt: skip
# What of ASCII the GSM alphabet has in one place; ^ { } [ ] ~ | \ take two, and ` is not there.
GSM = frozenset(
    "@$_ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)


def phone_number(typed: str) -> str:
    """A Vietnamese mobile number as carriers write it, 84…; empty for anything else.

    Law: house rule
    """
    digits = NOT_DIGITS.sub("", typed.strip())
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("0") and not digits.startswith("00"):
        digits = "84" + digits[1:]
    elif digits.startswith("00"):
        digits = digits[2:]
    return digits if digits.isascii() and MOBILE.fullmatch(digits) else ""


def masked_phone(phone: str) -> str:
    """A number as it may be shown: `09•• ••• 678`.

    Law: house rule
    """
    return f"0{phone[2:3]}•• ••• {phone[-3:]}" if MOBILE.fullmatch(phone) else ""


def plain(text: str) -> str:
    """`text` without accents, in one line, in letters that every telephone shows.

    Law: house rule
    """
    told = "".join(PLAIN.get(ch, ch) for ch in unicodedata.normalize("NFC", text))
    letters = (ch for ch in unicodedata.normalize("NFKD", told) if not unicodedata.combining(ch))
    line = "".join(PLAIN.get(ch, ch) for ch in letters)
    return " ".join("".join(ch if ch in GSM else _instead(ch) for ch in line).split())


def parts(text: str) -> tuple[str, ...]:
    """`text` as the SMS that carry it, cut between words; more than one are numbered (1/2).

    What would need more than three is shortened: the whole stands in the inbox.

    Law: house rule
    """
    line = plain(text)
    if len(line) <= PART:
        return (line,) if line else ()
    room = PART - len("(1/3) ")
    cut = _cut(line, room)
    if len(cut) > MOST_PARTS:
        last = cut[MOST_PARTS - 1][: room - 3].rstrip()
        cut = [*cut[: MOST_PARTS - 1], f"{last}..."]
    return tuple(f"({n}/{len(cut)}) {part}" for n, part in enumerate(cut, 1))


def short_objections(subject: str, body: str, sample: Mapping[str, object]) -> list[Reason]:
    """What is wrong with the words for a telephone: a number that is none, too long for one SMS.

    Law: house rule
    """
    found = []
    if subject and not (subject.isascii() and subject.isalnum() and len(subject) <= 20):
        told = "Mã mẫu đã đăng ký chỉ gồm chữ và số, nhiều nhất 20 ký tự. Chưa có thì để trống."
        found.append(Reason("template_number", told, "subject"))
    length = len(plain(filled(body, sample)))
    if length > PART:
        told = f"Với ví dụ, tin dài {length} ký tự không dấu, một tin SMS chỉ được {PART}. Mời rút bớt."
        found.append(Reason("template_too_long", told, "body"))
    return found


def _cut(line: str, room: int) -> list[str]:
    """`line` in pieces of at most `room`, between words where a word fits."""
    pieces = []
    while len(line) > room:
        at = line.rfind(" ", 0, room + 1)
        at = at if at > 0 else room
        pieces.append(line[:at].rstrip())
        line = line[at:].lstrip()
    return [*pieces, line] if line else pieces


def _instead(ch: str) -> str:
    """What stands for a letter no old telephone has: a bracket, a space, or a question mark."""
    if ch in "[{":
        return "("
    if ch in "]}":
        return ")"
    if ch in "~^|\\":
        return "-"
    return "?" if ch.isprintable() and not ch.isspace() else " "
