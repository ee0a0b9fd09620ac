"""What a stretch of work cost: processor seconds by /proc, time by the clock, ratios by rounds."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TICK = os.sysconf("SC_CLK_TCK")


def cpu_of(root: int) -> float:
    """Processor seconds of a process and of all its children, dead ones included."""
    return sum(_seconds(pid) for pid in _family(root))


def _family(root: int) -> Iterable[int]:
    """`root` and everyone descended from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [root]
    for pid in found:  # grows while it is walked
        found += parents.get(pid, [])
    return found


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; empty when the process has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _seconds(pid: int) -> float:
    """Its own time, and that of the children it has already buried."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICK if fields else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Spread:
    """The ratios of all rounds."""

    ratios: tuple[float, ...]

    def __str__(self) -> str:
        low, high = min(self.ratios), max(self.ratios)
        return f"{self.middle:.2f} (from {low:.2f} to {high:.2f}, {len(self.ratios)} rounds)"

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.ratios)


def machine() -> str:
    """The machine the figures belong to, in one line."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}, load {load:.1f}"


def keep_figures(path: str, figures: object) -> None:
    """Write the figures of every round as JSON, when a file was named."""
    if path:
        Path(path).write_text(json.dumps(figures, indent=1) + "\n")
