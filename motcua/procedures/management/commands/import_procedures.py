"""Import procedures from files of the National database or of a public crawl."""

import csv
import resource
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.core.actors import at_the_machine
from motcua.core.errors import Refused
from motcua.core.sheets import cell
from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.importing.flaws import Flaw, Reading, summary
from motcua.procedures.importing.sources import readings

SHOWN = 25


class Command(BaseCommand):
    """`import_procedures FILE… [--publish [--from YYYY-MM-DD]] [--report flaws.csv]`."""

    help = "Nhập thủ tục hành chính từ tệp jsonl, jsonl.gz hoặc JSON LayThuTuc"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--publish", action="store_true", help="công bố ngay các bản nháp mới")
        parser.add_argument(
            "--from",
            dest="day",
            type=date.fromisoformat,
            help="ngày có hiệu lực; chưa đến ngày thì trang vẫn hiện phiên bản cũ",
        )
        parser.add_argument("--report", type=Path, help="ghi mọi lỗi của nguồn ra tệp CSV này")

    def handle(self, *args: Any, **options: Any) -> None:
        started = monotonic()
        for path in options["files"]:
            if not path.is_file():
                raise CommandError(f"Không có tệp {path}. Kiểm tra lại đường dẫn rồi chạy lại.")
        if options["day"] and not options["publish"]:
            raise CommandError("--from chỉ dùng cùng --publish.")
        source = _all_readings(options["files"])
        how = {"publish": options["publish"], "on": options["day"], "by": at_the_machine()}
        try:
            tally = import_readings(source, **how)
        except Refused as error:
            raise CommandError(str(error)) from error
        if options["report"]:
            _write_report(options["report"], tally.flaws)
        self._tell(tally, monotonic() - started)

    def _tell(self, tally: Tally, seconds: float) -> None:
        """What was done, then the flaws of the source by kind."""
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        write = self.stdout.write
        write(
            f"Đọc {tally.read} bản ghi: {tally.created} mới, {tally.changed} thay đổi, "
            f"{tally.unchanged} không đổi, {tally.duplicates} lặp, {tally.refused} không nhập được; "
            f"công bố {tally.published}, chờ đến ngày {tally.scheduled}, nguồn không công khai "
            f"{tally.withheld}, bãi bỏ {tally.abolished}, giữ nháp vì cơ quan đã bãi bỏ {tally.held}. "
            f"{seconds:.1f} giây, {memory} MB."
        )
        kinds = summary(tally.flaws)
        write(f"{len(tally.flaws)} lỗi của nguồn, {len(kinds)} loại:")
        for problem, done, times, codes in kinds[:SHOWN]:
            write(f"  {times:>6} lần, {codes:>5} thủ tục: {problem} → {done}")


def _all_readings(paths: Iterable[Path]) -> Iterator[Reading]:
    """The records of all the files, one after the other."""
    for path in paths:
        yield from readings(path)


def _write_report(path: Path, flaws: Iterable[Flaw]) -> None:
    """Every flaw as a row of a CSV that a spreadsheet opens."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, [column.name for column in fields(Flaw)])
        writer.writeheader()
        for flaw in flaws:
            row = {name: cell(str(value)) for name, value in asdict(flaw).items()}
            writer.writerow(row)
