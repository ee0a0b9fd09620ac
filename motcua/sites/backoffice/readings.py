"""Lượt xem of the whole house, for those who keep it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.agencies.web import post_required
from motcua.core.actors import Role
from motcua.dossiers.web.desk_review import page_of


@require_safe
@post_required(Role.KEEPER)
def readings(request: HttpRequest) -> HttpResponse:
    """Whose reading to look at, or what that post read; the looking is journalled too."""
    return page_of(request, "backoffice/readings.html")
