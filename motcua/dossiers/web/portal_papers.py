"""The papers of a dossier on the citizen's side: add, look at, take out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.core.errors import NotFound, Reason, Refused
from motcua.dossiers.actions.papers import attach, remove_document
from motcua.dossiers.correction_queries import reach_of
from motcua.dossiers.pages import DossierPage
from motcua.dossiers.queries import dossier_page, paper_of
from motcua.dossiers.types import SlotView
from motcua.dossiers.web.files import download, picture
from motcua.dossiers.web.portal_filing import REFUSED, get_or_post
from motcua.dossiers.web.portal_tasks import backward, onward
from motcua.dossiers.workflow import Status
from motcua.files.queries import limits, open_file, thumbnail
from motcua.people.web import citizen_of, citizen_required


def _slot(slots: list[SlotView], code: str) -> SlotView:
    """The slot of this code; `NotFound` when the procedure does not ask for it."""
    for slot in slots:
        if slot.code == code:
            return slot
    raise NotFound


def _uploaded(sent: int, kept: int) -> str:
    """What became of the files that were sent."""
    if kept < sent:
        return f"Đã tải lên và ghép {sent} ảnh thành một tệp. Mời ông/bà xem lại."
    return f"Đã tải lên {kept} tệp. Mời ông/bà xem lại."


@never_cache
@citizen_required
@get_or_post
def papers(request: HttpRequest, reference: str, slot: str) -> HttpResponse:
    """What was attached for one paper of the procedure, and the place to add more."""
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        uploads = request.FILES.getlist("files")
        try:
            added = attach(
                citizen=citizen_of(request), reference=reference, slot=slot, uploads=uploads
            )
        except Refused as no:
            reasons = tuple(Reason(r.code, r.text, field="files") for r in no.reasons)
        else:
            messages.success(request, _uploaded(len(uploads), len(added)))
            return redirect(request.get_full_path())
    dossier = dossier_page(citizen_of(request), reference)
    if not dossier.can_edit:  # an old address of a dossier that went on since
        return redirect("portal:dossier", reference=reference)
    view = _slot(dossier.slots, slot)
    reach = reach_of(dossier)
    if not reach.is_all and slot not in reach.papers:
        raise NotFound
    return render(
        request,
        "portal/dossiers/papers.html",
        {
            "dossier": dossier,
            "slot": view,
            "documents": view.papers,
            "removable": _removable(dossier, view),
            "asked": [view.asked] if view.asked else [],
            "reasons": reasons,
            "back": backward(request, dossier),
            "max_bytes": limits().size,
            "max_size": filesizeformat(limits().size),
            "next": onward(request, dossier, reverse("portal:papers", args=[reference, slot])),
        },
        status=REFUSED if reasons else 200,
    )


def _removable(dossier: DossierPage, view: SlotView) -> set[int]:
    """The papers of a slot that their owner may take out again: all of a draft; of a supplement
    those the agency asked about, and whatever it has not been sent yet.
    """
    free = dossier.status == Status.DRAFT or bool(view.asked)
    return {paper.id for paper in view.papers if free or paper.is_unsent}


@citizen_required
@require_POST
def remove(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """The “Xóa” button beside a paper; pressed twice, it leads to the same page.

    The button says in which slot it stands: a paper that is gone no longer knows.
    """
    citizen = citizen_of(request)
    try:
        slot = paper_of(citizen, reference, document_id).slot
        remove_document(citizen=citizen, reference=reference, document_id=document_id)
    except NotFound:
        slot = _slot(dossier_page(citizen, reference).slots, request.POST.get("slot", "")).code
    else:
        messages.success(request, "Đã xóa tệp.")
    return redirect("portal:papers", reference=reference, slot=slot)


@citizen_required
@require_safe
def paper(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """The paper itself, as it was handed in."""
    found = paper_of(citizen_of(request), reference, document_id)
    with open_file(found.digest) as file:
        return download(file.read(), found.kind, found.file_name)


@citizen_required
@require_safe
def small(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """A small picture of the paper's first page."""
    found = paper_of(citizen_of(request), reference, document_id)
    return picture(thumbnail(found.digest))
