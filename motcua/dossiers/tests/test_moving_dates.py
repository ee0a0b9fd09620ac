"""A date moved later by two persons is a promise like a letter's: once, in time, not too far (ST-14)."""

from datetime import datetime, timedelta

import pytest

from motcua.core.errors import Refused
from motcua.dossiers.actions import apologies, approving
from motcua.dossiers.letters import last_moment, promised
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_apologies import MARRIAGE, at, later
from motcua.dossiers.tests.test_approvals import (
    FRIDAY,
    NEW,
    ask_date,
    decide,
    friday,
    running,
    why_not,
)
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

__all__ = ["friday", "running"]
pytestmark = pytest.mark.django_db
EARLIER = datetime(2026, 11, 25, 9, tzinfo=HANOI)


def moved(cast: Cast, dossier: Dossier, new: datetime = NEW) -> Dossier:
    decide(approving.grant, cast.binh, ask_date(cast.mai, dossier, new))
    dossier.refresh_from_db()
    assert dossier.due_at == new
    return dossier


def test_what_binh_moved_later_once_is_neither_moved_again_nor_promised_by_letter(
    cast: Cast, running: Dossier
) -> None:
    moved(cast, running)

    with pytest.raises(Refused) as refusal:
        ask_date(cast.mai, running, NEW + timedelta(days=1))
    with pytest.raises(Refused) as by_letter:
        apologies.sign_letter(
            post=cast.binh, reference=running.reference, new_due_at=later(running), reason="Chờ."
        )

    assert promised(running) == 1
    assert why_not(refusal) == why_not(by_letter) == ["promised_before"]


def test_what_was_promised_by_letter_is_not_moved_later_behind_it(
    cast: Cast, running: Dossier
) -> None:
    apologies.sign_letter(
        post=cast.binh, reference=running.reference, new_due_at=later(running), reason="Chờ."
    )
    running.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        ask_date(cast.mai, running, later(running))

    assert why_not(refusal) == ["promised_before"]


def test_a_date_that_was_typed_wrong_is_moved_earlier_whenever_that_is_right(
    cast: Cast, running: Dossier
) -> None:
    moved(cast, moved(cast, running), EARLIER)

    assert promised(running) == 1


def test_no_date_is_moved_by_a_year_or_on_the_day_itself(cast: Cast) -> None:
    with at(FRIDAY):
        dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    with pytest.raises(Refused) as too_far:
        ask_date(cast.mai, dossier, datetime(2027, 11, 23, 9, tzinfo=HANOI))
    assert dossier.due_at is not None
    with (
        at(last_moment(dossier, dossier.due_at) + timedelta(minutes=1)),
        pytest.raises(Refused) as too_late,
    ):
        ask_date(cast.mai, dossier)

    assert why_not(too_late) == ["letter_too_late"]
    assert why_not(too_far) in (["date_too_far"], ["date_not_working"])
