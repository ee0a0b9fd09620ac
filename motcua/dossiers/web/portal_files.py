"""Handing a file to a browser so that it is kept and never run."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep: always an attachment, never interpreted by the browser, never cached."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def picture(content: bytes) -> HttpResponse:
    """A small picture for the person signed in, kept by their browser for an hour."""
    response = HttpResponse(content, content_type="image/webp")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
