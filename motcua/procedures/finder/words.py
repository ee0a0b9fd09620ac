"""From what a person types to the words the catalogue uses."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.core.text import clean, fold

_WORD = re.compile(r"[^\W_]+(?:[./][^\W_]+)*")
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_I_OR_Y = re.compile(r"\b([hklmst])y\b")
MOST_WORDS = 60
_MARKED_SHARE = 0.3


@dataclass(frozen=True)
class Saying:
    """An everyday way to say something and what the law calls it."""

    marked: re.Pattern[str]
    folded: re.Pattern[str]
    means: tuple[str, ...]
    keeps: bool
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Thesaurus:
    """The word lists of thesaurus.toml, compiled."""

    sayings: tuple[Saying, ...]
    short: dict[str, str]
    idle: tuple[re.Pattern[str], re.Pattern[str]]
    stop: frozenset[str]
    negations: re.Pattern[str]
    qualifiers: tuple[str, ...]


@dataclass(frozen=True)
class Wanted:
    """The words of a question: folded words in order, with a weight each, and marked forms."""

    words: tuple[str, ...]
    marked: frozenset[str]
    added: tuple[tuple[str, ...], ...]
    text: str


def tone_key(word: str) -> str:
    """A word with its tone at the end, so that hoà and hòa are one."""
    parts = unicodedata.normalize("NFD", word)
    tone = next((ch for ch in parts if ch in _TONES), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts) + tone


def folded_words(text: str) -> list[str]:
    """The words of `text` without marks, with i and y made one (kí, ký)."""
    return _I_OR_Y.sub(r"\1i", " ".join(_WORD.findall(fold(text)))).split()


def marked_words(text: str) -> list[str]:
    """The words of `text` with their marks, in a form that ignores where the tone is typed."""
    words = unicodedata.normalize("NFC", text.lower())
    return [_I_OR_Y.sub(r"\1i", tone_key(word)) for word in _WORD.findall(words)]


def _spoken(text: str) -> str:
    """Lower-case words between spaces, tones in one place: what the sayings are matched on."""
    return " " + " ".join(marked_words(text)) + " "


def _pattern(
    phrases: Iterable[str], classes: dict[str, list[str]], *, marked: bool
) -> re.Pattern[str]:
    """One pattern for phrases with {classes} and `*` for up to three words between."""
    return re.compile("|".join(_phrase(phrase, classes, marked=marked) for phrase in phrases))


def _phrase(phrase: str, classes: dict[str, list[str]], *, marked: bool) -> str:
    """The pattern of one phrase."""
    words = marked_words if marked else folded_words
    made = []
    for part in phrase.split():
        if part == "*":
            made.append(r"(?:\S+ ){0,3}")
        elif part.startswith("{"):
            members = sorted((" ".join(words(w)) for w in classes[part[1:-1]]), key=len)[::-1]
            made.append(f"(?:{'|'.join(map(re.escape, members))}) ")
        else:
            made.append("".join(re.escape(word) + " " for word in words(part)))
    return "(?<= )" + "".join(made)


@cache
def thesaurus() -> Thesaurus:
    """The word lists, read once."""
    lists = tomllib.loads((Path(__file__).parents[1] / "thesaurus.toml").read_text("utf-8"))
    classes = lists["classes"]
    both = (
        _pattern(lists["idle"], classes, marked=True),
        _pattern(lists["idle"], classes, marked=False),
    )
    return Thesaurus(
        sayings=tuple(_saying(entry, classes) for entry in lists["saying"]),
        short={fold(key): value for key, value in lists["short"].items()},
        idle=both,
        stop=frozenset(word for phrase in lists["stop"] for word in folded_words(phrase)),
        negations=_pattern(lists["negations"], classes, marked=False),
        qualifiers=tuple(" ".join(folded_words(phrase)) for phrase in lists["qualifiers"]),
    )


def _saying(entry: dict[str, list[str]], classes: dict[str, list[str]]) -> Saying:
    """One entry of the list, compiled both ways."""
    unless = entry.get("unless")
    return Saying(
        marked=_pattern(entry["say"], classes, marked=True),
        folded=_pattern(entry["say"], classes, marked=False),
        means=tuple(entry["mean"]),
        keeps=bool(entry.get("keep", False)),
        unless=_pattern(unless, classes, marked=False) if unless else None,
    )


def wanted(question: str) -> Wanted:
    """The words to look for: idle talk off, short forms out, everyday words in the law's words."""
    lists = thesaurus()
    text = _affirmed(clean(question[:600]).replace("\n", " "))
    spelled = " ".join(_spelled_out(text.split()[:MOST_WORDS]))
    has_marks = _has_marks(spelled)
    spoken = _spoken(spelled) if has_marks else " " + " ".join(folded_words(spelled)) + " "
    plain = lists.idle[0 if has_marks else 1].sub(" ", spoken)
    plain = re.sub(" +", " ", plain)
    rest, means = _said(plain, marked=has_marks)
    words = [word for word in folded_words(rest) if word not in lists.stop]
    marked = frozenset(rest.split()) if has_marks else frozenset()
    if not words and not means:
        words = folded_words(spelled)
    return Wanted(tuple(words), marked, tuple(tuple(folded_words(m)) for m in means), spelled)


def _said(plain: str, *, marked: bool) -> tuple[str, list[str]]:
    """What is left of the question once the everyday sayings are taken out, and their meanings."""
    means: list[str] = []
    rest = plain
    for saying in thesaurus().sayings:
        pattern = saying.marked if marked else saying.folded
        if not pattern.search(plain):
            continue
        if saying.unless and saying.unless.search(" " + " ".join(folded_words(plain)) + " "):
            continue
        means.extend(saying.means)
        if not saying.keeps:
            rest = pattern.sub(" ", rest)
    return rest, list(dict.fromkeys(means))


def _spelled_out(words: Iterable[str]) -> Iterable[str]:
    """The words with chat abbreviations written in full."""
    short = thesaurus().short
    for word in words:
        yield short.get(fold(word.strip(".,;:!?()\"'")), word)


def written_out(name: str) -> str:
    """The words that the abbreviations in an official name stand for (TNLĐ, BNN)."""
    short = thesaurus().short
    return " ".join(short.get(word, "") for word in folded_words(name) if len(word) > 2)


def _affirmed(text: str) -> str:
    """The question without what it says it is not about (“chứ không phải cấp mới”)."""
    clauses = re.split(r"[,;:.!?()\n](?=\s|$)|\s+-\s+", text)
    kept = []
    for clause in clauses:
        folded = " " + " ".join(folded_words(clause)) + " "
        found = thesaurus().negations.search(folded)
        words = clause.split()
        kept.append(
            clause if not found else " ".join(words[: folded[: found.start()].count(" ") - 1])
        )
    remaining = " ".join(part for part in kept if part.strip())
    return remaining or text


def _has_marks(text: str) -> bool:
    """Whether the person types Vietnamese marks."""
    words = text.split()
    return sum(not word.isascii() for word in words) >= _MARKED_SHARE * max(1, len(words))
