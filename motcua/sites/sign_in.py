"""Signing in: nobody opens an account by themselves, and everybody lands where their work is."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.agencies.web import posts_of
from motcua.core.actors import Role


class GivenAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    """Closes the sign-up door, also to those who post to it without having seen a form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đang bị khóa.",
        "enter_current_password": "Mật khẩu đang dùng chưa đúng. Mời ông/bà nhập lại.",
        "incorrect_password": "Mật khẩu chưa đúng. Mời ông/bà nhập lại.",
        "too_many_login_attempts": "Ông/bà đã nhập sai nhiều lần. Mời đợi năm phút rồi thử lại.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng. Mời ông/bà nhập lại.",
        "rate_limited": "Ông/bà thao tác quá nhanh. Mời đợi một phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; the page says how to come by an account."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where their work is; the page there says that it is done."""
        return self.get_login_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to go after signing in when no page asked for it: officials to their desk."""
        roles = {post.role for post in posts_of(request)}
        if roles == {Role.KEEPER.value}:
            return reverse("backoffice:home")
        return reverse("desk:home") if roles else str(settings.LOGIN_REDIRECT_URL)
