"""What the import found wrong in the source, and what it did about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from motcua.procedures.types import Detail


@dataclass(frozen=True)
class Flaw:
    """One thing wrong in one row of the source."""

    row: int
    code: str
    field: str
    problem: str
    done: str
    excerpt: str = ""


@dataclass
class Flaws:
    """The flaws of one row, gathered while it is read."""

    row: int
    code: str = ""
    found: list[Flaw] = field(default_factory=list)

    def note(self, where: str, problem: str, done: str, excerpt: str = "") -> None:
        """Remember a flaw of this row."""
        self.found.append(Flaw(self.row, self.code, where, problem, done, excerpt[:120]))


@dataclass(frozen=True)
class Reading:
    """What came of one row: a detail, or none when it cannot stand for a procedure."""

    row: int
    detail: Detail | None
    flaws: tuple[Flaw, ...]


def summary(flaws: Iterable[Flaw]) -> list[tuple[str, str, int, int]]:
    """(problem, what was done, times, procedures), the most frequent first."""
    times: Counter[tuple[str, str]] = Counter()
    rows: dict[tuple[str, str], set[str]] = {}
    for flaw in flaws:
        key = (flaw.problem, flaw.done)
        times[key] += 1
        rows.setdefault(key, set()).add(flaw.code or f"dòng {flaw.row}")
    return [(*key, count, len(rows[key])) for key, count in times.most_common()]
