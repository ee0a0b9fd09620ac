"""Results that a unit hands to the desk: those of a day, unit by unit, with the list to sign.

Law: ST-15, FRM-07
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.dossiers import access, readings
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.return_paper import result_name
from motcua.dossiers.slips import ListedDossier, ListHeading, Office, ResultList, SealedPaper
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.seal import qr_payload
from motcua.dossiers.slips.sets import LETTERS
from motcua.dossiers.types import Delivery
from motcua.dossiers.workflow import Status, Step
from motcua.law.queries import profile_on
from motcua.procedures.queries import terms_of
from motcua.workdays.types import HANOI

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post

PART = 200  # results on one list
WITH_RESULT = (Status.RESULT_READY, Status.DELIVERED, Status.CORRECTING)
FREE = ("khong", "mien")


@dataclass(frozen=True)
class UnitResults:
    """How many results a unit brought on a day, and on how many lists they stand."""

    unit_id: int
    unit: str
    count: int

    @property
    def parts(self) -> range:
        """The numbers of the lists."""
        return range(1, -(-self.count // PART) + 1)


def results_on(post: Post, day: date) -> list[UnitResults]:
    """The units whose results were issued on a day, as far as the post may see them."""
    found = _issued(post, day).values("unit_id", "unit__name").annotate(n=Count("pk"))
    rows = found.order_by("unit__name", "unit_id")
    return [UnitResults(row["unit_id"], row["unit__name"], row["n"]) for row in rows]


def result_paper(post: Post, day: date, unit_id: int, part: int) -> tuple[str, bytes]:
    """Name and PDF of a list of results; whose names stand on it is journalled (SEC-06)."""
    rows = _issued(post, day).filter(unit_id=unit_id).select_related("unit")
    start = (part - 1) * PART
    found = list(rows.order_by("finished_at", "pk")[start : start + PART]) if part > 0 else []
    if not found:
        raise NotFound
    what = f"results:{day:%Y-%m-%d}:{unit_id}"
    readings.listed(post, what, [each.reference for each in found])
    told = Move.objects.filter(dossier__in=found, step__in=(Step.ISSUE, Step.REISSUE))
    givers = dict(told.order_by("dossier_id", "seq").values_list("dossier_id", "by"))
    agency = agency_facts(post.agency_id)
    at = localtime(max(each.finished_at for each in found if each.finished_at))
    law, kind = profile_on(day, agency.code), SlipKind.RESULT_LIST
    number = f"{day:%y%m%d}-{unit_id}-{part:02d}/{LETTERS[kind]}"
    qr = qr_payload(SealedPaper("", "", "", kind, number, at, form_set=law.form_set))
    office = Office(
        agency.name, settings.AUTHORITY["place"], phone=agency.phone, website=settings.PORTAL_URL
    )
    paper = ResultList(
        ListHeading(office, number, at, qr, law.form_set),
        found[0].unit.name if found[0].unit else agency.name, at,
        tuple(_listed(each) for each in found), ", ".join(sorted(set(givers.values()))),
    )  # fmt: skip
    return f"{number.replace('/', '-')}.pdf", print_paper(paper)


def _issued(post: Post, day: date) -> QuerySet[Dossier]:
    """The dossiers whose result was issued on this day."""
    start = datetime.combine(day, datetime.min.time(), HANOI)
    rows = access.dossiers_at(post).filter(finished_at__gte=start, status__in=WITH_RESULT)
    return rows.filter(finished_at__lt=start + timedelta(days=1), unit__isnull=False)


def _listed(dossier: Dossier) -> ListedDossier:
    terms = terms_of(dossier.procedure_version_id)
    return ListedDossier(
        code=dossier.code or dossier.reference,
        request=dossier.procedure_name,
        owner_name=dossier.applicant_name,
        address=str(dossier.applicant.get("address", "")),
        result=f"{result_name(dossier)}, số {dossier.result_number}",
        has_fee=not fold(terms.fee_text).startswith(FREE) and bool(terms.fee_text),
        by_post=dossier.delivery == Delivery.POST,
    )
