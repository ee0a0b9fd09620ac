"""What one keeper may not do to another: make one, give one a password, agree with their own maker.

Otherwise a keeper alone would be two persons: a second account, made and signed in to by themselves.
"""

from django.db import transaction

from motcua.agencies.models import Post
from motcua.audit.queries import told_of
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.two_persons import Hand
from motcua.people import keeping

GIVEN = ("account.open", "account.password_given")
ON_THE_SERVER = Reason(
    "keeper_post", "Vị trí người quản trị chỉ được cấp từ máy chủ: bin/manage add_post.", "role"
)
PASSWORD_ON_THE_SERVER = Reason(
    "keeper_password",
    "Mật khẩu của người quản trị chỉ được cấp lại từ máy chủ: bin/manage give_password.",
)
MADE_BY_THE_OTHER = Reason(
    "made_by_other",
    "Tài khoản của một trong hai người do chính người kia cấp hoặc cấp lại mật khẩu. "
    "Mời một người quản trị khác quyết định.",
)


def keeper_faults(by: Actor, role: str) -> list[Reason]:
    """Why this actor may not give a post of this role."""
    return [ON_THE_SERVER] if role == Role.KEEPER and by.role is not Role.SYSTEM else []


@transaction.atomic
def give_password(*, hand: Hand, account_id: int) -> str:
    """Cấp lại mật khẩu, on a page: not to who is or was a keeper."""
    kept = Post.objects.filter(account_id=account_id, role=Role.KEEPER).exists()
    refuse_if([PASSWORD_ON_THE_SERVER] if kept else [])
    return keeping.give_password(hand=hand, account_id=account_id)


@transaction.atomic
def decide_removal(*, hand: Hand, account_id: int, agreed: bool) -> None:
    """Duyệt gỡ bước xác thực: by somebody who neither made whoever asked, nor was made by them."""
    found = keeping.open_removals(account_id)
    refuse_if([] if found else [keeping.SETTLED])
    asked_by = found[0].person
    if agreed and asked_by != hand.person:  # the same hand has its own sentence
        made = _made_by(asked_by, hand.person) or _made_by(hand.person, asked_by)
        refuse_if([MADE_BY_THE_OTHER] if made else [])
    keeping.decide_removal(hand=hand, removal_id=found[0].id, agreed=agreed)


def _made_by(person: str, other: str) -> bool:
    """Whether the account of `person` was opened, or given a password, in a post of `other`."""
    kind, _, number = other.partition(":")
    if kind != "account":
        raise NotFound
    posts = Post.objects.filter(account_id=int(number)).values_list("pk", flat=True)
    keys = {f"post:{pk}" for pk in posts}
    return any(entry.actor in keys for _, entry in told_of([person], GIVEN))
