"""Whoever opens a page of the desk that shows somebody's dossier stands in the journal.

Every address of the desk is walked as the table of doors names it: what is about one dossier, what
is a file, and whatever shows the name of an applicant. A new page that reads past the journal fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from motcua.audit.models import Entry
from motcua.dossiers.models import Reading
from motcua.people.models import Account
from motcua.testing.official import asked_at
from tests.house.door_table import DOORS
from tests.house.doors import Stage, every_door, stage_set
from tests.house.test_doors import address_of

pytestmark = pytest.mark.django_db
DESK = [name for name in DOORS if name.startswith("desk:") and DOORS[name].read]
OF_A_DOSSIER = [name for name in DESK if "<str:reference>" in every_door()[name][0]]
FILES = ("desk:register-file", "desk:results-paper", "desk:transfer-paper", "desk:transfer-minutes")
READ, LISTED = "dossier.read", "dossier.listed"
TOLD = {READ, LISTED, "dossier.register_taken"}
PEOPLE = ("Nguyễn Thị Lan", "Lê Thị Thu", "079190000001", "079192000002")


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        yield stage


def look(stage: Stage, who: str, name: str) -> tuple[Any, list[Entry]]:
    """What an official is shown at an address, and what they read by it; then it never happened."""
    address = address_of(name, stage.place(DOORS[name].at))
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with transaction.atomic():
        Reading.objects.update(noted_at=None)  # what was read while the stage was set is long ago
        answer = stage.clients[who].get(address)
        shown = b"".join(answer) if answer.streaming else answer.content
        told = list(Entry.objects.filter(pk__gt=last, deed__in=TOLD))
        transaction.set_rollback(True)
    return shown, told


@pytest.mark.parametrize("name", OF_A_DOSSIER)
def test_a_page_about_a_dossier_is_read_once_in_its_chain(stage: Stage, name: str) -> None:
    reference = stage.place(DOORS[name].at)["reference"]

    for who in DOORS[name].read.split():
        _, told = look(stage, who, name)

        assert [(each.subject, each.deed) for each in told] == [(reference, READ)], f"{who}: {name}"
        account = Account.objects.get(username=who)
        assert told[0].actor in {f"post:{post.pk}" for post in account.posts.all()}
        said = bytes(told[0].body).decode()
        assert '"unit":"' in said
        assert '"agency":"' in said


@pytest.mark.parametrize("name", [name for name in DESK if name not in OF_A_DOSSIER])
def test_a_page_that_shows_an_applicants_name_is_journalled(stage: Stage, name: str) -> None:
    for who in DOORS[name].read.split():
        shown, told = look(stage, who, name)

        shows = any(person.encode() in shown for person in PEOPLE)
        assert told or not (shows or name in FILES), f"{who}: {name}"


def test_the_walk_meets_lists_that_show_names_and_pages_that_ask_why(stage: Stage) -> None:
    shown, told = look(stage, "hung", "desk:list")
    assert PEOPLE[0].encode() in shown
    assert [each.deed for each in told] == [LISTED]
    binh = Client()
    binh.force_login(stage.cast.binh.account)

    with transaction.atomic():
        answer = binh.get(address_of("desk:dossier", stage.place("ready")))
        transaction.set_rollback(True)

    assert asked_at(answer)
    assert PEOPLE[0] not in answer.content.decode()
