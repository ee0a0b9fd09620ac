"""What an official reads or prints of a dossier: its papers, its slips, its result and its journal."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from motcua.agencies.web import post_of, post_required
from motcua.audit.queries import latest_entries
from motcua.audit.types import EntryFacts
from motcua.core.errors import NotFound
from motcua.core.text import whole_number
from motcua.dossiers import desk_queries, queries
from motcua.dossiers.guests import own_dossier
from motcua.dossiers.rules.reading import WHY_NAMES, Why
from motcua.dossiers.types import Paper
from motcua.dossiers.visit_paper import visit_paper
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import NEVER_KEPT, download, picture
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.files.queries import open_file, page_image

PAGE_WIDTH = 900
ENTRIES = 100  # of the journal on a page
READINGS = {
    "page": "Xem hồ sơ",
    "document": "Xem giấy tờ số",
    "slip": "Tải phiếu số",
    "result": "Tải kết quả",
    "earlier_result": "Tải bản kết quả đã thay thế số",
    "control": "In phiếu kiểm soát",
    "opinion": "Tải văn bản ý kiến số",
    "visit": "Tải biên bản xác minh số",
    "minutes": "In biên bản xác minh số",
    "due": "Xem cách tính ngày hẹn",
}
# What is done on a dossier and is no step of its table.
DEEDS = {
    "download": "Người nộp tải kết quả",
    "attach": "Tải giấy tờ lên",
    "remove_document": "Bỏ giấy tờ",
    "save_page": "Sửa tờ khai",
    "alarm": "Nhắc hạn giải quyết",
    "second_asking": "Đề nghị yêu cầu bổ sung thêm",
    "second_asking_decided": "Quyết định về yêu cầu bổ sung thêm",
    "answer_urging": "Trả lời đôn đốc",
    "urging_document": "Nêu trong văn bản đôn đốc",
    "late_entry": "Nhập muộn hồ sơ đã nhận trên giấy",
    "incident": "Lập biên bản sự cố giấy tờ",
    "incident_settled": "Khắc phục xong sự cố giấy tờ",
    "approval_asked": "Đề nghị người thứ hai phê duyệt",
    "approval_granted": "Người thứ hai đồng ý",
    "approval_refused": "Người thứ hai không đồng ý",
    "approval_lapsed": "Đề nghị phê duyệt hết giá trị",
    "letter_drafted": "Soạn thư xin lỗi chờ ký",
    "letter_dropped": "Bỏ thư xin lỗi đã soạn",
    "letter_posted": "Gửi thư xin lỗi bằng giấy",
    "called": "Gọi điện báo người nộp",
    "delay_explained": "Giải trình lý do trễ hẹn",
    "station_papers": "Nhận giấy tờ liên thông",
    "station_urged": "Đôn đốc đơn vị liên thông",
}


@require_GET
@post_required()
def image(request: HttpRequest, reference: str, paper_id: int, page: int) -> HttpResponse:
    """One page of a paper as a picture."""
    paper = _paper(request, reference, paper_id)
    if not 1 <= page <= max(paper.pages, 1):
        raise NotFound
    return picture(page_image(paper.digest, page, PAGE_WIDTH), kept=NEVER_KEPT)


@require_GET
@post_required()
def original(request: HttpRequest, reference: str, paper_id: int) -> HttpResponse:
    """The paper as it was handed in, always as an attachment."""
    paper = _paper(request, reference, paper_id)
    return download(open_file(paper.digest), paper.kind, paper.file_name)


@require_GET
@post_required()
def slip(request: HttpRequest, reference: str, slip_id: int) -> HttpResponse:
    """A slip as it was issued."""
    name, content = queries.slip_file_at(post_of(request), reference, slip_id)
    return download(content, "application/pdf", name)


@require_GET
@post_required()
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """The result as it was issued."""
    name, kind, content = queries.result_file_at(post_of(request), reference)
    return download(content, kind, name)


@require_GET
@post_required()
def control_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The control sheet of the dossier as it stands now."""
    name, content = desk_queries.control_sheet(post_of(request), reference)
    return download(content, "application/pdf", name)


@require_GET
@post_required()
def visit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The minutes of a visit: to fill in at the place, or as they were written down."""
    name, content = visit_paper(post_of(request), reference, number)
    return download(content, "application/pdf", name)


@require_GET
@post_required()
def journal(request: HttpRequest, reference: str) -> HttpResponse:
    """The steps of the dossier and everything the journal says of it, readings too, newest first."""
    post = post_of(request)
    found = own_dossier(post, reference)
    before = whole_number(request.GET.get("truoc", "")) or 0
    latest = latest_entries(found.page.reference, ENTRIES + 1, before)
    context = {
        "dossier": found.page,
        "entries": [(entry, _said(entry)) for entry in latest[:ENTRIES]],
        "older": latest[ENTRIES - 1].seq if len(latest) > ENTRIES else 0,
        "is_first": not before,
    }
    return desk_page(request, "desk/journal.html", context)


def _said(entry: EntryFacts) -> str:
    """A deed of the journal in words."""
    name = entry.deed.removeprefix("dossier.")
    if name == "read":
        what, _, number = str(entry.facts.get("what", "")).partition(":")
        said = f"{READINGS.get(what, 'Xem')} {number}".strip()
        return f"{said} ({_reason(entry)})" if entry.facts.get("why") else said
    return STEP_TEXTS[Step(name)] if name in STEP_TEXTS else DEEDS.get(name, entry.deed)


def _reason(entry: EntryFacts) -> str:
    """Why somebody read what was not theirs to work on, with what they added."""
    why, note = entry.facts["why"], entry.facts.get("note")
    words = WHY_NAMES[Why(str(why))] if why in WHY_NAMES else str(why)
    return f"{words}: {note}" if note else words


def _paper(request: HttpRequest, reference: str, paper_id: int) -> Paper:
    """A paper of a dossier that this post may read."""
    return queries.paper_at(post_of(request), reference, paper_id)
