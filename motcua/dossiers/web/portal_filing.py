"""Filing a dossier: choose who receives it, the list of things to do, the e-form page by page."""

from copy import deepcopy
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean
from motcua.dossiers.actions.drafting import open_draft, save_page
from motcua.dossiers.correction_queries import reach_of
from motcua.dossiers.pages import DossierPage
from motcua.dossiers.queries import carried_over, dossier_page, drafts_of
from motcua.dossiers.taking_in import receiving_now
from motcua.dossiers.turns import read_turn
from motcua.dossiers.web.forms import StartForm, reasons_of
from motcua.dossiers.web.portal_corrections import asked_on
from motcua.dossiers.web.portal_tasks import backward, groups_of, onward
from motcua.dossiers.workflow import Status
from motcua.law.queries import filing_place
from motcua.people.acting import behalves
from motcua.people.queries import person_facts
from motcua.people.web import assurance_of, citizen_of, citizen_required
from motcua.procedures.forms import rules as forms
from motcua.procedures.forms.types import Answers, FormDefinition
from motcua.procedures.queries import published_terms

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

REFUSED = 422
LATER = "_later"
FORM_KEY_LENGTH = 64
LIKE = "tu"  # the draft whose answers are carried over to new terms
TURN = "_turn"  # autosave.js: which save of this loaded page it is
TOLD_MOST = 10
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@citizen_required
@get_or_post
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Choose who receives the dossier; the draft that is there already comes first."""
    citizen = citizen_of(request)
    terms = published_terms(code)
    agencies = receiving_now(terms.levels)
    form = StartForm(
        request.POST if request.method == "POST" else None,
        agencies=[(agency.code, agency.name) for agency in agencies],
    )
    reasons = reasons_of(form)
    if form.is_valid():
        try:
            dossier = _begun(request, code, form)
        except Refused as no:
            reasons = list(no.reasons)
        else:
            _tell_what_was_carried(request, dossier.reference)
            return redirect("portal:tasks", reference=dossier.reference)
    context = {
        "terms": terms,
        "agencies": agencies,
        "form": form,
        "reasons": reasons,
        "drafts": drafts_of(citizen, code),
        "form_key": uuid4(),
        "like": _like(request),
        "place": filing_place(code, clock.now().date()),
        "behalves": behalves(citizen, code),
        "needs_level": terms.min_identity_level > assurance_of(request),
    }
    return render(
        request, "portal/dossiers/start.html", context, status=REFUSED if reasons else 200
    )


def _begun(request: HttpRequest, code: str, form: StartForm) -> "Dossier":
    """The draft that the start page asks for."""
    return open_draft(
        citizen=citizen_of(request),
        procedure_code=code,
        agency_code=form.cleaned_data["agency"],
        form_key=request.POST.get("form_key", "")[:FORM_KEY_LENGTH],
        like=_like(request),
        level=assurance_of(request),
        right=form.cleaned_data["behalf"],
    )


def _like(request: HttpRequest) -> str:
    """The draft of the citizen's own to carry over, if the address or the form names one."""
    return clean(request.GET.get(LIKE, "") or request.POST.get(LIKE, ""))


def _tell_what_was_carried(request: HttpRequest, reference: str) -> None:
    """Say what was carried over from the older draft, and what the new terms ask otherwise."""
    older = _like(request)
    try:
        found = carried_over(citizen_of(request), older, reference)
    except NotFound:
        return
    messages.success(request, f"Đã chép nội dung đã khai và giấy tờ từ bản nháp {older}.")
    told = (
        ("Câu hỏi mới hoặc đã sửa, mời ông/bà xem lại", found.questions),
        ("Giấy tờ mới phải nộp", found.papers),
        (f"Giấy tờ quy định mới không yêu cầu, còn trong bản nháp {older}", found.left),
    )
    for title, names in told:
        if names:
            more = len(names) - TOLD_MOST
            rest = f"; và {more} mục khác" if more > 0 else ""
            messages.warning(request, f"{title}: {'; '.join(names[:TOLD_MOST])}{rest}.")


def _terms_since(dossier: DossierPage) -> dict[str, Any]:
    """What became of a draft's terms: where it is begun again when they were replaced, or abolished."""
    try:
        now = published_terms(dossier.procedure_code)
    except NotFound:
        return {"is_abolished": True}
    if now.version_id == dossier.terms.version_id:
        return {}
    start = reverse("portal:start", args=[dossier.procedure_code])
    return {"new_terms": f"{start}?{LIKE}={dossier.reference}"}


@never_cache
@citizen_required
@require_safe
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything there is to do for a draft, and how far each thing is."""
    dossier = dossier_page(citizen_of(request), reference)
    if dossier.status != Status.DRAFT:
        return redirect("portal:dossier", reference=reference)
    groups = groups_of(dossier)
    rows = [row for group in groups for row in group.tasks if row.is_required]
    context = {
        "dossier": dossier,
        "groups": groups,
        "total": len(rows),
        "done": sum(row.is_done for row in rows),
        **_terms_since(dossier),
    }
    return render(request, "portal/dossiers/tasks.html", context)


@never_cache
@citizen_required
@get_or_post
def page(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """One page of the e-form; whatever was typed is kept, right or wrong."""
    reasons: list[Reason] = []
    if request.method == "POST":
        _, reasons = save_page(
            citizen=citizen_of(request),
            reference=reference,
            page_key=page,
            data=request.POST,
            turn=read_turn(request.POST.get(TURN, "")),
        )
        if LATER in request.POST and not _unkept(reasons):
            return _kept(request, reference)
        if not reasons:
            return redirect(_after(request, reference, page))
    dossier = dossier_page(citizen_of(request), reference)
    if not dossier.can_edit:  # an old address of a dossier that went on since
        return redirect("portal:dossier", reference=reference)
    if dossier.status != Status.DRAFT and page not in {
        each.key for each in reach_of(dossier).pages
    }:
        raise NotFound
    return render(
        request,
        "portal/dossiers/page.html",
        _page_context(request, dossier, page, reasons),
        status=REFUSED if reasons else 200,
    )


def _kept(request: HttpRequest, reference: str) -> HttpResponse:
    """To where it goes on: the list of a draft, or what the desk asked for."""
    if dossier_page(citizen_of(request), reference).status == Status.DRAFT:
        messages.success(request, "Đã lưu bản nháp. Ông/bà làm tiếp lúc nào cũng được.")
        return redirect("portal:tasks", reference=reference)
    messages.success(
        request, "Đã lưu phần sửa, chưa gửi cho cơ quan. Ông/bà sửa tiếp lúc nào cũng được."
    )
    return redirect("portal:supplement", reference=reference)


def _unkept(reasons: list[Reason]) -> list[Reason]:
    """The reasons of what was far too long or too many to be kept in the draft."""
    return [reason for reason in reasons if reason.code in ("answer_too_long", "rows_too_many")]


def _with_typed(form: FormDefinition, key: str, answers: Answers, reasons: list[Reason]) -> Answers:
    """The answers as the page must show them: also what was too long to be kept."""
    shown: Any = deepcopy(answers)
    for reason in reasons:
        if not isinstance(reason, forms.Unkept):
            continue
        where = reason.field.split(".")[1:]
        holder = shown.setdefault(forms.page_of(form, key).section.key, {})
        holder = holder[int(where[0])] if len(where) > 1 else holder
        holder[where[-1]] = _clean_parts(reason.typed)
    return dict(shown)


def _clean_parts(typed: Any) -> Any:
    """What was typed, whole or in the parts of a date or an address."""
    if isinstance(typed, dict):
        return {part: clean(text) for part, text in typed.items()}
    return clean(str(typed))


def _after(request: HttpRequest, reference: str, page: str) -> str:
    """Where a page that was saved leads: the same page while rows are added or taken out."""
    if forms.stays_on_page(request.POST):
        return request.get_full_path()
    dossier = dossier_page(citizen_of(request), reference)
    return onward(request, dossier, reverse("portal:page", args=[reference, page]))


def _page_context(
    request: HttpRequest, dossier: DossierPage, key: str, reasons: list[Reason]
) -> dict[str, Any]:
    """What a page of an e-form shows."""
    form = dossier.terms.form
    view = forms.page_view(
        form,
        key,
        _with_typed(form, key, dossier.answers, reasons),
        reasons=reasons,
        reader=person_facts(citizen_of(request).pk),
        places=places,
        communes_url=f"{reverse('portal:places')}?tinh=",
    )
    if not (reach := reach_of(dossier)).is_all:
        asked = forms.questions(form, dossier.answers)
        view = forms.narrowed_view(view, forms.page_of(form, key), asked, reach.questions)
    return {
        "dossier": dossier,
        "eform": view,
        "back": backward(request, dossier),
        "reasons": reasons,
        "asked": asked_on(dossier, forms.page_of(form, key)),
    }


@citizen_required
@require_POST
def autosave(request: HttpRequest, reference: str, page: str) -> JsonResponse:
    """Keep what is typed while it is typed; says when, and what could not be kept."""
    _, reasons = save_page(
        citizen=citizen_of(request),
        reference=reference,
        page_key=page,
        data=request.POST,
        turn=read_turn(request.POST.get(TURN, "")),
    )
    unkept = [reason.text for reason in _unkept(reasons)]
    return JsonResponse({"saved_at": f"{clock.now():%H:%M}", "unkept": unkept})
