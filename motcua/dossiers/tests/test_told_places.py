"""Every place that the words of a notice may ask for is filled by whoever sends that notice."""

import pytest

from motcua.dossiers import (
    approval_jobs,
    calling,
    digests,
    early,
    explaining_jobs,
    incident_jobs,
    jobs,
    keeping,
    reading_news,
    station_news,
    telling,
)
from motcua.dossiers.models import Alarm
from motcua.dossiers.tests.test_watching import watch_at
from motcua.dossiers.types import WAITING
from motcua.dossiers.workflow import Status, Step
from motcua.notices import account_news, seeds
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db

# Where the people of the cast take this step on the way.
TAKEN = {
    Step.SUBMIT: Status.SUBMITTED,
    Step.ACCEPT: Status.ACCEPTED,
    Step.ASK_SUPPLEMENT: Status.PRE_SUPPLEMENT,
    Step.REJECT: Status.REJECTED,
    Step.WITHDRAW: Status.WITHDRAWN,
    Step.TRANSFER: Status.ASSIGNING,
    Step.ASSIGN: Status.EXAMINING,
    Step.CONSULT: Status.CONSULTING,
    Step.VERIFY: Status.VERIFYING,
    Step.ASK_MORE: Status.SUPPLEMENT,
    Step.HAND_IN: Status.SUPPLEMENTED,
    Step.STOP: Status.STOPPED,
    Step.PROPOSE: Status.PROPOSED,
    Step.DECIDE: Status.APPROVED,
    Step.REFUSE: Status.REFUSED,
    Step.ISSUE: Status.RESULT_READY,
    Step.DELIVER: Status.DELIVERED,
}

# Told in test_apologies.py, test_approvals.py and test_recounts.py.
BESIDE_TOLD = {
    Step.EXTEND, Step.APOLOGISE, Step.MOVE_DATE, Step.CORRECT_CODE, Step.RECOUNT,
    Step.INTERLINK, Step.PASS_ON,
}  # fmt: skip
# The way back of a step above: told in test_more_papers.py, test_consulting.py, test_handing_over.py.
BACK_TOLD = {
    Step.SUPPLEMENT, Step.SEND_BACK, Step.RESUME, Step.LACKING, Step.CLOSE_CONSULT,
    Step.RECORD_VERIFICATION, Step.TAKE_OVER,
}  # fmt: skip
# Told in test_incidents.py and test_at_once.py.
RESULTS_TOLD = {Step.REOPEN, Step.REISSUE, Step.SETTLE_AT_ONCE}


def test_every_notice_there_are_words_for_has_a_sender() -> None:
    senders = {
        *jobs.TEMPLATES.values(), *jobs.ALARMS.values(), *approval_jobs.TEMPLATES,
        *telling.TEMPLATES, calling.TEMPLATE, *jobs.BEFORE, *WAITING.values(),
        *incident_jobs.TEMPLATES, *digests.TEMPLATES, *explaining_jobs.TEMPLATES, early.RESULT_EARLY,
        *station_news.TEMPLATES, *keeping.TEMPLATES, *reading_news.TEMPLATES, *account_news.TEMPLATES,
    }  # fmt: skip

    assert set(seeds.PLACES) == senders == {*seeds.WORDS, *seeds.OFFICIAL}
    assert set(jobs.TEMPLATES) - set(TAKEN) == BACK_TOLD | BESIDE_TOLD | RESULTS_TOLD


@pytest.mark.parametrize(("step", "status"), TAKEN.items())
def test_what_the_applicant_is_told_fills_every_place(
    cast: Cast, step: Step, status: Status
) -> None:
    move = a_dossier(cast, status).moves.filter(step=step).latest("seq")

    told = jobs._told(move)

    places = seeds.PLACES[jobs.TEMPLATES[step]]
    assert places <= set(told)
    assert {name for name in places if not told[name]} <= seeds.MAY_BE_EMPTY


def test_what_officials_are_told_fills_every_place(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    watch_at(dossier.warn_at)

    told = jobs._found(Alarm.objects.get())

    assert all(told[name] for name in seeds.PLACES["answer_near"])
    assert seeds.PLACES["answer_passed"] == seeds.PLACES["answer_near"]


def test_lan_is_told_with_the_acceptance_where_her_code_can_be_looked_up(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)

    jobs.tell_applicant(dossier.moves.get(step=Step.ACCEPT).pk)

    told = Message.objects.get(channel="inbox")
    assert f"/tra-cuu/?ma={dossier.code}" in told.body
    assert cast.hung.holder_name in told.body
    assert "UBND phường Mỹ Phước" in told.body
