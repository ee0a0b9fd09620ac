"""Who still needs a file. The apps above say which fingerprints they refer to; files never ask why."""

from collections.abc import Callable, Collection, Iterable

Referrer = Callable[[Collection[str]], set[str]]
"""Given fingerprints, those of them that some row of an app still refers to."""

_referrers: list[Referrer] = []


def refer_with(referrers: Iterable[Referrer]) -> None:
    """Install those who refer to files; called once, when the house starts."""
    _referrers[:] = referrers


def in_use(digests: Collection[str]) -> set[str]:
    """Those of `digests` that anybody refers to; all of them as long as nobody can be asked."""
    if not _referrers:
        return set(digests)
    return set[str]().union(*(referrer(digests) for referrer in _referrers))
