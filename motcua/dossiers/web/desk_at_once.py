"""Giải quyết ngay, at the desk: the checklist of acceptance and the signed result in one form."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.dossiers.web.desk_checklist import found_right, found_wrong
from motcua.dossiers.web.desk_forms import IssueForm, Line


class AtOnceForm(IssueForm):
    """Number, date, signer and file of the result; the checklist above says which papers are right."""

    field_order = ("revision", "number", "issued_on", "signed_by", "upload", "wants_slip")
    signed_by = Line("Người ký kết quả", help_text="Họ tên và chức vụ người có thẩm quyền đã ký.")
    wants_slip = forms.BooleanField(
        label="Người nộp yêu cầu giấy tiếp nhận",
        required=False,
        help_text="Thủ tục trả kết quả ngay không phải lập giấy tiếp nhận, trừ khi được yêu cầu.",
        widget=forms.CheckboxInput(),
    )

    def __init__(self, *args: Any, slots: Sequence[tuple[str, str]] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.papers = [code for code, _ in slots]

    def clean(self) -> dict[str, Any]:
        """With the papers found right; refuses what the same page calls incomplete."""
        typed = super().clean() or self.cleaned_data
        if found_wrong(self.data, self.papers):
            raise forms.ValidationError(
                "Trong danh mục kiểm tra còn giấy tờ “Chưa đạt” nên chưa giải quyết được. "
                "Mời anh/chị bấm Yêu cầu bổ sung, hoặc sửa lại thành “Đạt”."
            )
        return typed | {"checked": found_right(self.data, self.papers)}
