"""Sheets to print: a procedure as it is posted up at the counter, and its sample dossier."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.procedures.queries import procedure_page, published_terms
from motcua.procedures.queries.samples import sample_sections
from motcua.procedures.types import Slot
from motcua.procedures.web.portal import channel_row


@require_safe
def posting_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Niêm yết: everything the law wants posted about this procedure, on A4."""
    page = procedure_page(code)
    context: dict[str, Any] = {
        "page": page,
        "detail": page.detail,
        "papers": by_case(page.detail.slots),
        "channels": [channel_row(term) for term in page.detail.channels],
        "printed_on": clock.now().date(),
    }
    return render(request, "portal/procedures/posting_sheet.html", context)


@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """Hồ sơ mẫu: the form filled in for somebody who does not exist, and the papers to go with it."""
    terms = published_terms(code)
    context: dict[str, Any] = {
        "terms": terms,
        "sections": sample_sections(terms.form, places),
        "papers": by_case(terms.slots),
    }
    return render(request, "portal/procedures/sample.html", context)


def by_case(slots: tuple[Slot, ...]) -> list[tuple[str, list[Slot]]]:
    """The papers under their cases (trường hợp); those for everyone first."""
    ordered = sorted(slots, key=lambda slot: bool(slot.case))
    return [(case, list(some)) for case, some in groupby(ordered, key=lambda slot: slot.case)]
