"""Nối tài khoản: from whom a service vouches for to an account here, and what keepers settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.people.events import AccountChanged
from motcua.people.guarding import end_sessions
from motcua.people.models import (
    Account,
    ExternalIdentity,
    LinkConflict,
    Organisation,
    Person,
    SpentMark,
)
from motcua.people.parties import (
    ConflictRow,
    Identity,
    Known,
    Link,
    LinkKind,
    PartyKind,
)
from motcua.people.ports import Proof, Untrusted
from motcua.people.rules.linking import WHY, link

LISTED = 200
REASON_MOST = 500
KEPT_FOR = timedelta(days=2)  # longer than any code or token lives
NOBODY = Reason("nobody_to_join", "Chưa có tài khoản nào để nối. Mời chọn “Không nối”.")
CHANGED = Reason(
    "conflict_changed",
    "Người này vừa đăng nhập lại nên thông tin đã khác lúc anh/chị mở trang. Mời xem lại rồi quyết "
    "định.",
)
SETTLED = Reason("conflict_settled", "Việc này vừa được người khác quyết định. Mời xem lại.")


@dataclass(frozen=True)
class Joined:
    """The account that is let in, or why nobody is."""

    account: Account | None
    why: str = ""


@transaction.atomic
def join(proof: Proof) -> Joined:
    """Đăng nhập bằng tài khoản định danh: the account of whom a service vouches for.

    What it proved is used up first. Two answers about the same person wait for each other here, so
    that they find or make one account. A conflict is written down and nobody is let in.
    """
    now, identity = clock.now(), proof.identity
    for digest in proof.marks:
        if not SpentMark.objects.get_or_create(digest=digest, defaults={"at": now})[1]:
            raise Untrusted("used_before")
    _one_at_a_time(identity)
    held = _held(identity)
    found = link(identity, held[0] if held else None, _matches(identity))
    if found.kind is LinkKind.NEW and Account.objects.filter(username=identity.number).exists():
        found = Link(LinkKind.CONFLICT, None, "username_taken")
    if found.kind is LinkKind.CONFLICT:
        return _conflict(identity, found, now)
    if found.kind is LinkKind.REFUSED:
        return Joined(None, found.why)
    person = _person(identity, found)
    ExternalIdentity.objects.update_or_create(
        service=identity.service, tech_id=identity.tech_id, person=person,
        defaults={"level": identity.level, "seen_at": now}, create_defaults={
            "level": identity.level, "seen_at": now, "linked_at": now,
        },
    )  # fmt: skip
    if found.kind is not LinkKind.KNOWN:
        record(
            person.actor, "identity.linked", f"person:{person.pk}", at=now,
            service=identity.service, level=identity.level, how=found.kind.value,
        )  # fmt: skip
    account = person.account
    assert account is not None
    return Joined(account) if account.is_active else Joined(None, "account_inactive")


def note_refused(service: str, why: str) -> None:
    """An answer that proved nothing: which service's, and why; nobody is named."""
    by = Actor(Role.SYSTEM, f"sign_in:{service}", "Đăng nhập")
    record(by, "account.sign_in_refused", by.key, at=clock.now(), service=service, why=why)


def forget_marks() -> int:
    """What can no longer come back need not be remembered."""
    return SpentMark.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()[0]


def open_conflicts() -> list[ConflictRow]:
    """The sign-ins that wait for a keeper, the oldest first."""
    rows = LinkConflict.objects.filter(closed_at=None).select_related("person").order_by("id")
    return [_row(each) for each in rows[:LISTED]]


def conflict(conflict_id: int) -> ConflictRow:
    """One that waits."""
    rows = LinkConflict.objects.filter(pk=conflict_id, closed_at=None).select_related("person")
    one = rows.first()
    if one is None:
        raise NotFound
    return _row(one)


@transaction.atomic
def settle_conflict(
    *, keeper: Actor, conflict_id: int, seen: str, join_them: bool, reason: str
) -> None:
    """Nối tài khoản, or leave them apart: a keeper decides, with a reason, after looking at papers.

    `seen` is the row's mark on the page that the keeper read: another sign-in may have changed it.
    """
    now, why = clock.now(), clean(reason)
    rows = LinkConflict.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=conflict_id).first()
    if row is None:
        raise NotFound
    refuse_if([SETTLED] if row.closed_at else [])
    refuse_if([CHANGED] if _row(row).seen != seen else [])
    refuse_if(_reason_wanted(why))
    moved = _move(row, now) if join_them else {}
    row.closed_at, row.closed_by = now, keeper.name
    row.was_joined, row.reason = join_them, why
    row.save(update_fields=["closed_at", "closed_by", "was_joined", "reason"])
    subject = f"person:{row.person_id}" if row.person_id else f"sign_in:{row.service}"
    deed = "identity.joined" if join_them else "identity.kept_apart"
    facts = {"service": row.service, "conflict": row.pk, "reason": why, **moved}
    record(keeper, deed, subject, at=now, **facts)


def _move(row: LinkConflict, now: datetime) -> dict[str, Any]:
    """The TechID opens this person's account alone; whoever came in by what is undone is out.

    Each of them is told; what was undone is for the journal.
    """
    if row.person_id is None:
        raise Refused([NOBODY])
    mine = Q(person_id=row.person_id) | Q(tech_id=row.tech_id)
    old = ExternalIdentity.objects.filter(mine, service=row.service)
    undone = list(old.values("person_id", "tech_id"))
    old.delete()
    ExternalIdentity.objects.create(
        person_id=row.person_id, service=row.service, tech_id=row.tech_id, level=1,
        linked_at=now, seen_at=now,
    )  # fmt: skip
    touched = {row.person_id, *(each["person_id"] for each in undone)}
    persons = Person.objects.filter(pk__in=touched).exclude(account=None)
    accounts = [pk for pk in persons.order_by("pk").values_list("account_id", flat=True) if pk]
    end_sessions(accounts)
    for pk in accounts:
        publish(AccountChanged(pk, "identity.moved", "", f"conflict:{row.pk}:{pk}"))
    return {"undone": undone}


def _reason_wanted(why: str) -> list[Reason]:
    if not why:
        return [Reason("reason_missing", "Chưa ghi lý do.", field="reason")]
    if len(why) > REASON_MOST:
        text = f"Lý do dài quá {REASON_MOST} chữ. Mời viết gọn hơn."
        return [Reason("reason_long", text, field="reason")]
    return []


def _one_at_a_time(identity: Identity) -> None:
    """Until commit, whoever brings the same TechID or the same number waits here."""
    names = {f"tech:{identity.service}:{identity.tech_id}"}
    names |= {f"number:{number}" for number in identity.numbers}
    with connection.cursor() as cursor:
        for name in sorted(names):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [name])


def _held(identity: Identity) -> list[Known]:
    """Whoever has this TechID already."""
    rows = ExternalIdentity.objects.filter(service=identity.service, tech_id=identity.tech_id)
    return _known([each.person for each in rows.select_related("person__account")], identity)


def _matches(identity: Identity) -> list[Known]:
    """Whoever has one of the numbers, in the order of the numbers."""
    rows = Person.objects.filter(national_id__in=identity.numbers).select_related("account")
    return _known(sorted(rows, key=lambda p: identity.numbers.index(p.national_id)), identity)


def _known(persons: Sequence[Person], identity: Identity) -> list[Known]:
    ids = [person.pk for person in persons]
    rows = ExternalIdentity.objects.filter(service=identity.service, person_id__in=ids)
    tech_ids = dict(rows.values_list("person_id", "tech_id"))
    return [
        Known(
            p.pk, p.national_id, p.full_name, PartyKind(p.kind), tech_ids.get(p.pk, ""),
            p.account is None or p.account.is_active,
        )
        for p in persons
    ]  # fmt: skip


def _conflict(identity: Identity, found: Link, now: datetime) -> Joined:
    row, fresh = LinkConflict.objects.update_or_create(
        service=identity.service, tech_id=identity.tech_id, closed_at=None,
        defaults={
            "kind": identity.kind, "number": identity.number, "name": identity.name,
            "why": found.why, "person_id": found.person_id,
        },
        create_defaults={
            "kind": identity.kind, "number": identity.number, "name": identity.name,
            "why": found.why, "person_id": found.person_id, "at": now,
        },
    )  # fmt: skip
    by = Actor(Role.SYSTEM, f"sign_in:{identity.service}", "Đăng nhập")
    if fresh:
        record(by, "identity.conflict", by.key, at=now, why=found.why, conflict=row.pk)
    return Joined(None, found.why)


def _person(identity: Identity, found: Link) -> Person:
    """The person, made if there was none, with an account, and what we did not know filled in."""
    if found.person_id is None:
        person = Person(national_id=identity.number, full_name=identity.name, kind=identity.kind)
    else:
        person = Person.objects.select_related("account").get(pk=found.person_id)
        if person.national_id != identity.number and identity.numbers:
            person.national_id = identity.number  # a CMND gives way to the personal number
    if person.account is None:
        person.account = _account(identity)
    if person.kind != PartyKind.PERSON:
        person.full_name = identity.name
    for name, told in (
        ("birth_on", identity.birth_on), ("gender", identity.gender), ("phone", identity.phone),
        ("email", identity.email), ("address_detail", identity.address),
    ):  # fmt: skip
        if told and not getattr(person, name):
            setattr(person, name, told)
    person.save()
    if person.kind != PartyKind.PERSON:
        _keep_house(person, identity.representative)
    return person


def _keep_house(person: Person, representative: str) -> None:
    """The organisation of this account, found by the account before the number: numbers change."""
    code = person.national_id
    named = Organisation.objects.filter(tax_code=code).first()
    house = Organisation.objects.filter(own=person).first() or named or Organisation()
    house.own, house.name, house.kind = person, person.full_name, person.kind
    if named is None or named.pk == house.pk:
        house.tax_code = code
    house.representative = representative or house.representative
    house.address = person.address_detail or house.address
    house.save()


def _account(identity: Identity) -> Account:
    """An account without a password, named after the identity number."""
    account = Account(
        username=identity.number, first_name=identity.name[:150], email=identity.email
    )
    account.set_unusable_password()
    account.save()
    return account


def _row(row: LinkConflict) -> ConflictRow:
    person = row.person
    return ConflictRow(
        row.pk, row.service, row.name, row.number, WHY.get(row.why, row.why), row.at,
        row.person_id, person.full_name if person else "", person.national_id if person else "",
    )  # fmt: skip
