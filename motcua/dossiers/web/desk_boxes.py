"""The boxes beside the way of a dossier: an answer to an urging, how a mishap was made good."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from motcua.agencies.web import post_of, post_required
from motcua.core.errors import Refused
from motcua.core.text import clean
from motcua.dossiers.actions import lost_papers, urging
from motcua.dossiers.web.desk_dossier import Box, refused_beside
from motcua.dossiers.web.desk_forms import LONGEST
from motcua.dossiers.web.desk_incidents import who_is_told


@require_POST
@post_required()
def answer_urging(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Trả lời văn bản đôn đốc."""
    answer = clean(request.POST.get("answer", ""))[:LONGEST]
    try:
        urging.answer_urging(
            post=post_of(request), reference=reference, urging_id=number, answer=answer
        )
    except Refused as no:
        return refused_beside(request, reference, Box(f"urging-{number}", answer, no.reasons))
    messages.success(request, "Đã ghi trả lời đôn đốc.")
    return redirect("desk:dossier", reference=reference)


@require_POST
@post_required()
def made_good(request: HttpRequest, reference: str, incident_id: int) -> HttpResponse:
    """Khắc phục xong: how; the applicant is told."""
    how = clean(request.POST.get("how", ""))[:LONGEST]
    try:
        made = lost_papers.make_good(
            post=post_of(request), reference=reference, incident_id=incident_id, how=how
        )
    except Refused as no:
        return refused_beside(request, reference, Box(f"how-{incident_id}", how, no.reasons))
    messages.success(request, f"Đã ghi khắc phục xong. {who_is_told(made)}")
    return redirect("desk:dossier", reference=reference)
