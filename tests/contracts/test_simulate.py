"""`bin/manage simulate`: the parties as processes of their own."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.adapters.sms.client import Contract, vnpt

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["sms", "zalo", "vneid"])
def process(request: pytest.FixtureRequest) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    line = [sys.executable, "-m", "motcua.config.manage", "simulate", request.param]
    with subprocess.Popen(
        line, cwd=HOUSE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as run:
        yield request.param, run
        run.kill()


def test_a_simulator_says_how_to_reach_it_takes_messages_and_shows_them(
    process: tuple[str, subprocess.Popen[str]],
) -> None:
    name, run = process
    assert run.stdout is not None
    said: list[str] = []
    while not said or "/_/received" not in said[-1]:
        said.append(run.stdout.readline())
    received = said[-1].split()[-1]
    if name == "sms":
        contract = Contract(received.replace("_/received", "vnpt"), "demo", "demo", "SONGHA")
        heard = vnpt(
            contract, request_id="1", phone="84900000000", params=["Xin chao"], template_id=""
        )
        assert heard.code == "0"

    with urllib.request.urlopen(received) as shown:
        kept = json.load(shown)["received"]

    assert [each["words"] for each in kept] == ([["Xin chao"]] if name == "sms" else [])
    setting = "MOTCUA_SSO=" if name == "vneid" else f"MOTCUA_{name.upper()}_URL="
    assert any(setting in line for line in said)
    run.send_signal(signal.SIGTERM)
    assert run.wait(5) == 0
