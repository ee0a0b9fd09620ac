"""`seed_notices`: enter the words of the notices, leaving edited ones alone."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.notices.actions.wording import seed_templates


class Command(BaseCommand):
    """Seed the templates of notices; may be run twice."""

    help = "Nhập mẫu thông báo ban đầu."

    def handle(self, *args: Any, **options: Any) -> None:
        count = seed_templates()
        if options["verbosity"]:
            self.stdout.write(f"Mẫu thông báo: thêm {count} mẫu.")
