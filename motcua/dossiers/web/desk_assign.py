"""Phân công: to whom, and by when the step is to be finished; for one dossier and for many."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms

from motcua.dossiers.actions.processing import assign_dossier
from motcua.dossiers.web.desk_forms import ChoiceForm
from motcua.dossiers.web.moments import DAYS, HOURS, OUR_YEARS, example_day
from motcua.workdays.types import at_time, local

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.pages import DeskDossier

BOX = {"autocomplete": "off"}


def _day() -> forms.DateField:
    return forms.DateField(
        label="Phải xong bước này trước, ngày",
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(BOX | {"class": "govuk-input govuk-input--width-10"}, "%d/%m/%Y"),
        error_messages={"invalid": "Mời anh/chị nhập ngày theo ngày/tháng/năm, ví dụ 05/12/2026."},
    )


def _hour() -> forms.TimeField:
    return forms.TimeField(
        label="Phải xong bước này trước, giờ",
        required=False,
        input_formats=HOURS,
        widget=forms.TimeInput(BOX | {"class": "govuk-input govuk-input--width-5"}, "%H:%M"),
        error_messages={"invalid": "Mời anh/chị nhập giờ và phút, ví dụ 16:30."},
    )


class StepDateForm(forms.Form):
    """Hạn hoàn thành bước: a day with its hour, or neither."""

    finish_day = _day()
    finish_hour = _hour()

    def clean_finish_day(self) -> date | None:
        """The day, within the years that a date can have."""
        day: date | None = self.cleaned_data["finish_day"]
        if day and day.year not in OUR_YEARS:
            raise forms.ValidationError("Mời anh/chị xem lại năm của hạn hoàn thành bước.")
        return day

    def clean(self) -> dict[str, Any]:
        """One of the two alone is no moment."""
        typed = super().clean() or self.cleaned_data
        if not self.errors and (typed["finish_day"] is None) != (typed["finish_hour"] is None):
            lacking = "finish_hour" if typed["finish_hour"] is None else "finish_day"
            self.add_error(lacking, "Mời anh/chị nhập cả ngày và giờ, hoặc để trống cả hai.")
        return typed

    @property
    def finish_by(self) -> datetime | None:
        """What was typed, on the clock of the office."""
        return moment_of(self.cleaned_data)


class StepDatesForm(StepDateForm):
    """Hạn hoàn thành bước of many dossiers: a share of each one's time, one moment, or none."""

    field_order = ("finish", "finish_day", "finish_hour")
    finish = forms.ChoiceField(
        label="Hạn hoàn thành bước",
        choices=[
            ("share", "Theo thời gian còn lại của từng hồ sơ"),
            ("same", "Cùng một hạn, ghi dưới đây"),
            ("none", "Không đặt"),
        ],
        initial="share",
        required=False,
        widget=forms.Select({"class": "govuk-select"}),
    )

    def clean(self) -> dict[str, Any]:
        """One moment for all needs the moment; what was typed for nothing is asked about."""
        typed = super().clean()
        if self.errors:
            return typed
        if typed["finish"] == "same" and typed["finish_day"] is None:
            self.add_error("finish_day", "Mời anh/chị nhập ngày và giờ của hạn chung.")
        if typed["finish"] != "same" and typed["finish_day"] is not None:
            text = "Mời anh/chị chọn “Cùng một hạn”, hoặc để trống ngày và giờ."
            self.add_error("finish", text)
        return typed


class AssignForm(ChoiceForm, StepDateForm):
    """Phân công: to which official, by when."""

    field_order = ("revision", "chosen", "finish_day", "finish_hour")
    label = "Phân công cho"
    nobody = (
        "Đơn vị chưa có cán bộ thụ lý nào. Mời anh/chị chuyển hồ sơ sang đơn vị khác, "
        "hoặc báo người quản trị thêm vị trí."
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        last: datetime | None = self.initial.get("step_latest")
        until = (
            f" Chậm nhất {local(last):%H:%M ngày %d/%m/%Y}, để còn thời gian ký." if last else ""
        )
        day: date | None = self.initial.get("finish_day")
        example = f"{day:%d/%m/%Y}" if day else example_day(1)
        self.fields["finish_day"].help_text = f"Ví dụ: {example}; để trống nếu không đặt.{until}"
        self.fields["finish_hour"].help_text = "Trong giờ làm việc, ví dụ: 16:30"


def moment_of(typed: dict[str, Any]) -> datetime | None:
    """The moment of a day and an hour; nothing when neither was typed."""
    day, hour = typed.get("finish_day"), typed.get("finish_hour")
    if not isinstance(day, date) or not isinstance(hour, time):
        return None
    return at_time(day, hour)


def begins_with(dossier: "DeskDossier") -> dict[str, Any]:
    """What the form starts with: the end that stands, else the one that is proposed."""
    here = local(dossier.step_start) if dossier.step_start else None
    found: dict[str, Any] = {"step_latest": dossier.step_latest}
    return found | ({"finish_day": here.date(), "finish_hour": here.time()} if here else {})


def assign(post: "Post", reference: str, typed: dict[str, Any]) -> object:
    """Name who examines, and by when they are to be done."""
    return assign_dossier(
        post=post, reference=reference, revision=typed["revision"], assignee_id=typed["chosen"],
        finish_by=moment_of(typed),
    )  # fmt: skip
