"""Every address of the house × everyone who knocks × own, foreign and absent things.

Whoever may not see a thing is told exactly what they would be told if there were no such thing:
the same status, the same bytes, the same headers, as many questions to the database, and nothing
is changed. The table says for each address who may pass; an address that is not in it fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.house.beside import called
from tests.house.door_table import DOORS
from tests.house.doors import (
    EVERYBODY,
    PARTS,
    Answer,
    Stage,
    every_door,
    knock,
    photograph,
    stage_set,
)

pytestmark = pytest.mark.django_db
# What a reading leaves: its entry in the journal, and the rows that count it.
READING = {"audit_entry", "audit_head", "dossiers_reading", "dossiers_readingtally"}


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        yield stage


@pytest.fixture(scope="module")
def before(stage: Stage) -> dict[str, str]:
    return photograph()


def test_every_address_says_who_may_pass() -> None:
    unknown = sorted(set(every_door()) - set(DOORS))
    gone = sorted(set(DOORS) - set(every_door()))

    assert unknown == [], (
        f"{unknown}: a new address. Add a line to door_table.py that says who may read it, "
        "who may write to it, and which of Lan's dossiers stands behind it."
    )
    assert gone == [], f"{gone}: no longer an address; take the line out of DOORS."


def address_of(name: str, places: dict[str, Any]) -> str:
    route, keys = every_door()[name]
    if name == route == "api/":  # the rest of the API has no name
        return "/api/khong-co"
    return reverse(name, kwargs={key: places[its] for key, its in called(name, keys).items()})


def knockers(name: str) -> tuple[str, ...]:
    """Away from the API the second partner is as much a stranger as the first."""
    return EVERYBODY if name.startswith("api") else EVERYBODY[:-1]


def stands_outside(answer: Answer) -> bool:
    """Asked to sign in, told that nothing is there, or that nobody does this here."""
    sign_in = answer.where.startswith("/tai-khoan/dang-nhap/")
    return answer.status in (401, 404, 405) or (answer.status == 302 and sign_in)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", DOORS)
def test_a_door_opens_to_those_in_the_table_and_to_nobody_else(
    stage: Stage, before: dict[str, str], name: str, method: str
) -> None:
    door, here = DOORS[name], stage.place(DOORS[name].at)
    let_in = (door.read if method == "get" else door.write).split()
    told_no = door.told_no.split() if method == "post" else []
    sees = door.sees.split() if method == "post" else []
    there, nowhere = address_of(name, here), address_of(name, here | stage.absent())
    watched = before if method == "post" else None

    for who in knockers(name):
        found = knock(stage.clients[who], method, there, door.typed(stage), watched)
        seen = f"{who}: {method} {there} → {found.status} {found.where} {found.traces}"
        if who in let_in:
            assert found.status < 400, seen
        elif who in told_no:
            assert found.status in (400, 422), seen
        elif who in sees:  # what they read on the way stands in the journal
            assert found.status == 404, seen
            assert {*found.traces} <= READING, f"{seen}: left something behind"
        else:
            assert stands_outside(found), seen
            assert found.traces == (), f"{seen}: this left something behind"
        if there == nowhere:
            continue
        absent = knock(stage.clients[who], method, nowhere, door.typed(stage), watched)
        if who in [*let_in, *told_no, *sees]:
            assert absent.status == 404, f"{who}: {method} {nowhere} → {absent.status}"
        else:
            assert found.about(there) == absent.about(nowhere), f"{seen}: tells more than {absent}"


@pytest.mark.parametrize(
    "name",
    [n for n, (_, keys) in every_door().items() if PARTS & {*called(n, keys).values()}],
)
def test_a_part_of_anothers_dossier_is_not_there_under_ones_own_number(
    stage: Stage, name: str
) -> None:
    door, here = DOORS[name], stage.place(DOORS[name].at)
    method = "get" if door.read else "post"

    for who in (door.read or door.write).split():
        foreign, absent = (
            knock(stage.clients[who], method, address_of(name, here | parts), {})
            for parts in (stage.foreign(), stage.no_part())
        )
        assert (foreign.status, foreign) == (404, absent), f"{who}: {method} {name}"
