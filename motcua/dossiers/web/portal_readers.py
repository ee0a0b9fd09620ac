"""Ai đã xem hồ sơ của tôi: every look at one's own dossier, from the journal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.text import whole_number
from motcua.dossiers.reading_pages import looks_at
from motcua.people.web import citizen_of, citizen_required


@never_cache
@citizen_required
@require_safe
def readers(request: HttpRequest, reference: str) -> HttpResponse:
    """Who looked, in which post, at what, when, and why; the newest first."""
    before = whole_number(request.GET.get("truoc", "")) or 0
    page = looks_at(citizen_of(request), reference, before)
    return render(request, "portal/dossiers/readers.html", {"page": page})
