"""Nhận trực tiếp: an official files for the person standing at the counter, on one long page."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
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
from motcua.dossiers.actions.filing import file_at_counter
from motcua.dossiers.actions.intake import accept_dossier
from motcua.dossiers.types import Applicant
from motcua.dossiers.web.desk_eform import PREFIX, parts_of, read_form
from motcua.dossiers.web.desk_forms import OwnerForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.files.actions import store
from motcua.files.queries import open_file
from motcua.procedures.forms.rules import check_all
from motcua.procedures.queries import find, published_terms

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.procedures.forms.types import Answers
    from motcua.procedures.types import Terms

SALT = "desk.counter.paper"
Kept = list[tuple[str, str, str]]  # slot, file name, digest


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
    try:
        kept = [*_kept(request, post), *_uploaded(request, terms)]
    except Refused as no:
        return _page(request, terms, owner, answers, _kept(request, post), no.reasons)
    if not {"send", "accept"} & set(request.POST):  # add a row, show the communes, drop a file
        return _page(request, terms, OwnerForm(initial=request.POST.dict()), answers, kept)
    try:
        reference = _filed(request, post, terms, owner, answers, kept)
    except Refused as no:
        return _page(request, terms, owner, answers, kept, no.reasons)
    return redirect("desk:dossier", reference=reference)


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
        papers=[(slot, name, _content(digest)) for slot, name, digest in kept],
        case=case,
    )
    said = f"Đã nhận hồ sơ {dossier.reference}."
    if "accept" in request.POST:
        try:
            dossier = accept_dossier(
                post=post, reference=dossier.reference, revision=dossier.revision
            )
            said = f"Đã tiếp nhận hồ sơ {dossier.code}. Mời in giấy hẹn ở mục Phiếu."
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
    tokens = [(slot, name, _token(post, slot, name, digest)) for slot, name, digest in kept]
    case = request.POST.get("case", "")
    context: dict[str, Any] = {
        "terms": terms,
        "owner": owner,
        "parts": parts_of(terms.form, answers, reasons, post.agency.province_code),
        "slots": [(slot, [t for t in tokens if t[0] == slot.code]) for slot in terms.slots],
        "case": case,
        "key": _key(request),
        "errors": [{"id": _anchor(reason), "text": reason.text} for reason in reasons],
        "tried": "Nộp hồ sơ tại quầy",
    }
    return desk_page(request, "desk/counter_file.html", context, status=422 if reasons else 200)


def _anchor(reason: Reason) -> str:
    """Where on the page a reason is to be mended."""
    if reason.code == "owner_wrong":
        return reason.field
    if reason.code == "document_missing":
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


def _uploaded(request: HttpRequest, terms: "Terms") -> Kept:
    """Store what was just chosen, so that a mistake elsewhere does not lose it."""
    return [
        (slot.code, stored.name, stored.digest)
        for slot in terms.slots
        for upload in request.FILES.getlist(f"paper-{slot.code}")
        if isinstance(upload, UploadedFile)
        for stored in [store(upload.read(), upload.name or "tep")]
    ]


def _token(post: "Post", slot: str, name: str, digest: str) -> str:
    """A stored file named so that only this post can name it again."""
    return signing.dumps([post.pk, slot, name, digest], salt=SALT)


def _kept(request: HttpRequest, post: "Post") -> Kept:
    """The files stored at an earlier try, without those just dropped."""
    found: Kept = []
    dropped = set(request.POST.getlist("drop"))
    for token in request.POST.getlist("kept"):
        try:
            owner, slot, name, digest = signing.loads(token, salt=SALT, max_age=86_400)
        except signing.BadSignature:
            continue
        if owner == post.pk and token not in dropped:
            found.append((slot, name, digest))
    return found


def _content(digest: str) -> bytes:
    with open_file(digest) as stored:
        return stored.read()
