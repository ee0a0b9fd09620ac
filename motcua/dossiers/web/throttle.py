"""A brake on guessing: so many requests from one address in a minute, then a pause."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from motcua.core import clock


def too_many(request: HttpRequest, what: str, limit: int) -> bool:
    """Whether this address asked for `what` more than `limit` times in the running minute."""
    address = request.META.get("REMOTE_ADDR", "")
    minute = int(clock.now().timestamp()) // 60
    key = f"throttle:{what}:{address}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        return int(cache.incr(key)) > limit
    except ValueError:  # the entry was evicted between the two calls
        return False


def track_limit() -> int:
    """How many look-ups by code one address may make in a minute."""
    return int(getattr(settings, "TRACK_PER_MINUTE", 20))
