"""The public figures: what every agency received, solved and has waiting since the start of the year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.queries import agency_by_code
from motcua.core import clock
from motcua.dossiers import overdue, statistics


@require_safe
def all_agencies(request: HttpRequest) -> HttpResponse:
    """The whole authority, and a line for each agency (CH-12)."""
    year, others = chosen_year(request)
    lines = overdue.with_agencies(statistics.of_agencies(year), clock.now())
    context = {"by": "Cơ quan", "links": True} | context_of(lines, year, others)
    return render(request, "portal/dossiers/statistics.html", context)


@require_safe
def one_agency(request: HttpRequest, agency: str) -> HttpResponse:
    """One agency, and a line for each of its units."""
    facts = agency_by_code(agency)
    year, others = chosen_year(request)
    lines = overdue.with_units(statistics.of_units(facts.id, year), facts.id, clock.now())
    context = {"by": "Đơn vị", "agency": facts} | context_of(lines, year, others)
    return render(request, "portal/dossiers/statistics.html", context)


def chosen_year(request: HttpRequest) -> tuple[int, list[int]]:
    """The year asked for, if it has figures, else this one; and the others that have some."""
    now = clock.now()
    known = statistics.years()
    typed = request.GET.get("nam", "")
    year = next((one for one in known if str(one) == typed), now.year)
    return year, [one for one in dict.fromkeys([now.year, *known]) if one != year]


def context_of(lines: list[statistics.Line], year: int, others: list[int]) -> dict[str, Any]:
    """What both sites show of these lines."""
    now = clock.now()
    return {
        "lines": lines,
        "total": statistics.total(lines),
        "overdue": sum(line.overdue for line in lines),
        "year": year,
        "others": others,
        "is_now": year == now.year,
        "now": now,
    }
