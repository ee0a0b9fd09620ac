"""The twelve life events and the procedures that belong to each."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.core.text import fold


@dataclass(frozen=True)
class LifeEvent:
    """A moment of life under which a citizen looks."""

    slug: str
    title: str
    hint: str
    icon: str
    words: tuple[str, ...]
    fields: tuple[str, ...]

    def holds(self, folded_name: str, field: str) -> bool:
        """Whether a procedure with this name and field belongs here."""
        if self.fields and field not in self.fields:
            return False
        return any(word in folded_name for word in self.words)

    def rank(self, folded_name: str) -> int:
        """How early people look for it here: names that begin with a word, in the words' order."""
        name = folded_name.removeprefix("thu tuc ")
        begins = [n for n, word in enumerate(self.words) if name.startswith(word)]
        holds = [len(self.words) + n for n, word in enumerate(self.words) if word in name]
        return min(begins + holds, default=2 * len(self.words))


def event_of(slug: str) -> LifeEvent | None:
    """The life event with this slug."""
    return next((event for event in life_events() if event.slug == slug), None)


@cache
def life_events() -> tuple[LifeEvent, ...]:
    """The events of life_events.toml, in the order of the home page.

    Law: CAT-13
    """
    path = Path(__file__).parents[1] / "life_events.toml"
    return tuple(
        LifeEvent(
            slug=item["slug"],
            title=item["title"],
            hint=item["hint"],
            icon=item["icon"],
            words=tuple(fold(word) for word in item["words"]),
            fields=tuple(item["fields"]),
        )
        for item in tomllib.loads(path.read_text("utf-8"))["event"]
    )
