"""A law of its own field may only suspend a clock where the general one begins it anew (DL-07)."""

from datetime import datetime

import pytest
from django.core.management import CommandError, call_command

from motcua.audit.queries import entries_of
from motcua.core.errors import Refused
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.test_due_dates import FIVE_DAYS, given_on_monday, later
from motcua.dossiers.tests.test_due_dates import step as stepped
from motcua.dossiers.workflow import Step
from motcua.procedures.actions.succeeding import set_waiting
from motcua.procedures.queries import published_terms
from motcua.testing.cast import Cast
from motcua.workdays.types import HANOI, Waiting

pytestmark = pytest.mark.django_db
DECISION = "9/QĐ-UBND ngày 20/11/2026"
BEGUN_ANEW = datetime(2026, 12, 4, 17, 30, tzinfo=HANOI)
GIVEN_BACK = datetime(2026, 12, 3, 17, 30, tzinfo=HANOI)  # two working days were waited


def asked_and_answered(dossier: Dossier, cast: Cast) -> datetime | None:
    """Papers asked for on Wednesday came on Friday."""
    stepped(dossier, Step.ASK_MORE, cast.mai.actor, later(2))
    stepped(dossier, Step.HAND_IN, cast.lan.actor, later(4))
    stepped(dossier, Step.RESUME, cast.hung.actor, later(7), handed_in_at=later(4).isoformat())
    return dossier.due_at


def test_a_procedure_whose_law_suspends_gives_back_what_was_waited(cast: Cast) -> None:
    before = given_on_monday(cast)
    call_command("waiting_rule", FIVE_DAYS, "--supplement", "pause", "--by-decision", DECISION)
    after = given_on_monday(cast)

    assert asked_and_answered(before, cast) == BEGUN_ANEW  # it was filed under the earlier version
    assert asked_and_answered(after, cast) == GIVEN_BACK == after.legal_due_at
    assert list(differing_dates()) == []
    assert entries_of("catalogue")[-1].facts["on_supplement"] == "pause"


def test_the_procedures_own_rule_is_taken_back_and_never_said_twice(cast: Cast) -> None:
    run, pause = Waiting.RUN, Waiting.PAUSE
    first = set_waiting(code=FIVE_DAYS, decision=DECISION, on_payment=run, on_supplement=pause)
    assert set_waiting(code=FIVE_DAYS, decision=DECISION, on_payment=run) == first
    call_command("waiting_rule", FIVE_DAYS, "--supplement", "profile", "--by-decision", DECISION)
    terms = published_terms(FIVE_DAYS)
    assert (terms.on_supplement, terms.on_payment) == (None, Waiting.RUN)
    assert terms.version_number == first.number + 1


def test_a_wait_that_no_law_knows_is_refused_with_what_is_wrong(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        set_waiting(
            code=FIVE_DAYS, decision=DECISION, on_supplement=Waiting.RUN, on_payment=Waiting.RESTART
        )
    assert [reason.field for reason in refused.value.reasons] == ["on_supplement", "on_payment"]
    with pytest.raises(CommandError, match="tính lại từ đầu hoặc tạm dừng"):
        call_command("waiting_rule", FIVE_DAYS, "--supplement", "run", "--by-decision", DECISION)
    with pytest.raises(CommandError, match="--supplement hoặc --payment"):
        call_command("waiting_rule", FIVE_DAYS, "--by-decision", DECISION)
    with pytest.raises(CommandError, match="Không có thủ tục"):
        call_command("waiting_rule", "9.999999", "--payment", "run", "--by-decision", DECISION)
