"""Who is asking, when a proxy of ours stands before the house and every call comes from it."""

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def behind(proxies: int, application: Application) -> Application:
    """`application`, told the address that the outermost of our `proxies` saw.

    Only so many entries of X-Forwarded-For were written by us; what stands left of them was written
    by whoever asks, and counts for nothing.
    """

    def told(environ: Environ, start_response: Any) -> Iterable[bytes]:
        seen = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(seen) >= proxies and seen[-proxies]:
            environ["REMOTE_ADDR"] = seen[-proxies]
        return application(environ, start_response)

    return told if proxies else application
