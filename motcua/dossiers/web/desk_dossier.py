"""One dossier on an official's screen: facts and steps, the paper itself, checklist and decision."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from motcua.agencies import queries as places
from motcua.agencies.web import post_of, post_required
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import whole_number
from motcua.dossiers import desk_queries, queries
from motcua.dossiers.asides import beside
from motcua.dossiers.calls import calling_beside
from motcua.dossiers.consulting_queries import asides
from motcua.dossiers.correction_queries import slip_beside
from motcua.dossiers.explanations import delay_beside
from motcua.dossiers.guests import Question, questions_to
from motcua.dossiers.incident_queries import incidents_of
from motcua.dossiers.late_entries import late_entry_at
from motcua.dossiers.pages import DeskDossier, DossierPage
from motcua.dossiers.station_queries import slip_just_given, stations_beside
from motcua.dossiers.types import CHANNEL_NAMES, Channel, Paper
from motcua.dossiers.web.desk_checklist import ALL_RIGHT, DEFICIENCIES, beside_papers, marks_kept
from motcua.dossiers.web.desk_clock import OF_THE_UNIT, ClockView, clock_of
from motcua.dossiers.web.desk_conflicts import is_conflict, stale, status_of
from motcua.dossiers.web.desk_forms import StepForm
from motcua.dossiers.web.desk_frame import LAST_LIST, desk_page
from motcua.dossiers.web.desk_steps import STEPS, bound_form, buttons
from motcua.dossiers.web.objections import beside as beside_fields
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.procedures.forms.rules import summary

if TYPE_CHECKING:
    from motcua.agencies.models import Post

FIELDS = {"file": "upload"}  # what a rule calls otherwise than the form


@require_GET
@post_required()
def dossier(request: HttpRequest, reference: str) -> HttpResponse:
    """The dossier in three panes."""
    post = post_of(request)
    return _page(request, post, queries.desk_dossier(post, reference))


@require_POST
@post_required()
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Any button of the dossier page: read the form, take the step, say what was done."""
    post = post_of(request)
    chosen = _step_named(name)
    found = queries.desk_dossier(post, reference)
    form = bound_form(chosen, found, request)
    if not form.is_valid():
        reasons = stale(found, request.POST.get("revision", ""))
        status = status_of(reasons) if reasons else 422
        return _page(request, post, found, tried=(chosen, form), reasons=reasons, status=status)
    try:
        STEPS[chosen].run(post, reference, form.cleaned_data)
    except Refused as no:
        if is_conflict(no.reasons) and form.cleaned_data["revision"] == found.page.revision:
            found = queries.desk_dossier(post, reference)  # changed since it was read just above
        status = status_of(no.reasons)
        return _page(request, post, found, tried=(chosen, form), reasons=no.reasons, status=status)
    messages.success(request, _told(post, reference, chosen))
    if not desk_queries.still_reads(post, reference):  # handed on to another unit
        if chosen is Step.ANSWER_STATION:
            return redirect("desk:list", "lien-thong")
        return redirect("desk:home")
    return redirect("desk:dossier", reference=reference)


def _told(post: "Post", reference: str, step: Step) -> str:
    """What was done; whoever gave papers on with it gets the way to the slip, the only one there is."""
    given = slip_just_given(post, reference) if step is Step.ANSWER_STATION else None
    if given is None:
        return STEPS[step].done
    return format_html(
        '{} <a class="govuk-notification-banner__link" href="{}">In giấy bàn giao số {}</a>',
        STEPS[step].done, reverse("desk:station-slip", args=(reference, given.order)), given.slip,
    )  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A box beside the way of a dossier: its id on the page, what was typed, why it was refused."""

    id: str
    typed: str
    reasons: tuple[Reason, ...]

    @property
    def errors(self) -> list[dict[str, str]]:
        """What the head of the page says, each with its way to the box."""
        return [
            {"id": self.id if reason.field else "", "text": reason.text} for reason in self.reasons
        ]


def refused_beside(request: HttpRequest, reference: str, box: Box) -> HttpResponse:
    """The dossier as it is now, with a box beside its way as it was typed."""
    post, status = post_of(request), status_of(box.reasons)
    return _page(request, post, queries.desk_dossier(post, reference), status=status, box=box)


def _step_named(name: str) -> Step:
    """The step of this name that has a button; anything else is a page not found."""
    if name not in STEPS:
        raise NotFound
    return Step(name)


def _page(
    request: HttpRequest,
    post: "Post",
    found: DeskDossier,
    *,
    tried: tuple[Step, StepForm] | None = None,
    reasons: tuple[Reason, ...] = (),
    status: int = 200,
    box: Box | None = None,
) -> HttpResponse:
    """The dossier as it is now, with what was typed and why it was refused."""
    if status == 409 and tried is not None:
        tried = (tried[0], _read_again(tried[1], found.page.revision))
    drawn = buttons(found, tried)
    questions = questions_to(post, found.page.reference)
    context = {
        "desk": found,
        "questions": questions,
        "dossier": found.page,
        "beside": desk_queries.neighbours(
            post, found.page.reference, request.session.get(LAST_LIST, "")
        ),
        "clock": _clock(found, questions),
        **_on_record(post, found),
        **_paper_on_screen(request, found.papers),
        "sections": summary(found.page.terms.form, found.page.answers, places),
        "channel": CHANNEL_NAMES[Channel(found.channel)],
        "buttons": drawn,
        "checking": any(button.needs_checklist for button in drawn),
        "checklist": _checklist(found.page, request, beside_papers(reasons)),
        "all_right": ALL_RIGHT in request.POST,
        "deficiencies": DEFICIENCIES,
        "slip": slip_beside(post, found.page.reference),
        "errors": box.errors if box else _errors(tried, reasons),
        "box": box,
        "conflict": status == 409,
        "tried": STEP_TEXTS[tried[0]] if tried else "",
        "other": request.POST.get("other", ""),
    }
    return desk_page(request, "desk/dossier.html", context, status=status)


def _clock(found: DeskDossier, questions: list[Question]) -> ClockView:
    """The clock of the dossier; for a unit that is only asked, that of the first answer it owes."""
    if not questions:
        return clock_of(found.left, found.page.status)
    first = min(questions, key=lambda each: each.due_at or datetime.max.replace(tzinfo=UTC))
    shown = clock_of(first.left, found.page.status)
    return ClockView(shown.tone, shown.text, OF_THE_UNIT)


def _on_record(post: "Post", found: DeskDossier) -> dict[str, Any]:
    """What stands beside the way of a dossier: consultations, entered late, a result gone wrong."""
    reference = found.page.reference
    return {
        "asides": asides(post, reference),
        "beside_it": beside(post, reference, found.page.status, found.channel),
        "late_entry": late_entry_at(reference), "incidents": incidents_of(reference),
        "delay": delay_beside(post, reference), "calling": calling_beside(post, reference),
        "stations": stations_beside(post, reference),
    }  # fmt: skip


def _read_again(form: StepForm, revision: int) -> StepForm:
    """The same form with all that was typed, on the dossier as it is now."""
    form.data = {**form.data, "revision": str(revision)}
    return form


def _paper_on_screen(request: HttpRequest, papers: list[Paper]) -> dict[str, Any]:
    """The paper asked for, and which of its pages."""
    paper = _selected(papers, request.GET.get("giay", ""))
    number = _page_number(request.GET.get("trang", ""), paper.pages if paper else 0)
    return {"paper": paper, "page": number}


def _selected(papers: list[Paper], wanted: str) -> Paper | None:
    """The paper asked for, else the first."""
    return next(
        (paper for paper in papers if str(paper.id) == wanted), papers[0] if papers else None
    )


def _page_number(wanted: str, pages: int) -> int:
    """The page asked for, within the paper."""
    return max(1, min(whole_number(wanted) or 1, pages or 1))


def _checklist(
    page: DossierPage, request: HttpRequest, said: dict[str, str]
) -> list[dict[str, Any]]:
    """One row per paper the procedure asks for, with what was ticked and what was said of it.

    Ticked just now, or at the counter by the same official; nobody else's tick is shown as theirs.
    """
    earlier = {} if request.method == "POST" else marks_kept(request, page.reference)
    return [
        {
            "slot": slot,
            "mark": request.POST.get(f"check-{slot.code}", earlier.get(slot.code, "")),
            "why": request.POST.get(f"why-{slot.code}", ""),
            "more": request.POST.get(f"more-{slot.code}", ""),
            "error": said.get(slot.code, ""),
        }
        for slot in page.slots
    ]


def _errors(tried: tuple[Step, StepForm] | None, reasons: Sequence[Reason]) -> list[dict[str, str]]:
    """All that was wrong, each with the id of the field to mend, and beside it."""
    if tried:
        reasons = beside_fields(tried[1], [_of_the_file(reason) for reason in reasons], FIELDS)
    found = [
        {
            "id": f"check-{reason.field}" if reason.code == "paper_unchecked" else "quyet-dinh",
            "text": reason.text,
        }
        for reason in reasons
    ]
    if tried is None or is_conflict(reasons):
        return found  # on a stale page, what the fields say is no longer the point
    named, form = tried
    for field, texts in form.errors.items():
        where = "quyet-dinh" if field == "__all__" else f"{named}-{field}"
        found += [{"id": where, "text": str(text)} for text in texts]
    return found


def _of_the_file(reason: Reason) -> Reason:
    """What is wrong with a file stands beside the field in which it was chosen."""
    is_about_it = reason.code.startswith("file_") and not reason.field
    return replace(reason, field="upload") if is_about_it else reason
