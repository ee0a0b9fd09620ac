"""Asking other units, answering them, visits and urgings: what is typed, and the files that come of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import make_aware
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies.queries import askable_units
from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused
from motcua.core.text import clean, whole_number
from motcua.dossiers import consulting_queries, queries
from motcua.dossiers.actions import consulting, visiting
from motcua.dossiers.guests import own_dossier
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.types import Asking, Visit
from motcua.dossiers.web.desk_conflicts import is_conflict, status_of
from motcua.dossiers.web.desk_forms import LONGEST, Line, StepForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.dossiers.web.moments import DAYS, OUR_YEARS, Day, Hour, example_day, working_day
from motcua.dossiers.workflow import Step
from motcua.workdays.types import local

if TYPE_CHECKING:
    from motcua.agencies.models import Post

LINES, LINES_MOST = 2, 10
URGING = (
    "Hồ sơ này sắp đến hoặc đã quá hạn giải quyết. Đề nghị đơn vị khẩn trương giải quyết và báo "
    "kết quả, nêu rõ nguyên nhân chậm (nếu có)."
)


def _file(label: str) -> forms.FileField:
    widget = forms.FileInput({"class": "govuk-file-upload", "accept": "application/pdf,image/*"})
    said = {
        "empty": "Tệp này rỗng. Mời anh/chị chọn lại tệp.",
        "max_length": "Tên tệp quá dài. Mời anh/chị đặt tên ngắn hơn rồi chọn lại.",
    }
    return forms.FileField(
        label=label, required=False, max_length=255, widget=widget, error_messages=said
    )


class TurnBackForm(StepForm):
    """Trả lại bàn giao: why the papers go back to the desk."""

    note = Line("Lý do trả lại", rows=3)


class OpinionForm(StepForm):
    """Cho ý kiến: the answer of the unit asked, with its paper if there is one."""

    answer = Line("Ý kiến của đơn vị", rows=5)
    upload = _file("Văn bản kèm theo (PDF hoặc ảnh)")


class StationForm(StepForm):
    """Trả kết quả liên thông: what the unit did, with its paper if there is one."""

    answer = Line("Kết quả của đơn vị", rows=5)
    upload = _file("Văn bản kết quả (PDF hoặc ảnh)")


class CloseForm(StepForm):
    """Kết thúc lấy ý kiến: why some answers are not waited for."""

    note = Line(
        "Vì sao không chờ nữa",
        rows=2,
        required=False,
        help_text="Bắt buộc khi còn đơn vị chưa trả lời.",
    )


class VisitForm(StepForm):
    """Hẹn xác minh: when, where, who, what; the applicant is told all of it."""

    visit_on = Day("Ngày xác minh", "ngày xác minh", 2)
    visit_time = Hour("Giờ", "giờ xác minh", "08:30")
    place = Line("Địa điểm", max_length=300)
    participants = Line("Thành phần tham gia", rows=2)
    content = Line("Nội dung xác minh", rows=2)
    needs_applicant = forms.BooleanField(label="Người nộp hồ sơ phải có mặt", required=False)
    is_agreed = forms.BooleanField(
        label="Đã thống nhất với người dân về thời gian này",
        required=False,
        help_text="Chỉ cần khi hẹn vào ngày nghỉ, ngoài giờ làm việc hoặc sau ngày hẹn trả.",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        promised, field = self.initial.get("promised"), self.fields["visit_on"]
        if isinstance(promised, datetime) and isinstance(field, Day):
            field.no_later_than(local(promised).date())


class RecordForm(StepForm):
    """Ghi biên bản xác minh: what was found, who was there."""

    record = Line("Nội dung biên bản", rows=5)
    present = Line("Những người có mặt", rows=2)
    upload = _file("Biên bản đã ký (PDF hoặc ảnh)")


class UrgeForm(StepForm):
    """Đôn đốc: the text, from the usual one."""

    note = Line("Nội dung đôn đốc", rows=4, initial=URGING)


def plan_visit(post: "Post", reference: str, typed: dict[str, Any]) -> object:
    """Announce the visit that was typed."""
    at = make_aware(datetime.combine(typed["visit_on"], typed["visit_time"]))
    visit = Visit(
        at, typed["place"], typed["participants"], typed["content"], typed["needs_applicant"],
        typed["is_agreed"],
    )  # fmt: skip
    return visiting.verify(post=post, reference=reference, revision=typed["revision"], visit=visit)


@require_http_methods(["GET", "POST"])
@post_required(Role.CASE_OFFICER)
def consult(request: HttpRequest, reference: str) -> HttpResponse:
    """Lấy ý kiến: a line for each unit, with its question and its own deadline."""
    post = post_of(request)
    found = own_dossier(post, reference)
    if Step.CONSULT not in found.steps and request.method == "GET":
        messages.warning(request, "Hồ sơ này hiện không lấy ý kiến được. Mời xem tình trạng mới.")
        return redirect("desk:dossier", reference=reference)
    lines = _lines(request)
    if request.method == "GET" or "more" in request.POST:
        return _page(request, found, lines)
    try:
        consulting.consult(
            post=post,
            reference=reference,
            revision=whole_number(request.POST.get("revision", "")),
            asked=_asked(lines),
        )
    except Refused as no:
        if is_conflict(no.reasons):
            found = queries.desk_dossier(post, reference)
        return _page(request, found, lines, no.reasons)
    messages.success(request, "Đã gửi câu hỏi tới đơn vị được hỏi.")
    return redirect("desk:dossier", reference=reference)


def _lines(request: HttpRequest) -> list[dict[str, str]]:
    """The lines as they were typed; two to begin with, more on demand."""
    given = request.POST if request.method == "POST" else {}
    number = min(whole_number(given.get("lines", "")) or LINES, LINES_MOST)
    number = min(number + ("more" in given), LINES_MOST)
    return [
        {name: clean(given.get(f"{name}-{line}", "")) for name in ("unit", "content", "due")}
        for line in range(1, number + 1)
    ]


def _asked(lines: list[dict[str, str]]) -> list[Asking]:
    """The lines that say anything; a date that cannot be read, or a text too long, is refused."""
    asked, wrong = [], []
    for number, line in enumerate(lines, start=1):
        if not any(line.values()):
            continue
        day = _day(line["due"])
        if day is None:
            text = f"Dòng {number}: mời nhập hạn cho ý kiến theo ngày/tháng/năm, ví dụ {example_day(1)}."
            wrong.append(Reason("opinion_date", text, f"due-{number}"))
        if len(line["content"]) > LONGEST:
            text = f"Dòng {number}: nội dung dài tối đa {LONGEST} ký tự."
            wrong.append(Reason("content_long", text, f"content-{number}"))
        asked.append(Asking(whole_number(line["unit"]) or 0, line["content"], day or date.min))
    if wrong:
        raise Refused(wrong)
    return asked


def _day(typed: str) -> date | None:
    for form in DAYS:
        try:
            day = datetime.strptime(typed, form).date()  # a day, not a moment
        except ValueError:
            continue
        return day if day.year in OUR_YEARS else None
    return None


def _page(
    request: HttpRequest,
    found: DeskDossier,
    lines: list[dict[str, str]],
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    """The form with everything typed and everything wrong."""
    said = {reason.field: reason.text for reason in reasons}
    units = askable_units(found.page.agency.id)
    context = {
        "dossier": found.page,
        "units": [(pk, name) for pk, name in units.items() if name != found.page.unit_name],
        "lines": [
            line | {"n": n, "errors": {w: said.get(f"{w}-{n}", "") for w in line}}
            for n, line in enumerate(lines, start=1)
        ],
        "can_add": len(lines) < LINES_MOST,
        "example": _example(found),
        "errors": [{"id": reason.field, "text": reason.text} for reason in reasons],
        "tried": "Lấy ý kiến",
    }
    return desk_page(request, "desk/consult.html", context, status=status_of(reasons))


def _example(found: DeskDossier) -> str:
    """The next working day, or the date of the dossier where that is sooner and still to come."""
    now, due, day = clock.now(), found.page.due_at, working_day(1)
    return f"{min(day, local(due).date()) if due and due > now else day:%d/%m/%Y}"


@require_GET
@post_required()
def file(request: HttpRequest, reference: str, what: str, number: int) -> HttpResponse:
    """The paper that came with an opinion, the record of a visit or what a station did."""
    kinds = {"y-kien": "opinion", "xac-minh": "visit", "lien-thong": "station"}
    if what not in kinds:
        raise NotFound
    found = consulting_queries.aside_file(post_of(request), reference, kinds[what], number)
    name, kind, content = found
    return download(content, kind, name)
