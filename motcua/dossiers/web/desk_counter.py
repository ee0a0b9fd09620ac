"""Nhận trực tiếp: an official files for the person standing at the counter, on one long page."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.gzip import gzip_page
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
from motcua.dossiers.web.desk_checklist import (
    ALL_RIGHT,
    beside_papers,
    found_right,
    found_wrong,
    keep_marks,
)
from motcua.dossiers.web.desk_counter_owner import (
    asked_again,
    beside_the_owner,
    owner_address,
    with_needs,
    with_owner,
)
from motcua.dossiers.web.desk_counter_papers import Kept, papers_of, tokens_of
from motcua.dossiers.web.desk_eform import PREFIX, parts_of, read_form, to_officers
from motcua.dossiers.web.desk_forms import OwnerForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.desk_late import late_form, reception_of
from motcua.dossiers.web.objections import beside
from motcua.dossiers.workflow import Status
from motcua.procedures.forms.rules import check_all
from motcua.procedures.queries import find, published_terms

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier
    from motcua.procedures.forms.types import Answers
    from motcua.procedures.types import Terms

ADDRESS_LENGTH = 255  # letters, as in the box


@require_GET
@post_required(Role.DESK_OFFICER)
def choose(request: HttpRequest) -> HttpResponse:
    """Which procedure the person came for."""
    text = clean(request.GET.get("q", ""))[:200]
    found = find(text).found if text else ()
    context = {"text": text, "found": found}
    return desk_page(request, "desk/counter_choose.html", context)


@gzip_page  # a form on one page names every country and province several times
@require_http_methods(["GET", "POST"])
@post_required(Role.DESK_OFFICER)
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The long page; “Nộp” files, “Nộp và tiếp nhận” also accepts and prints Form 01."""
    post, terms = post_of(request), published_terms(code)
    if request.method == "GET":
        return _page(request, terms, OwnerForm(), {}, [])
    answers = read_form(terms.form, request.POST)
    owner = with_needs(OwnerForm(request.POST), terms.form, answers)
    kept, unusable = papers_of(request, post, terms.slots)
    if unusable:
        return _page(request, terms, owner, answers, kept, unusable)
    if "lookup" in request.POST:
        return _page(request, terms, _looked_up(request, post), answers, kept)
    if not {"send", "accept"} & set(request.POST):  # add a row, show the communes, drop a file
        return _page(request, terms, OwnerForm(initial=request.POST.dict()), answers, kept)
    try:
        reference = _filed(request, post, terms, owner, answers, kept)
    except Refused as no:
        reasons = beside_the_owner(owner, terms.form, answers, no.reasons)
        return _page(request, terms, owner, answers, kept, reasons)
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
    typed, answers = answers, with_owner(terms.form, answers, request.POST)
    unlooked = _not_found_right(request, terms, kept, case) if "accept" in request.POST else []
    if not owner.is_valid() or unlooked:
        raise Refused([*_all_faults(terms, owner, answers, kept, case), *unlooked])
    dossier = file_at_counter(
        post=post,
        key=_key(request),
        procedure_code=terms.procedure_code,
        owner=_owner(terms, owner, typed),
        answers=answers,
        papers=kept,
        case=case,
        late=reception_of(late_form(request)),
    )
    if "accept" in request.POST and dossier.status == Status.SUBMITTED:
        dossier = _accepted(post, dossier, found_right(request.POST, [s.code for s in terms.slots]))
    if dossier.status == Status.SUBMITTED:
        keep_marks(request, dossier.reference, [slot.code for slot in terms.slots])
    said = f"Đã nhận hồ sơ {dossier.reference}."
    if dossier.code:
        said = f"Đã tiếp nhận hồ sơ {dossier.code}. Giấy hẹn có ở mục Phiếu trong giây lát."
    messages.success(request, said)
    return dossier.code or dossier.reference


def _accepted(post: "Post", dossier: "Dossier", checked: set[str]) -> "Dossier":
    """The dossier accepted: by this press, or by the other one of a double click."""
    try:
        return accept_dossier(
            post=post, reference=dossier.reference, revision=dossier.revision, checked=checked
        )
    except Refused:
        dossier.refresh_from_db()
        if dossier.status != Status.ACCEPTED:
            raise
        return dossier


def _owner(terms: "Terms", owner: OwnerForm, answers: "Answers") -> Applicant:
    """Whose dossier it is; the address once typed in the e-form is not typed again."""
    typed = owner.cleaned_data
    return Applicant(
        name=typed["full_name"],
        national_id=typed["national_id"],
        address=typed["address"] or owner_address(terms.form, answers)[:ADDRESS_LENGTH],
        phone=typed["phone"],
        email=typed["email"],
    )


def _not_found_right(request: HttpRequest, terms: "Terms", kept: Kept, case: str) -> list[Reason]:
    """What keeps these papers from being accepted at once: no mark, or the mark “Chưa đạt”."""
    here = {slot for slot, _, _ in kept}
    papers = [p for p in rules.papers_to_check(terms.slots, case, here) if p.code in here]
    wrong = found_wrong(request.POST, [paper.code for paper in papers])
    marked = found_right(request.POST, [paper.code for paper in papers]) | set(wrong)
    text = (
        "Giấy tờ “{}” đang đánh dấu Chưa đạt. Mời anh/chị bấm “Nộp, tiếp nhận sau” rồi yêu cầu "
        "bổ sung, hoặc sửa lại thành Đạt."
    )
    return [
        *rules.unchecked(papers, marked),
        *(Reason("paper_wrong", text.format(p.name), p.code) for p in papers if p.code in wrong),
    ]


def _all_faults(
    terms: "Terms", owner: OwnerForm, answers: "Answers", kept: Kept, case: str
) -> list[Reason]:
    """Everything wrong at once: the owner, the e-form, the case, the papers."""
    again = asked_again(terms.form)  # what lacks because the owner's box is wrong is said there
    return [
        *(
            Reason("owner_wrong", str(text), field=f"id_{name}")
            for name, texts in owner.errors.items()
            for text in texts
        ),
        *(
            reason
            for reason in check_all(terms.form, answers, today=clock.now().date(), places=places)
            if owner.is_valid() or reason.field not in again
        ),
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
    reasons: Sequence[Reason] = (),
) -> HttpResponse:
    """The long page with everything typed and everything wrong."""
    post, reasons = post_of(request), to_officers(reasons)
    tokens, said = tokens_of(post, kept), beside_papers(reasons)
    case = request.POST.get("case", "")
    late = late_form(request)
    beside(late, reasons)
    province, again = post.agency.province_code, asked_again(terms.form)
    parts = parts_of(terms.form, answers, reasons, province, again=again)
    context: dict[str, Any] = {
        "terms": terms,
        "late": late,
        "owner": with_needs(owner, terms.form, answers),
        "parts": parts,
        "again": [question for part in parts for question in part.again],
        "is_again_open": any(part.is_again_open for part in parts),
        "slots": [
            {
                "slot": slot,
                "files": [token for token in tokens if token[0] == slot.code],
                "mark": request.POST.get(f"check-{slot.code}", ""),
                "error": said.get(slot.code, ""),
            }
            for slot in terms.slots
        ],
        "all_right": ALL_RIGHT in request.POST,
        "case": case,
        "key": uuid.uuid4() if _is_key_used(reasons) else _key(request),
        "errors": [{"id": anchor(reason), "text": reason.text} for reason in reasons],
        "tried": "Nộp hồ sơ tại quầy",
    }
    return desk_page(request, "desk/counter_file.html", context, status=422 if reasons else 200)


def anchor(reason: Reason) -> str:
    """Where on the page a reason is to be mended."""
    if reason.field.startswith("late_"):
        return f"id_{reason.field}"
    if reason.code == "owner_wrong":
        return reason.field
    if reason.code.startswith("owner_"):
        return "id_full_name" if reason.code == "owner_name_missing" else "id_national_id"
    if reason.code.startswith("paper_"):
        return f"check-{reason.field}"
    if reason.code.startswith("document_"):
        return f"paper-{reason.field}"
    if reason.code.startswith(("answer_", "rows_")):
        return (PREFIX + reason.field).replace(".", "-")
    return "case" if reason.field == "case" else ""


def _is_key_used(reasons: Sequence[Reason]) -> bool:
    """Whether this page has filed something else before: pressed again, it files another dossier."""
    return any(reason.code == "idempotency_conflict" for reason in reasons)


def _key(request: HttpRequest) -> uuid.UUID:
    """The key of this form instance: pressed twice, filed once."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
