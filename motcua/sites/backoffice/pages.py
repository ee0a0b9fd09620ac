"""The first page of the back office: how the house is, in sentences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.sites.backoffice import findings


@post_required(Role.KEEPER)
def home(request: HttpRequest) -> HttpResponse:
    """Sức khỏe hệ thống: for the keeper only."""
    found = list(findings.findings())
    well = all(finding.well for finding in found)
    page = {"findings": found, "well": well, "post": post_of(request)}
    return render(request, "backoffice/home.html", page)
