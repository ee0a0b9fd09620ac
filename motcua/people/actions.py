"""Accounts and partners: who signed in and out, opening an account, giving a partner its token."""

import secrets
from hashlib import sha256

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.text import clean
from motcua.people.models import Account, Partner


def _actor(account: Account) -> Actor:
    return Actor(Role.SYSTEM, f"account:{account.pk}", account.get_full_name() or account.username)


def note_sign_in(account: Account) -> None:
    """Đăng nhập: who was here, and when, stands in the journal."""
    record(_actor(account), "account.sign_in", f"account:{account.pk}", at=clock.now())


def note_sign_out(account: Account) -> None:
    """Đăng xuất."""
    record(_actor(account), "account.sign_out", f"account:{account.pk}", at=clock.now())


def note_new_password(account: Account) -> None:
    """Đổi mật khẩu: that it was changed, never what it is."""
    record(_actor(account), "account.new_password", f"account:{account.pk}", at=clock.now())


@transaction.atomic
def open_account(*, by: Actor, username: str, name: str, email: str = "") -> tuple[int, str]:
    """Cấp tài khoản: its id, and for a new one the password to hand over, shown this once."""
    account, fresh = Account.objects.get_or_create(
        username=username, defaults={"first_name": clean(name)[:150], "email": email}
    )
    if not fresh:
        return account.pk, ""
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(by, "account.open", f"account:{account.pk}", at=clock.now(), username=username)
    return account.pk, password


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
