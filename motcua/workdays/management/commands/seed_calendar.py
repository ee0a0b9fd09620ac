"""`seed_calendar [year …]`: enter the calendars that are known, leaving edited ones alone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.workdays.actions.keeping import seed_year

YEARS = [2025, 2026, 2027]


class Command(BaseCommand):
    """Seed the working calendar; may be run twice."""

    help = "Nhập lịch làm việc các năm đã biết (2025–2027)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("years", nargs="*", type=int, default=YEARS)
        parser.add_argument("--again", action="store_true", help="bổ sung cả năm đã nhập")

    def handle(self, *args: Any, **options: Any) -> None:
        for year in options["years"]:
            done = seed_year(year=year, again=options["again"])
            self.stdout.write(f"Lịch làm việc {year}: {'đã nhập' if done else 'đã có sẵn'}.")
