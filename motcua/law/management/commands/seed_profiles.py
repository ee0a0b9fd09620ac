"""`seed_profiles`: enter the legal profiles a house begins with, leaving edited ones alone."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.law.actions import seed_profiles


class Command(BaseCommand):
    """Seed the legal profiles; may be run twice."""

    help = "Nhập hồ sơ pháp lý ND61 và ND118."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Hồ sơ pháp lý: nhập mới {seed_profiles()}.")
