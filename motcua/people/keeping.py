"""What keepers do with accounts: shut and open them, give a password, take a lost factor away."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.core.two_persons import Hand, same_hand
from motcua.people.actions import is_citizens
from motcua.people.events import AccountChanged, RemovalAsked
from motcua.people.guarding import drop_factors, end_sessions
from motcua.people.models import Account, FactorRemoval
from motcua.people.rules.staying import idle_step
from motcua.people.types import AccountFacts, IdleStep, IdleTerms, RemovalFacts

LONGEST = 500
OWN = Reason("own_account", "Không tự khóa được tài khoản của mình. Mời một người quản trị khác.")
CITIZENS_PASSWORD = Reason(
    "citizens_account",
    "Đây là tài khoản của một công dân. Không ai cấp mật khẩu cho tài khoản này.",
)
NO_FACTOR = Reason("no_factor", "Tài khoản này chưa có bước xác thực thứ hai.")
ASKED_ALREADY = Reason("removal_open", "Đã có một đề nghị gỡ đang chờ người quản trị khác duyệt.")
SETTLED = Reason("removal_settled", "Đề nghị này vừa được người khác quyết định. Mời xem lại.")


@transaction.atomic
def shut_account(*, hand: Hand, account_id: int, reason: str) -> None:
    """Khóa tài khoản: nobody signs in to it, and whoever is signed in is out."""
    account = _locked(account_id)
    own = [OWN] if hand.person == f"account:{account.pk}" else []
    refuse_if([*own, *_wanted(reason)])
    if account.is_active:
        shut(account, by=hand.actor, reason=clean(reason))


@transaction.atomic
def reopen_account(*, hand: Hand, account_id: int, reason: str) -> None:
    """Mở lại tài khoản; unused, it has the whole time again."""
    account, now = _locked(account_id), clock.now()
    refuse_if(_wanted(reason))
    if account.is_active:
        return
    account.is_active, account.idle_told, account.idle_told_at = True, 0, now
    account.save(update_fields=["is_active", "idle_told", "idle_told_at"])
    _note(hand.actor, "account.reopened", account, now, clean(reason))


@transaction.atomic
def give_password(*, hand: Hand, account_id: int) -> str:
    """Cấp lại mật khẩu: the new one, shown this once; its holder changes it when they sign in."""
    account, now = _locked(account_id), clock.now()
    refuse_if([OWN] if hand.person == f"account:{account.pk}" else [])
    refuse_if([CITIZENS_PASSWORD] if is_citizens(account) else [])
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    account.password_is_given = True
    account.save(update_fields=["password", "password_is_given"])
    end_sessions([account.pk])
    _note(hand.actor, "account.password_given", account, now, "")
    return password


@transaction.atomic
def ask_removal(*, hand: Hand, account_id: int, reason: str) -> int:
    """Đề nghị gỡ bước xác thực thứ hai of somebody who lost it; another keeper agrees (SEC-05)."""
    account, now = _locked(account_id), clock.now()
    none = [] if Authenticator.objects.filter(user_id=account.pk).exists() else [NO_FACTOR]
    refuse_if([*none, *_wanted(reason)])
    try:
        with transaction.atomic():
            row = FactorRemoval.objects.create(
                account=account, reason=clean(reason), asked_by=hand.actor.name,
                asked_by_person=hand.person, asked_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise Refused([ASKED_ALREADY]) from None
    _write(hand.actor, "account.factor_removal_asked", account, now, reason=row.reason)
    publish(RemovalAsked(f"factor:{row.pk}"))
    return row.pk


@transaction.atomic
def decide_removal(*, hand: Hand, removal_id: int, agreed: bool) -> None:
    """Duyệt gỡ bước xác thực, or not; whoever asked may only take it back."""
    row = FactorRemoval.objects.select_for_update(of=("self",)).filter(pk=removal_id).first()
    if row is None:
        raise NotFound
    refuse_if([SETTLED] if row.decided_at else [])
    refuse_if(same_hand(row.asked_by_person, hand) if agreed else [])
    account, now = _locked(row.account_id), clock.now()
    holder = [OWN] if agreed and hand.person == f"account:{account.pk}" else []
    refuse_if(holder)
    row.agreed, row.decided_by, row.decided_at = agreed, hand.actor.name, now
    row.save(update_fields=["agreed", "decided_by", "decided_at"])
    if not agreed:
        _write(hand.actor, "account.factor_removal_refused", account, now, removal=row.pk)
        return
    drop_factors(account.pk)
    _note(hand.actor, "account.factor_taken", account, now, row.reason)


@transaction.atomic
def give_lost_password(*, by: Actor, username: str) -> str:
    """A new password from the server: the only way for keepers, and for a house without a second one."""
    return give_password(hand=Hand(by, by.key), account_id=_named(username).pk)


@transaction.atomic
def drop_lost_factor(*, by: Actor, username: str, reason: str) -> None:
    """The same from the server, for a house whose only keeper lost the telephone."""
    account = _named(username)
    refuse_if(_wanted(reason))
    refuse_if([] if drop_factors(account.pk) else [NO_FACTOR])
    _note(by, "account.factor_taken", account, clock.now(), clean(reason))


def shut(account: Account, *, by: Actor, reason: str) -> None:
    """Shut an account whose row is locked already."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions([account.pk])
    _note(by, "account.shut", account, clock.now(), reason)


@transaction.atomic
def look_at_idle(*, by: Actor, account_id: int, terms: IdleTerms) -> IdleStep:
    """Tell the holder of an account that nobody uses, or after the notices shut it."""
    account, now = _locked(account_id), clock.now()
    if not account.is_active:
        return IdleStep.LEAVE
    step = idle_step(last_used(account), account.idle_told, account.idle_told_at, terms, now)
    if step is IdleStep.SHUT:
        shut(account, by=by, reason=f"Không đăng nhập quá {terms.unused.days} ngày.")
    if step is IdleStep.TELL:
        fresh = account.idle_told_at is None or account.idle_told_at <= last_used(account)
        account.idle_told, account.idle_told_at = 1 if fresh else account.idle_told + 1, now
        account.save(update_fields=["idle_told", "idle_told_at"])
        days = terms.between.days * (terms.notices - account.idle_told + 1)
        why = f"Quá {terms.unused.days} ngày chưa đăng nhập; nếu không đăng nhập trong {days} ngày nữa, tài khoản sẽ bị khóa."
        _note(by, "account.idle_told", account, now, why)
    return step


def last_used(account: Account) -> datetime:
    """When somebody last signed in to it, or it was made, or opened again."""
    moments = [account.last_login or account.date_joined]
    if account.idle_told_at and not account.idle_told:  # opened again then
        moments.append(account.idle_told_at)
    return max(moments)


def account_facts(account_id: int) -> AccountFacts:
    """One account; `NotFound` when there is none."""
    found = accounts_of([account_id])
    if not found:
        raise NotFound
    return found[0]


def accounts_of(account_ids: list[int]) -> list[AccountFacts]:
    """These accounts, in this order."""
    kinds: dict[int, list[str]] = {}
    for holder, kind in Authenticator.objects.filter(user_id__in=account_ids).values_list(
        "user_id", "type"
    ):
        kinds.setdefault(holder, []).append(kind)
    rows = Account.objects.in_bulk(account_ids)
    return [
        AccountFacts(
            row.pk, row.username, row.get_full_name() or row.username, row.email, row.is_active,
            row.password_is_given, last_used(row), row.idle_told_at if row.idle_told else None,
            tuple(sorted(kinds.get(row.pk, ()))),
        )
        for row in (rows[pk] for pk in account_ids if pk in rows)
    ]  # fmt: skip


def open_removals(account_id: int | None = None) -> list[RemovalFacts]:
    """The removals that wait for a second keeper, of one account or of all."""
    rows = FactorRemoval.objects.filter(decided_at=None).select_related("account")
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    return [
        RemovalFacts(
            row.pk, row.account_id, row.account.username, row.account.get_full_name(), row.reason,
            row.asked_by, row.asked_by_person, row.asked_at,
        )
        for row in rows.order_by("asked_at")
    ]  # fmt: skip


def _locked(account_id: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def _named(username: str) -> Account:
    account = Account.objects.select_for_update().filter(username=username).first()
    if account is None:
        raise Refused([Reason("no_account", f"Không có tài khoản {username}.", "username")])
    return account


def _wanted(reason: str) -> list[Reason]:
    said = clean(reason)
    if not said:
        return [Reason("reason_missing", "Mời nêu lý do.", "reason")]
    if len(said) > LONGEST:
        text = f"Lý do dài {len(said)} ký tự, tối đa {LONGEST}. Mời viết ngắn lại."
        return [Reason("too_long", text, "reason")]
    return []


def _write(by: Actor, deed: str, account: Account, at: datetime, **facts: object) -> int:
    return record(by, deed, f"account:{account.pk}", at=at, **facts).seq


def _note(by: Actor, deed: str, account: Account, at: datetime, why: str) -> None:
    """Journal it, and have its holder told."""
    number = _write(by, deed, account, at, reason=why)
    publish(AccountChanged(account.pk, deed, why, f"account:{account.pk}:{number}"))
