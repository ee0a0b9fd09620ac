"""Slips of the finger: one letter more, less, other or swapped, and words run together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from motcua.procedures.finder.words import Wanted

RARE = 2


class Spelling:
    """The words of the catalogue, ready to recognise a misspelt one."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._frequency = frequency
        self._near: dict[str, list[str]] = defaultdict(list)
        for word, times in frequency.items():
            if " " not in word and times >= RARE and word.isalpha():
                for shape in _shapes(word):
                    self._near[shape].append(word)

    def corrected(self, want: Wanted) -> Wanted:
        """The question with unknown words replaced by the likeliest known ones."""
        words: list[str] = []
        for place, word in enumerate(want.words):
            after = want.words[place + 1] if place + 1 < len(want.words) else ""
            words.extend(self._known(word, words[-1] if words else "", after))
        return replace(want, words=tuple(words))

    def _known(self, word: str, before: str, after: str) -> Iterable[str]:
        """`word`, or what was probably meant between these neighbours."""
        if len(word) < 3 or not word.isalpha():
            return (word,)
        if word in self._frequency:
            if self._fits(word, before, after) or not (before or after):
                return (word,)
            best = self._best(word, before, after)
            return (best,) if best and self._fits(best, before, after) > RARE * 2 else (word,)
        if best := self._best(word, before, after):
            return (best,)
        return self._split(word) or (word,)

    def _best(self, word: str, before: str, after: str) -> str:
        """The nearest word that stands well between its neighbours."""
        near = {found for shape in _shapes(word) for found in self._near.get(shape, ())}
        near.discard(word)
        if not near:
            return ""
        return max(
            near,
            key=lambda found: (
                self._fits(found, before, after), self._frequency[found], found
            ),
        )  # fmt: skip

    def _fits(self, word: str, before: str, after: str) -> int:
        """How often the word stands beside its neighbours in the catalogue."""
        return self._frequency.get(f"{before} {word}", 0) + self._frequency.get(
            f"{word} {after}", 0
        )

    def _split(self, word: str) -> tuple[str, ...]:
        """Two words written as one (khaisinh)."""
        cuts = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
        best = max(cuts, key=lambda pair: self._frequency.get(" ".join(pair), 0), default=None)
        return best if best and self._frequency.get(" ".join(best), 0) else ()


def _shapes(word: str) -> set[str]:
    """The word, and the word with one letter left out: equal shapes are one slip apart."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
