"""At which hours people are written to."""

from datetime import datetime, timedelta

from motcua.notices.rules.ways import PHONES
from motcua.notices.types import Channel

Hours = tuple[int, int]  # from, to; the second may be the smaller: over midnight


def within(at: datetime, hours: Hours) -> bool:
    """True from the first hour up to, not including, the second; equal hours are no time at all.

    Law: house rule
    """
    begin, end = hours
    if begin <= end:
        return begin <= at.hour < end
    return at.hour >= begin or at.hour < end


def may_leave_at(
    at: datetime, channel: Channel, *, urgent: bool, quiet: Hours, carriers: Hours
) -> datetime:
    """When a message that is ready at `at` may leave: now, or at the first hour that allows it.

    A letter waits for nobody. A telephone is left in peace in quiet hours unless the matter is
    urgent; SMS leave only in the carriers' hours, urgent or not.

    Law: house rule
    """
    if channel not in PHONES:
        return at
    for moment in [at, *_hours_after(at)]:
        closed = channel is Channel.SMS and not within(moment, carriers)
        resting = not urgent and within(moment, quiet)
        if not closed and not resting:
            return moment
    return at if channel is not Channel.SMS else _next(at, carriers)


def _hours_after(at: datetime) -> list[datetime]:
    """The next full hours of one day and night."""
    full = at.replace(minute=0, second=0, microsecond=0)
    return [full + timedelta(hours=n) for n in range(1, 25)]


def _next(at: datetime, hours: Hours) -> datetime:
    """When quiet hours leave the carriers none: their next opening; if they have none, now."""
    found = (moment for moment in [at, *_hours_after(at)] if within(moment, hours))
    return next(found, at)
