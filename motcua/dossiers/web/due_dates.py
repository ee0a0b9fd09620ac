"""How a promised date was counted, line by line: at the desk and for the owner."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from motcua.agencies.web import post_of, post_required
from motcua.dossiers.due_pages import due_page_at, due_page_of
from motcua.dossiers.web.desk_frame import desk_page
from motcua.people.web import citizen_of, citizen_required


@require_GET
@post_required()
def at_desk(request: HttpRequest, reference: str) -> HttpResponse:
    """Thời hạn: the count of a dossier that this post may see."""
    return desk_page(request, "desk/due.html", {"count": due_page_at(post_of(request), reference)})


@never_cache
@citizen_required
@require_safe
def of_owner(request: HttpRequest, reference: str) -> HttpResponse:
    """Thời hạn: the count of one's own dossier."""
    count = due_page_of(citizen_of(request), reference)
    return render(request, "portal/dossiers/due.html", {"count": count})
