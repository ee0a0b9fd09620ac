"""Acts beside the process leave a dossier where it lies: what is silent stays the same silence."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine

from motcua.dossiers.actions import approving, processing, recounting, urging
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.test_approvals import ask_date, decide
from motcua.dossiers.tests.test_recounts import agreed, counted, storm
from motcua.dossiers.tests.test_silence_clocks import (
    BINH,
    DAY,
    HOA,
    HOUR,
    MAI,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.tests.test_silence_standing import after
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import BESIDE, TRANSITIONS, Status
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
Deed = Callable[[Cast, Dossier], object]


def urged(cast: Cast, dossier: Dossier) -> object:
    return urging.urge(post=cast.binh, reference=dossier.reference, note="Mời xử lý ngay.")


def moved_later(cast: Cast, dossier: Dossier) -> object:
    assert dossier.due_at
    return decide(approving.grant, cast.binh, ask_date(cast.hoa, dossier, dossier.due_at + 2 * DAY))


def counted_again(cast: Cast, dossier: Dossier) -> object:
    number = counted(cast, storm(cast, date(2026, 11, 20)))
    agreed(cast, number)
    recounting.move_recount(number)
    return number


@pytest.mark.parametrize("deed", [urged, moved_later, counted_again])
def test_what_lies_unsigned_stays_one_alarm_and_goes_on_to_its_next_level(
    cast: Cast, deed: Deed
) -> None:
    dossier = since_monday(cast, S.PROPOSED)
    lies_since = dossier.since_at, dossier.revision
    looked(after(16) + MINUTE)
    warned = Alarm.objects.get(kind=K.UNSIGNED)
    with time_machine.travel(after(18), tick=False):
        deed(cast, dossier)
    dossier.refresh_from_db()
    assert dossier.revision > lies_since[1]
    assert dossier.changed_at == after(18)
    assert (dossier.since_at, dossier.since_revision) == lies_since

    looked(after(18) + MINUTE)
    assert Alarm.objects.get(kind=K.UNSIGNED, closed_at=None) == warned
    looked(after(24) + 3 * MINUTE)

    assert told(dossier, K.UNSIGNED) == [("warning", [BINH]), ("passed", [BINH])]
    assert set(dossier.alarms.filter(kind=K.UNSIGNED).values_list("occasion", flat=True)) == {
        dossier.since_revision
    }


def test_to_be_urged_is_no_work_mai_is_told_that_time_is_short_all_the_same(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.warn_at
    with time_machine.travel(dossier.warn_at - MINUTE, tick=False):
        urged(cast, dossier)

    looked(dossier.warn_at)

    assert told(dossier, K.RESULT) == [("warning", [MAI])]


def test_nor_does_it_answer_the_question_why_nothing_happens(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    asked = dossier.due_at - (dossier.due_at - dossier.since_at) / 4
    looked(asked)
    with time_machine.travel(asked + MINUTE, tick=False):
        urged(cast, dossier)
    looked(asked + 2 * MINUTE)

    assert told(dossier, K.STEP) == [("warning", [MAI])]


def test_whoever_works_on_it_is_warned_later_and_a_warning_that_stands_is_not_taken_back(
    cast: Cast,
) -> None:
    quick, slow = since_monday(cast, S.EXAMINING), since_monday(cast, S.EXAMINING)
    assert quick.warn_at and slow.warn_at
    looked_at = quick.warn_at + MINUTE
    for dossier, when in ((quick, looked_at - MINUTE), (slow, looked_at + MINUTE)):
        with time_machine.travel(when, tick=False):
            processing.examine_dossier(post=cast.mai, reference=dossier.reference, note="Xem.")
        looked(when + MINUTE)

    assert told(quick, K.RESULT) == []
    assert told(slow, K.RESULT) == [("warning", [MAI])]
    assert quick.due_at
    looked(quick.due_at - 4 * HOUR)
    assert told(quick, K.RESULT) == [("warning", [MAI])]


def test_it_is_given_to_mai_and_she_is_warned_of_the_date_that_hoa_was_warned_of(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.ASSIGNING)
    assert dossier.warn_at
    looked(dossier.warn_at)
    assert told(dossier, K.RESULT) == [("warning", [HOA])]
    given = dossier.warn_at + MINUTE
    with time_machine.travel(given, tick=False):
        processing.assign_dossier(
            post=cast.hoa, reference=dossier.reference, assignee_id=cast.mai.pk
        )
    assert told(dossier, K.RESULT) == [("warning", [])]

    looked(given + MINUTE)
    looked(given + 2 * MINUTE)

    assert told(dossier, K.RESULT) == [("warning", [MAI])]
    assert Alarm.objects.get(kind=K.RESULT).raised_at == given + MINUTE


def test_what_the_applicant_saves_of_a_supplement_is_no_sign_of_life_to_the_desk(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.PRE_SUPPLEMENT)
    Dossier.objects.filter(pk=dossier.pk).update(changed_at=after(79))

    looked(after(80) + MINUTE)

    assert [level for level, _ in told(dossier, K.ASKED_LONG)] == ["warning"]


def test_a_dossier_that_ended_without_a_result_knows_no_act_beside() -> None:
    """So that `changed_at` says when it ended: the figures of the year go by it."""
    ended = {S.REJECTED, S.WITHDRAWN, S.STOPPED}
    assert not [row for row in TRANSITIONS if row.step in BESIDE and row.sources & ended]


def test_every_step_in_the_process_says_since_when_it_lies_there(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert (dossier.since_at, dossier.since_revision) == (dossier.changed_at, dossier.revision)
    draft = since_monday(cast, S.DRAFT)
    assert MONDAY <= draft.since_at <= draft.changed_at
    assert draft.since_revision == 0
