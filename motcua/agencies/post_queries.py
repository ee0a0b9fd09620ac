"""Posts by whoever looks at their work: what they are called, and who answers for which."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from motcua.agencies.models import Post
from motcua.agencies.types import PostPlace
from motcua.core.actors import Role

if TYPE_CHECKING:
    from django.db.models import QuerySet


def places_of(post_ids: Collection[int]) -> dict[int, str]:
    """What these posts are called: title, unit, agency."""
    rows = Post.objects.filter(pk__in=post_ids).select_related("unit", "agency")
    return {post.pk: _place(post).where for post in rows}


def answered_for(post: Post, name: str = "", most: int = 1) -> list[PostPlace]:
    """The posts whose work this one answers for, by the name of whoever holds them."""
    rows = _answered_for(post)
    if name:
        rows = rows.filter(holder_name__icontains=name)
    return [_place(each) for each in rows.order_by("holder_name", "pk")[:most]]


def one_answered_for(post: Post, post_id: int) -> PostPlace | None:
    """The post of this number, if this one answers for it."""
    found = _answered_for(post).filter(pk=post_id).first()
    return _place(found) if found else None


def _answered_for(post: Post) -> QuerySet[Post]:
    """Keepers: the whole house; who signs: the agency; heads: their unit; nobody else anybody."""
    posts = Post.objects.select_related("unit", "agency")
    if post.role == Role.KEEPER:
        return posts.all()
    if post.role == Role.APPROVER:
        return posts.filter(agency_id=post.agency_id)
    return posts.filter(unit_id=post.unit_id) if post.role == Role.UNIT_HEAD else posts.none()


def _place(post: Post) -> PostPlace:
    where = ", ".join((post.title, post.unit.name, post.agency.name))
    return PostPlace(post.pk, post.actor.key, post.holder_name, where)
