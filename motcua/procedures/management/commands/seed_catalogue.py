"""Put the starter catalogue into an empty house; run again, it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.procedures.actions.seeding import seed_catalogue


class Command(BaseCommand):
    """`seed_catalogue`."""

    help = "Nạp danh mục khởi đầu và các tờ khai điện tử"

    def handle(self, *args: Any, **options: Any) -> None:
        tally = seed_catalogue()
        self.stdout.write(f"Danh mục khởi đầu: thêm {tally.created}, công bố {tally.published}.")
