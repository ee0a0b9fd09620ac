"""Which kinds of silence does a dossier show? Plain facts in, findings out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.dossiers.life import LIFE, Clock, Place
from motcua.dossiers.rules.calling import has_just_ended
from motcua.dossiers.rules.desk import level_to_raise
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import RUNNING, Status, Step

K, S = AlarmKind, Status
GRACE = 8  # working hours between whoever must act and their head, where no clock says it
STEP_ASKED = 24  # a step is asked after when this many working hours went by without one …
STEP_SHARE = 4  # … and no more than this part of the time from the last act to the date is left
STEP_LEAST = timedelta(hours=2)
AT_WORK = 2  # whoever did something so many working hours ago need not be told that time is short
WITHOUT_DATE = 40  # working hours without an act on a dossier that was promised no date
TOLD_WITHIN = timedelta(hours=1)  # from the result until its applicant is written to
# Working hours for which a dossier may stay in a status before somebody is asked why.
LIMITS: dict[Status, tuple[AlarmKind, int]] = {
    S.ASSIGNING: (K.UNASSIGNED, 8),
    S.PROPOSED: (K.UNSIGNED, 16),
    S.APPROVED: (K.UNISSUED, 8),
    S.REFUSED: (K.UNISSUED, 8),
    S.PRE_SUPPLEMENT: (K.ASKED_LONG, 80),
    S.SUPPLEMENT: (K.ASKED_LONG, 80),  # where the law sets the applicant no date
    S.RESULT_READY: (K.UNCOLLECTED, 40),
}
LYING = dict(LIMITS.values())  # by kind of alarm
OLD_NEWS = 24  # what fell due so many working hours before the watch began, its applicant knows
LENGTHS = frozenset(
    {GRACE, AT_WORK, STEP_ASKED, WITHOUT_DATE, *(hours for _, hours in LIMITS.values())}
)
# What a clock that runs out is called; the answer to a filing is watched in `actions.watching`.
CLOCK_KINDS: dict[Status, AlarmKind] = {
    S.SUPPLEMENTED: K.MORE_ANSWER,
    S.ACCEPTED: K.HAND_OVER,
    S.TRANSFERRING: K.TAKE_OVER,
    S.SUPPLEMENT: K.SUPPLY,
    S.CORRECTING: K.CORRECTION,
    **{s: K.RESULT for s, life in LIFE.items() if life.clock is Clock.RESULT},
}
BY_LAW = (Clock.ANSWER, Clock.HAND_OVER, Clock.CORRECT_BY)  # these always have a moment
# Found beside the dossier, not in its row.
BESIDE = (K.VISIT, K.UNDECIDED, K.UNTOLD, K.UNREACHED, K.DEAD_JOB)
DECIDED_IN = LYING[K.UNSIGNED]  # working hours for what one person asked and another decides
# What an applicant must hear even if no message can be written to them. The others are taken before
# their eyes, or inside the agency.
TO_BE_HEARD = frozenset({
    Step.ASK_SUPPLEMENT, Step.REJECT, Step.PASS_ON, Step.ASK_MORE, Step.LACKING, Step.RESUME,
    Step.STOP, Step.VERIFY, Step.EXTEND, Step.APOLOGISE, Step.MOVE_DATE, Step.RECOUNT,
    Step.CORRECT_CODE, Step.REFUSE, Step.ISSUE, Step.REOPEN, Step.REISSUE,
})  # fmt: skip
# They come themselves, and are told there what happened before.
THEY_CAME = frozenset({Step.SUPPLEMENT, Step.HAND_IN, Step.WITHDRAW, Step.DELIVER})


@dataclass(frozen=True)
class Marks:
    """The moment of a round, the moments so many working hours before it, whether anybody works."""

    now: datetime
    today: date
    ago: Mapping[int, datetime]
    is_workday: bool


@dataclass(frozen=True)
class Facts:
    """What the watch knows of a dossier."""

    id: int
    reference: str
    agency_id: int
    unit_id: int | None
    assignee_id: int | None
    status: Status
    revision: int
    since_at: datetime  # since when it lies where it lies, and the step that brought it there
    since_revision: int
    clock_at: datetime | None
    warn_at: datetime | None
    due_at: datetime | None
    was_promised: bool
    has_letter: bool  # an apology about this date went out
    is_owned: bool  # somebody in office can act on it
    beside: tuple[tuple[AlarmKind, int, datetime], ...] = ()  # kind, number, since when
    step_due_at: datetime | None = None  # the end that the head of the unit set for the step
    step_warn_at: datetime | None = None


@dataclass(frozen=True)
class Silence:
    """One finding. From `head_at` on it is the head's business; None: after the grace.

    While somebody is at work on it no alarm begins; one that was raised goes on.
    """

    kind: AlarmKind
    occasion: int
    since: datetime
    head_at: datetime | None = None
    is_quiet: bool = False


def silences(facts: Facts, marks: Marks) -> list[Silence]:
    """Every kind of silence this dossier shows; once it has ended, whether its last word came.

    Law: DL-14, INT-09
    """
    if not LIFE[facts.status].is_open:
        return _last_word(facts, marks)
    return [
        *_clock(facts, marks),
        *_standing(facts, marks),
        *_step_date(facts, marks),
        *_step(facts, marks),
        *_letter(facts, marks),
        *_nobody(facts),
        *_beside(facts, marks),
    ]


def level_of(
    silence: Silence, told: Mapping[AlarmLevel, datetime], marks: Marks
) -> AlarmLevel | None:
    """What is to be told of a silence now, when `told` was told before.

    Law: DL-14
    """
    if silence.head_at is not None:
        return level_to_raise(marks.now, silence.since, silence.head_at, told)
    if AlarmLevel.PASSED in told:
        return None
    if AlarmLevel.WARNING not in told:
        return AlarmLevel.WARNING
    return AlarmLevel.PASSED if told[AlarmLevel.WARNING] <= marks.ago[GRACE] else None


def has_no_clock(facts: Facts) -> bool:
    """Whether the clock that this status needs is missing.

    Law: DL-14
    """
    clock = LIFE[facts.status].clock
    owes = clock in BY_LAW or (clock is Clock.RESULT and facts.was_promised)
    return owes and facts.clock_at is None


def _minute_of(moment: datetime) -> int:
    """A moment as a number that fits a column."""
    return int(moment.timestamp()) // 60


def _clock(facts: Facts, marks: Marks) -> list[Silence]:
    kind, clock, warn = CLOCK_KINDS.get(facts.status), facts.clock_at, facts.warn_at
    if kind is None or clock is None or warn is None or marks.now < warn:
        return []
    # A procedure of one day is "soon due" all day long.
    at_work = kind is K.RESULT and marks.now <= clock and facts.since_at > marks.ago[AT_WORK]
    return [Silence(kind, _minute_of(clock), min(warn, clock), clock, at_work)]


def _standing(facts: Facts, marks: Marks) -> list[Silence]:
    """It has been in its status for longer than that takes."""
    kind, hours = LIMITS.get(facts.status, (None, 0))
    if kind is None or facts.since_at > marks.ago[hours]:
        return []
    if kind is K.ASKED_LONG and facts.clock_at is not None:
        return []  # the applicant has a date, and its clock runs
    return [Silence(kind, facts.since_revision, facts.since_at)]


def _step_date(facts: Facts, marks: Marks) -> list[Silence]:
    """The end that was set for the step is near, or has gone by."""
    end, warn = facts.step_due_at, facts.step_warn_at
    if end is None or warn is None or marks.now < warn:
        return []
    at_work = marks.now <= end and facts.since_at > marks.ago[AT_WORK]
    return [Silence(K.STEP_DATE, _minute_of(end), min(warn, end), end, at_work)]


def _step(facts: Facts, marks: Marks) -> list[Silence]:
    """Nobody has done anything for most of the time that was left, and no end was set for it."""
    if facts.step_due_at is not None:
        return []
    if facts.status is not S.EXAMINING or facts.since_at > marks.ago[STEP_ASKED]:
        return []
    if facts.due_at is None:
        begun = marks.ago[WITHOUT_DATE] >= facts.since_at
        return [Silence(K.STEP, facts.since_revision, facts.since_at)] if begun else []
    left = max((facts.due_at - facts.since_at) / STEP_SHARE, STEP_LEAST)
    if not facts.due_at - left <= marks.now <= facts.due_at:
        return []
    return [Silence(K.STEP, facts.since_revision, facts.due_at - left)]


def _letter(facts: Facts, marks: Marks) -> list[Silence]:
    """Late without a word: told to those who sign, anew on every working day."""
    due = facts.due_at
    if facts.status not in RUNNING or due is None or due >= marks.now:
        return []
    if facts.has_letter or not marks.is_workday:
        return []
    return [Silence(K.NO_LETTER, marks.today.toordinal(), due, due)]


def _nobody(facts: Facts) -> list[Silence]:
    found = []
    if not facts.is_owned:
        gone = LIFE[facts.status].place is Place.ASSIGNEE and facts.assignee_id is not None
        kind = K.GONE if gone else K.UNOWNED
        found.append(Silence(kind, facts.since_revision, facts.since_at))
    if has_no_clock(facts):
        found.append(Silence(K.NO_CLOCK, facts.since_revision, facts.since_at))
    return found


def _last_word(facts: Facts, marks: Marks) -> list[Silence]:
    """It has just ended: what was lost since then, what died over it; whether it begins again."""
    found = _beside(facts, marks)
    asked = [silence for silence in found if silence.kind is K.UNDECIDED]
    if not has_just_ended(facts.status, facts.since_at, marks.now):
        return asked
    return asked + [
        silence
        for silence in found
        if silence.kind is K.DEAD_JOB
        or (silence.kind is K.UNREACHED and silence.since >= facts.since_at)
    ]


def _beside(facts: Facts, marks: Marks) -> list[Silence]:
    over = {
        K.VISIT: marks.ago[GRACE],
        K.UNDECIDED: marks.ago[DECIDED_IN],
        K.UNTOLD: marks.now - TOLD_WITHIN,
    }
    return [
        Silence(kind, number, since)
        for kind, number, since in facts.beside
        if since <= over.get(kind, marks.now)
    ]
