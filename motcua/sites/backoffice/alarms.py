"""Cảnh báo of the whole house, for those who keep it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.dossiers.alarm_pages import alarms_of_the_house
from motcua.dossiers.reading_pages import much_lately
from motcua.dossiers.silence_queries import MOST, unheld
from motcua.dossiers.web.desk_alarms import number_in


@require_safe
@post_required(Role.KEEPER)
def alarms(request: HttpRequest) -> HttpResponse:
    """Every open alarm: which dossier, what, who was told; no citizen's name."""
    post = post_of(request)
    page = alarms_of_the_house(post, number_in(request.GET.get("truoc", "")))
    shown = {"page": page, "post": post, "unheld": unheld(), "most": MOST}
    shown["much"] = much_lately(post)
    return render(request, "backoffice/alarms.html", shown)
