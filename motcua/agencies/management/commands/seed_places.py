"""Seed provinces and communes from the package: bin/manage seed_places."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.agencies.actions.places import seed_places


class Command(BaseCommand):
    """Thin: calls one action and prints."""

    help = "Nạp danh mục tỉnh, xã sau ngày 01/07/2025 (chạy lại không đổi gì)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã có {seed_places()} đơn vị hành chính.")
