"""Lượt xem: what one post has read in a time, for its head, its leaders and the keepers."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.text import clean, whole_number
from motcua.dossiers.reading_pages import review
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.moments import Day

LAST_DAYS = timedelta(days=6)  # and today
LONGEST = timedelta(days=92)
TOO_LONG = "Mỗi lần xem nhiều nhất ba tháng. Mời anh/chị chọn khoảng ngày ngắn hơn."
TURNED = "Ngày cuối trước ngày đầu. Mời anh/chị xem lại hai ngày."


class DaysForm(forms.Form):
    """From which day to which."""

    tu = Day("Từ ngày", "ngày đầu", 0)
    den = Day("Đến ngày", "ngày cuối", 0)

    def clean(self) -> dict[str, Any]:
        """The days, in order and not too far apart."""
        typed = super().clean() or {}
        since, until = typed.get("tu"), typed.get("den")
        if since and until and until < since:
            self.add_error("den", TURNED)
        elif since and until and until - since > LONGEST:
            self.add_error("den", TOO_LONG)
        return typed


@require_safe
@post_required(Role.UNIT_HEAD, Role.APPROVER)
def readings(request: HttpRequest) -> HttpResponse:
    """Whose reading to look at, or what that post read; the looking is journalled too."""
    return page_of(request, "desk/readings.html")


def page_of(request: HttpRequest, template: str) -> HttpResponse:
    """The page inside the frame of the desk, or of the back office."""
    today, asked = localdate(clock.now()), request.GET
    usual = {"tu": today - LAST_DAYS, "den": today}
    is_typed = "tu" in asked or "den" in asked
    form = DaysForm(asked if is_typed else None, initial=usual, auto_id="luot-%s")
    days = _days(form, usual)
    name, cursor = clean(asked.get("ten", ""))[:200], asked.get("tiep", "")
    chosen = whole_number(asked.get("vi-tri", "")) if "vi-tri" in asked else None
    post_id = -1 if "vi-tri" in asked and chosen is None else chosen
    page = review(post_of(request), post_id, name, days, cursor)
    errors = [
        {"id": str(form[field].id_for_label), "text": str(text)}
        for field, texts in form.errors.items()
        for text in texts
    ]
    kept = {"vi-tri": post_id, "tu": f"{days[0]:%d/%m/%Y}", "den": f"{days[1]:%d/%m/%Y}"}
    context = {
        "page": page, "form": form, "days": days, "name": name, "errors": errors,
        "next_url": "?" + urlencode(kept | {"tiep": page.cursor}) if page.cursor else "",
    }  # fmt: skip
    return desk_page(request, template, context, status=422 if errors else 200)


def _days(form: DaysForm, usual: dict[str, date]) -> tuple[date, date]:
    """The days that were typed, if they can be read; else the last week."""
    found = form.cleaned_data if form.is_valid() else usual
    return found["tu"], found["den"]
