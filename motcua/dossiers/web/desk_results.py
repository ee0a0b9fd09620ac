"""Phiếu bàn giao kết quả: the results of a day, unit by unit, and the lists to print and sign."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.days import a_day
from motcua.core.errors import NotFound, Reason
from motcua.dossiers import result_paper
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.dossiers.web.moments import OUR_YEARS

MOST_PARTS = 1000
PARTS = ("day", "month", "year")
UNREADABLE = Reason(
    "day_unreadable", "Ngày chưa đúng. Mời nhập ngày, tháng, năm, ví dụ 22 11 2026.", "day"
)


def _of_our_time(day: date | None) -> date | None:
    return day if day and day.year in OUR_YEARS else None


@require_GET
@post_required(Role.DESK_OFFICER, Role.REGISTRAR)
def results(request: HttpRequest) -> HttpResponse:
    """How many results each unit brought on a day; today, unless another is asked for."""
    today = localdate(clock.now())
    now = dict(zip(PARTS, (str(today.day), str(today.month), str(today.year)), strict=True))
    typed = {part: request.GET.get(f"day-{part}", now[part])[:10] for part in PARTS}
    day = _of_our_time(a_day(*typed.values()))
    context = {
        "typed": typed,
        "day": day,
        "rows": result_paper.results_on(post_of(request), day) if day else [],
        "reasons": () if day else (UNREADABLE,),
    }
    return desk_page(request, "desk/results.html", context, status=200 if day else 422)


@require_GET
@post_required(Role.DESK_OFFICER, Role.REGISTRAR)
def paper(request: HttpRequest, day: str, unit_id: int, part: int) -> HttpResponse:
    """One list of the results of a unit, to print and sign."""
    try:
        found = _of_our_time(date.fromisoformat(day))
    except ValueError as error:
        raise NotFound from error
    if found is None or part > MOST_PARTS:
        raise NotFound
    name, content = result_paper.result_paper(post_of(request), found, unit_id, part)
    return download(content, "application/pdf", name)
