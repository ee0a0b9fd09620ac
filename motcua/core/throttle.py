"""A brake on guessing: so many requests from one address in a minute, counted for all processes.

The count stands in a table without a log (`house_throttle`): one statement, no disk to wait for,
and forgotten after a crash, which costs one minute of the brake. A migration of `motcua/sites` makes
it: the ground floor has no app that could.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from motcua.core import clock

MINUTE = 60
WHOLE_HOUSEHOLD = 64  # the bits of an IPv6 address that a household does not choose itself

_COUNT = """
INSERT INTO house_throttle (who, minute, times) VALUES (%s, %s, 1)
ON CONFLICT (who) DO UPDATE SET minute = excluded.minute, times = CASE
    WHEN house_throttle.minute = excluded.minute THEN house_throttle.times + 1 ELSE 1 END
RETURNING times
"""


def wait_for(request: HttpRequest, what: str, limit: int) -> int:
    """Seconds until this address may ask for `what` again; 0 while it may go on."""
    now = int(clock.now().timestamp())
    who = f"{what}:{_household(request.META.get('REMOTE_ADDR', ''))}"
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who, now // MINUTE])
        times = int(cursor.fetchone()[0])
    return MINUTE - now % MINUTE if times > limit else 0


def track_limit() -> int:
    """How many look-ups by code one address may make in a minute, on pages and the API together."""
    return int(settings.TRACK_PER_MINUTE)


def sweep() -> int:
    """Forget addresses that have not asked for a while, and what the shared cache holds no longer."""
    with connection.cursor() as cursor:
        this_minute = int(clock.now().timestamp()) // MINUTE
        cursor.execute("DELETE FROM house_throttle WHERE minute < %s", [this_minute])
        gone = int(cursor.rowcount)
        cursor.execute("DELETE FROM house_cache WHERE expires < now()")
        return gone + int(cursor.rowcount)


def _household(address: str) -> str:
    """The address, or of an IPv6 address the part that its owner cannot change at will."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address) and known.ipv4_mapped:  # IPv4, as a socket for both writes it
        return str(known.ipv4_mapped)
    if isinstance(known, IPv6Address):
        return str(ip_network(f"{known}/{WHOLE_HOUSEHOLD}", strict=False))
    return address
