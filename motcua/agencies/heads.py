"""Who heads a unit, and which units nobody heads; posts that nobody is in any more."""

from typing import Any

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from motcua.agencies.models import Post, Unit
from motcua.core.actors import Role


def heads_but(unit: str, person: str) -> QuerySet[Post]:
    """Of each row of an outer query: who heads the unit it names in `unit` and is not its `person`."""
    heads = Post.objects.filter(role=Role.UNIT_HEAD, is_active=True, unit_id=OuterRef(unit))
    human = Concat(Value("account:"), Cast("account_id", CharField()))
    return heads.alias(human=human).exclude(human=OuterRef(person))


def other_heads(unit_id: int, account_id: int) -> bool:
    """Whether somebody else than this account heads a unit."""
    heads = Post.objects.filter(role=Role.UNIT_HEAD, is_active=True, unit_id=unit_id)
    return heads.exclude(account_id=account_id).exists()


def closed_posts(held: QuerySet[Any]) -> list[int]:
    """The posts nobody is in that still hold one of `held`, rows told by `OuterRef("pk")`."""
    one = Subquery(held.order_by().values("pk")[:1])  # one look into an index for each post
    closed = Post.objects.filter(is_active=False).alias(one=one).filter(one__isnull=False)
    return list(closed.order_by("pk").values_list("pk", flat=True))


def headless_units() -> list[int]:
    """The units without a head in office."""
    headed = Post.objects.filter(role=Role.UNIT_HEAD, is_active=True).values("unit_id")
    return list(Unit.objects.exclude(pk__in=headed).order_by("pk").values_list("pk", flat=True))
