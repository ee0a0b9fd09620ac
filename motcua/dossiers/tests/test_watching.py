"""A dossier the desk has not answered is told by name: to the desk in time, then to the head, once each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on, entries_of
from motcua.core.actors import Role
from motcua.core.events import Event
from motcua.dossiers import rules
from motcua.dossiers.actions import intake, raising, watching
from motcua.dossiers.events import AlarmRaised
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.test_costs import like
from motcua.dossiers.tests.test_supplement import add
from motcua.dossiers.types import AlarmLevel
from motcua.dossiers.workflow import CLOSED, Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
MINUTE = timedelta(minutes=1)
WARNING, PASSED = AlarmLevel.WARNING, AlarmLevel.PASSED

db = pytest.mark.django_db


@pytest.fixture
def waiting(cast: Cast) -> Dossier:
    """Lan's dossier, handed in on Monday at nine."""
    with time_machine.travel(MONDAY, tick=False):
        return a_dossier(cast, Status.SUBMITTED)


def watch_at(moment: datetime | None) -> int:
    assert moment is not None
    with time_machine.travel(moment, tick=False):
        return watching.raise_alarms()


def raised(dossier: Dossier) -> list[tuple[str, list[str]]]:
    """Each alarm about a dossier, with the names of those who are told."""
    return [
        (alarm.level, [post.holder_name for post in alarm.raised_to.order_by("pk")])
        for alarm in dossier.alarms.order_by("pk")
    ]


@contextmanager
def overheard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Event]]:
    """What is published meanwhile."""
    heard: list[Event] = []
    monkeypatch.setattr(raising, "publish", heard.append)
    yield heard


@db
def test_two_working_hours_before_the_answer_is_due_the_desk_is_told(
    cast: Cast, waiting: Dossier
) -> None:
    assert waiting.warn_at is not None

    assert watch_at(waiting.warn_at - MINUTE) == 0
    assert watch_at(waiting.warn_at) == 1

    assert raised(waiting) == [("warning", ["Trần Văn Hùng"])]


@db
def test_whoever_the_dossier_was_given_to_is_told_alone(cast: Cast, waiting: Dossier) -> None:
    second = Post.objects.create(
        account=cast.sau.account, agency=cast.ward, unit=cast.hung.unit, role=Role.DESK_OFFICER,
        title="Công chức một cửa", holder_name="Nguyễn Văn Sáu",
    )  # fmt: skip
    Dossier.objects.filter(pk=waiting.pk).update(assignee=second)

    watch_at(waiting.warn_at)

    assert raised(waiting) == [("warning", ["Nguyễn Văn Sáu"])]


@db
def test_once_the_time_has_passed_the_leader_of_the_ward_is_told(
    cast: Cast, waiting: Dossier
) -> None:
    assert waiting.answer_due_at is not None
    watch_at(waiting.warn_at)

    assert watch_at(waiting.answer_due_at) == 0
    assert watch_at(waiting.answer_due_at + MINUTE) == 1

    assert raised(waiting) == [("warning", ["Trần Văn Hùng"]), ("passed", ["Phạm Văn Bình"])]


@db
def test_a_desk_that_has_a_head_of_its_own_is_that_heads_business(
    cast: Cast, waiting: Dossier
) -> None:
    Post.objects.create(
        account=cast.quan.account, agency=cast.ward, unit=cast.hung.unit, role=Role.UNIT_HEAD,
        title="Trưởng bộ phận Một cửa", holder_name="Bùi Minh Quân",
    )  # fmt: skip

    watch_at(MONDAY + timedelta(days=9))

    assert raised(waiting) == [("passed", ["Bùi Minh Quân"])]


@db
def test_who_has_left_their_post_or_sits_elsewhere_is_not_told(
    cast: Cast, waiting: Dossier
) -> None:
    Post.objects.filter(pk=cast.hung.pk).update(is_active=False)

    watch_at(waiting.warn_at)

    assert raised(waiting) == [("warning", ["Phạm Văn Bình"])]  # nobody to warn: the head


@db
def test_an_alarm_that_nobody_can_be_told_of_is_kept_all_the_same(
    cast: Cast, waiting: Dossier
) -> None:
    Post.objects.filter(agency=cast.ward).update(is_active=False)

    assert watch_at(waiting.warn_at) == 1
    assert raised(waiting) == [("warning", [])]


@db
def test_the_watch_that_runs_again_and_again_tells_nothing_twice(
    cast: Cast, waiting: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = MONDAY + timedelta(days=9)
    with overheard(monkeypatch) as heard:
        for moment in (waiting.warn_at, waiting.warn_at, late, late, waiting.warn_at):
            watch_at(moment)

    assert [level for level, _ in raised(waiting)] == ["warning", "passed"]
    alarms = Alarm.objects.order_by("pk")
    assert heard == [AlarmRaised(a.pk, subject=f"dossier:{waiting.pk}") for a in alarms]
    assert deeds_on(waiting.reference).count("dossier.alarm") == 2


@db
def test_the_journal_says_that_the_system_told_whom(cast: Cast, waiting: Dossier) -> None:
    watch_at(waiting.warn_at)

    entry = entries_of(waiting.reference)[-1]
    assert (entry.deed, entry.actor) == ("dossier.alarm", "system:watch")
    assert entry.facts["posts"] == [cast.hung.pk]
    assert entry.facts["level"] == "warning"


@db
def test_what_cannot_be_passed_on_is_not_raised_either(
    waiting: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: Event) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(raising, "publish", broken)
    with pytest.raises(ZeroDivisionError):
        watch_at(waiting.warn_at)

    assert raised(waiting) == []
    assert "dossier.alarm" not in deeds_on(waiting.reference)


@db
def test_the_answer_closes_the_alarms_and_no_more_come(cast: Cast, waiting: Dossier) -> None:
    watch_at(waiting.warn_at)
    answered_at = MONDAY + timedelta(hours=7)
    with time_machine.travel(answered_at, tick=False):
        intake.reject_dossier(
            post=cast.hung, reference=waiting.reference, reason="Sai nơi nộp", legal_basis="Điều 13"
        )

    assert Alarm.objects.get().closed_at == answered_at
    assert watch_at(MONDAY + timedelta(days=9)) == 0


@db
def test_handed_in_again_after_a_supplement_it_is_told_again(cast: Cast, waiting: Dossier) -> None:
    watch_at(waiting.warn_at)
    slot = waiting.documents.values_list("slot", flat=True)[0]
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        intake.ask_supplement(
            post=cast.hung, reference=waiting.reference, items=[(slot, "Ảnh mờ.")]
        )
        assert watching.raise_alarms() == 0
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        add(cast, Dossier.objects.get(pk=waiting.pk))
        intake.supplement_dossier(citizen=cast.lan, reference=waiting.reference)
        assert watching.raise_alarms() == 0
    waiting.refresh_from_db()

    assert watch_at(waiting.warn_at) == 1
    assert [level for level, _ in raised(waiting)] == ["warning", "warning"]
    assert [alarm.closed_at is None for alarm in Alarm.objects.order_by("pk")] == [False, True]


@db
@pytest.mark.parametrize(
    "status",
    # A late opinion is told too: see test_late_opinions.py.
    [s for s in Status if s not in (Status.SUBMITTED, Status.CONSULTING, *CLOSED)],
)
def test_a_dossier_that_waits_for_something_else_is_left_in_peace(
    cast: Cast, status: Status
) -> None:
    with time_machine.travel(MONDAY):
        a_dossier(cast, status)

    assert watch_at(MONDAY + timedelta(days=30)) == 0


@db
def test_many_that_need_nothing_cost_no_more_than_one_and_batches_find_all(
    waiting: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cost(moment: datetime | None) -> int:
        with CaptureQueriesContext(connection) as captured:
            watch_at(moment)
        return len(captured)

    assert waiting.warn_at is not None
    watch_at(waiting.warn_at)
    quiet = cost(waiting.warn_at)
    like(waiting, 30)
    Dossier.objects.exclude(pk=waiting.pk).update(warn_at=waiting.warn_at + MINUTE)
    assert cost(waiting.warn_at) == quiet == 4  # answers, opinions, parts late and running

    monkeypatch.setattr(watching, "BATCH", 4)
    assert watch_at(waiting.warn_at + MINUTE) == 30
    assert Alarm.objects.values("dossier").distinct().count() == 31
    late = MONDAY + timedelta(days=9)
    assert watch_at(late) == 31
    assert cost(late) == quiet  # told to the head: not even looked at again


@db
def test_each_alarm_costs_the_same_however_many_there_are(waiting: Dossier) -> None:
    def cost(number: int) -> int:
        like(waiting, number)
        with CaptureQueriesContext(connection) as captured:
            assert watch_at(waiting.warn_at) == number
        return len(captured)

    watch_at(waiting.warn_at)
    one, two, six = cost(1), cost(2), cost(6)

    assert six - two == 4 * (two - one)


@db
def test_the_watch_goes_by_an_index_and_reads_no_whole_table(waiting: Dossier) -> None:
    like(waiting, 50)
    with CaptureQueriesContext(connection) as captured:
        watch_at(waiting.warn_at and waiting.warn_at - MINUTE)
    with connection.cursor() as cursor:
        answers = next(asked["sql"] for asked in captured if "warn_at" in asked["sql"])
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + answers)
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "Index Scan using dossier_" in plan
    assert "Seq Scan on dossiers_dossier" not in plan
    assert "OFFSET" not in answers


MOMENTS = st.integers(0, 400).map(lambda minutes: MONDAY + minutes * MINUTE)


@given(st.lists(MOMENTS), MOMENTS, st.integers(1, 300))
def test_whenever_the_watch_looks_each_level_is_told_once_and_in_order(
    looks: list[datetime], warn_at: datetime, span: int
) -> None:
    due_at, told = warn_at + span * MINUTE, list[AlarmLevel]()
    for now in looks:
        level = rules.level_to_raise(now, warn_at, due_at, told)
        if level is None:
            continue
        assert now > due_at if level is PASSED else warn_at <= now <= due_at
        told.append(level)

    assert told in ([], [WARNING], [PASSED], [WARNING, PASSED])
    if looks and max(looks) > due_at:
        assert PASSED in told
    if any(warn_at <= now for now in looks):
        assert told
