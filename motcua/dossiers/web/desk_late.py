"""Nhập muộn, at the counter: when the paper was received, its number in the book, and why only now."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest

from motcua.core.errors import Reason, Refused
from motcua.dossiers.types import PaperReception
from motcua.dossiers.web.desk_forms import Line
from motcua.dossiers.web.moments import Day, Hour
from motcua.workdays.types import at_time


class LateForm(forms.Form):
    """All of it, or nothing: most dossiers are entered as they are received."""

    late_day = Day("Ngày nhận bản giấy", "ngày nhận bản giấy", 0)
    late_hour = Hour("Giờ nhận bản giấy", "giờ nhận bản giấy", "09:15")
    late_book = Line("Số thứ tự trong sổ giấy", width="govuk-input--width-10", max_length=100)
    late_reason = Line("Vì sao nhập muộn", rows=2, help_text="Ví dụ: mất điện từ 8 giờ đến 11 giờ")

    late_outside = forms.BooleanField(
        label="Đã nhận ngoài giờ làm việc",
        required=False,
        help_text="Chỉ đánh dấu khi giờ trên đúng là ngoài giờ hoặc ngày nghỉ.",
    )

    @property
    def is_used(self) -> bool:
        """Whether anything was typed: then all of it is wanted."""
        return any(str(self.data.get(name, "")).strip() for name in self.fields)


def late_form(request: HttpRequest) -> LateForm:
    """The form with what was typed; unbound where nothing was, so that nothing is missing."""
    typed = LateForm(request.POST) if request.method == "POST" else LateForm()
    return typed if typed.is_used else LateForm()


def reception_of(form: LateForm) -> PaperReception | None:
    """What was received on paper, and when; refused when only a part of it was said."""
    if not form.is_bound:
        return None
    if not form.is_valid():
        raise Refused(
            [
                Reason("late_wrong", str(text), field=name)
                for name, texts in form.errors.items()
                for text in texts
            ]
        )
    typed: dict[str, Any] = form.cleaned_data
    day: date = typed["late_day"]
    hour: time = typed["late_hour"]
    received: datetime = at_time(day, hour)
    return PaperReception(
        received, typed["late_book"], typed["late_reason"], was_closed=typed["late_outside"]
    )
