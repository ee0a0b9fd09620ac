"""`work_calendar YEAR [--off DAY=NAME] [--swap DAY=NAME] [--ordinary DAY] [--confirm] [--restore]`."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.workdays import queries
from motcua.workdays.actions import keeping


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise ArgumentTypeError(f"{word}: ngày viết là NĂM-THÁNG-NGÀY, ví dụ 2027-02-05") from error


def _named_day(word: str) -> tuple[date, str]:
    day, _, name = word.partition("=")
    if not name:
        raise ArgumentTypeError(f"{word}: viết NGÀY=TÊN, ví dụ 2027-02-05='Nghỉ Tết Nguyên đán'")
    return _day(day), name


def _refuse_past(option: str, days: list[Any]) -> None:
    """What was counted on the old calendar stays as it was; the option that is wrong is named."""
    for number, said in enumerate(days, 1):
        day = said if isinstance(said, date) else said[0]
        if day < localdate(clock.now()):
            text = f"--{option} thứ {number} ({day}): ngày đã qua, hồ sơ đã được tính theo lịch cũ."
            raise CommandError(text)


class Command(BaseCommand):
    """Change the exceptional days of a year, confirm it, and print it."""

    help = "Xem, sửa và xác nhận lịch làm việc của một năm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("--off", type=_named_day, action="append", default=[], help="ngày nghỉ")
        parser.add_argument("--swap", type=_named_day, action="append", default=[], help="làm bù")
        parser.add_argument(
            "--ordinary", type=_day, action="append", default=[], help="ngày thường"
        )
        parser.add_argument(
            "--confirm", action="store_true", help="đã đối chiếu với văn bản công bố"
        )

        parser.add_argument(
            "--restore", action="store_true", help="bỏ những gì đã bị sửa tay trong bảng lịch"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        named = [day for day, _ in (*options["off"], *options["swap"])]
        if strange := [day for day in (*named, *options["ordinary"]) if day.year != year]:
            raise CommandError(f"{strange[0]} không thuộc năm {year}.")
        for option in ("off", "swap", "ordinary"):
            _refuse_past(option, options[option])
        try:
            if options["restore"]:
                for undone in keeping.restore_edition():
                    self.stdout.write(f"Trả lại: {undone}")
            self._change(options)
        except NotFound as error:
            raise CommandError(
                f"Chưa có lịch năm {year}. Nhập trước: bin/manage seed_calendar {year}"
            ) from error
        for line in _told(year):
            self.stdout.write(line)

    def _change(self, options: dict[str, Any]) -> None:
        for day, name in options["off"]:
            keeping.set_day_off(day=day, name=name)
        for day, name in options["swap"]:
            keeping.set_swap_day(day=day, name=name)
        for day in options["ordinary"]:
            keeping.make_ordinary(day=day)
        if options["confirm"]:
            keeping.confirm_year(year=options["year"])


def _told(year: int) -> Iterator[str]:
    off, swapped = queries.days_of(year)
    special = [(row.day, "nghỉ", row.name) for row in off]
    special += [(row.day, "làm bù", row.name) for row in swapped]
    for day, what, name in sorted(special):
        yield f"{day:%d/%m/%Y}  {what:<7}  {name}"
    yield f"Năm {year}: {len(off)} ngày nghỉ, {len(swapped)} ngày làm bù."
