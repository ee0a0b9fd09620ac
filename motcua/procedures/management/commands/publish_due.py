"""Publish the versions whose day has come; the clock does this every night."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.core.actors import at_the_machine
from motcua.procedures.actions.publishing import publish_due


class Command(BaseCommand):
    """`publish_due`."""

    help = "Công bố các phiên bản đã đến ngày có hiệu lực"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(
            f"Công bố {publish_due(by=at_the_machine())} phiên bản đến ngày hiệu lực."
        )
