"""`seed_forms`: enter the templates of the forms a house begins with, leaving edited ones alone."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.dossiers.actions.form_templates import seed_form_templates


class Command(BaseCommand):
    """Seed the templates of both sets of forms; may be run twice."""

    help = "Nhập mẫu giấy của hai bộ mẫu TT01_2018 và TT03_2025."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Mẫu giấy: nhập mới {seed_form_templates()}.")
