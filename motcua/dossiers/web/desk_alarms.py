"""Cảnh báo: what fell silent, for the heads who have to break it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.dossiers.alarm_pages import alarms_at
from motcua.dossiers.reading_pages import much_lately
from motcua.dossiers.web.desk_frame import desk_page

LONGEST = 18  # digits


@require_GET
@post_required(Role.UNIT_HEAD, Role.APPROVER)
def alarms(request: HttpRequest) -> HttpResponse:
    """The open alarms about the dossiers that this head leads, the newest first."""
    post = post_of(request)
    page = alarms_at(post, number_in(request.GET.get("truoc", "")))
    return desk_page(request, "desk/alarms.html", {"page": page, "much": much_lately(post)})


def number_in(typed: str) -> int | None:
    """Where the next page begins; None for what no page of ours links to."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST else None
