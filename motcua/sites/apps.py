"""The fronts: what is written down when somebody comes and goes, through whichever door."""

from typing import Any

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Has signing in, signing out and new passwords journalled."""

    name = "motcua.sites"

    def ready(self) -> None:
        """Called by Django once all models are loaded."""
        from allauth.account.signals import password_changed
        from allauth.mfa import signals as factors
        from allauth.mfa.models import Authenticator
        from django.contrib.auth.signals import user_logged_in, user_logged_out
        from django.db.models.signals import post_delete, post_save

        user_logged_in.connect(_came, dispatch_uid="journal")
        user_logged_out.connect(_went, dispatch_uid="journal")
        password_changed.connect(_renewed, dispatch_uid="journal")
        post_save.connect(_factor_added, sender=Authenticator, dispatch_uid="journal")
        post_delete.connect(_factor_gone, sender=Authenticator, dispatch_uid="journal")
        factors.authentication_failed.connect(_not_shown, dispatch_uid="journal")


def _came(sender: object, user: Any, request: Any, **more: object) -> None:
    from motcua.agencies.queries import is_official
    from motcua.agencies.web import OFFICIAL
    from motcua.people.actions import note_sign_in
    from motcua.sites.factors import address_of, proofs

    address = address_of(request)
    request.session.begin(address, request.META.get("HTTP_USER_AGENT", ""))
    request.session.save()  # whose it is stands in the table: who ends their sessions ends this one
    request.session[OFFICIAL] = is_official(user.pk)
    request.session.set_expiry(0)  # closing the browser signs out, by whichever door they came
    how = getattr(request, "sign_in_facts", {})  # by which service, at which level
    note_sign_in(user, proofs=proofs(request, user), address=address, **how)


def _went(sender: object, user: Any, **more: object) -> None:
    from motcua.people.actions import note_sign_out

    if user is not None and user.pk:
        note_sign_out(user)


def _renewed(sender: object, user: Any, request: Any, **more: object) -> None:
    from motcua.people.actions import note_new_password
    from motcua.people.guarding import end_others

    note_new_password(user)
    end_others(account_id=user.pk, keep=request.session.session_key or "")


def _factor_added(sender: object, instance: Any, created: bool, **more: object) -> None:
    """In the transaction that stores it, whichever page or command did it."""
    from motcua.people.guarding import note

    if created:
        note(instance.user, "account.factor_added", kind=str(instance.type))
        _shown(instance)


def _shown(factor: Any) -> None:
    """Whoever sets a factor up has shown it; what was signed in with less gets a new key."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.core import context

    request = context.request
    if request is None or request.user.pk != factor.user_id:
        return
    record_authentication(request, request.user, "mfa", type=str(factor.type))
    request.session.cycle_key()


def _factor_gone(sender: object, instance: Any, **more: object) -> None:
    from motcua.people.guarding import note

    note(instance.user, "account.factor_removed", kind=str(instance.type))


def _not_shown(sender: object, request: Any, user: Any, authenticator: Any, **more: object) -> None:
    from motcua.people.guarding import note
    from motcua.sites.factors import address_of

    note(user, "account.refused", why=str(authenticator.type), address=address_of(request))
