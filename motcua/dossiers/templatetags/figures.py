"""`{{ n|thousands }}`: 123456 as 123.456, which Django does not group in Vietnamese.

`{% figures_of_the_year %}` is for pages of apps that lie below the dossiers.
"""

from typing import Any

from django import template
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.dossiers import overdue, statistics

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """A whole number with a point between its thousands."""
    return f"{number:,}".replace(",", ".")


@register.inclusion_tag("portal/dossiers/_year.html")
def figures_of_the_year() -> dict[str, Any]:
    """The figures of all agencies since the start of the year (CH-12), at most a minute old."""
    # the home page is what everybody opens, and late dossiers are counted one by one
    return overdue.kept_a_minute("figures_of_the_year", clock.now(), _counted)


def _counted() -> dict[str, Any]:
    now = clock.now()
    year = localtime(now).year
    total = statistics.total(statistics.of_agencies(year))
    return {"year": year, "now": now, "total": total, "overdue": overdue.in_all(now)}
