"""Officials and the posts they hold, as a keeper looks them up: by page, by name, by trouble."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.agencies.models import Post
from motcua.core.actors import ROLE_NAMES, Role

PAGE = 50
ALL, IDLE, SHUT, WITHOUT_FACTOR = "", "lau-khong-dung", "dang-khoa", "chua-xac-thuc"
KINDS: Mapping[str, Q] = {
    ALL: Q(),
    IDLE: Q(account__idle_told__gt=0, account__is_active=True),
    SHUT: Q(account__is_active=False),
    WITHOUT_FACTOR: Q(account__authenticator=None, account__is_active=True),
}


@dataclass(frozen=True)
class HeldPost:
    """A post of somebody, with the codes by which it is closed and opened."""

    id: int
    account_id: int
    holder: str
    title: str
    role: str
    role_name: str
    agency: str
    agency_code: str
    unit: str
    unit_code: str
    is_active: bool


def officials(words: str, kind: str, after: int) -> tuple[list[int], int]:
    """The accounts that hold or held a post, after number `after`; the next number, 0 at the end."""
    rows = Post.objects.filter(KINDS.get(kind, Q()), account_id__gt=after)
    if words:
        rows = rows.filter(Q(holder_name__icontains=words) | Q(account__username__icontains=words))
    ids = list(_accounts(rows)[: PAGE + 1])
    return ids[:PAGE], ids[PAGE - 1] if len(ids) > PAGE else 0


def idle_candidates(after: int, size: int) -> list[int]:
    """Accounts with a post in office, in their order: those that the clock looks at."""
    rows = Post.objects.filter(is_active=True, account__is_active=True, account_id__gt=after)
    return list(_accounts(rows)[:size])


def _accounts(rows: QuerySet[Post]) -> QuerySet[Post, int]:
    return rows.order_by("account_id").values_list("account_id", flat=True).distinct()


def held_by(account_ids: list[int]) -> dict[int, list[HeldPost]]:
    """The posts of each of these accounts, those in office first."""
    found: dict[int, list[HeldPost]] = {}
    rows = Post.objects.filter(account_id__in=account_ids).select_related("agency", "unit")
    for row in rows.order_by("-is_active", "id"):
        found.setdefault(row.account_id, []).append(
            HeldPost(
                row.pk, row.account_id, row.holder_name, row.title, row.role,
                ROLE_NAMES[Role(row.role)], row.agency.name, row.agency.code, row.unit.name,
                row.unit.code, row.is_active,
            )
        )  # fmt: skip
    return found


def post_in_office(account_id: int) -> int | None:
    """The post in which an official is told about their account."""
    rows = Post.objects.filter(account_id=account_id).order_by("-is_active", "id")
    return rows.values_list("pk", flat=True).first()
