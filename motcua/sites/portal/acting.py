"""Ủy quyền, thành viên: the citizens' pages on which they let others file for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.core import clock
from motcua.core.errors import Reason, Refused
from motcua.core.text import clean
from motcua.dossiers.web.files import download
from motcua.dossiers.web.moments import DAYS
from motcua.files.actions import store
from motcua.files.queries import file_facts, open_file
from motcua.people.acting import (
    add_member,
    end_mandate,
    end_member,
    has_house,
    make_mandate,
    mandate_document,
    mandates_by,
    mandates_to,
    members_of,
    organisation_of,
)
from motcua.people.parties import (
    MANDATE_NAMES,
    RESULT_STORE_NAMES,
    MandateKind,
    MandateWords,
    MemberWords,
    ResultStore,
)
from motcua.people.web import assurance_of, citizen_of, citizen_required
from motcua.procedures.queries import highest_level, published_codes

MOST = 4000  # characters of a field; the rules say how much of it is too much
KINDS = [(kind.value, MANDATE_NAMES[kind]) for kind in (MandateKind.ATTORNEY, MandateKind.HIRED)]
STORES = [(store.value, RESULT_STORE_NAMES[store]) for store in ResultStore]
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@citizen_required
@require_safe
def mandates(request: HttpRequest) -> HttpResponse:
    """What one has given to others, and was given by others."""
    citizen = citizen_of(request)
    page = {
        "given": mandates_by(citizen),
        "received": mandates_to(citizen),
        "has_house": has_house(citizen),
    }
    return render(request, "portal/acting/mandates.html", page)


@never_cache
@citizen_required
@get_or_post
def make(request: HttpRequest) -> HttpResponse:
    """Lập ủy quyền."""
    if request.method != "POST":
        typed = {"kind": MandateKind.ATTORNEY.value, "from_on": f"{clock.now():%d/%m/%Y}"}
        return _mandate_page(request, typed)
    typed, document = _typed(request), None
    reasons: list[Reason] = []
    if upload := request.FILES.get("document"):
        document, reasons = _kept(request, upload)
    codes = _codes(typed["procedures"])
    words = MandateWords(
        attorney_number=typed["attorney_number"].replace(" ", ""),
        attorney_name=typed["attorney_name"],
        kind=typed["kind"],
        procedures=codes,
        from_on=_day(typed["from_on"]),
        to_on=_day(typed["to_on"]),
        result_store=typed["result_store"],
    )
    known = {code for code, _ in published_codes()} if codes else set()
    known_here = tuple(code for code in codes if code in known)
    try:
        make_mandate(
            grantor=citizen_of(request), words=words, known=known_here, document=document,
            level=assurance_of(request), least=highest_level(codes),
        )  # fmt: skip
    except Refused as no:
        found = [r for r in no.reasons if not (reasons and r.code == "document_missing")]
        return _mandate_page(request, typed, [*found, *reasons])
    messages.success(request, f"Đã lập ủy quyền cho {words.attorney_name}.")
    return redirect("portal:mandates")


@citizen_required
@require_POST
def end(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """The “Chấm dứt” button; pressed twice, it leads to the same page."""
    end_mandate(grantor=citizen_of(request), mandate_id=mandate_id)
    messages.success(request, "Đã chấm dứt ủy quyền. Hồ sơ đã nộp vẫn được giải quyết.")
    return redirect("portal:mandates")


@never_cache
@citizen_required
@require_safe
def document(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """The paper of a mandate, for whoever gave it and whoever was given it."""
    digest, name = mandate_document(citizen_of(request), mandate_id)
    return download(open_file(digest), file_facts(digest).kind, name)


@never_cache
@citizen_required
@get_or_post
def members(request: HttpRequest) -> HttpResponse:
    """Thành viên: who files for the organisation whose own account this is."""
    house = citizen_of(request)
    organisation = organisation_of(house)
    typed: dict[str, str] = {"from_on": f"{clock.now():%d/%m/%Y}"}
    reasons: Sequence[Reason] = ()
    if request.method == "POST":
        typed = _typed(request)
        words = MemberWords(
            number=typed["member_number"].replace(" ", ""),
            name=typed["member_name"],
            role=typed["role"],
            from_on=_day(typed["from_on"]),
            to_on=_day(typed["to_on"]),
        )
        try:
            add_member(house=house, words=words, level=assurance_of(request), least=highest_level())
        except Refused as no:
            reasons = no.reasons
        else:
            messages.success(request, f"Đã thêm {words.name}.")
            return redirect("portal:members")
    page = {
        "organisation": organisation,
        "rows": members_of(house),
        "typed": typed,
        **_wanted(request),
        **_told(reasons),
    }
    return render(request, "portal/acting/members.html", page, status=422 if reasons else 200)


@citizen_required
@require_POST
def member_end(request: HttpRequest, member_id: int) -> HttpResponse:
    """The “Thôi” button beside a member; pressed twice, it leads to the same page."""
    end_member(house=citizen_of(request), member_id=member_id)
    messages.success(request, "Người này không nộp hồ sơ thay tổ chức được nữa.")
    return redirect("portal:members")


def _mandate_page(
    request: HttpRequest, typed: dict[str, str], reasons: Sequence[Reason] = ()
) -> HttpResponse:
    page = {"typed": typed, "kinds": KINDS, "stores": STORES, **_wanted(request), **_told(reasons)}
    return render(request, "portal/acting/make.html", page, status=422 if reasons else 200)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What whoever came in less surely reads first: some rights are theirs to give only then."""
    most = highest_level()
    return {"level": most, "needs_level": most > assurance_of(request)}


def _told(reasons: Sequence[Reason]) -> dict[str, Any]:
    return {"reasons": reasons, "errors": {each.field: each.text for each in reasons}}


def _typed(request: HttpRequest) -> dict[str, str]:
    names = (
        "attorney_number", "attorney_name", "kind", "procedures", "from_on", "to_on",
        "result_store", "member_number", "member_name", "role",
    )  # fmt: skip
    return {name: clean(request.POST.get(name, "")[:MOST]) for name in names}


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.replace(",", " ").replace(";", " ").split()))


def _day(typed: str) -> date | None:
    from django import forms

    try:
        found: date | None = forms.DateField(required=False, input_formats=DAYS).clean(typed)
    except forms.ValidationError:
        return None
    return found


def _kept(
    request: HttpRequest, upload: UploadedFile[Any]
) -> tuple[tuple[str, str, str] | None, list[Reason]]:
    """The paper, looked at and kept; or what is wrong with it."""
    try:
        kept = store(upload, upload.name or "uy-quyen", citizen_of(request).actor)
    except Refused as no:
        return None, [Reason(r.code, r.text, field="document") for r in no.reasons]
    return (kept.digest, kept.name[:255], kept.kind), []
