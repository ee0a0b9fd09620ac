"""Somebody whom nothing reaches is noticed, and no longer once a message arrives."""

from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from motcua.audit.queries import deeds_on
from motcua.core import events
from motcua.notices import jobs, queries
from motcua.notices.actions import sending
from motcua.notices.events import PersonUnreached
from motcua.notices.models import Delivery, Unreached
from motcua.notices.ports import mailer
from motcua.notices.types import DeliveryStatus, ToAddress, ToPerson, ToPost
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
LETTER = "lan@songha.example"


@pytest.fixture(autouse=True)
def told(cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Who the desk is told of; three refusals are enough."""
    settings.UNREACHABLE_AFTER = 3
    call_command("seed_notices", verbosity=0)
    found: list[int] = []

    def note(job: str, facts: dict[str, Any], subject: str) -> None:
        found.append(facts["unreached_id"])

    def noted(unreached_id: int) -> None: ...

    monkeypatch.setattr(events, "_reactions", {PersonUnreached: (noted,)})
    monkeypatch.setattr(events, "_enqueue", [note])
    return found


def post_office() -> Any:
    return mailer()


def tell(to: ToPerson | ToAddress | ToPost, *numbers: int) -> None:
    for number in numbers:
        code = "answer_near" if isinstance(to, ToPost) else "dossier_submitted"
        code += "_no_account" if isinstance(to, ToAddress) else ""
        sending.send(to, code, {"reference": "T-1"}, dedupe_key=f"move:{number}")
        for waiting in Delivery.objects.filter(status=DeliveryStatus.QUEUED):
            jobs.deliver_email(waiting.message_id)


def test_after_three_refusals_lan_is_known_to_be_out_of_reach_and_the_desk_is_told_once(
    cast: Cast, told: list[int]
) -> None:
    post_office().refused.add(LETTER)
    lans = ToPerson(cast.lan.pk)

    tell(lans, 1, 2)
    assert queries.unreached(cast.lan.pk) is None
    tell(lans, 3, 4)

    found = queries.unreached(cast.lan.pk)
    assert found is not None
    assert (found.failures, told) == (4, [found.id])
    assert queries.unreached(cast.thu.pk) is None
    assert deeds_on(f"person:{cast.lan.pk}") == ["notice.unreached"]
    assert queries.unreached_reader(found.id) == (cast.lan.pk, [f"move:{n}" for n in (4, 3, 2, 1)])


def test_one_arrival_ends_it_and_counting_begins_anew(cast: Cast, told: list[int]) -> None:
    lans = ToPerson(cast.lan.pk)
    post_office().refused.add(LETTER)
    tell(lans, 1, 2, 3)
    [first] = told

    post_office().refused.clear()
    tell(lans, 4)
    assert queries.unreached(cast.lan.pk) is None
    assert queries.unreached_reader(first) == (None, [])
    assert deeds_on(f"person:{cast.lan.pk}") == ["notice.unreached", "notice.reached"]

    post_office().refused.add(LETTER)
    tell(lans, 5, 6)
    assert queries.unreached(cast.lan.pk) is None
    tell(lans, 7)
    assert len(told) == 2
    assert Unreached.objects.count() == 2


def test_a_post_office_that_is_closed_is_not_lans_fault(cast: Cast, told: list[int]) -> None:
    for number in (1, 2, 3, 4):
        sending.send(ToPerson(cast.lan.pk), "dossier_submitted", {}, dedupe_key=f"move:{number}")
    Delivery.objects.update(attempts=27)
    post_office().closed_for = 100

    for waiting in Delivery.objects.filter(status=DeliveryStatus.QUEUED):
        jobs.deliver_email(waiting.message_id)

    assert Delivery.objects.filter(status=DeliveryStatus.FAILED).count() == 4
    assert told == []


def test_an_address_without_an_account_is_out_of_reach_by_itself_and_nobody_writes_it_down(
    told: list[int],
) -> None:
    post_office().refused.add("me@example.vn")

    tell(ToAddress("me@example.vn", "Trần Thị Mẹ"), 1, 2, 3)

    found = queries.unreached(None, "me@example.vn", "0270 3812 345")
    assert found is not None
    assert queries.unreached_reader(found.id) == (None, ["move:3", "move:2", "move:1"])
    assert queries.unreached(None, "", "") is None
    assert Unreached.objects.get().opened_at is not None


def test_officials_have_colleagues_and_are_not_counted(cast: Cast, told: list[int]) -> None:
    post_office().refused.add("hung@songha.example")

    tell(ToPost(cast.hung.pk), 1, 2, 3, 4)

    assert told == []
    assert not Unreached.objects.exists()
