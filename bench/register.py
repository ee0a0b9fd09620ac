"""The register as files: seconds and the most memory for so many rows, as PDF and as XLSX.

    bin/bench register [--rows 10000] [--form pdf|xlsx]

Each form is made in a process of its own, by the code that the background job runs. The rows are
invented, every name and address another, so that nothing is drawn once and used again. Needs no
database. The bound is 30 seconds and 300 MB for 10,000 rows.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench import meter

SECONDS, MEGABYTES = 30, 300


def main() -> None:
    """Measure each form apart, and say whether it keeps within its bounds."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--form", choices=("pdf", "xlsx"))
    given = asked.parse_args()
    if given.form:
        _make(given.form, given.rows)
        return
    print(meter.machine())
    for form in ("pdf", "xlsx"):
        command = [
            sys.executable,
            "-m",
            "bench.register",
            "--form",
            form,
            "--rows",
            str(given.rows),
        ]
        subprocess.run(command, check=True)


def _make(form: str, count: int) -> None:
    """Make one register and print what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    import django

    django.setup()  # the job runs in a worker that has all of the house in memory
    from motcua.dossiers.slips import DossierRegister, book, spreadsheet
    from motcua.dossiers.slips.builtin import builtin
    from motcua.dossiers.slips.forms import SlipKind
    from motcua.dossiers.slips.samples import sample_of
    from motcua.law.types import FormSet

    sample = sample_of(FormSet.TT03_2025, SlipKind.REGISTER)
    assert isinstance(sample, DossierRegister)
    head = replace(sample, rows=(), total=count)
    started, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"register.{form}"
        if form == "pdf":
            words = builtin(FormSet.TT03_2025, SlipKind.REGISTER)
            made = f"{book.write_pdf(path, head, _rows(sample, count), words)} pages"
        else:
            made = f"{spreadsheet.write_xlsx(path, head, _rows(sample, count))} rows"
        size = path.stat().st_size / 1e6
    seconds, worked = time.perf_counter() - started, time.process_time() - used
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    well = "within" if seconds <= SECONDS and most <= MEGABYTES else "BEYOND"
    print(
        f"{form}: {count} rows, {made}, {size:.1f} MB; {seconds:.1f} s ({worked:.1f} s of processor), "
        f"at most {most:.0f} MB: {well} {SECONDS} s and {MEGABYTES} MB"
    )


def _rows(sample: "object", count: int) -> "Iterator[object]":
    """So many lines, no two alike."""
    for n in range(1, count + 1):
        row = sample.rows[n % 2]  # type: ignore[attr-defined]  # its class is known only with Django up
        yield replace(
            row, number=n, code=f"H99.31.105-2611{n % 28 + 1:02d}-{n:05d}", owner_name=f"Nguyễn Thị Lan {n}",
            contact=f"Số {n}, đường Bờ Sông, phường Mỹ Phước, 0912 {n:06d}",
        )  # fmt: skip


if __name__ == "__main__":
    main()
