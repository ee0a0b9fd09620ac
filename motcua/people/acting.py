"""Acting for others: members of organisations and mandates, made and ended; on whose behalf one may file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, refuse_if
from motcua.people.models import Mandate, Membership, Organisation, Person
from motcua.people.parties import (
    MANDATE_NAMES,
    RESULT_STORE_NAMES,
    Behalf,
    MandateKind,
    MandateRow,
    MandateWords,
    MemberRow,
    MemberWords,
    ResultStore,
)
from motcua.people.rules.acting import (
    giver_too_low,
    mandate_objections,
    member_objections,
    not_covered,
)
from motcua.workdays.types import local

MOST = 100  # of a list; who has more asks for the one by its number


@transaction.atomic
def make_mandate(
    *,
    grantor: Person,
    words: MandateWords,
    known: tuple[str, ...],
    document: tuple[str, str, str] | None,
    level: int = 1,
    least: int = 1,
) -> int:
    """Lập ủy quyền: `document` is the paper's fingerprint, name and kind, kept by the caller.

    `level` is how surely we know who gives it, `least` what the procedures it names ask for.
    """
    now = clock.now()
    refuse_if(giver_too_low(level, least))
    refuse_if(
        mandate_objections(
            words, own_number=grantor.national_id, known=known, today=local(now).date(),
            has_document=document is not None,
        )
    )  # fmt: skip
    assert document is not None
    assert words.from_on is not None
    assert words.to_on is not None
    digest, name, kind = document
    row = Mandate.objects.create(
        grantor=grantor, attorney_number=words.attorney_number,
        attorney_name=words.attorney_name, kind=words.kind, procedures=[*words.procedures],
        from_on=words.from_on, to_on=words.to_on, result_store=words.result_store,
        document_digest=digest, document_name=name, document_kind=kind, made_at=now,
    )  # fmt: skip
    record(
        grantor.actor, "mandate.made", f"person:{grantor.pk}", at=now, mandate=row.pk,
        kind=row.kind, to=str(row.to_on), store=row.result_store, document=digest, level=level,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def end_mandate(*, grantor: Person, mandate_id: int) -> None:
    """Chấm dứt ủy quyền: at once; what was filed under it stays filed."""
    now = clock.now()
    row = Mandate.objects.select_for_update().filter(pk=mandate_id, grantor=grantor).first()
    if row is None:
        raise NotFound
    if row.ended_at is not None:
        return
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record(grantor.actor, "mandate.ended", f"person:{grantor.pk}", at=now, mandate=row.pk)


@transaction.atomic
def add_member(*, house: Person, words: MemberWords, level: int = 1, least: int = 1) -> int:
    """Thêm thành viên: who may file for the organisation whose own account this is."""
    now, organisation = clock.now(), organisation_of(house)
    refuse_if(giver_too_low(level, least))
    refuse_if(member_objections(words, own_number=house.national_id, today=local(now).date()))
    assert words.from_on is not None
    row = Membership.objects.create(
        organisation=organisation, number=words.number, name=words.name, role=words.role,
        from_on=words.from_on, to_on=words.to_on, added_at=now,
    )  # fmt: skip
    record(
        house.actor, "member.added", f"person:{house.pk}", at=now, member=row.pk, role=row.role,
        level=level,
    )  # fmt: skip
    return row.pk


@transaction.atomic
def end_member(*, house: Person, member_id: int) -> None:
    """Thôi làm thành viên: at once."""
    now = clock.now()
    rows = Membership.objects.select_for_update().filter(organisation__own=house)
    row = rows.filter(pk=member_id).first()
    if row is None:
        raise NotFound
    if row.ended_at is not None:
        return
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    record(house.actor, "member.ended", f"person:{house.pk}", at=now, member=row.pk)


def organisation_of(house: Person) -> Organisation:
    """The organisation whose own account this is; `NotFound` for a person."""
    found = Organisation.objects.filter(own=house).first()
    if found is None:
        raise NotFound
    return found


def has_house(person: Person) -> bool:
    """Whether this is an organisation's own account."""
    return person.kind != "person" and Organisation.objects.filter(own=person).exists()


def members_of(house: Person) -> list[MemberRow]:
    """Who files for the organisation, the latest first."""
    rows = Membership.objects.filter(organisation=organisation_of(house)).order_by("-id")[:MOST]
    return [MemberRow(m.pk, m.number, m.name, m.role, m.from_on, m.to_on, m.ended_at) for m in rows]


def mandates_by(grantor: Person) -> list[MandateRow]:
    """The mandates that somebody gave, the latest first."""
    rows = Mandate.objects.filter(grantor=grantor).order_by("-id")[:MOST]
    return [_mandate_row(m, m.attorney_name, m.attorney_number) for m in rows]


def mandates_to(attorney: Person) -> list[MandateRow]:
    """The mandates that somebody was given, the latest first."""
    rows = Mandate.objects.filter(attorney_number=attorney.national_id)
    latest = rows.select_related("grantor").order_by("-id")[:MOST]
    return [_mandate_row(m, m.grantor.full_name, m.grantor.national_id) for m in latest]


def mandate_document(person: Person, mandate_id: int) -> tuple[str, str]:
    """Fingerprint and name of the paper, for either side."""
    row = Mandate.objects.filter(pk=mandate_id).first()
    mine = row and (row.grantor_id == person.pk or row.attorney_number == person.national_id)
    if row is None or not mine:
        raise NotFound
    return row.document_digest, row.document_name


def behalves(person: Person, procedure_code: str) -> list[Behalf]:
    """For whom somebody may file under this procedure today."""
    today = local(clock.now()).date()
    found = [_member(each) for each in _memberships(person)[:MOST]]
    found += [_mandate(each) for each in _mandates(person)[:MOST]]
    return [each for each in found if not not_covered(each, procedure_code, today)]


def behalf(person: Person, right: str) -> Behalf | None:
    """The right of this name if it is, or was, theirs."""
    kind, _, number = right.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    if kind == "member":
        member = _memberships(person, ended=True).filter(pk=int(number)).first()
        return _member(member) if member else None
    if kind == "mandate":
        mandate = _mandates(person, ended=True).filter(pk=int(number)).first()
        return _mandate(mandate) if mandate else None
    return None


def refuse_uncovered(person: Person, right: str, procedure_code: str) -> Behalf:
    """The right to file for somebody, or the sentence why there is none today."""
    found = behalf(person, right)
    refuse_if(not_covered(found, procedure_code, local(clock.now()).date()))
    assert found is not None
    return found


def refuse_ended(person: Person, applicant: Mapping[str, Any], procedure_code: str) -> None:
    """Stop whoever filed for `applicant` and may no longer, by that right or by a newer one."""
    right = applicant.get("right", "")
    if not right:
        return
    mine = {each.number for each in behalves(person, procedure_code)}
    if applicant.get("national_id") not in mine:
        refuse_uncovered(person, right, procedure_code)


def digests_in_use(digests: Any) -> set[str]:
    """Which of these files are papers of mandates: nobody sweeps them away."""
    rows = Mandate.objects.filter(document_digest__in=digests)
    return set(rows.values_list("document_digest", flat=True))


def _memberships(person: Person, *, ended: bool = False) -> Any:
    rows = Membership.objects.filter(number=person.national_id).select_related("organisation")
    rows = rows if ended else rows.filter(ended_at=None)
    return rows.order_by("-id")


def _mandates(person: Person, *, ended: bool = False) -> Any:
    rows = Mandate.objects.filter(attorney_number=person.national_id).select_related("grantor")
    rows = rows if ended else rows.filter(ended_at=None)
    return rows.order_by("-id")


def _member(row: Membership) -> Behalf:
    house = row.organisation
    return Behalf(
        right=f"member:{row.pk}", what=f"Tư cách {row.role[:1].lower()}{row.role[1:]} của {house.name}",
        name=house.name, number=house.tax_code, address=house.address, phone="", email="",
        from_on=row.from_on, to_on=row.to_on, ended_on=_day(row.ended_at),
    )  # fmt: skip


def _mandate(row: Mandate) -> Behalf:
    owner = row.grantor
    return Behalf(
        right=f"mandate:{row.pk}", what=f"Ủy quyền của {owner.full_name} số {row.pk}",
        name=owner.full_name, number=owner.national_id, address=owner.address_detail,
        phone=owner.phone, email=owner.email, from_on=row.from_on, to_on=row.to_on,
        ended_on=_day(row.ended_at), procedures=tuple(row.procedures),
        result_store=row.result_store,
    )  # fmt: skip


def _mandate_row(row: Mandate, name: str, number: str) -> MandateRow:
    today = local(clock.now()).date()
    return MandateRow(
        row.pk, name, number, MANDATE_NAMES[MandateKind(row.kind)],
        RESULT_STORE_NAMES[ResultStore(row.result_store)], tuple(row.procedures), row.from_on,
        row.to_on, row.ended_at, row.ended_at is None and row.from_on <= today <= row.to_on,
    )  # fmt: skip


def _day(at: Any) -> date | None:
    return local(at).date() if at else None
