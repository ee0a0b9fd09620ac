"""`doctor [--quick]`: what bin/doctor tells, as a command of bin/manage."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.config.doctor import examination, line


class Command(BaseCommand):
    """Tell how every part is; fails when one is not well."""

    help = "Xem từng bộ phận khỏe hay phải làm gì."
    requires_system_checks = ()  # the examination runs them itself and goes on

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quick", action="store_true", help="bỏ nhật ký và tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        ill = 0
        for finding in examination(quick=options["quick"]):
            self.stdout.write(f"  {line(finding)}")
            ill += not finding.well
        if ill:
            raise CommandError("Có bộ phận cần xem lại.")
        self.stdout.write("Mọi bộ phận đều khỏe.")
