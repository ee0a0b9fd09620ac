"""`verify_statistics [--rebuild]`: do the figures say what the dossiers say? Exit 1 if they do not."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.dossiers.actions.measuring import rebuild_statistics
from motcua.dossiers.models.rollups import COLUMNS
from motcua.dossiers.statistics import Difference, differences

NAMES = dict(
    zip(
        COLUMNS,
        ("tiếp nhận", "đã giải quyết", "đúng hạn", "quá hạn", "dừng", "thư xin lỗi"),
        strict=True,
    )
)
TOLD = 20


class Command(BaseCommand):
    """Hold the figures of every year against a count of the dossiers; with `--rebuild`, write them anew."""

    help = "Đối chiếu số liệu từng năm với chính các hồ sơ; --rebuild thì lập lại số liệu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="lập lại từ các hồ sơ")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"Đã lập lại {rebuild_statistics()} dòng số liệu.")
        found = differences()
        for difference in found[:TOLD]:
            self.stdout.write(_told(difference))
        if found:
            raise CommandError(
                f"{len(found)} dòng số liệu không khớp hồ sơ. "
                "Chạy lại với --rebuild để lập lại từ hồ sơ, rồi báo người phát triển.",
                returncode=1,
            )
        self.stdout.write("Số liệu khớp với hồ sơ.")


def _told(difference: Difference) -> str:
    agency, unit, year, channel = difference.place
    where = f"cơ quan {agency}, đơn vị {unit or '–'}, năm {year}, {channel}"
    wrong = [
        f"{NAMES[column]} ghi {kept}, đếm {raw}"
        for column, kept, raw in zip(COLUMNS, difference.kept, difference.raw, strict=True)
        if kept != raw
    ]
    return f"{where}: {'; '.join(wrong)}"
