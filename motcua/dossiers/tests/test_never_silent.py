"""Whatever the cast does, in whatever order: an open dossier has somebody who has it, and a clock.

A machine plays random histories with the real actions. After every step it asks the rules and the
indexes whether anybody would wait for nobody; after every round of the watch, whether everything
that is silent is told to somebody in office. People leave their posts, and others come to them.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.core.errors import Refused
from motcua.dossiers.actions import (
    consulting,
    delivery,
    handing_over,
    intake,
    more_papers,
    processing,
    settlement,
    urging,
    visiting,
)
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.life import LIFE, role_in
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.rules.silence import has_no_clock, silences
from motcua.dossiers.silence_facts import a_round, facts_of
from motcua.dossiers.silence_queries import unheld
from motcua.dossiers.tests.test_silence_clocks import MONDAY
from motcua.dossiers.workflow import CLOSED, Status
from motcua.testing import consulting as asking
from motcua.testing import correcting
from motcua.testing import dossiers as builder
from motcua.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
S = Status
EXAMPLES = 4  # of each status: as many as a minute allows
Deed = Callable[[Cast, Dossier], object]


def lacking(cast: Cast, d: Dossier) -> object:
    place = d.supplement_items[0]
    return more_papers.say_lacking(
        post=cast.hung, reference=d.reference, lacking={place["slot"] or place["field"]: "mờ"}
    )


def by(cast: Cast, d: Dossier, who: str) -> dict[str, Any]:
    return {"post": getattr(cast, who), "reference": d.reference}


# What the cast may try on a dossier in each status; what the rules refuse is a step not taken.
DEEDS: dict[Status, list[Deed]] = {
    S.SUBMITTED: [
        builder.accepted, builder._ask,
        lambda c, d: intake.withdraw_dossier(citizen=c.lan, reference=d.reference),
        lambda c, d: intake.reject_dossier(**by(c, d, "hung"), reason="Sai", legal_basis="Điều 1"),
    ],
    S.PRE_SUPPLEMENT: [builder.handed_in],
    S.ACCEPTED: [asking.with_the_unit, asking.handed_over],
    S.TRANSFERRING: [
        lambda c, d: handing_over.take_over(**by(c, d, "hoa")),
        lambda c, d: handing_over.turn_back(**by(c, d, "hoa"), note="Thiếu bản chính."),
    ],
    S.ASSIGNING: [
        lambda c, d: processing.assign_dossier(**by(c, d, "hoa"), assignee_id=c.mai.pk),
        lambda c, d: urging.urge(**by(c, d, "binh"), note="Mời phân công."),
    ],
    S.EXAMINING: [
        lambda c, d: processing.examine_dossier(**by(c, d, "mai"), note="Đang xem."),
        lambda c, d: processing.propose_dossier(**by(c, d, "mai"), outcome="approve", note="Đủ."),
        builder.asked_more, asking.consulted, asking.visit_announced,
    ],
    S.CONSULTING: [lambda c, d: consulting.close_consult(**by(c, d, "mai"), note="Đủ căn cứ.")],
    S.VERIFYING: [
        lambda c, d: visiting.record_verification(**by(c, d, "mai"), record="Đúng.", present="Lan"),
    ],
    S.SUPPLEMENT: [builder.handed_in, builder._stop],
    S.SUPPLEMENTED: [lambda c, d: more_papers.resume_dossier(**by(c, d, "hung")), lacking],
    S.PROPOSED: [
        lambda c, d: settlement.decide_dossier(**by(c, d, "binh")),
        lambda c, d: settlement.refuse_dossier(**by(c, d, "binh"), reason="Sai", legal_basis="16"),
        lambda c, d: processing.send_back(**by(c, d, "binh"), note="Làm rõ."),
    ],
    S.APPROVED: [builder._issue],
    S.REFUSED: [builder._issue],
    S.RESULT_READY: [
        lambda c, d: delivery.deliver_result(**by(c, d, "hung"), receiver_name=d.applicant_name),
        correcting.reopened,
    ],
    S.CORRECTING: [
        lambda c, d: correcting.reissued(c, d, builder._upload("đúng"), f"{d.revision}/KS"),
    ],
}  # fmt: skip


class History(RuleBasedStateMachine):
    """One dossier, and days that go by."""

    cast: ClassVar[Cast]
    begins: ClassVar[Status]

    def __init__(self) -> None:
        super().__init__()
        self.save = transaction.savepoint()
        self.travel = time_machine.travel(MONDAY, tick=True)
        self.clock = self.travel.start()
        self.gone: set[str] = set()  # the keys of those who left

    @initialize(procedure=st.sampled_from(["1.004746", "1.004884", builder.BIRTH]))
    def begun(self, procedure: str) -> None:
        self.pk = builder.a_dossier(self.cast, self.begins, procedure).pk

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(pk=self.pk)

    @rule(which=st.integers(0, 4))
    def somebody_acts(self, which: int) -> None:
        deeds = DEEDS.get(Status(self.dossier.status), [])
        if deeds:
            try:
                with transaction.atomic():
                    deeds[which % len(deeds)](self.cast, self.dossier)
                    self.was_by_somebody_in_office()
            except Refused:
                pass  # not allowed now: nothing happened
        self.clock.shift(timedelta(minutes=1))

    def was_by_somebody_in_office(self) -> None:
        last = self.dossier.moves.order_by("seq").values_list("by_key", flat=True).last()
        if last in self.gone:
            raise Refused([])

    @rule(which=st.integers(0, 3))
    def somebody_who_has_it_or_was_told_leaves_their_post(self, which: int) -> None:
        told = Q(pk__in=Alarm.raised_to.through.objects.filter(
            alarm__dossier=self.pk, alarm__closed_at=None
        ).values("post"))  # fmt: skip
        has_it = Q(role=role_in(Status(self.dossier.status)), agency=self.cast.ward)
        there = Post.objects.filter(told | has_it, is_active=True).exclude(role=Role.KEEPER)
        if posts := there.order_by("pk"):
            self.is_in_office(posts[which % len(posts)], False)

    @rule(which=st.integers(0, 3))
    def somebody_comes_to_the_post(self, which: int) -> None:
        if posts := Post.objects.filter(is_active=False).order_by("pk"):
            self.is_in_office(posts[which % len(posts)], True)

    def is_in_office(self, post: Post, is_active: bool) -> None:
        Post.objects.filter(pk=post.pk).update(is_active=is_active)
        (self.gone.discard if is_active else self.gone.add)(post.actor.key)

    @rule(hours=st.integers(1, 60))
    def time_goes_by(self, hours: int) -> None:
        self.clock.shift(timedelta(hours=hours))
        break_silence()
        round_ = a_round()
        (facts,) = facts_of([self.pk], round_)
        silent = {each.kind for each in silences(facts, round_.marks) if not each.is_quiet}
        alarms = Alarm.objects.filter(dossier=self.pk, closed_at=None)
        assert silent <= {alarm.kind for alarm in alarms}
        assert all(alarm.raised_to.filter(is_active=True).exists() for alarm in alarms)
        assert break_silence() == 0

    @invariant()
    def an_open_dossier_has_an_owner_and_a_clock(self) -> None:
        dossier = self.dossier
        (facts,) = facts_of([dossier.pk], a_round())
        assert LIFE[facts.status].is_open is (facts.status not in CLOSED)
        assert facts.is_owned or self.gone  # and then the next round tells somebody
        assert not has_no_clock(facts)
        assert unheld() == (0 if facts.is_owned else 1)

    def teardown(self) -> None:
        self.travel.stop()
        transaction.savepoint_rollback(self.save)


@pytest.mark.parametrize("status", sorted(DEEDS))
def test_no_history_leaves_an_open_dossier_without_an_owner_or_a_clock(
    cast: Cast, status: Status
) -> None:
    History.cast, History.begins = cast, status

    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=12, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
