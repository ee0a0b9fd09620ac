"""Nhật ký: what the public may know of the log that seals the journal, and its files."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.audit.log_state import log_state
from motcua.tlog.tiles import WIDTH, tile_path
from motcua.tlog.tree import HASH_BYTES
from motcua.verify.page import PAGE_NAME, page

FOREVER = "public, max-age=31536000, immutable"
TILE = re.compile(r"(\d|[1-5]\d)/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The last checkpoint, the keys, who vouches for it, and what that means."""
    return render(request, "portal/log.html", {"log": log_state()})


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The signed checkpoint, as a file that changes every second."""
    try:
        content = (settings.LOG_ROOT / "checkpoint").read_bytes()
    except FileNotFoundError as absent:
        raise Http404 from absent
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=1"
    return answer


@require_safe
def tile(request: HttpRequest, tile: str) -> HttpResponse:
    """A row of hashes. Under one address there is one content for ever, be the tile full or narrow."""
    found = TILE.fullmatch(tile)
    if not found:
        raise Http404
    level, number = int(found[1]), int(re.sub(r"[x/]", "", found[2]))
    width = int(found[3] or WIDTH)
    if tile_path(level, number, width) != f"tile/{tile}":
        raise Http404  # another spelling of the same
    answer = HttpResponse(_hashes(level, number, width), content_type="application/octet-stream")
    answer["Cache-Control"] = FOREVER
    return answer


def _hashes(level: int, number: int, width: int) -> bytes:
    """The first `width` hashes of a tile; narrow files go away once the tile is full."""
    full = settings.LOG_ROOT / tile_path(level, number)
    narrow = full.with_name(f"{full.name}.p")
    for path in (*(narrow.iterdir() if narrow.is_dir() else ()), full):
        try:
            content = path.read_bytes() if path.name[0] != "." else b""
        except FileNotFoundError:
            continue
        if len(content) >= width * HASH_BYTES:
            return content[: width * HASH_BYTES]
    raise Http404


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The page that checks a proof without us: a file to be kept, never opened on this site."""
    answer = HttpResponse(page(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{PAGE_NAME}"'
    return answer
