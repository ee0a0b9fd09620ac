"""The report of an import goes into a spreadsheet: what the source wrote computes nothing there."""

import csv
import io
from pathlib import Path

import pytest

from motcua.core.sheets import is_formula
from motcua.procedures.importing.flaws import Flaw
from motcua.procedures.management.commands.import_procedures import _write_report


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "\t=1+1", "＝1+1", "@SUM(1)", "\u200b=1"])
def test_the_report_of_an_import_computes_nothing(text: str, tmp_path: Path) -> None:
    report = tmp_path / "flaws.csv"

    _write_report(report, [Flaw(1, text, text, text, text, text)])

    with io.StringIO(report.read_bytes().decode("utf-8-sig"), newline="") as read:
        rows = list(csv.reader(read))
    assert rows[1][0] == "1"
    assert rows[1][1] == f"'{text}"
    assert not any(is_formula(each) for each in rows[1])
