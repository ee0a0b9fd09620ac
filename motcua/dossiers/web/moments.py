"""A day and an hour as officials type them, in fields no wider than what stands in them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_workdays
from motcua.workdays.types import YearNotConfigured

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
HOURS = ["%H:%M", "%Hh%M", "%H"]
OUR_YEARS = range(2000, 2101)


def working_day(ahead: int, since: date | None = None) -> date:
    """The day so many working days on from `since`, or from today; today where no calendar says."""
    start = since or localdate(clock.now())
    try:
        return add_workdays(start, ahead, work_calendar()) if ahead else start
    except YearNotConfigured:
        return start


def example_day(ahead: int, since: date | None = None) -> str:
    """The same as a page shows it."""
    return f"{working_day(ahead, since):%d/%m/%Y}"


def _said(text: str, ahead: int) -> Any:
    """`text` with its example, worked out when it is shown: forms are made once, days pass."""
    return lazy(lambda: text.format(example_day(ahead)), str)()


class Day(forms.DateField):
    """A day of our time; `what` names it in sentences.

    The example is a working day, so many of them `ahead` of the day on which the page is read: what
    the page names must not be what the house then refuses.
    """

    def __init__(self, label: str, what: str, ahead: int) -> None:
        self.what, self.ahead = what, ahead
        super().__init__(
            label=label,
            help_text=_said("Ví dụ: {}", ahead),
            input_formats=DAYS,
            widget=forms.DateInput(
                {
                    "class": "govuk-input dk-input--width-day",
                    "autocomplete": "off",
                    "inputmode": "numeric",
                },
                format="%d/%m/%Y",
            ),
            error_messages={
                "required": f"Mời anh/chị nhập {what}.",
                "invalid": _said(
                    f"Mời anh/chị nhập {what} theo ngày/tháng/năm, ví dụ {{}}.", ahead
                ),
            },
        )

    def counts_from(self, day: date) -> None:
        """The example is so many working days after this day instead, if it is still to come."""
        if day > localdate(clock.now()):
            self.help_text = f"Ví dụ: {example_day(self.ahead, day)}"

    def no_later_than(self, day: date) -> None:
        """The example is this day where it is sooner than the usual one, and still to come."""
        if localdate(clock.now()) <= day < working_day(self.ahead):
            self.help_text = f"Ví dụ: {day:%d/%m/%Y}"

    def clean(self, value: Any) -> date:
        """The day, within the years that a deed of the house can have."""
        day: date = super().clean(value)
        if day.year not in OUR_YEARS:
            raise forms.ValidationError(f"Mời anh/chị xem lại năm của {self.what}.")
        return day


class Hour(forms.TimeField):
    """An hour and its minutes."""

    def __init__(self, label: str, what: str, example: str, before: str = "") -> None:
        super().__init__(
            label=label,
            help_text=f"{before}, ví dụ: {example}" if before else f"Ví dụ: {example}",
            input_formats=HOURS,
            widget=forms.TimeInput(
                {"class": "govuk-input govuk-input--width-4", "autocomplete": "off"}, "%H:%M"
            ),
            error_messages={
                "required": f"Mời anh/chị nhập {what}.",
                "invalid": f"Mời anh/chị nhập giờ và phút, ví dụ {example}.",
            },
        )
