"""Handing a file to a browser so that it is kept and never run."""

from typing import IO, Any, cast

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

KEPT_AN_HOUR = "private, max-age=3600"
NEVER_KEPT = "private, no-store"


def download(content: bytes | IO[bytes], kind: str, name: str) -> HttpResponse:
    """A file to keep: always an attachment, never interpreted by the browser, never cached."""
    if not isinstance(content, bytes):
        whole = FileResponse(content, as_attachment=True, filename=name, content_type=kind)
        return _as_it_is(whole, NEVER_KEPT)
    response = HttpResponse(content, content_type=kind)
    named = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = named or "attachment"
    return _as_it_is(response, NEVER_KEPT)


def picture(content: bytes, kept: str = KEPT_AN_HOUR) -> HttpResponse:
    """The picture of a page, for the eyes of whoever is signed in."""
    return _as_it_is(HttpResponse(content, content_type="image/webp"), kept)


def _as_it_is(response: Any, kept: str) -> HttpResponse:
    """What a browser does not guess at, kept as long as said."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = kept
    return cast(HttpResponse, response)
