"""Telling people what was done to their account, in the post that they hold and by letter."""

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.officials import post_in_office
from motcua.core import clock
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPerson, ToPost
from motcua.people.queries import person_of_account

CHANGED, UNUSED, MOVED = "account_changed", "account_unused", "identity_moved"
TEMPLATES = (CHANGED, UNUSED, MOVED)
DEEDS = {
    "account.shut": "bị khóa",
    "account.reopened": "được mở lại",
    "account.password_given": "được cấp lại mật khẩu",
    "account.factor_taken": "bị gỡ bước xác thực thứ hai",
    "account.idle_told": "lâu không dùng, sắp bị khóa",
}
NO_REASON = "theo đề nghị của ông/bà tại nơi làm việc"


def tell_account(account_id: int, deed: str, why: str, key: str) -> None:
    """Tell the holder of an account what was done to it; twice is once."""
    if deed == "identity.moved":  # done to the citizen, whatever post they hold besides
        moved = person_of_account(account_id)
        if moved is not None:
            send(ToPerson(moved), MOVED, _house(), dedupe_key=key)
        return
    post_id = post_in_office(account_id)
    if post_id is not None:
        told = {
            "what": DEEDS[deed], "reason": why or NO_REASON, "link": f"{settings.PORTAL_URL}/can-bo/",
            "at": f"{localtime(clock.now()):%H:%M ngày %d/%m/%Y}",
        }  # fmt: skip
        send(ToPost(post_id), CHANGED, told, dedupe_key=key)
        return
    person_id = person_of_account(account_id)
    if person_id is not None and deed == "account.idle_told":
        send(ToPerson(person_id), UNUSED, _unused(), dedupe_key=key)


def _house() -> dict[str, str]:
    return {
        "agency": settings.AUTHORITY["name"], "phone": settings.AUTHORITY["hotline"],
        "link": f"{settings.PORTAL_URL}/ho-so/",
    }  # fmt: skip


def _unused() -> dict[str, str]:
    return _house() | {"unused": f"{settings.IDLE_CITIZEN_DAYS} ngày", "left": "60 ngày"}
