"""Signing in: nobody opens an account by themselves, and everybody lands where their work is."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.agencies.web import posts_of
from motcua.core.actors import Role


class GivenAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # untyped package
    """Closes the sign-up door, also to those who post to it without having seen a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never; the page says how to come by an account."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where to go after signing in when no page asked for it: officials to their desk."""
        roles = {post.role for post in posts_of(request)}
        if roles == {Role.KEEPER.value}:
            return reverse("backoffice:home")
        return reverse("desk:home") if roles else str(settings.LOGIN_REDIRECT_URL)
