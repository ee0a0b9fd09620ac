"""What an official reads or prints of a dossier: its papers, its slips, its result and its journal."""

from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from motcua.agencies.web import post_of, post_required
from motcua.audit.queries import latest_entries
from motcua.audit.types import EntryFacts
from motcua.core.errors import NotFound
from motcua.dossiers import desk_queries, queries
from motcua.dossiers.types import Paper
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.files.queries import open_file, page_image

PAGE_WIDTH = 900
ENTRIES = 100  # of the journal on a page
READINGS = {
    "page": "Xem hồ sơ",
    "document": "Xem giấy tờ số",
    "slip": "Tải phiếu số",
    "result": "Tải kết quả",
    "control": "In phiếu kiểm soát",
}


@require_GET
@post_required()
def image(request: HttpRequest, reference: str, paper_id: int, page: int) -> HttpResponse:
    """One page of a paper as a picture."""
    paper = _paper(request, reference, paper_id)
    if not 1 <= page <= max(paper.pages, 1):
        raise NotFound
    picture = page_image(paper.digest, page, PAGE_WIDTH)
    return _private(HttpResponse(picture, content_type=_kind(picture)))


@require_GET
@post_required()
def original(request: HttpRequest, reference: str, paper_id: int) -> HttpResponse:
    """The paper as it was handed in, always as an attachment."""
    paper = _paper(request, reference, paper_id)
    return _attachment(open_file(paper.digest), paper.file_name, paper.kind)


@require_GET
@post_required()
def slip(request: HttpRequest, reference: str, slip_id: int) -> HttpResponse:
    """A slip as it was issued."""
    name, content = queries.slip_file_at(post_of(request), reference, slip_id)
    return _attachment(content, name, "application/pdf")


@require_GET
@post_required()
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """The result as it was issued."""
    name, kind, content = queries.result_file_at(post_of(request), reference)
    return _attachment(content, name, kind)


@require_GET
@post_required()
def control_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The control sheet of the dossier as it stands now."""
    name, content = desk_queries.control_sheet(post_of(request), reference)
    return _attachment(content, name, "application/pdf")


@require_GET
@post_required()
def journal(request: HttpRequest, reference: str) -> HttpResponse:
    """The steps of the dossier and everything the journal says of it, readings too, newest first."""
    post = post_of(request)
    found = queries.desk_dossier(post, reference)
    before = _number(request.GET.get("truoc", ""))
    latest = latest_entries(found.page.reference, ENTRIES + 1, before)
    context = {
        "dossier": found.page,
        "entries": [(entry, _said(entry)) for entry in latest[:ENTRIES]],
        "older": latest[ENTRIES - 1].seq if len(latest) > ENTRIES else 0,
        "is_first": not before,
    }
    return desk_page(request, "desk/journal.html", context)


def _number(text: str) -> int:
    """The number of an entry to go on from; 0, the newest page, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _said(entry: EntryFacts) -> str:
    """A deed of the journal in words; one that has none yet, as it is written there."""
    name = entry.deed.removeprefix("dossier.")
    if name == "download":
        return "Người nộp tải kết quả"
    if name == "read":
        what, _, number = str(entry.facts.get("what", "")).partition(":")
        return f"{READINGS.get(what, 'Xem')} {number}".strip()
    return STEP_TEXTS[Step(name)] if name in STEP_TEXTS else entry.deed


def _paper(request: HttpRequest, reference: str, paper_id: int) -> Paper:
    """A paper of a dossier that this post may read."""
    return queries.paper_at(post_of(request), reference, paper_id)


def _kind(picture: bytes) -> str:
    """The type of a page image, by its first bytes."""
    if picture.startswith(b"\x89PNG"):
        return "image/png"
    return "image/jpeg" if picture.startswith(b"\xff\xd8") else "image/webp"


def _attachment(content: IO[bytes] | bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, never to run in the page."""
    response: Any
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        response = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
    return _private(response)


def _private(response: Any) -> HttpResponse:
    """Personal data stays out of every cache."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[no-any-return]
