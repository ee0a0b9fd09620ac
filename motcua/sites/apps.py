"""The fronts: what is written down when somebody comes and goes, through whichever door."""

from typing import Any

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Has signing in, signing out and new passwords journalled."""

    name = "motcua.sites"

    def ready(self) -> None:
        """Called by Django once all models are loaded."""
        from allauth.account.signals import password_changed
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        user_logged_in.connect(_came, dispatch_uid="journal")
        user_logged_out.connect(_went, dispatch_uid="journal")
        password_changed.connect(_renewed, dispatch_uid="journal")


def _came(sender: object, user: Any, **more: object) -> None:
    from motcua.people.actions import note_sign_in

    note_sign_in(user)


def _went(sender: object, user: Any, **more: object) -> None:
    from motcua.people.actions import note_sign_out

    if user is not None and user.pk:
        note_sign_out(user)


def _renewed(sender: object, user: Any, **more: object) -> None:
    from motcua.people.actions import note_new_password

    note_new_password(user)
