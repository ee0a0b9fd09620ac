"""Reading about persons."""

from hashlib import sha256

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from motcua.core.errors import NotFound
from motcua.people.models import Account, Partner, Person
from motcua.people.types import PartnerFacts, PersonFacts

NOBODY = PersonFacts(0, "", "", None, "", "", "", "", "", "", "", "", "")


def person_facts(person_id: int) -> PersonFacts:
    """The facts of one person; `NotFound` when there is none."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return _facts(person)


def person_by_national_id(number: str) -> PersonFacts | None:
    """The facts of whoever has this personal identification number, if we know them."""
    person = Person.objects.filter(national_id=number).first() if number else None
    return _facts(person) if person else None


def _facts(person: Person) -> PersonFacts:
    return PersonFacts(
        id=person.pk,
        full_name=person.full_name,
        national_id=person.national_id,
        birth_on=person.birth_on,
        gender=person.gender,
        phone=person.phone,
        email=person.email,
        nationality=person.nationality,
        ethnicity=person.ethnicity,
        province_code=person.province_code,
        commune_code=person.commune_code,
        address_detail=person.address_detail,
        address=person.address_detail,
    )


def person_of_account(account_id: int) -> int | None:
    """The person behind an account, if it has one."""
    return Person.objects.filter(account_id=account_id).values_list("pk", flat=True).first()


def local_citizens(after: int, size: int) -> list[int]:
    """Accounts of citizens that sign in by a password of this house, after number `after`."""
    rows = Account.objects.filter(pk__gt=after, is_active=True, posts=None, person__isnull=False)
    rows = rows.exclude(password="").exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:size])


def partner_by_token(token: str) -> PartnerFacts | None:
    """The active partner that holds `token`, if any."""
    digest = sha256(token.encode()).hexdigest()
    partner = Partner.objects.filter(token_sha256=digest, is_active=True).first()
    return PartnerFacts(partner.pk, partner.name) if partner else None
