"""Whatever status a dossier is in, somebody has it, a clock runs, and its applicant hears next of it."""

import pytest

from motcua.core.actors import Role
from motcua.dossiers.life import LIFE, NEEDED, SEATS, Clock, Place, role_in
from motcua.dossiers.models.clocks import CLOCKS, STILL
from motcua.dossiers.workflow import CLOSED, NEXT_TASK, Status


def test_every_status_says_who_has_it_which_clock_runs_and_what_comes_next() -> None:
    assert set(LIFE) == set(Status)
    assert all(life.sign for life in LIFE.values())


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_dossier_is_nobodys_and_says_so(status: Status) -> None:
    life = LIFE[status]

    assert (life.place, life.clock, life.is_open) == (Place.NOBODY, Clock.NONE, False)
    assert status not in NEXT_TASK
    assert "đã kết thúc" in life.sign


@pytest.mark.parametrize("status", [s for s in Status if s not in CLOSED and s != Status.DRAFT])
def test_whoever_the_table_says_has_it_has_the_next_task(status: Status) -> None:
    life = LIFE[status]
    agencys = {Role.APPROVER, Role.REGISTRAR}

    assert life.is_open
    if life.place is Place.AGENCY:
        assert role_in(status) in agencys
    else:
        assert role_in(status) is SEATS[life.place]


@pytest.mark.parametrize("status", [s for s, life in LIFE.items() if life.clock in NEEDED])
def test_the_clock_of_the_table_is_the_column_that_the_dossier_counts_to(status: Status) -> None:
    columns = {
        Clock.ANSWER: "answer_due_at",
        Clock.HAND_OVER: "transfer_due_at",
        Clock.RESULT: "due_at",
        Clock.CORRECT_BY: "correct_by",
    }

    assert CLOCKS.get(status, ("due_at", 8))[0] == columns[LIFE[status].clock]
    assert status not in STILL
