"""Accounts that nobody uses (ACC-09): officials are told and shut; citizens when switched on."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings

from motcua.agencies.officials import idle_candidates
from motcua.core.actors import Actor, Role
from motcua.people.keeping import look_at_idle
from motcua.people.queries import local_citizens
from motcua.people.types import IdleStep, IdleTerms

CLOCK = Actor(Role.SYSTEM, "clock", "Hệ thống")
PAGE = 200
MONTH = timedelta(days=30)


def watch_idle() -> tuple[int, int]:
    """How many holders were told, how many accounts shut; run twice in a day it does no more."""
    officials = IdleTerms(
        timedelta(days=settings.IDLE_ACCOUNT_DAYS), 1,
        timedelta(days=settings.IDLE_ACCOUNT_NOTICE_DAYS),
    )  # fmt: skip
    steps = [*_look(idle_candidates, officials)] if settings.IDLE_ACCOUNT_DAYS else []
    if settings.IDLE_CITIZEN_DAYS:
        # QĐ 31/2021: a notice in each of the next two months, then the account is shut.
        citizens = IdleTerms(timedelta(days=settings.IDLE_CITIZEN_DAYS), 2, MONTH)
        steps += _look(local_citizens, citizens)
    return steps.count(IdleStep.TELL), steps.count(IdleStep.SHUT)


def _look(page_after: Callable[[int, int], list[int]], terms: IdleTerms) -> Iterator[IdleStep]:
    after = 0
    while ids := page_after(after, PAGE):
        for account_id in ids:
            yield look_at_idle(by=CLOCK, account_id=account_id, terms=terms)
        after = ids[-1]
