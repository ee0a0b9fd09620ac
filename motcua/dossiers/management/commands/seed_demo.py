"""Put the cast on stage: bin/manage seed_demo."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.testing.cast import PASSWORD, assemble


class Command(BaseCommand):
    """Thin: calls the cast and prints whom to sign in as."""

    help = "Dựng dàn nhân vật mẫu của tỉnh Sông Hà (chạy lại không đổi gì)."

    def handle(self, *args: Any, **options: Any) -> None:
        assemble()
        self.stdout.write(
            f"Người dân: lan, thu. Cán bộ: hung, hoa, mai, binh, yen, sau, quan. Mật khẩu: {PASSWORD}"
        )
