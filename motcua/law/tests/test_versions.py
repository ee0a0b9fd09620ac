"""A version of the law: drafted by one person, agreed by another, from a day to come, then unchanged."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import Error, transaction
from pytest_django import DjangoAssertNumQueries

from motcua.audit.queries import deeds_on, entries_of
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Refused
from motcua.core.two_persons import Hand
from motcua.law import queries, rules
from motcua.law.actions import approve_version, draft_version, reject_version, seed_profiles
from motcua.law.models import LegalProfile
from motcua.law.types import NoProfile, PortalMode, ProfileStatus
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
QUAN = Hand(Actor(Role.KEEPER, "post:9", "Bùi Minh Quân"), "account:9")
NGA = Hand(Actor(Role.KEEPER, "post:10", "Lý Thị Nga"), "account:10")
FAR = date(2030, 1, 1)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=HANOI), tick=False):
        yield


def typed(start: date = FAR, **changes: Any) -> dict[str, Any]:
    now = queries.profile_on(date(2026, 11, 22))
    return (
        rules.typed_of(now)
        | {
            "valid_from-day": str(start.day), "valid_from-month": str(start.month),
            "valid_from-year": str(start.year), "note": "Nghị định thử",
        }
        | changes
    )  # fmt: skip


def draft(**changes: Any) -> int:
    return draft_version(hand=QUAN, code="ND118", typed=typed(**changes))


def test_every_installation_begins_with_the_old_law_and_the_new() -> None:
    assert queries.profile_on(date(2025, 6, 30)).code == "ND61"
    assert queries.profile_on(date(2025, 7, 1)).code == "ND118"
    assert seed_profiles() == 0
    call_command("seed_profiles", verbosity=0)
    assert deeds_on("profile:ND118")[0] == "law.seed_profile"


def test_a_day_without_law_is_refused_with_a_sentence() -> None:
    with pytest.raises(NoProfile, match="Chưa có hồ sơ pháp lý"):
        queries.profile_on(date(2017, 1, 1))


def test_a_new_version_holds_from_its_day_once_another_person_agrees() -> None:
    number = draft(reappointment_max="2", portal_mode="NATIONAL")
    assert queries.profile_on(FAR).version == 1

    approve_version(hand=NGA, code="ND118", number=number)

    before, after = queries.profile_on(FAR - timedelta(days=1)), queries.profile_on(FAR)
    assert (before.version, before.reappointment_max) == (1, 1)
    assert (after.version, after.reappointment_max) == (2, 2)
    assert after.portal_mode is PortalMode.NATIONAL
    assert not after.filing_place("1.004884").is_here
    assert queries.version("ND118", 1).until == FAR - timedelta(days=1)
    assert deeds_on("profile:ND118")[-2:] == ["law.draft_profile", "law.approve_profile"]
    assert entries_of("profile:ND118")[-1].actor_name == "Lý Thị Nga"


def test_nobody_agrees_to_what_they_drafted_themselves_in_whatever_post() -> None:
    number = draft()
    elsewhere = Hand(Actor(Role.KEEPER, "post:77", "Bùi Minh Quân"), QUAN.person)

    for hand in (QUAN, elsewhere):
        with pytest.raises(Refused, match="không tự duyệt"):
            approve_version(hand=hand, code="ND118", number=number)

    assert queries.version("ND118", number).drafting.status is ProfileStatus.DRAFT


def test_a_version_that_was_turned_down_says_why_and_makes_room_for_another() -> None:
    number = draft()
    with pytest.raises(Refused, match="Đã có một bản dự thảo"):
        draft()
    with pytest.raises(Refused, match="lý do"):
        reject_version(hand=NGA, code="ND118", number=number, reason=" ")

    reject_version(hand=NGA, code="ND118", number=number, reason="Chưa có văn bản")

    assert queries.version("ND118", number).drafting.reason == "Chưa có văn bản"
    with pytest.raises(Refused, match="vừa được người khác"):
        approve_version(hand=NGA, code="ND118", number=number)
    assert draft() == number + 1


def test_the_law_of_today_and_of_days_gone_by_is_not_changed_afterwards() -> None:
    today = clock.now().date()
    for start in (today, date(2026, 1, 1)):
        with pytest.raises(Refused, match="phải sau hôm nay"):
            draft(start=start)
    with pytest.raises(Refused, match="chưa đúng"):
        draft(**{"valid_from-day": "31", "valid_from-month": "2"})


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Refused) as no:
        draft(name="", note="", reappointment_max="x", levels=[], agency_codes="a b")

    fields = {reason.field for reason in no.value.reasons}
    assert fields == {"name", "note", "reappointment_max", "levels", "agency_codes"}


def test_a_profile_that_is_not_there_is_not_drafted_or_settled() -> None:
    with pytest.raises(NotFound):
        draft_version(hand=QUAN, code="ND999", typed=typed())
    with pytest.raises(NotFound):
        approve_version(hand=NGA, code="ND118", number=99)
    with pytest.raises(NotFound):
        queries.profile(999_999)


def test_the_database_itself_keeps_an_approved_version_as_it_is() -> None:
    row = LegalProfile.objects.filter(code="ND118")

    with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
        row.update(name="khác")
    with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
        row.delete()


def test_the_law_of_a_day_is_one_question_and_that_of_a_dossier_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        found = queries.profile_on(date(2026, 11, 22), "H99.31")
    assert queries.profile(found.id) == found
    with django_assert_num_queries(0):
        queries.profile(found.id)


def test_a_law_that_has_ended_is_not_drafted_again_and_so_never_comes_back() -> None:
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        draft_version(hand=QUAN, code="ND61", typed=typed())

    assert queries.profile_on(FAR).code == "ND118"
