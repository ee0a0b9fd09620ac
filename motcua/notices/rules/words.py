"""Filling in the words of a notice, and keeping strangers' text out of the headers."""

import re
from collections.abc import Collection, Mapping

from motcua.core.errors import Reason
from motcua.core.text import clean

PLACE = re.compile(r"\{\{ *([a-z][a-z0-9_]{0,40}) *\}\}")
# A place, or else any brace with what stands beside it: a keeper means a place by every one.
BRACES = re.compile(PLACE.pattern + r"|\{+[^{}\n]{0,40}\}*|[^{}\s]{0,40}\}+")
ADDRESS = re.compile(
    r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250})\.[A-Za-z]{2,24}"
)
SUBJECT_LENGTH = 200
BODY_LENGTH = 20_000


def places_in(text: str) -> list[str]:
    """The names a text asks for, in order, each once.

    Law: house rule
    """
    return list(dict.fromkeys(PLACE.findall(text)))


def filled(text: str, values: Mapping[str, object]) -> str:
    """`text` with its places filled: one pass, plain names, nothing evaluated.

    A line that asks only for things there are none of is left out.

    Law: NTC-05
    """
    known = {name: _said(value) for name, value in values.items()}
    lines = []
    for line in text.split("\n"):
        asked = PLACE.findall(line)
        if asked and not any(known.get(name) for name in asked):
            continue
        lines.append(PLACE.sub(lambda found: known.get(found[1], ""), line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def header_line(text: str) -> str:
    """`text` fit to be the subject of a letter: one line, no control characters, not endless.

    Law: house rule
    """
    line = " ".join(clean(text).split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def is_address(text: str) -> bool:
    """True if `text` is one e-mail address and nothing besides.

    Law: house rule
    """
    return bool(ADDRESS.fullmatch(text)) and ".." not in text


def masked(address: str) -> str:
    """An e-mail address as it may be shown: `n•••@example.vn`.

    Law: house rule
    """
    name, _, host = address.partition("@")
    return f"{name[:1]}•••@{host}" if host else ""


def template_objections(
    subject: str,
    body: str,
    allowed: Collection[str],
    may_be_empty: Collection[str] = (),
    *,
    has_subject: bool = True,
) -> list[Reason]:
    """What the keeper must put right before a template can be used. Nothing is cut silently.

    Words for telephones have no subject.

    Law: NTC-05
    """
    always = {name: name for name in set(allowed) - set(may_be_empty)}
    first = " ".join(clean(subject).split())
    return [
        *(_objections("subject", "tiêu đề", first, allowed, always) if has_subject else []),
        *_objections("body", "nội dung", clean(body), allowed, always),
    ]


def _objections(
    field: str, what: str, text: str, allowed: Collection[str], always: Mapping[str, str]
) -> list[Reason]:
    most = SUBJECT_LENGTH if field == "subject" else BODY_LENGTH
    if not text:
        return [Reason("template_empty", f"Chưa có {what} của mẫu. Mời nhập {what}.", field)]
    if len(text) > most:
        sentence = (
            f"Phần {what} dài {_dotted(len(text))} ký tự, nhiều nhất {_dotted(most)}. Mời rút bớt."
        )
        return [Reason("template_too_long", sentence, field)]
    known = ", ".join("{{" + name + "}}" for name in sorted(allowed))
    wrong = [
        f"Chỗ điền {braces} trong {what} không dùng được. Các chỗ điền có: {known}."
        for braces in sorted(set(_wrong_places(text, allowed)))
    ]
    if wrong:
        return [Reason("template_place_unknown", sentence, field) for sentence in wrong]
    if not filled(text, always):
        sentence = (
            f"Mọi dòng của {what} đều mất khi chỗ điền trống. Mời thêm lời không kèm chỗ điền đó."
        )
        return [Reason("template_may_be_empty", sentence, field)]
    return []


def paragraphs(body: str) -> tuple[str, ...]:
    """The body of a message, cut where it has an empty line.

    Law: house rule
    """
    return tuple(part.strip() for part in body.split("\n\n") if part.strip())


def _wrong_places(text: str, allowed: Collection[str]) -> list[str]:
    return [found[0].strip() for found in BRACES.finditer(text) if found[1] not in allowed]


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _said(value: object) -> str:
    return "" if value is None else clean(str(value))
