"""Nhận trực tiếp: an official files for the person standing at the counter, on one long page."""

import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies import queries as places
from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.core.text import clean
from motcua.dossiers import rules
from motcua.dossiers.actions.filing import file_at_counter, owner_by_number
from motcua.dossiers.actions.intake import accept_dossier
from motcua.dossiers.types import Applicant
from motcua.dossiers.web.desk_counter_papers import (
    Kept,
    kept_before,
    tokens_of,
    uploaded,
)
from motcua.dossiers.web.desk_eform import PREFIX, parts_of, read_form
from motcua.dossiers.web.desk_forms import OwnerForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.procedures.forms.rules import check_all
from motcua.procedures.queries import find, published_terms

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.procedures.forms.types import Answers
    from motcua.procedures.types import Terms


@require_GET
@post_required(Role.DESK_OFFICER)
def choose(request: HttpRequest) -> HttpResponse:
    """Which procedure the person came for."""
    text = clean(request.GET.get("q", ""))[:200]
    found = find(text).found if text else ()
    context = {"text": text, "found": found}
    return desk_page(request, "desk/counter_choose.html", context)


@require_http_methods(["GET", "POST"])
@post_required(Role.DESK_OFFICER)
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The long page; “Nộp” files, “Nộp và tiếp nhận” also accepts and prints Form 01."""
    post, terms = post_of(request), published_terms(code)
    if request.method == "GET":
        return _page(request, terms, OwnerForm(), {}, [])
    answers = read_form(terms.form, request.POST)
    owner = OwnerForm(request.POST)
    kept = kept_before(request, post)
    try:
        kept += uploaded(request, post, terms.slots)
    except Refused as no:
        return _page(request, terms, owner, answers, kept, no.reasons)
    if "lookup" in request.POST:
        return _page(request, terms, _looked_up(request, post), answers, kept)
    if not {"send", "accept"} & set(request.POST):  # add a row, show the communes, drop a file
        return _page(request, terms, OwnerForm(initial=request.POST.dict()), answers, kept)
    try:
        reference = _filed(request, post, terms, owner, answers, kept)
    except Refused as no:
        return _page(request, terms, owner, answers, kept, no.reasons)
    return redirect("desk:dossier", reference=reference)


def _looked_up(request: HttpRequest, post: "Post") -> OwnerForm:
    """The owner as our own records know them by the number; what was typed stays otherwise."""
    typed = request.POST.dict()
    person = owner_by_number(post, clean(request.POST.get("national_id", "")))
    if person is None:
        text = "Chưa có ai mang số này trong dữ liệu của hệ thống. Mời nhập theo giấy tờ."
        messages.warning(request, text)
        return OwnerForm(initial=typed)
    messages.success(request, "Đã lấy thông tin. Mời đối chiếu với giấy tờ trước khi nộp.")
    found = {name: text for name, text in asdict(person).items() if text}
    return OwnerForm(initial=typed | found | {"full_name": person.name})


def _filed(
    request: HttpRequest, post: "Post", terms: "Terms", owner: OwnerForm, answers: "Answers",
    kept: Kept,
) -> str:  # fmt: skip
    """File, and accept when asked to; the number of the dossier."""
    case = clean(request.POST.get("case", ""))
    if not owner.is_valid():
        raise Refused(_all_faults(terms, owner, answers, kept, case))
    dossier = file_at_counter(
        post=post,
        key=_key(request),
        procedure_code=terms.procedure_code,
        owner=Applicant(
            name=owner.cleaned_data["full_name"],
            **{k: owner.cleaned_data[k] for k in ("national_id", "address", "phone", "email")},
        ),
        answers=answers,
        papers=kept,
        case=case,
    )
    said = f"Đã nhận hồ sơ {dossier.reference}."
    if "accept" in request.POST:
        try:
            dossier = accept_dossier(
                post=post, reference=dossier.reference, revision=dossier.revision
            )
            said = f"Đã tiếp nhận hồ sơ {dossier.code}. Giấy hẹn có ở mục Phiếu trong giây lát."
        except Refused as no:
            messages.warning(request, " ".join(reason.text for reason in no.reasons))
    messages.success(request, said)
    return dossier.code or dossier.reference


def _all_faults(
    terms: "Terms", owner: OwnerForm, answers: "Answers", kept: Kept, case: str
) -> list[Reason]:
    """Everything wrong at once: the owner, the e-form, the case, the papers."""
    return [
        *(
            Reason("owner_wrong", str(text), field=f"id_{name}")
            for name, texts in owner.errors.items()
            for text in texts
        ),
        *check_all(terms.form, answers, today=clock.now().date(), places=places),
        *rules.case_unknown(terms.cases, case),
        *rules.missing_documents(terms.slots, case, {slot for slot, _, _ in kept}),
        *(
            reason
            for slot in terms.slots
            if slot.code in {code for code, _, _ in kept}
            for reason in rules.other_case(slot, case)
        ),
    ]


def _page(
    request: HttpRequest,
    terms: "Terms",
    owner: OwnerForm,
    answers: "Answers",
    kept: Kept,
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    """The long page with everything typed and everything wrong."""
    post = post_of(request)
    tokens = tokens_of(post, kept)
    case = request.POST.get("case", "")
    context: dict[str, Any] = {
        "terms": terms,
        "owner": owner,
        "parts": parts_of(terms.form, answers, reasons, post.agency.province_code),
        "slots": [(slot, [t for t in tokens if t[0] == slot.code]) for slot in terms.slots],
        "case": case,
        "key": _key(request),
        "errors": [{"id": anchor(reason), "text": reason.text} for reason in reasons],
        "tried": "Nộp hồ sơ tại quầy",
    }
    return desk_page(request, "desk/counter_file.html", context, status=422 if reasons else 200)


def anchor(reason: Reason) -> str:
    """Where on the page a reason is to be mended."""
    if reason.code == "owner_wrong":
        return reason.field
    if reason.code in ("owner_name_missing", "owner_number_wrong"):
        return "id_full_name" if reason.code == "owner_name_missing" else "id_national_id"
    if reason.code.startswith("document_"):
        return f"paper-{reason.field}"
    if reason.code.startswith(("answer_", "rows_")):
        return (PREFIX + reason.field).replace(".", "-")
    return "case" if reason.field == "case" else ""


def _key(request: HttpRequest) -> uuid.UUID:
    """The key of this form instance: pressed twice, filed once."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
