"""Who is signed in, with which second factors, and what of it is written down (SEC-06)."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound
from motcua.people.models import Account, Session
from motcua.people.types import SessionFacts

MAIN_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
NOBODY = Actor(Role.SYSTEM, "nobody", "Chưa đăng nhập")
UNKNOWN = "account:unknown"  # the chain of sign-ins under names that nobody has


def actor_of(account: Account) -> Actor:
    """The account as the journal names it."""
    return Actor(Role.SYSTEM, f"account:{account.pk}", account.get_full_name() or account.username)


def note(account: Account, deed: str, **facts: object) -> None:
    """Write down what happened at the door of an account; never a password, a code or a key."""
    record(actor_of(account), deed, f"account:{account.pk}", at=clock.now(), **facts)


def note_refused(username: str, address: str, why: str) -> None:
    """Đăng nhập không thành: for a name that nobody has, a mark of it, and just as much work.

    What was typed as a name may be a password: a name unknown here is kept as a fingerprint only.
    """
    account = Account.objects.filter(username__iexact=username).first()
    mark = hmac.new(settings.SECRET_KEY.encode(), username.lower().encode(), sha256).hexdigest()
    subject = f"account:{account.pk}" if account else UNKNOWN
    facts = {"why": why, "address": address, "name_mark": mark[:16]}
    record(NOBODY, "account.refused", subject, at=clock.now(), **facts)


def has_factor(account_id: int) -> bool:
    """Whether a second factor was set up; recovery codes alone are none."""
    rows = Authenticator.objects.filter(user_id=account_id, type__in=MAIN_FACTORS)
    return bool(rows.exists())


def is_last_factor(factor_id: int, account_id: int) -> bool:
    """Whether nothing but recovery codes would be left without it."""
    rows = Authenticator.objects.filter(user_id=account_id, type__in=MAIN_FACTORS)
    return not rows.exclude(pk=factor_id).exists()


def sessions_of(account_id: int, now: datetime) -> list[SessionFacts]:
    """Where this account is signed in, the last seen first."""
    rows = Session.objects.filter(account_id=account_id, expire_date__gt=now)
    return [
        SessionFacts(row.session_key, row.began_at, row.seen_at, row.address, row.device)
        for row in rows.order_by("-seen_at")[:100]
    ]


@transaction.atomic
def end_others(*, account_id: int, keep: str) -> int:
    """Đăng xuất nơi khác: every session but this one ends; how many there were."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    ended, _ = Session.objects.filter(account_id=account_id).exclude(session_key=keep).delete()
    if ended:
        note(account, "account.sessions_ended", why="others", ended=ended)
    return ended


def end_sessions(account_ids: Sequence[int]) -> None:
    """Whoever is signed in to these accounts is not any more, from the next request on."""
    Session.objects.filter(account_id__in=account_ids).delete()


@transaction.atomic
def drop_factors(account_id: int) -> int:
    """Take every second factor from an account and end its sessions; who agreed is journalled."""
    rows = Authenticator.objects.filter(user_id=account_id)
    dropped = int(rows._raw_delete(rows.db))  # past the signal that names the holder as the doer
    end_sessions([account_id])
    return dropped
