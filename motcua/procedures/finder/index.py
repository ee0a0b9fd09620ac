"""The index of the catalogue in memory: what to weigh, and how to answer a question."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise
from math import log

from motcua.core.text import fold
from motcua.procedures.finder.events import event_of
from motcua.procedures.finder.spelling import Spelling
from motcua.procedures.finder.words import (
    Wanted,
    folded_words,
    marked_words,
    thesaurus,
    wanted,
    written_out,
)
from motcua.procedures.types import Filters

WEIGHTS = {"name": 3.0, "keywords": 2.0, "results": 1.0, "field": 0.9, "cases": 0.4, "who": 0.25}
K1, B = 1.4, 0.5
PAIR, MARKED, MEANING = 1.1, 0.45, 1.25
COVER, MISSED = 0.8, 0.86
LIKELY = 240
CUT = 0.3  # answers weaker than this share of the best one are noise
_CODE = re.compile(r"\b(\d)\.?(\d{6})\b")


@dataclass(frozen=True)
class Entry:
    """What the index knows of one published procedure."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    subjects: tuple[str, ...]
    agencies: tuple[str, ...]
    results: str = ""
    cases: str = ""
    keywords: str = ""
    events: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    agency: str = ""
    time_text: str = ""
    fee_text: str = ""
    level_name: str = ""


@dataclass(frozen=True)
class Hit:
    """An entry and how well it answers."""

    entry: Entry
    score: float


class Index:
    """An inverted index with weighted fields; built once per publication, then only read."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.by_code = {entry.code: number for number, entry in enumerate(self.entries)}
        self._names: list[dict[str, float]] = []
        self._mass: list[float] = []
        self._prior = [_prior(entry) for entry in self.entries]
        self._postings = self._weighed()
        self._qualified = self._qualifiers()
        self._spelling = Spelling(self._frequency)

    def _weighed(self) -> dict[str, list[tuple[int, float]]]:
        """Every term with the procedures that hold it and how much it counts there."""
        fields = [_fields(entry) for entry in self.entries]
        average = {
            name: max(1.0, sum(len(found[name]) for found in fields) / max(1, len(fields)))
            for name in WEIGHTS
        }
        raw: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, found in enumerate(fields):
            for term, weight in _term_weights(found, average).items():
                raw[term].append((number, weight))
        total = len(fields)
        self._frequency = {t: len(rows) for t, rows in raw.items() if t[0] != "\0"}
        self._idf = {t: log(1 + (total - len(r) + 0.5) / (len(r) + 0.5)) for t, r in raw.items()}
        for found in fields:
            terms = {term: self._idf[term] for term in found["name"]}
            self._names.append(terms)
            self._mass.append(sum(terms.values()) or 1.0)
        return {
            term: [(number, self._idf[term] * w / (K1 + w)) for number, w in rows]
            for term, rows in raw.items()
        }

    def _qualifiers(self) -> list[tuple[str, ...]]:
        """For each procedure, the words in its name that make it a special case."""
        phrases = thesaurus().qualifiers
        names = [" " + " ".join(folded_words(entry.name)) + " " for entry in self.entries]
        return [tuple(p for p in phrases if f" {p} " in name) for name in names]

    def answer(self, question: str, filters: Filters) -> list[Hit]:
        """The procedures that answer, best first; all that pass the filters when nothing is asked."""
        if code := _CODE.search(question):
            number = self.by_code.get(f"{code.group(1)}.{code.group(2)}")
            return [] if number is None else [Hit(self.entries[number], 100.0)]
        if not question.strip():
            order = sorted(range(len(self.entries)), key=lambda n: -self._prior[n])
            scores = {number: self._prior[number] for number in order}
        else:
            scores = self._scores(self._spelling.corrected(wanted(question)))
            least = CUT * max(scores.values(), default=0.0)
            scores = {number: score for number, score in scores.items() if score >= least}
        hits = [
            Hit(self.entries[number], score)
            for number, score in scores.items()
            if passes(self.entries[number], filters)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.entry.code))
        event = event_of(filters.event)
        if event is not None and not question.strip():
            # As life_events.toml has them; the plain case before the special ones, whose names are longer.
            hits.sort(key=lambda hit: (event.rank(fold(hit.entry.name)), len(hit.entry.name)))
        return hits

    def _scores(self, want: Wanted) -> dict[int, float]:
        """How well the likeliest procedures answer: words first, then how well the name fits."""
        raw = [0.0] * len(self.entries)
        terms = _question_terms(want)
        for term, weight in terms.items():
            for number, impact in self._postings.get(term, ()):
                raw[number] += weight * impact
        likely = nlargest(LIKELY, (n for n, score in enumerate(raw) if score), key=raw.__getitem__)
        asked = f" {' '.join((*want.words, *(w for m in want.added for w in m)))} "
        asked += f" {' '.join(folded_words(want.text))} "
        plain = {term for term in terms if " " not in term and term[0] != "\0"}
        return {
            number: raw[number] * self._fit(number, plain) * self._special(number, asked)
            for number in likely
        }

    def _fit(self, number: int, plain: set[str]) -> float:
        """More for a name that the question covers, and for everyday procedures."""
        name = self._names[number]
        covered = sum(name[term] for term in plain if term in name) / self._mass[number]
        return (1 + COVER * covered) * self._prior[number]

    def _special(self, number: int, asked: str) -> float:
        """Less for a special case that nobody asked for."""
        missed = sum(f" {phrase} " not in asked for phrase in self._qualified[number])
        return float(MISSED ** min(missed, 4))


def passes(entry: Entry, filters: Filters) -> bool:
    """Whether an entry is inside every filter that is set."""
    return (
        (not filters.event or filters.event in entry.events)
        and (not filters.field or filters.field == entry.field)
        and (not filters.agency or filters.agency in (entry.agency, *entry.agencies))
        and (not filters.level or filters.level in entry.levels)
        and (not filters.audience or filters.audience in entry.audiences)
    )


def _fields(entry: Entry) -> dict[str, list[str]]:
    """The folded words of each weighed field."""
    return {
        "name": folded_words(entry.name.removeprefix("Thủ tục ")),
        "keywords": folded_words(" ".join((entry.keywords, written_out(entry.name)))),
        "results": folded_words(entry.results)[:60],
        "field": folded_words(entry.field),
        "cases": folded_words(entry.cases)[:200],
        "who": folded_words(" ".join((*entry.agencies, *entry.subjects))),
        "marked": marked_words(entry.name),
    }


def _term_weights(found: dict[str, list[str]], average: dict[str, float]) -> dict[str, float]:
    """Terms of one procedure: words, pairs of words, and marked words of the name."""
    weights: dict[str, float] = defaultdict(float)
    for name, weight in WEIGHTS.items():
        words = found[name]
        share = weight / (1 - B + B * len(words) / average[name])
        for term, times in Counter((*words, *_pairs(words))).items():
            weights[term] += share * min(times, 3)
    for word in set(found["marked"]):
        weights["\0" + word] += WEIGHTS["name"]
    return weights


def _pairs(words: Sequence[str]) -> list[str]:
    """Neighbouring words: most Vietnamese words have two syllables."""
    return [f"{one} {two}" for one, two in pairwise(words)]


def _question_terms(want: Wanted) -> dict[str, float]:
    """The terms of a question with their weights; each counts once."""
    terms: dict[str, float] = {}
    for word in want.words:
        terms[word] = 1.0
    for pair in _pairs(want.words):
        terms[pair] = PAIR
    for word in want.marked:
        terms["\0" + word] = MARKED
    for meaning in want.added:
        for word in meaning:
            terms[word] = max(terms.get(word, 0.0), MEANING)
        for pair in _pairs(meaning):
            terms[pair] = MEANING * PAIR
    return terms


def _prior(entry: Entry) -> float:
    """How likely anyone asks for it: communes and citizens first, ministries last."""
    prior = 1.0
    if "Cấp xã" in entry.levels:
        prior += 0.22
    elif "Cấp tỉnh" in entry.levels:
        prior += 0.08
    if "Công dân Việt Nam" in entry.subjects:
        prior += 0.1
    if entry.events:
        prior += 0.1
    return prior
