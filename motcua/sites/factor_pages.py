"""The addresses of second factors and of one's own stay; allauth's pages where ours add nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse_lazy

from motcua.core.errors import NotFound
from motcua.sites import stays
from motcua.sites.sign_in import may_have_factors

Page = Callable[..., HttpResponse]


def theirs(page: Page) -> Page:
    """A page of factors; it is not there for whoever may have none."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not may_have_factors(request.user):
            raise NotFound
        return page(request, *args, **kwargs)

    return guarded


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]  # untyped package
    """Gỡ một khóa truy cập, unless it is the last factor of somebody who must have one."""

    success_url = reverse_lazy("mfa_index")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A key that is not theirs is not there, before anybody is asked who they are."""
        if request.user.is_authenticated and not self.get_queryset().filter(**kwargs).exists():
            raise NotFound
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        """The “Gỡ” button."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return HttpResponseRedirect(str(self.success_url))
        answer: HttpResponse = super().form_valid(form)
        return answer


urlpatterns = [
    path("xac-thuc/", mfa.authenticate, name="mfa_authenticate"),
    path("dang-nhap/khoa/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("xac-thuc-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("xac-thuc-lai/ma/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "xac-thuc-lai/khoa/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"
    ),
    path("bao-ve/", theirs(mfa.index), name="mfa_index"),
    path("bao-ve/ung-dung/", theirs(totp.activate_totp), name="mfa_activate_totp"),
    path("bao-ve/ung-dung/go/", theirs(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("bao-ve/khoa/", theirs(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("bao-ve/khoa/<int:pk>/go/", theirs(RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("bao-ve/ma-khoi-phuc/", theirs(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "bao-ve/ma-khoi-phuc/tao-lai/",
        theirs(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("mo-khoa/", stays.unlock, name="account_unlock"),
    path("gui-lai/", stays.kept_form, name="account_kept_form"),
    path("phien/", stays.sessions, name="account_sessions"),
    path("phien/noi-khac/", stays.sign_out_elsewhere, name="account_sign_out_elsewhere"),
]
