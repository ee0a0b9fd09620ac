"""Forms on paper: what a citizen typed, to keep or to hand in; and the empty form of a procedure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies import queries as places
from motcua.dossiers.queries import dossier_page
from motcua.dossiers.workflow import Status
from motcua.people.web import citizen_of, citizen_required
from motcua.procedures.forms import rules as forms
from motcua.procedures.queries import published_terms


@never_cache
@citizen_required
@require_safe
def filled(request: HttpRequest, reference: str) -> HttpResponse:
    """What was typed, as the paper form lays it out, for its owner to save or print (EF-01)."""
    dossier = dossier_page(citizen_of(request), reference)
    is_draft = dossier.status == Status.DRAFT
    context = {
        "dossier": dossier,
        "terms": dossier.terms,
        "sections": forms.filled_paper(dossier.terms.form, dossier.answers, places),
        "papers": [(slot.name, len(slot.papers)) for slot in dossier.slots if slot.papers],
        "back": reverse("portal:check" if is_draft else "portal:dossier", args=[reference]),
        "is_draft": is_draft,
    }
    return render(request, "portal/eform/print.html", context)


@require_safe
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """The empty form of a procedure, to be filled in by hand; the desk accepts it (EF-06)."""
    terms = published_terms(code)
    context = {
        "terms": terms,
        "sections": forms.blank_paper(terms.form),
        "back": reverse("portal:procedure", args=[code]),
    }
    return render(request, "portal/eform/print.html", context)
