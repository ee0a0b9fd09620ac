"""Changing one's own password."""

from typing import Any

from allauth.account.forms import ChangePasswordForm
from allauth.account.views import PasswordChangeView
from django import forms
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.http import HttpRequest, HttpResponse

from motcua.core.errors import NotFound

LABELS = {
    "oldpassword": "Mật khẩu đang dùng",
    "password1": "Mật khẩu mới",
    "password2": "Nhập lại mật khẩu mới",
}


class LongEnough(MinimumLengthValidator):
    """Django's, in Vietnamese."""

    def get_error_message(self) -> str:
        """What is wrong, and what would be right."""
        return f"Mật khẩu quá ngắn. Mời ông/bà dùng ít nhất {self.min_length} ký tự."


class UnlikeTheName(UserAttributeSimilarityValidator):
    """Django's, in Vietnamese."""

    def get_error_message(self) -> str:
        """What is wrong; not which attribute it is like."""
        return "Mật khẩu quá giống tên đăng nhập, họ tên hoặc thư điện tử của ông/bà."


class NewPassword(ChangePasswordForm):  # type: ignore[misc]  # untyped package
    """The old password once, the new one twice, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            self.fields[name].label = label
            empty = f"Chưa nhập {label[0].lower()}{label[1:]}."
            self.fields[name].error_messages["required"] = empty

    def clean(self) -> dict[str, Any]:
        """The two new ones agree."""
        typed: dict[str, Any] = forms.Form.clean(self) or {}
        first, second = typed.get("password1"), typed.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập mật khẩu mới chưa giống nhau.")
        return typed


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # untyped package
    """Đổi mật khẩu, for accounts that have one; the others sign in elsewhere."""

    form_class = NewPassword

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """No door for an account without a password."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise NotFound
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]
