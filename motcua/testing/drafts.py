"""What Quân asks for and another is to agree to: calendar, law, words of a form; Hùng's register."""

from datetime import date
from typing import Any

from motcua.agencies.models import Post
from motcua.core import clock
from motcua.core.two_persons import Hand
from motcua.dossiers.actions.form_templates import draft_template
from motcua.dossiers.actions.recounting import ask_recount, count_recount
from motcua.dossiers.actions.registers import make_register, order_register
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.forms import SlipKind
from motcua.law import rules
from motcua.law.actions import draft_version
from motcua.law.queries import profile_on
from motcua.law.types import FormSet
from motcua.workdays.actions.drafting import add_changes, open_draft, send_draft
from motcua.workdays.queries import latest_edition
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


def a_form_draft(by: Post) -> int:
    """The number of a version of the letter of apology that says one line more."""
    form_set, kind = FormSet.TT03_2025, SlipKind.APOLOGY
    html = builtin(form_set, kind).replace("<footer>", "<p>Trân trọng cảm ơn.</p>\n<footer>")
    return draft_template(
        hand=hand(by), form_set=form_set, kind=kind, html=html, valid_from=clock.now().date(),
        note="Công văn số 5",
    )  # fmt: skip


def a_register(by: Post) -> int:
    """A register of this year that this post asked for, made."""
    today = clock.now().date()
    order = order_register(post=by, form="pdf", since=today.replace(month=1, day=1), until=today)
    make_register(order.pk)
    return order.pk


def a_recount(by: Post) -> int:
    """The number of a recount on the present calendar; its list is ready and says nothing."""
    number = ask_recount(hand=hand(by), edition=latest_edition(), reason="Nghỉ bão")
    count_recount(number)
    return number
