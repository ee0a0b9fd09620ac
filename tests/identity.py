"""The sign-in services as a process of their own, and a browser of few words that goes there and back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

from motcua.adapters.vneid.simulator import CLIENT_ID, CLIENT_SECRET, SERVICES

HOUSE = Path(__file__).resolve().parents[1]
MAU, LAN, COMPANY = "038000000001", "079190000001", "2800000001"


@dataclass(frozen=True)
class Played:
    """A simulator at work."""

    url: str

    def settings(self) -> list[dict[str, str]]:
        """What the house must know of its services."""
        return [
            {
                "id": name, "name": shown, "issuer": f"{self.url}/{name}", "discovery": "",
                "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
            }
            for name, shown in SERVICES.items()
        ]  # fmt: skip

    def trouble(self, path: str, value: str = "", kind: str = "code", times: int = 1) -> None:
        """What goes wrong with the next requests to this address."""
        told = {"kind": kind, "value": value, "times": times, "path": path}
        asked = urllib.request.Request(f"{self.url}/_/trouble", json.dumps(told).encode())
        with urllib.request.urlopen(asked) as heard:
            assert json.load(heard) == {"ok": True}

    def answer(self, where: str, who: str = MAU, *, level: int = 1, do: str = "agree") -> str:
        """Open the page of the service, choose, press; where the browser is sent back to."""
        with urllib.request.urlopen(where) as shown:
            page = shown.read().decode()
        asked = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page))
        typed = asked | {"who": who, "level": str(level), "do": do}
        parts = urlsplit(where)
        choose = f"{parts.scheme}://{parts.netloc}{parts.path.replace('authorize', 'choose')}"
        try:
            with _STAYS.open(choose, urlencode(typed).encode()) as there:
                raise AssertionError(f"no way back: {there.status}")
        except urllib.error.HTTPError as told:
            assert told.code == 302, told.read()
            return str(told.headers["Location"])


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **more: Any) -> None:
        return None


_STAYS = urllib.request.build_opener(_Stay)


@contextmanager
def played() -> Iterator[Played]:
    """`bin/manage simulate vneid` until the end of the block."""
    line = [sys.executable, "-m", "motcua.config.manage", "simulate", "vneid"]
    with subprocess.Popen(
        line, cwd=HOUSE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as run:
        assert run.stdout is not None
        said = ""
        while "/_/received" not in said:
            said = run.stdout.readline()
            assert said, "the simulator has stopped"
        try:
            yield Played(said.split()[-1].removesuffix("/_/received"))
        finally:
            run.kill()


def begun(client: Client, service: str = "dvcqg", **asked: str) -> str:
    """Begin a sign-in; where the browser is sent."""
    answer = client.get(f"/tai-khoan/dinh-danh/{service}/", asked)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def brought_back(client: Client, where: str) -> Any:
    """The browser comes back with what the service gave it."""
    parts = urlsplit(where)
    return client.get(f"{parts.path}?{parts.query}")


def signed_in(client: Client) -> bool:
    """Whether there is a session of somebody."""
    return "_auth_user_id" in client.session
