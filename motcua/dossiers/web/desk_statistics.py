"""The figures of the official's own agency since the start of the year, unit by unit."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.dossiers import overdue, statistics
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.portal_statistics import chosen_year, context_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post


@require_GET
@post_required()
def figures(request: HttpRequest) -> HttpResponse:
    """What the agency received, solved and has waiting, and each of its units (CH-12)."""
    year, others = chosen_year(request)
    agency_id, now = post_of(request).agency_id, clock.now()
    lines = overdue.with_units(statistics.of_units(agency_id, year), agency_id, now)
    return desk_page(request, "desk/statistics.html", context_of(lines, year, others))


def of_the_year(post: "Post") -> dict[str, Any]:
    """The panel under each worklist: the agency's figures of this year."""
    now = clock.now()
    return {
        "year": now.year,
        "figures": statistics.of_agency(post.agency_id, now.year),
        "overdue": overdue.within_the_minute(now, post.agency_id),
    }
