"""The table of steps, walked: every status × every step × every role."""

from itertools import product

import pytest

from motcua.core.actors import Role
from motcua.core.errors import Refused
from motcua.dossiers import access
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import (
    BESIDE,
    CLOSED,
    NATIONAL,
    NEXT_TASK,
    PERCENT,
    STEP_TEXTS,
    TEXTS,
    TRANSITIONS,
    Status,
    Step,
    next_status,
    open_steps,
)
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_partner
from motcua.testing.official import opened

# Written out by hand a second time, so that a slip in the table does not pass unseen.
ALLOWED = {
    ("draft", "submit", "citizen"): "submitted",
    ("draft", "submit", "desk_officer"): "submitted",
    ("draft", "submit", "partner"): "submitted",
    ("submitted", "accept", "desk_officer"): "accepted",
    ("submitted", "ask_supplement", "desk_officer"): "pre_supplement",
    ("pre_supplement", "supplement", "citizen"): "submitted",
    ("pre_supplement", "supplement", "desk_officer"): "submitted",
    ("pre_supplement", "supplement", "partner"): "submitted",
    ("submitted", "withdraw", "desk_officer"): "withdrawn",
    ("submitted", "withdraw", "partner"): "withdrawn",
    ("pre_supplement", "withdraw", "desk_officer"): "withdrawn",
    ("pre_supplement", "withdraw", "partner"): "withdrawn",
    ("submitted", "reject", "desk_officer"): "rejected",
    ("submitted", "pass_on", "desk_officer"): "submitted",
    ("submitted", "check_papers", "desk_officer"): "submitted",
    ("submitted", "withdraw", "citizen"): "withdrawn",
    ("pre_supplement", "withdraw", "citizen"): "withdrawn",
    ("accepted", "transfer", "desk_officer"): "assigning",
    ("assigning", "transfer", "desk_officer"): "assigning",
    ("assigning", "transfer", "unit_head"): "assigning",
    ("accepted", "hand_over", "desk_officer"): "transferring",
    ("transferring", "take_over", "unit_head"): "assigning",
    ("transferring", "turn_back", "unit_head"): "accepted",
    ("transferring", "turn_back", "desk_officer"): "accepted",
    ("examining", "consult", "case_officer"): "consulting",
    ("consulting", "opine", "unit_head"): "consulting",
    ("consulting", "close_consult", "case_officer"): "examining",
    ("examining", "verify", "case_officer"): "verifying",
    ("verifying", "record_verification", "case_officer"): "examining",
    ("assigning", "assign", "unit_head"): "examining",
    ("examining", "assign", "unit_head"): "examining",
    ("consulting", "assign", "unit_head"): "consulting",
    ("verifying", "assign", "unit_head"): "verifying",
    ("examining", "examine", "case_officer"): "examining",
    ("examining", "ask_more", "case_officer"): "supplement",
    ("supplement", "hand_in", "citizen"): "supplemented",
    ("supplement", "hand_in", "desk_officer"): "supplemented",
    ("supplement", "hand_in", "partner"): "supplemented",
    ("supplemented", "resume", "desk_officer"): "examining",
    ("supplemented", "lacking", "desk_officer"): "supplement",
    ("supplement", "stop", "approver"): "stopped",
    ("examining", "stop", "approver"): "stopped",
    ("proposed", "stop", "approver"): "stopped",
    ("examining", "propose", "case_officer"): "proposed",
    ("proposed", "send_back", "approver"): "examining",
    ("proposed", "decide", "approver"): "approved",
    ("proposed", "refuse", "approver"): "refused",
    ("approved", "issue", "registrar"): "result_ready",
    ("refused", "issue", "registrar"): "result_ready",
    ("result_ready", "deliver", "desk_officer"): "delivered",
    ("submitted", "settle_at_once", "desk_officer"): "result_ready",
    ("result_ready", "reopen", "approver"): "correcting",
    ("delivered", "reopen", "approver"): "correcting",
    ("correcting", "reissue", "registrar"): "result_ready",
    ("result_ready", "deliver", "citizen"): "delivered",
    ("accepted", "urge", "approver"): "accepted",
    ("transferring", "urge", "approver"): "transferring",
    ("assigning", "urge", "approver"): "assigning",
    ("examining", "urge", "approver"): "examining",
    ("consulting", "urge", "approver"): "consulting",
    ("verifying", "urge", "approver"): "verifying",
    ("proposed", "urge", "approver"): "proposed",
    ("approved", "urge", "approver"): "approved",
    ("refused", "urge", "approver"): "refused",
    ("accepted", "recount", "system"): "accepted",
    ("transferring", "recount", "system"): "transferring",
    ("assigning", "recount", "system"): "assigning",
    ("examining", "recount", "system"): "examining",
    ("consulting", "recount", "system"): "consulting",
    ("verifying", "recount", "system"): "verifying",
    ("proposed", "recount", "system"): "proposed",
    ("approved", "recount", "system"): "approved",
    ("refused", "recount", "system"): "refused",
}
# Beside the process, by hand too: where the clock runs, where there is a code, what the desk takes back.
RUNNING_NOW = (
    "accepted", "transferring", "assigning", "examining", "consulting", "verifying", "proposed",
    "approved", "refused",
)  # fmt: skip
TAKEN_IN = (*RUNNING_NOW, "supplement", "supplemented")
PROMISED_ANEW = ("extend", "apologise", "move_date")
UNSIGNED = tuple(s for s in TAKEN_IN if s not in ("approved", "refused"))
ALLOWED |= {(s, "withdraw", "desk_officer"): "withdrawn" for s in UNSIGNED}
ALLOWED |= {(s, "withdraw", "approver"): "withdrawn" for s in UNSIGNED}
ALLOWED |= {(s, step, "approver"): s for s in RUNNING_NOW for step in PROMISED_ANEW}
ALLOWED |= {
    (s, "correct_code", "approver"): s
    for s in (*TAKEN_IN, "correcting", "result_ready", "delivered")
}
# Several units settle it together: planned while it is examined, answered wherever it stands then.
LINKED_NOW = ("examining", "consulting", "verifying", "supplement", "supplemented")
ALLOWED |= {("examining", "interlink", r): "examining" for r in ("case_officer", "desk_officer")}
ALLOWED |= {
    (s, "answer_station", r): s
    for s in LINKED_NOW
    for r in ("unit_head", "case_officer", "desk_officer")
}
ALLOWED |= {
    (s, "close_station", r): s for s in LINKED_NOW for r in ("case_officer", "desk_officer")
}


@pytest.mark.parametrize(("status", "step", "role"), list(product(Status, Step, Role)))
def test_each_status_step_and_role_leads_where_the_law_says(
    status: Status, step: Step, role: Role
) -> None:
    target = ALLOWED.get((status, step, role))
    if target is None:
        with pytest.raises(Refused) as refusal:
            next_status(status, step, role)
        assert TEXTS[status] in refusal.value.reasons[0].text
        assert step not in open_steps(status, role)
    else:
        assert next_status(status, step, role) == target
        assert step in open_steps(status, role)


def test_no_row_of_the_table_hides_another() -> None:
    keys = [(row.step, s, r) for row in TRANSITIONS for s in row.sources for r in row.roles]
    assert len(keys) == len(set(keys))


def test_every_status_can_be_reached_and_left_unless_it_is_an_end() -> None:
    reached = {Status.DRAFT} | {row.target for row in TRANSITIONS}
    # Two persons may open again what is closed, to put a result right: it is an end all the same.
    rows = [row for row in TRANSITIONS if row.step not in {*BESIDE, Step.REOPEN}]
    left = {source for row in rows for source in row.sources}
    assert reached == set(Status)
    assert set(Status) - left == CLOSED


def test_every_status_has_a_text_a_degree_and_a_national_number() -> None:
    assert set(TEXTS) == set(PERCENT) == set(Status)
    assert set(NATIONAL) == set(Status) - {Status.DRAFT}
    assert set(STEP_TEXTS) == set(Step)


def test_every_open_status_names_whose_turn_it_is_and_that_role_has_a_step() -> None:
    assert set(NEXT_TASK) == set(Status) - CLOSED - {Status.DRAFT}
    for status, (_, role) in NEXT_TASK.items():
        assert open_steps(status, role), status


def hands_on(cast: Cast, dossier: Dossier) -> set[Step]:
    """The steps that somebody who really reaches this dossier can take on it."""
    status, found = Status(dossier.status), set()
    for post in (cast.hung, cast.hoa, cast.mai, cast.binh, cast.yen):
        if access.dossiers_at(post).filter(pk=dossier.pk).exists():
            found |= set(opened(post, dossier.reference).steps)
    for person in (cast.lan, cast.thu):
        if access.dossiers_of(person).filter(pk=dossier.pk).exists():
            found |= set(open_steps(status, Role.CITIZEN))
    if access.dossiers_from(a_partner().id).filter(pk=dossier.pk).exists():
        found |= set(open_steps(status, Role.PARTNER))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("status", [s for s in Status if s not in CLOSED | {Status.DRAFT}])
@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.COUNTER, Channel.PARTNER])
def test_no_dossier_however_it_came_in_waits_for_nobody(
    cast: Cast, channel: Channel, status: Status
) -> None:
    dossier = a_dossier(cast, status, channel=channel)

    steps = hands_on(cast, dossier)

    steps -= BESIDE  # which nobody has to take

    assert steps, f"{channel}: nobody can do anything about “{TEXTS[status]}”"
    if status is Status.PRE_SUPPLEMENT:
        assert {Step.SUPPLEMENT, Step.WITHDRAW} <= steps
    if status is Status.SUPPLEMENT:
        assert {Step.HAND_IN, Step.STOP} <= steps
