"""`seed_corrections`: enter the reasons of correction slips, leaving edited ones alone."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.dossiers.actions.corrections import seed_reasons


class Command(BaseCommand):
    """Seed the catalogue of reasons; may be run twice."""

    help = "Nhập danh mục lý do yêu cầu bổ sung."

    def handle(self, *args: Any, **options: Any) -> None:
        count = seed_reasons()
        if options["verbosity"]:
            self.stdout.write(f"Lý do yêu cầu bổ sung: thêm {count} lý do.")
