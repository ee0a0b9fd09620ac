"""The stage for simulators: a server that speaks a party's wire format, fails when told to, and
shows what it received.

Beside the party's own addresses it has three of ours: `GET /_/received`, `POST /_/trouble`
(`{"kind": "code"|"http"|"slow"|"lost"|"garbage", "value": "…", "times": 1, "path": "/"}`) and `POST /_/number`
(`{"phone": "84…", "code": "…"}`).
"""

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

KINDS = ("code", "http", "slow", "lost", "garbage")


@dataclass(frozen=True)
class Asked:
    """One request of ours."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Told:
    """The party's answer."""

    body: bytes
    status: int = 200
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Trouble:
    """What goes wrong with the next `times` requests whose address begins with `path`."""

    kind: str
    value: str = ""
    times: int = 1
    path: str = "/"


class Party(Protocol):
    """The part a simulator plays."""

    def answer(self, asked: Asked, stage: "Stage", refusal: str) -> Told:
        """Do what was asked, or refuse with the code `refusal` if there is one."""
        ...


@dataclass
class Stage:
    """What a simulator remembers, and what it was told to do wrong."""

    received: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def trouble(self, path: str) -> Trouble | None:
        """The trouble of this request, used up by it."""
        with self.lock:
            first = next((each for each in self.troubles if path.startswith(each.path)), None)
            if first is None:
                return None
            first.times -= 1
            if first.times <= 0:
                self.troubles.remove(first)
            return first

    def command(self, path: str, body: bytes) -> dict[str, Any]:
        """One of our own addresses."""
        with self.lock:
            if path == "/_/received":
                return {"received": self.received}
            told = json.loads(body or b"{}")
            if path == "/_/trouble" and told.get("kind") in KINDS:
                value, path = str(told.get("value", "")), str(told.get("path", "/"))
                times = int(told.get("times", 1))
                self.troubles.append(Trouble(told["kind"], value, times, path))
            elif path == "/_/number":
                self.numbers[told["phone"]] = str(told["code"])
            else:
                return {"error": f"POST /_/trouble: kind là một trong {', '.join(KINDS)}"}
            return {"ok": True}


class Theatre(ThreadingHTTPServer):
    """A simulator at work on one port of this machine."""

    daemon_threads = True

    def __init__(self, party: Party, port: int = 0) -> None:
        self.party, self.stage = party, Stage()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Theatre

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = Asked(self.command, self.path, dict(self.headers), self.rfile.read(length))
        stage = self.server.stage
        if self.path.startswith("/_/"):
            told = json.dumps(stage.command(self.path, asked.body), ensure_ascii=False)
            self._say(Told(told.encode()))
            return
        wrong = stage.trouble(self.path)
        kind, value = (wrong.kind, wrong.value) if wrong else ("", "")
        if kind == "http":
            self._say(Told(b"<html>the fault is ours</html>", int(value or 503), "text/html"))
            return
        if kind == "slow":
            time.sleep(float(value or 30))
        with stage.lock:
            told_back = self.server.party.answer(asked, stage, value if kind == "code" else "")
        if kind == "lost":  # it was done, and nobody hears of it
            self.close_connection = True
            return
        self._say(Told(b"<html>?", 200, "text/html") if kind == "garbage" else told_back)

    def _say(self, told: Told) -> None:
        try:
            self.send_response(told.status)
            self.send_header("Content-Type", told.kind)
            self.send_header("Content-Length", str(len(told.body)))
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.body)
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what was received is shown on request."""


def object_of(body: bytes) -> dict[str, Any]:
    """A JSON object, or an empty one for anything else."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
