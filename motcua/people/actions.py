"""Accounts and partners: who signed in and out, opening an account, giving a partner its token."""

import secrets
from hashlib import sha256

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.text import clean
from motcua.people.models import Account, Partner

CITIZENS = Reason(
    "citizens_account",
    "Tên này là tài khoản của một công dân. Mời đặt tên đăng nhập khác cho cán bộ.",
    "username",
)


def _actor(account: Account) -> Actor:
    return Actor(Role.SYSTEM, f"account:{account.pk}", account.get_full_name() or account.username)


def note_sign_in(account: Account, **facts: object) -> None:
    """Đăng nhập: who was here, when, by which proofs and from where, stands in the journal."""
    record(_actor(account), "account.sign_in", f"account:{account.pk}", at=clock.now(), **facts)


def note_sign_out(account: Account) -> None:
    """Đăng xuất."""
    record(_actor(account), "account.sign_out", f"account:{account.pk}", at=clock.now())


def note_new_password(account: Account) -> None:
    """Đổi mật khẩu: that it was changed, never what it is; from here on it is their own."""
    Account.objects.filter(pk=account.pk, password_is_given=True).update(password_is_given=False)
    record(_actor(account), "account.new_password", f"account:{account.pk}", at=clock.now())


@transaction.atomic
def open_account(*, by: Actor, username: str, name: str, email: str = "") -> tuple[int, str]:
    """Cấp tài khoản: its id, and for a new one the password to hand over, shown this once.

    A citizen's own account is never an official's: whoever keeps officials would become that citizen.
    """
    account, fresh = Account.objects.get_or_create(
        username=username, defaults={"first_name": clean(name)[:150], "email": email}
    )
    if not fresh:
        refuse_if([CITIZENS] if is_citizens(account) else [])
        return account.pk, ""
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    account.password_is_given = True
    account.save(update_fields=["password", "password_is_given"])
    record(by, "account.open", f"account:{account.pk}", at=clock.now(), username=username)
    return account.pk, password


def is_citizens(account: Account) -> bool:
    """Whether a citizen signs in to it, or nobody does by password: no keeper may open it."""
    return hasattr(account, "person") or not account.has_usable_password()


@transaction.atomic
def add_partner(*, by: Actor, name: str) -> str:
    """Thêm đối tác: its token, shown this once; empty when there is one of this name already."""
    token = secrets.token_urlsafe(32)
    partner, fresh = Partner.objects.get_or_create(
        name=clean(name), defaults={"token_sha256": sha256(token.encode()).hexdigest()}
    )
    if not fresh:
        return ""
    record(by, "partner.add", f"partner:{partner.pk}", at=clock.now(), name=partner.name)
    return token


@transaction.atomic
def close_partner(*, by: Actor, name: str) -> bool:
    """Ngừng đối tác: its token opens nothing from the next request on; False when it was closed."""
    partner = Partner.objects.select_for_update().filter(name=clean(name)).first()
    if partner is None:
        raise NotFound
    if not partner.is_active:
        return False
    partner.is_active = False
    partner.save(update_fields=["is_active"])
    record(by, "partner.close", f"partner:{partner.pk}", at=clock.now(), name=partner.name)
    return True
