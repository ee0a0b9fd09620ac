"""Reading the law of a day."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from motcua.core.errors import NotFound
from motcua.law import rules
from motcua.law.models import LegalProfile
from motcua.law.types import (
    FilingPlace,
    NoProfile,
    PortalMode,
    Profile,
    ProfileStatus,
    VersionFacts,
)

APPROVED = ProfileStatus.APPROVED
MOST_KEPT = 200

_known: dict[int, Profile] = {}  # approved versions never change: read once


def profile_on(day: date, agency_code: str = "") -> Profile:
    """The profile under which an agency works on `day`; `NoProfile` when none is known. One query."""
    found = laws_on(day)(agency_code)
    if found is None:
        raise NoProfile(day)
    return found


def laws_on(day: date) -> Callable[[str], Profile | None]:
    """The same for as many agencies as are asked about; none where no law is known. One query."""
    rows = LegalProfile.objects.filter(status=APPROVED, valid_from__lte=day)
    known = [row.profile for row in rows]
    return lambda agency_code: rules.in_force(known, day, agency_code)


def profile(profile_id: int) -> Profile:
    """One approved version, as a dossier keeps it; no query after the first time."""
    if profile_id not in _known:
        row = LegalProfile.objects.filter(pk=profile_id, status=APPROVED).first()
        if row is None:
            raise NotFound
        if len(_known) >= MOST_KEPT:
            _known.clear()
        _known[profile_id] = row.profile
    return _known[profile_id]


def filing_place(procedure_code: str, day: date, agency_code: str = "") -> FilingPlace:
    """Where people file a service on `day`; its usual address where the law names none (LAW-R3)."""
    return place_under(profile_on(day, agency_code), procedure_code)


def place_under(law: Profile, procedure_code: str) -> FilingPlace:
    """The same under a law that is at hand."""
    place = law.filing_place(procedure_code)
    if place.mode is PortalMode.NATIONAL and not place.address:
        return FilingPlace(place.mode, settings.NATIONAL_PORTAL_URL)
    return place


def versions() -> list[VersionFacts]:
    """Every version of every profile, the latest first, with its story."""
    rows = list(LegalProfile.objects.all())
    until = rules.last_days([row.profile for row in rows if row.status == APPROVED])
    return [VersionFacts(row.profile, row.drafting, until.get(row.pk)) for row in rows]


def version(code: str, number: int) -> VersionFacts:
    """One version, whatever became of it; `NotFound` when there is none."""
    for each in versions():
        if (each.profile.code, each.profile.version) == (code, number):
            return each
    raise NotFound


def version_before(each: VersionFacts) -> Profile | None:
    """What a version is compared with: the approved one before it, for the same code."""
    earlier = LegalProfile.objects.filter(
        code=each.profile.code, status=APPROVED, version__lt=each.profile.version
    )
    row = earlier.order_by("valid_from", "version").last()
    return row.profile if row else None
