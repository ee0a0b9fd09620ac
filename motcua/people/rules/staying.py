"""What stands between somebody signed in and their page; when an unused account is shut."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from motcua.people.types import Gate, IdleStep, IdleTerms, Stay, StayTerms

NEVER_KEPT = ("csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2")


def gate(stay: Stay, terms: StayTerms, now: datetime) -> Gate:
    """What is asked of somebody before the page that they want; only officials are asked for more.

    Law: SEC-07, S-07
    """
    if _over(stay.began_at, terms.longest, now):
        return Gate.EXPIRED
    if not stay.is_official:
        return Gate.OPEN
    if stay.is_locked or _over(stay.seen_at, terms.idle, now):
        return Gate.LOCKED
    if not terms.factor_required:
        return Gate.OPEN
    if stay.password_is_given:
        return Gate.NEW_PASSWORD
    return Gate.OPEN if stay.factor_shown else Gate.FACTOR


def _over(since: datetime | None, most: timedelta, now: datetime) -> bool:
    return bool(most) and since is not None and now - since >= most


def kept_fields(typed: Iterable[tuple[str, str]], most: int) -> tuple[list[tuple[str, str]], bool]:
    """What to keep of a form sent from a locked session, without secrets; and whether it is all.

    Law: SEC-07
    """
    kept = [(name, value) for name, value in typed if name not in NEVER_KEPT]
    if sum(len(name) + len(value) for name, value in kept) > most:
        return [], False
    return kept, True


def idle_step(
    last_used: datetime, told: int, told_at: datetime | None, terms: IdleTerms, now: datetime
) -> IdleStep:
    """Whether an account that nobody uses is left, its holder told once more, or shut.

    Law: ACC-09
    """
    if now - last_used < terms.unused:
        return IdleStep.LEAVE
    heard = 0 if told_at is None or told_at <= last_used else told
    if heard and told_at is not None and now - told_at < terms.between:
        return IdleStep.LEAVE
    return IdleStep.TELL if heard < terms.notices else IdleStep.SHUT
