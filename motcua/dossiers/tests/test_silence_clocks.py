"""A clock of a dossier runs out: whoever has it is told by name, then their head, each once."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.audit.queries import entries_of
from motcua.dossiers.actions import processing, urging
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.types import AlarmKind, Channel
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
K = AlarmKind
MONDAY = datetime(2026, 11, 16, 9, tzinfo=HANOI)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
HUNG, HOA, MAI, BINH, YEN = (
    "Trần Văn Hùng", "Đỗ Thị Hòa", "Vũ Thị Mai", "Phạm Văn Bình", "Hoàng Thị Yến",
)  # fmt: skip
FIFTEEN_DAYS = "1.004746"


def since_monday(cast: Cast, status: Status, procedure: str = FIFTEEN_DAYS) -> Dossier:
    """A dossier that came to this status on Monday at nine."""
    with time_machine.travel(MONDAY, tick=True):
        return a_dossier(cast, status, procedure)


def looked(moment: datetime | None) -> int:
    """One round of the watch at a moment."""
    assert moment is not None
    with time_machine.travel(moment, tick=False):
        return break_silence()


def told(dossier: Dossier, kind: AlarmKind) -> list[tuple[str, list[str]]]:
    """Each open alarm of a kind about a dossier, with the names of those who are told."""
    return [
        (alarm.level, [post.holder_name for post in alarm.raised_to.order_by("pk")])
        for alarm in dossier.alarms.filter(kind=kind, closed_at=None).order_by("pk")
    ]


def runs_out(dossier: Dossier, kind: AlarmKind, owner: str, head: str) -> None:
    """See a clock run out, round by round: nobody, the owner, the owner still, the head."""
    dossier.refresh_from_db()
    assert dossier.warn_at and dossier.clock_at

    looked(dossier.warn_at - MINUTE)
    assert told(dossier, kind) == []
    looked(dossier.warn_at)
    looked(dossier.clock_at)
    assert told(dossier, kind) == [("warning", [owner])]
    looked(dossier.clock_at + MINUTE)
    looked(dossier.clock_at + 2 * MINUTE)
    assert told(dossier, kind) == [("warning", [owner]), ("passed", [head])]


def test_papers_supplied_and_not_looked_at_are_hungs_and_then_binhs_business(cast: Cast) -> None:
    runs_out(since_monday(cast, Status.SUPPLEMENTED), K.MORE_ANSWER, HUNG, BINH)


def test_a_dossier_accepted_and_never_handed_on_is_found_on_the_same_day(cast: Cast) -> None:
    dossier = since_monday(cast, Status.ACCEPTED)

    runs_out(dossier, K.HAND_OVER, HUNG, BINH)
    assert dossier.clock_at and dossier.clock_at.date() == MONDAY.date()


def test_a_hand_over_that_hoa_does_not_confirm_is_told_to_her_and_then_to_binh(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.TRANSFERRING, channel=Channel.COUNTER)

    runs_out(dossier, K.TAKE_OVER, HOA, BINH)


def test_one_working_day_before_the_result_is_due_mai_is_told_and_when_it_passed_hoa(
    cast: Cast,
) -> None:
    runs_out(since_monday(cast, Status.EXAMINING), K.RESULT, MAI, HOA)


def test_when_the_applicants_time_to_supply_is_over_whoever_may_stop_it_is_told(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, Status.SUPPLEMENT)
    until = MONDAY + 4 * DAY
    Dossier.objects.filter(pk=dossier.pk).update(
        supply_by=until, clock_at=until, warn_at=until - DAY
    )

    runs_out(dossier, K.SUPPLY, MAI, HOA)


def test_the_wrong_result_that_is_to_be_replaced_is_yens_and_then_binhs_business(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, Status.CORRECTING)

    runs_out(dossier, K.CORRECTION, YEN, BINH)


def test_the_next_step_closes_what_it_answers_and_its_hand_is_written_down(cast: Cast) -> None:
    dossier = since_monday(cast, Status.ACCEPTED)
    looked(dossier.clock_at)
    with time_machine.travel(MONDAY + 9 * HOUR, tick=False):
        processing.transfer_dossier(
            post=cast.hung, reference=dossier.reference, unit_id=cast.hoa.unit_id
        )

    alarm = Alarm.objects.get(kind=K.HAND_OVER)
    assert (alarm.closed_by, alarm.closed_at) == (HUNG, MONDAY + 9 * HOUR)


def test_a_late_result_stays_late_from_desk_to_desk_and_is_told_once(cast: Cast) -> None:
    dossier = since_monday(cast, Status.EXAMINING)
    assert dossier.due_at
    late = dossier.due_at + HOUR
    looked(late)
    with time_machine.travel(late, tick=False):
        urging.urge(post=cast.binh, reference=dossier.reference, note="Mời xử lý ngay.")
        processing.propose_dossier(
            post=cast.mai, reference=dossier.reference, outcome="approve", note="Đồng ý."
        )
    looked(late + MINUTE)

    assert told(dossier, K.RESULT) == [("passed", [HOA])]


def test_a_date_that_was_moved_is_another_date(cast: Cast) -> None:
    dossier = since_monday(cast, Status.EXAMINING)
    looked(dossier.warn_at)
    assert dossier.clock_at and dossier.warn_at
    Dossier.objects.filter(pk=dossier.pk).update(
        due_at=dossier.clock_at + 7 * DAY, clock_at=dossier.clock_at + 7 * DAY,
        warn_at=dossier.warn_at + 7 * DAY,
    )  # fmt: skip
    looked(dossier.warn_at + MINUTE)
    assert told(dossier, K.RESULT) == []
    assert Alarm.objects.get(kind=K.RESULT).closed_by == "Hệ thống theo dõi thời hạn"

    looked(dossier.warn_at + 7 * DAY)
    assert told(dossier, K.RESULT) == [("warning", [MAI])]


def test_what_was_raised_stands_in_the_journal_of_the_dossier(cast: Cast) -> None:
    dossier = since_monday(cast, Status.ACCEPTED)
    looked(dossier.clock_at)

    entry = entries_of(dossier.reference)[-1]
    assert (entry.deed, entry.actor) == ("dossier.alarm", "system:watch")
    assert (entry.facts["kind"], entry.facts["posts"]) == ("hand_over", [cast.hung.pk])
