"""What the frame of every desk page shows: who is at work, in which post."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.agencies.web import post_of
from motcua.core.actors import ROLE_NAMES, Role


@dataclass(frozen=True)
class PostCard:
    """The post at work, in the words of the top bar."""

    id: int
    holder_name: str
    title: str
    role_name: str
    unit_name: str
    agency_name: str


def card_of(post: Any) -> PostCard:
    """A post as pages show it."""
    role = ROLE_NAMES[Role(post.role)]
    return PostCard(post.pk, post.holder_name, post.title, role, post.unit.name, post.agency.name)


def desk_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A desk page inside its frame, kept out of every cache."""
    frame = {"post": card_of(post_of(request)), "signed_in": True}
    response = render(request, template, frame | context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
