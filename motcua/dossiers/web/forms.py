"""What citizens type on the small pages around the e-form: read, cleaned, kept when refused."""

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.core.errors import Reason
from motcua.core.text import clean
from motcua.dossiers.types import Delivery

DELIVERY_HINTS = {
    Delivery.ONLINE: "Tải về từ trang hồ sơ của ông/bà trên Cổng, có giá trị như bản giấy.",
    Delivery.COUNTER: "Nhận bản giấy tại bộ phận một cửa của nơi nhận hồ sơ; mang theo căn cước.",
    Delivery.POST: "Bưu chính công ích giao đến địa chỉ đã khai; ông/bà trả cước bưu chính.",
}


class StartForm(forms.Form):
    """Who receives the dossier."""

    agency = forms.ChoiceField(
        error_messages={
            "required": "Mời ông/bà chọn cơ quan nhận hồ sơ.",
            "invalid_choice": "Cơ quan này không nhận thủ tục này. Mời chọn trong danh sách.",
        }
    )

    behalf = forms.CharField(required=False, max_length=20)  # the action asks what it is worth

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)
        agency.choices = list(agencies)


class DeclarationForm(forms.Form):
    """The declaration that what was typed is true."""

    declaration = forms.BooleanField(
        error_messages={
            "required": "Mời ông/bà đọc và đánh dấu vào lời cam đoan rồi bấm Nộp hồ sơ."
        }
    )


class TrackForm(forms.Form):
    """The code of a dossier, as people copy it from a paper: spaces and small letters are fine."""

    ma = forms.CharField(
        max_length=60,
        error_messages={
            "required": "Mời ông/bà nhập mã hồ sơ ghi trên giấy tiếp nhận.",
            "max_length": "Mã hồ sơ không dài như vậy. Mời ông/bà nhập lại đúng mã trên giấy.",
        },
    )

    def clean_ma(self) -> str:
        """The code in capitals, without spaces."""
        code = clean(self.cleaned_data["ma"]).upper().replace(" ", "").replace("–", "-")
        if not code:
            raise forms.ValidationError(self.fields["ma"].error_messages["required"])
        return code


def reasons_of(form: forms.Form) -> list[Reason]:
    """Why `form` was refused, in the order of its fields, in the house's own words."""
    return [
        Reason(f"{name}_invalid", str(error), field="" if name == "__all__" else name)
        for name, errors in form.errors.items()
        for error in errors
    ]
