"""Speaking HTTP to an outside party, and knowing whether a request left before it failed."""

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from motcua.core.errors import Reason, TryLater

MOST = 256 * 1024  # of an answer; whoever says more is not who we think
HERE = {"localhost", "127.0.0.1", "::1"}


class NoAnswer(Exception):
    """The request left; whether it was obeyed, nobody knows."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    @property
    def is_broken(self) -> bool:
        """The other side says that the fault is its own."""
        return self.status >= 500

    def json(self) -> dict[str, Any]:
        """The answer as an object; `NoAnswer` when it is something else."""
        try:
            found = json.loads(self.body)
        except ValueError as error:
            raise NoAnswer(f"HTTP {self.status}: không phải JSON") from error
        if not isinstance(found, dict):
            raise NoAnswer(f"HTTP {self.status}: không phải JSON")
        return found


def call(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], timeout: float
) -> Answer:
    """One request, never redirected. `TryLater` when nothing left, `NoAnswer` once it did."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        secure = ssl.create_default_context()
        line = http.client.HTTPSConnection(host, port, timeout=timeout, context=secure)
    else:
        line = http.client.HTTPConnection(host, port, timeout=timeout)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        try:
            line.connect()
        except OSError as error:
            raise TryLater(f"Không nối được tới {host}: {type(error).__name__}") from error
        try:
            line.request(method, path, body, dict(headers))
            heard = line.getresponse()
            return Answer(heard.status, heard.read(MOST))
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{host} không trả lời: {type(error).__name__}") from error
    finally:
        line.close()


def address_objections(name: str, url: str) -> list[Reason]:
    """Why an address in the settings cannot be used; secrets never travel in the clear."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return []
    if parts.scheme == "http" and parts.hostname in HERE:
        return []
    return [Reason("address_unsafe", f"{name} phải là địa chỉ https://…, nay là “{url}”.")]


def missing(values: Mapping[str, str]) -> list[Reason]:
    """One reason for each setting that is empty."""
    return [
        Reason("setting_missing", f"Chưa đặt {name}.")
        for name, value in values.items()
        if not value
    ]
