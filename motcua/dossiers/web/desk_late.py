"""Nhập muộn, at the counter: when the paper was received, its number in the book, and why only now."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import HttpRequest

from motcua.core.errors import Reason, Refused
from motcua.dossiers.types import PaperReception
from motcua.dossiers.web.desk_forms import Line
from motcua.workdays.types import at_time

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
HOURS = ["%H:%M", "%Hh%M", "%H"]


class LateForm(forms.Form):
    """All four, or nothing: most dossiers are entered as they are received."""

    late_day = forms.DateField(
        label="Ngày nhận bản giấy",
        help_text="Ví dụ: 20/11/2026",
        input_formats=DAYS,
        widget=forms.DateInput(
            {"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}, "%d/%m/%Y"
        ),
        error_messages={
            "required": "Mời anh/chị nhập ngày nhận bản giấy.",
            "invalid": "Mời anh/chị nhập ngày theo ngày/tháng/năm, ví dụ 20/11/2026.",
        },
    )
    late_hour = forms.TimeField(
        label="Giờ nhận bản giấy",
        help_text="Ví dụ: 09:15",
        input_formats=HOURS,
        widget=forms.TimeInput(
            {"class": "govuk-input govuk-input--width-5", "autocomplete": "off"}, "%H:%M"
        ),
        error_messages={
            "required": "Mời anh/chị nhập giờ nhận bản giấy.",
            "invalid": "Mời anh/chị nhập giờ và phút, ví dụ 09:15.",
        },
    )
    late_book = Line("Số thứ tự trong sổ giấy", width="govuk-input--width-10", max_length=100)
    late_reason = Line("Vì sao nhập muộn", rows=2, help_text="Ví dụ: mất điện từ 8 giờ đến 11 giờ")

    def clean_late_day(self) -> date:
        """The day, within the years that somebody can have received it."""
        day: date = self.cleaned_data["late_day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Mời anh/chị xem lại năm nhận bản giấy.")
        return day

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
    return PaperReception(received, typed["late_book"], typed["late_reason"])
