"""Sheets to print: procedures as they are posted up at the counter, and their sample dossiers."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.text import clean
from motcua.procedures.queries import procedure_page, published_terms
from motcua.procedures.queries.posting import posted, what_is_posted
from motcua.procedures.queries.samples import sample_receipt, sample_sections
from motcua.procedures.types import ProcedurePage, Slot
from motcua.procedures.web.portal import channel_row

LONGEST = 300


@require_safe
def posting_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Niêm yết: everything the law wants posted about this procedure, on A4."""
    context = {"sheet": _sheet(procedure_page(code)), "printed_on": clock.now().date()}
    return render(request, "portal/procedures/posting_sheet.html", context)


@require_safe
def posting_sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of an agency, of a field or of both, each on its own paper; so many at once."""
    agency, field, after = (
        clean(request.GET.get(name, ""))[:LONGEST] for name in ("co-quan", "linh-vuc", "sau")
    )
    if not agency and not field:
        fields, agencies = what_is_posted()
        lists = [("Theo lĩnh vực", "linh-vuc", fields), ("Theo cơ quan", "co-quan", agencies)]
        groups = [
            (title, [(label, count, "?" + urlencode({name: label})) for label, count in found])
            for title, name, found in lists
        ]
        return render(request, "portal/procedures/posting.html", {"groups": groups})
    some = posted(agency=agency, field=field, after=after)
    kept = {name: value for name, value in (("co-quan", agency), ("linh-vuc", field)) if value}
    context: dict[str, Any] = {
        "asked": ", ".join(kept.values()),
        "posted": some,
        "last": some.first + len(some.pages) - 1,
        "sheets": [_sheet(page) for page in some.pages],
        "next": "?" + urlencode({**kept, "sau": some.next}) if some.next else "",
        "prev": "?" + urlencode(kept) if after else "",
        "printed_on": clock.now().date(),
    }
    return render(request, "portal/procedures/posting_sheets.html", context)


@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """Hồ sơ mẫu: the form filled in for somebody who does not exist, and the papers to go with it."""
    terms = published_terms(code)
    context: dict[str, Any] = {
        "terms": terms,
        "sections": sample_sections(terms.form, places),
        "papers": by_case(terms.slots),
        "receipt": sample_receipt(terms, clock.now()),
    }
    return render(request, "portal/procedures/sample.html", context)


def _sheet(page: ProcedurePage) -> dict[str, Any]:
    """What one posting sheet shows."""
    return {
        "page": page,
        "detail": page.detail,
        "papers": by_case(page.detail.slots),
        "channels": [channel_row(term) for term in page.detail.channels],
    }


def by_case(slots: tuple[Slot, ...]) -> list[tuple[str, list[Slot]]]:
    """The papers under their cases (trường hợp), each case once; those for everyone first."""
    found: dict[str, list[Slot]] = {}
    for slot in sorted(slots, key=lambda slot: bool(slot.case)):
        found.setdefault(slot.case, []).append(slot)
    return list(found.items())
