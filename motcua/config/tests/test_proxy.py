"""Behind a proxy the address is the one our proxy saw, never one that somebody claims."""

from collections.abc import Iterable
from typing import Any

import pytest

from motcua.config.proxy import behind


def _seen(proxies: int, forwarded: str | None) -> str:
    asked: list[str] = []

    def house(environ: Any, start_response: Any) -> Iterable[bytes]:
        asked.append(environ["REMOTE_ADDR"])
        return [b""]

    environ = {"REMOTE_ADDR": "10.0.0.1"}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    behind(proxies, house)(environ, None)
    return asked[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "10.0.0.1"),  # no proxy of ours: a header anybody may write
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "203.0.113.7"),  # the left one was claimed
        (2, "203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, None, "10.0.0.1"),
    ],
)
def test_the_address_is_the_one_our_outermost_proxy_saw(
    proxies: int, forwarded: str | None, address: str
) -> None:
    assert _seen(proxies, forwarded) == address
