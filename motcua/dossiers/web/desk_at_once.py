"""Giải quyết ngay, at the desk: the checklist of acceptance and the signed result in one form."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime

from motcua.dossiers.web.desk_checklist import found_right, found_wrong
from motcua.dossiers.web.desk_forms import IssueForm, Line
from motcua.dossiers.web.moments import Day, Hour
from motcua.workdays.types import at_time


class AtOnceForm(IssueForm):
    """Number, date, signer and file of the result; the checklist above says which papers are right."""

    field_order = (
        "revision", "number", "issued_on", "signed_by", "upload", "given_day", "given_hour",
        "wants_slip",
    )  # fmt: skip
    signed_by = Line("Người ký kết quả", help_text="Họ tên và chức vụ người có thẩm quyền đã ký.")
    given_day = Day("Ngày đã trả kết quả", "ngày đã trả kết quả", 0)
    given_hour = Hour("Giờ đã trả kết quả", "giờ đã trả kết quả", "09:40")
    wants_slip = forms.BooleanField(
        label="Người nộp yêu cầu giấy tiếp nhận",
        required=False,
        help_text="Thủ tục trả kết quả ngay không phải lập giấy tiếp nhận, trừ khi được yêu cầu.",
        widget=forms.CheckboxInput(),
    )

    def __init__(
        self,
        *args: Any,
        slots: Sequence[tuple[str, str]] = (),
        received_at: datetime | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        self.papers = [code for code, _ in slots]
        if received_at:
            then = f"{localtime(received_at):%H:%M ngày %d/%m/%Y}"
            self.fields["given_day"].help_text = f"Hồ sơ nhập muộn: bản giấy nhận lúc {then}"
            self.initial["given_day"] = localtime(received_at).date()
        else:
            del self.fields["given_day"], self.fields["given_hour"]

    def clean(self) -> dict[str, Any]:
        """With the papers found right; refuses what the same page calls incomplete."""
        typed = super().clean() or self.cleaned_data
        if found_wrong(self.data, self.papers):
            raise forms.ValidationError(
                "Trong danh mục kiểm tra còn giấy tờ “Chưa đạt” nên chưa giải quyết được. "
                "Mời anh/chị bấm Yêu cầu bổ sung, hoặc sửa lại thành “Đạt”."
            )
        day, hour = typed.pop("given_day", None), typed.pop("given_hour", None)
        given = {"given_at": at_time(day, hour)} if day and hour else {}
        return typed | given | {"checked": found_right(self.data, self.papers)}
