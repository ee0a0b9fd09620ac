"""Văn bản đôn đốc: which units are slow, the document to one of them, its answer."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean, whole_number
from motcua.dossiers import urging_documents
from motcua.dossiers.actions.urging_documents import answer_document, sign_urging
from motcua.dossiers.urging_paper import urging_paper
from motcua.dossiers.web.desk_forms import LONGEST, Line
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.dossiers.web.moments import Day

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.urging_documents import SlowUnit

TEXT = (
    "Đề nghị đơn vị khẩn trương giải quyết các hồ sơ nêu trên; báo rõ nguyên nhân chậm, người chịu "
    "trách nhiệm và ngày có kết quả của từng hồ sơ."
)


class UrgingForm(forms.Form):
    """What the document says, and until when the unit answers."""

    text = Line("Nội dung đôn đốc", rows=4, initial=TEXT)
    answer_by = Day("Đề nghị trả lời trước hết ngày", "hạn trả lời", 3)


@require_GET
@post_required(Role.UNIT_HEAD, Role.APPROVER)
def documents(request: HttpRequest) -> HttpResponse:
    """The latest documents that this official signed, leads over or received."""
    post = post_of(request)
    context = {
        "rows": urging_documents.documents(post),
        "can_sign": urging_documents.may_sign(post),
    }
    return desk_page(request, "desk/urgings.html", context)


@require_http_methods(["GET", "POST"])
@post_required(Role.UNIT_HEAD, Role.APPROVER)
def make(request: HttpRequest) -> HttpResponse:
    """First the slow units; then one of them with its slow dossiers, and the document to sign."""
    post = post_of(request)
    if not urging_documents.may_sign(post):
        raise NotFound
    units = urging_documents.slow_units(post)
    asked = request.POST if request.method == "POST" else request.GET
    unit = next((u for u in units if u.id == whole_number(asked.get("don-vi", ""))), None)
    if unit is None:
        if request.method == "POST":
            messages.warning(request, "Đơn vị này không còn hồ sơ chậm nào.")
        return desk_page(request, "desk/urging_units.html", {"units": units})
    form = UrgingForm(request.POST if request.method == "POST" else None)
    reasons: tuple[Reason, ...] = ()
    if form.is_valid():
        try:
            document = sign_urging(
                post=post, unit_id=unit.id, chosen=set(request.POST.getlist("chon")),
                text=form.cleaned_data["text"], answer_by=form.cleaned_data["answer_by"],
            )  # fmt: skip
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, f"Đã ký văn bản đôn đốc số {document.number}.")
            return redirect("desk:urging", number=document.pk)
    return _page(request, post, unit, form, reasons)


def _page(
    request: HttpRequest,
    post: "Post",
    unit: "SlowUnit",
    form: UrgingForm,
    reasons: tuple[Reason, ...],
) -> HttpResponse:
    """The document before it is signed: all its dossiers ticked, then as they were ticked."""
    wrong = [{"id": f"id_{name}", "text": said[0]} for name, said in form.errors.items()]
    for reason in reasons:
        known = reason.field in form.fields
        wrong.append({"id": f"id_{reason.field}" if known else reason.field, "text": reason.text})
        if known:
            form.add_error(reason.field, reason.text)
    ticked = set(request.POST.getlist("chon")) if request.method == "POST" else None
    rows = urging_documents.slow_dossiers(post, unit.id)
    context = {
        "unit": unit,
        "rows": [(row, ticked is None or row.reference in ticked) for row in rows],
        "most": urging_documents.MOST,
        "is_full": len(rows) == urging_documents.MOST,
        "form": form,
        "errors": wrong,
        "tried": "Ký văn bản đôn đốc",
    }
    return desk_page(request, "desk/urging_make.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
@post_required(Role.UNIT_HEAD, Role.APPROVER)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One document; the head of the unit answers it here."""
    post = post_of(request)
    reasons: tuple[Reason, ...] = ()
    answer = clean(request.POST.get("answer", ""))[:LONGEST]
    if request.method == "POST":
        try:
            answer_document(post=post, number=number, answer=answer)
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, "Đã ghi trả lời đôn đốc.")
            return redirect("desk:urging", number=number)
    context = {
        "page": urging_documents.document_page(post, number),
        "answer": answer,
        "errors": [{"id": "answer", "text": reason.text} for reason in reasons],
        "tried": "Trả lời đôn đốc",
    }
    return desk_page(request, "desk/urging.html", context, status=422 if reasons else 200)


@require_GET
@post_required(Role.UNIT_HEAD, Role.APPROVER)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """The document to print, sign and stamp."""
    name, content = urging_paper(post_of(request), number)
    return download(content, "application/pdf", name)
