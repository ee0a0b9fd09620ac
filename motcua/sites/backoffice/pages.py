"""The first page of the back office: what waits for this keeper, and how the house is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.web import hand_of, post_of, post_required
from motcua.core.actors import Role
from motcua.dossiers.keeping import waiting_beside
from motcua.sites.backoffice import findings


@post_required(Role.KEEPER)
def home(request: HttpRequest) -> HttpResponse:
    """Sức khỏe hệ thống: for the keeper only."""
    found = list(findings.findings())
    well = all(finding.well for finding in found)
    to_decide, asked = waiting_beside(hand_of(request))
    page = {
        "findings": found, "well": well, "post": post_of(request), "to_decide": to_decide,
        "asked": asked,
    }  # fmt: skip
    return render(request, "backoffice/home.html", page)
