"""`{% reception_hours agency_id %}`, `{% reception_row %}`: when people are received, on any page."""

from typing import Any

from django import template
from django.template import Context

from motcua.agencies.queries import agency_by_code
from motcua.agencies.reception import reception_of
from motcua.core.errors import NotFound

register = template.Library()


@register.inclusion_tag("portal/_reception.html")
def reception_hours(agency_id: int) -> dict[str, Any]:
    """The lines beside an agency's address."""
    return {"reception": reception_of(agency_id)}


@register.inclusion_tag("portal/_reception_row.html", takes_context=True)
def reception_row(context: Context) -> dict[str, Any]:
    """The row of a procedure: of the agency chosen (`?co-quan=`), else the hours of all."""
    agency = None
    if code := context["request"].GET.get("co-quan", ""):
        try:
            agency = agency_by_code(code)
        except NotFound:
            agency = None
    found = reception_of(agency.id if agency else None)
    return {"reception": found, "name": agency.name if agency else ""}
