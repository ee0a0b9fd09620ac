"""What waited for a second person before the house was brought up to date: whose it is, and that it is told."""

from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.agencies.actions.keeping import note_taken
from motcua.agencies.models import Post
from motcua.audit.actions import record
from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import approval_jobs
from motcua.dossiers.actions import approving
from motcua.dossiers.models import Approval
from motcua.dossiers.tests.test_approvals import decide
from motcua.dossiers.tests.test_more_papers import MONDAY
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
CARRIED = import_module("motcua.dossiers.migrations.0026_asking_again")
MENDED = import_module("motcua.dossiers.migrations.0031_mends")


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as now:
        yield now


@pytest.fixture
def carried(cast: Cast, monday: time_machine.Traveller) -> Approval:
    """Mai asked; then her post went to Sáu; then the house was brought up to date."""
    dossier = a_dossier(cast, Status.EXAMINING)
    note_taken(cast.mai)
    asked_at = clock.now()
    record(cast.mai.actor, "dossier.second_asking", dossier.reference, at=asked_at, items=1)
    Post.objects.filter(pk=cast.mai.pk).update(account=cast.sau.account, holder_name="Sáu")
    monday.shift(3600)
    sau = Post.objects.get(pk=cast.mai.pk)
    note_taken(sau)
    row = SimpleNamespace(
        dossier=dossier, dossier_id=dossier.pk, asked_by=sau, asked_by_id=sau.pk,
        decided_by=None, decided_at=None, is_granted=None, answer="", asked_at=asked_at,
        revision=dossier.revision, reason="Mờ.", items=[], sector_basis="",
    )  # fmt: skip
    return Approval.objects.create(**CARRIED._approval(row))


def test_it_is_mais_who_asked_and_not_of_whoever_has_her_post_now(
    cast: Cast, carried: Approval
) -> None:
    assert carried.asked_by == "Sáu"

    MENDED.name_those_of_then(apps, None)
    MENDED.name_those_of_then(apps, None)

    carried.refresh_from_db()
    assert carried.asked_by == cast.mai.holder_name
    assert deeds_on(carried.dossier.reference).count("dossier.approval_mended") == 1
    assert carried.asked_by_person == f"account:{cast.mai.account_id}"
    cast.binh.account = cast.mai.account  # she signs for the ward now
    cast.binh.save()
    with pytest.raises(Refused) as refusal:
        decide(approving.grant, cast.binh, carried)
    assert [reason.code for reason in refusal.value.reasons] == ["own_draft"]


def test_of_all_that_a_post_ever_did_only_who_had_it_is_read(cast: Cast, carried: Approval) -> None:
    for _ in range(30):
        record(cast.mai.actor, "dossier.listed", cast.mai.actor.key, at=carried.asked_at, shown=[])
    with CaptureQueriesContext(connection) as asked:
        MENDED.name_those_of_then(apps, None)

    read = [q["sql"] for q in asked if cast.mai.actor.key in q["sql"] and "post.taken" in q["sql"]]
    assert len(read) == 1
    carried.refresh_from_db()
    assert carried.asked_by_person == f"account:{cast.mai.account_id}"


def test_binh_is_told_of_it_once_however_often_the_house_is_brought_up_to_date(
    cast: Cast, carried: Approval
) -> None:
    before = asked_jobs()
    MENDED.tell_what_waits(apps, None)

    assert asked_jobs() - before == {carried.pk}
    approval_jobs.tell_asked(carried.pk)
    approval_jobs.tell_asked(carried.pk)
    assert [m.post_id for m in Message.objects.filter(channel="inbox")] == [cast.binh.pk]


def test_a_head_who_was_to_agree_before_any_unit_had_it_is_an_approver(
    cast: Cast, carried: Approval
) -> None:
    before = carried.facts | {"stage": "entry", "agreed_by": "unit_head"}
    Approval.objects.filter(pk=carried.pk).update(facts=before)

    MENDED.agree_at_entry(apps, None)

    carried.refresh_from_db()
    assert carried.facts["agreed_by"] == "approver"
    assert deeds_on(carried.dossier.reference)[-1] == "dossier.approval_mended"


def asked_jobs() -> set[int]:
    """The askings about which somebody is going to be told."""
    rows = ProcrastinateJob.objects.filter(args__job__endswith=".tell_asked")
    return {row.args["facts"]["approval_id"] for row in rows}
