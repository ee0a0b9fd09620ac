"""Signing in: nobody opens an account by themselves, and everybody lands where their work is."""

import time
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from motcua.agencies.queries import is_official
from motcua.agencies.web import posts_of
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.people.guarding import note_refused
from motcua.people.rules.linking import may_use_password
from motcua.sites.factors import address_of

NOT_THIS_WAY = Reason(
    "sign_in_other_way",
    "Tài khoản này không đăng nhập bằng cách đó. Mời ông/bà đăng nhập bằng định danh điện tử.",
)


def password_opens(account: Any, allowed: bool) -> bool:
    """Whether a right password lets this account in."""
    return may_use_password(
        is_official=is_official(account.pk),
        is_citizen=hasattr(account, "person"),
        allowed=allowed,
    )


def may_have_factors(account: Any) -> bool:
    """Whether a passkey or an application is theirs to set up, and opens anything.

    A citizen who comes by a service has no password here to prove who they are: a factor set up in
    a browser left open would go on opening their account without that service.
    """
    opens = password_opens(account, settings.CITIZEN_PASSWORDS)
    return opens and bool(account.has_usable_password())


def brake_key(name: str) -> str:
    """Under what guesses at this name are counted: the account, however it is spelt, on any host."""
    one = name.strip().upper().lower()  # as the database compares: “ı” is an “i” there, too
    return sha256(one.encode()).hexdigest()


class GivenAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    """Closes the sign-up door, also to those who post to it without having seen a form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đang bị khóa.",
        "enter_current_password": "Mật khẩu đang dùng chưa đúng. Mời ông/bà nhập lại.",
        "incorrect_password": "Mật khẩu chưa đúng. Mời ông/bà nhập lại.",
        "too_many_login_attempts": "Ông/bà đã nhập sai nhiều lần. "
        f"Mời đợi {settings.SIGN_IN_MINUTES} phút rồi thử lại.",
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng. Mời ông/bà nhập lại.",
        "rate_limited": "Ông/bà thao tác quá nhanh. Mời đợi một phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; the page says how to come by an account."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """The brake on guessing; that it took hold is written down once, not with every guess."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            name = str(credentials.get("username", ""))
            if cache.add(f"braked:{brake_key(name)}", 1, settings.SIGN_IN_MINUTES * 60):
                note_refused(name, address_of(request), "braked")
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Allauth's begins with the host that the request names, which a guesser may choose."""
        return brake_key(str(credentials.get("username") or credentials.get("email") or ""))

    def pre_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse | None:
        """Before anybody comes in by our own means: a citizen's passkey opens no more than a password."""
        if may_have_factors(user):
            answer: HttpResponse | None = super().pre_login(request, user, **more)
            return answer
        note_refused(user.get_username(), address_of(request), "not_allowed")
        raise Refused([NOT_THIS_WAY])

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Whose password it is; a citizen's opens nothing where citizens have none (ACC-03)."""
        account = super().authenticate(request, **credentials)
        if account is None or password_opens(account, settings.CITIZEN_PASSWORDS):
            return account
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a name that nobody has: the same work for both."""
        note_refused(str(credentials.get("username", "")), address_of(request), "password")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """The right password of an account that is shut."""
        note_refused(user.get_username(), address_of(request), "shut")
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether to ask who this is before a factor is changed: not just after signing in."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0.0)
        return time.time() - latest >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where their work is; the page there says that it is done."""
        return self.get_login_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to go after signing in when no page asked for it: officials to their desk."""
        roles = {post.role for post in posts_of(request)}
        if roles == {Role.KEEPER.value}:
            return reverse("backoffice:home")
        return reverse("desk:home") if roles else str(settings.LOGIN_REDIRECT_URL)
