"""The measurements still run to their end. What they measure is nobody's test."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
SMALL = {
    "submit": ("--rounds 1 --submissions 8 --bare 40 --clients 2 --workers 1", "(aim 35)"),
    "lists": ("--rounds 1 --requests 2 --small 10000 --large 12000", "P-4 look-up by code"),
    "register": ("--rows 200", "pdf: 200 rows"),
    "watchdog": (
        "--dossiers 2000 --silent 3 --rounds 1",
        "one round of the watch / one index scan",
    ),
    "recount": ("--dossiers 60 --aside 5", "together"),
    "proofs": ("--rounds 1 --leaves 2000", "twelve acts judged"),
    "deadline": ("--rounds 1 --dossiers 100", "1 to 30 working days"),
}


@pytest.mark.parametrize("name", SMALL)
def test_a_measurement_makes_its_data_and_prints_its_ratio(name: str) -> None:
    words, ratio = SMALL[name]
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "MOTCUA_VAR")
    }

    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}", *words.split()],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
    assert ratio in done.stdout
