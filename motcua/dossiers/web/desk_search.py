"""Finding a dossier from any desk page: by its code, by name with or without marks, by identity number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from motcua.agencies.web import post_of, post_required
from motcua.core.text import clean, fold
from motcua.dossiers import desk_queries, queries
from motcua.dossiers.rules import is_code, is_temporary
from motcua.dossiers.web.desk_clock import with_clocks
from motcua.dossiers.web.desk_frame import desk_page

LONGEST = 200
SHORTEST = 2  # one letter would match nearly everybody


@require_GET
@post_required()
def search(request: HttpRequest) -> HttpResponse:
    """A code opens its dossier; anything else lists whose name or identity number it is."""
    post = post_of(request)
    text = clean(request.GET.get("q", ""))
    number = text.upper()
    if is_code(number) or is_temporary(number):
        return redirect("desk:dossier", reference=number)
    context = {"text": text, "worklists": queries.desk_counters(post)}
    if not SHORTEST <= len(fold(text)) <= LONGEST:
        return desk_page(request, "desk/search.html", context | {"is_unreadable": True})
    found = desk_queries.search(post, text)
    return desk_page(
        request, "desk/search.html", context | {"found": found, "rows": with_clocks(found.rows)}
    )
