"""The frame of every desk page: who is at work, in which post; nothing of it stays in a cache."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.web import chosen_post
from motcua.files.queries import limits
from motcua.files.rules import megabytes

LAST_LIST = "desk_list"  # the worklist an official looked at last, in the session


def desk_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A desk page inside its frame, kept out of every cache."""
    most = megabytes(limits().size)
    frame = {"post": chosen_post(request), "signed_in": True, "largest_file": most}
    response = render(request, template, frame | context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
