"""What an official types at a step: plain forms, which only read and clean; the rules live in the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.core.text import clean
from motcua.dossiers import rules
from motcua.dossiers.types import CHANNEL_NAMES, Channel
from motcua.dossiers.web.moments import Day
from motcua.files.queries import limits
from motcua.files.rules import megabytes
from motcua.procedures.forms.checks import CHECKS

LONGEST = 4000  # letters in a box of several lines
UNREADABLE = "\ufffd"  # what stands where bytes were no text
LEGAL_BASIS_HINT = "Ví dụ: điểm a khoản 2 Điều 16 Luật Hộ tịch năm 2014"


def too_long(label: str, most: int) -> str:
    """What is said of a text that does not fit."""
    return f"{label} dài tối đa {most} ký tự. Mời anh/chị viết ngắn lại."


class Line(forms.CharField):
    """One line of Vietnamese, in the house's normal form."""

    def __init__(self, label: str, *, rows: int = 0, width: str = "", **rest: Any) -> None:
        classes = "govuk-textarea" if rows else f"govuk-input {width}".strip()
        attrs: dict[str, Any] = {"class": classes, "autocomplete": "off"}
        widget: forms.Widget = forms.TextInput(attrs)
        if rows:
            widget = forms.Textarea(attrs | {"rows": rows})
        most = rest.setdefault("max_length", LONGEST if rows else 255)
        said = {"required": f"Mời anh/chị nhập: {label}.", "max_length": too_long(label, most)}
        rest.setdefault("error_messages", said)
        super().__init__(label=label, widget=widget, **rest)

    def clean(self, value: Any) -> str:
        """The text without stray spaces, marks or invisible letters."""
        text = str(super().clean(clean(value or "")))
        if UNREADABLE in text:
            raise forms.ValidationError(
                f"{self.label} có chữ hệ thống không đọc được ({UNREADABLE}). Mời anh/chị nhập lại."
            )
        return text


class StepForm(forms.Form):
    """Every step carries the revision that the official was looking at."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class RefusalForm(StepForm):
    """Từ chối: a reason and the law it stands on."""

    reason = Line("Lý do", rows=4, help_text="Người dân sẽ đọc nguyên văn lý do này.")
    legal_basis = Line("Căn cứ pháp lý", help_text=LEGAL_BASIS_HINT)


class RejectForm(RefusalForm):
    """Từ chối tiếp nhận: and where to go, when another agency is competent (INT-10)."""

    right_place = Line(
        "Nơi nộp đúng, nếu hồ sơ không thuộc thẩm quyền",
        required=False,
        help_text="Ghi rõ tên và địa chỉ cơ quan, ví dụ: UBND xã Tân Hòa, ấp Tân Hòa.",
    )


class ChoiceForm(StepForm):
    """A step that hands the dossier to one of several: a unit, an official."""

    label = "Chọn"
    nobody = ""  # said when there is nobody to hand it to
    chosen = forms.TypedChoiceField(
        coerce=int,
        widget=forms.Select({"class": "govuk-select"}),
        error_messages={"required": "Mời anh/chị chọn nơi nhận hoặc người nhận trong danh sách."},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        field = self.fields["chosen"]
        assert isinstance(field, forms.TypedChoiceField)
        field.label = self.label
        if not choices:
            field.help_text = self.nobody
        field.choices = [("", "— Chọn —"), *choices]


class TransferForm(ChoiceForm):
    """Chuyển hồ sơ: to which unit."""

    label = "Chuyển cho phòng, bộ phận"
    nobody = (
        "Chưa phòng, bộ phận nào của cơ quan có trưởng đơn vị để phân công. "
        "Mời anh/chị báo người quản trị thêm vị trí trưởng đơn vị."
    )


class NoteForm(StepForm):
    """A step with a word to say, or none."""

    note = Line("Ý kiến xử lý", rows=3, required=False)


class DecideForm(NoteForm):
    """Ký duyệt: with a word, which must not be missing when a refusal was proposed."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if self.initial.get("proposed") == "refuse":
            self.fields["note"].required = True
            self.fields["note"].label = "Lý do quyết định khác đề xuất"


class SayWhyForm(StepForm):
    """Trả lại: what must be made clear."""

    note = Line("Điều cần làm rõ", rows=3)


class ExamineForm(StepForm):
    """Thẩm định: what the case officer found."""

    note = Line("Nội dung thẩm định", rows=3)


class ProposeForm(StepForm):
    """Trình lãnh đạo: what is proposed, and why."""

    field_order = ("revision", "outcome", "note")
    note = Line("Ý kiến đề xuất và căn cứ", rows=3)
    outcome = forms.ChoiceField(
        label="Đề xuất",
        choices=[
            ("", "— Chọn —"),
            ("approve", "Giải quyết, cấp kết quả"),
            ("refuse", "Từ chối giải quyết"),
        ],
        error_messages={"required": "Mời anh/chị chọn đề xuất giải quyết hay từ chối."},
        widget=forms.Select({"class": "govuk-select"}),
    )


class IssueForm(StepForm):
    """Ban hành: number, date and the result itself."""

    number = Line("Số, ký hiệu văn bản", width="govuk-input--width-20", max_length=60)
    issued_on = Day("Ngày ban hành", "ngày ban hành", 0)
    upload = forms.FileField(
        label="Tệp kết quả (PDF hoặc ảnh)",
        max_length=255,
        widget=forms.FileInput({"class": "govuk-file-upload", "accept": "application/pdf,image/*"}),
        error_messages={
            "required": "Mời anh/chị chọn tệp kết quả.",
            "empty": "Tệp này rỗng. Mời anh/chị chọn lại tệp kết quả.",
            "max_length": "Tên tệp quá dài. Mời anh/chị đặt tên ngắn hơn rồi chọn lại.",
        },
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        most = megabytes(limits().size)
        self.fields["upload"].help_text = f"Tối đa {most}. Người dân tải đúng tệp này."


class DeliverForm(StepForm):
    """Trả kết quả: who came for it."""

    receiver_name = Line("Họ, chữ đệm, tên người nhận")
    receiver_identity = Line(
        "Số định danh cá nhân hoặc số hộ chiếu của người nhận",
        width="govuk-input--width-20",
        max_length=20,
    )

    def clean(self) -> dict[str, Any]:
        """What the action would refuse is said beside its box."""
        typed = super().clean() or self.cleaned_data
        name, identity = typed.get("receiver_name"), typed.get("receiver_identity")
        if identity:
            typed["receiver_identity"] = identity = CHECKS["person"].tidy(identity)
        for reason in rules.receiver(name or "A", identity or ""):  # what lacks is said already
            self.add_error(reason.field, reason.text)
        return typed


class FilterForm(forms.Form):
    """The filters of a worklist; what cannot be read filters nothing."""

    thu_tuc = forms.CharField(label="Mã thủ tục", required=False, max_length=200)
    kenh = forms.ChoiceField(
        label="Kênh nộp",
        required=False,
        choices=[
            ("", "Tất cả"),
            ("online", "Trực tuyến"),
            ("counter", CHANNEL_NAMES[Channel.COUNTER]),
            ("post", "Bưu chính"),
            ("partner", "Hệ thống đối tác"),
        ],
    )
    q = forms.CharField(label="Mã hồ sơ, tên", required=False, max_length=200)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, field in self.fields.items():
            kind = "govuk-select" if name == "kenh" else "govuk-input"
            field.widget.attrs.update({"class": kind, "autocomplete": "off"})

    def wanted(self) -> dict[str, str]:
        """The filters in the words of the query: `procedure`, `channel`, `text`."""
        self.is_valid()
        names = {"thu_tuc": "procedure", "kenh": "channel", "q": "text"}
        return {
            to: text
            for name, to in names.items()
            if (text := clean(self.cleaned_data.get(name) or ""))
        }


class OwnerForm(forms.Form):
    """Chủ hồ sơ: the person standing at the counter."""

    national_id = Line(
        "Số định danh cá nhân, mã số doanh nghiệp hoặc số hộ chiếu",
        width="govuk-input--width-20",
        max_length=20,
    )
    full_name = Line("Họ, chữ đệm, tên", max_length=200)
    phone = Line("Số điện thoại", width="govuk-input--width-20", required=False, max_length=20)
    email = Line("Thư điện tử", required=False)
    address = Line(
        "Nơi cư trú", required=False, help_text="Để trống nếu đúng như nơi cư trú trong tờ khai."
    )
