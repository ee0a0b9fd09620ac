"""What Quân asks for and somebody else is to agree to: a change of the calendar, a version of the law."""

from datetime import date
from typing import Any

from motcua.agencies.models import Post
from motcua.core import clock
from motcua.core.two_persons import Hand
from motcua.law import rules
from motcua.law.actions import draft_version
from motcua.law.queries import profile_on
from motcua.workdays.actions.drafting import add_changes, open_draft, send_draft
from motcua.workdays.types.changes import Change, ChangeKind


def hand(post: Post) -> Hand:
    """Whoever holds this post."""
    return Hand(post.actor, f"account:{post.account_id}")


def a_calendar_draft(by: Post, *, sent: bool = True) -> int:
    """The number of a draft that asks for two days of next year."""
    year = clock.now().year + 1
    number = open_draft(hand=hand(by), year=year)
    asked = [
        Change(ChangeKind.DAY_OFF, date(year, 12, 30), "Nghỉ hoán đổi"),
        Change(ChangeKind.ORDINARY, date(year, 11, 24)),
    ]
    add_changes(hand=hand(by), number=number, revision=1, changed=asked)
    if sent:
        send_draft(hand=hand(by), number=number, revision=2, note="Thông báo số 12/TB-BNV")
    return number


def a_law_draft(by: Post) -> int:
    """The number of a version of ND118 that changes two limits from New Year's Day on."""
    today = clock.now().date()
    typed: dict[str, Any] = rules.typed_of(profile_on(today))
    typed |= dict.fromkeys(("valid_from-day", "valid_from-month"), "1")
    typed |= {"valid_from-year": str(today.year + 1), "note": "Nghị định sửa đổi"}
    typed |= {"supplement_wait_days": "30", "reappointment_max": "2"}
    return draft_version(hand=hand(by), code="ND118", typed=typed)
