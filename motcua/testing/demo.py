"""The demonstration: dossiers in every status, played by the cast with the real actions.

The clock is moved, not the data: moves, journal and promised dates are those of the day on which
each story is told to have happened.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count, cycle
from unittest import mock

from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers.actions.urging_documents import sign_urging
from motcua.dossiers.models import Dossier
from motcua.dossiers.urging_documents import slow_dossiers
from motcua.dossiers.workflow import Status
from motcua.people.models import Person
from motcua.testing import dossiers, papers
from motcua.testing.cast import Cast, a_post
from motcua.testing.dossiers import BIRTH, a_dossier
from motcua.testing.linking import linked
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_workdays
from motcua.workdays.types import HANOI

SIZE = 60
FIRST_DAY = 26  # what a new house starts with: every status, and room to look around
NEIGHBOURS = (  # they have no account: the stories are theirs, the pages Lan's and Thu's
    ("079185000011", "Trần Minh Đức", date(1985, 5, 19), "1"),
    ("066194000012", "H' Hen Niê", date(1994, 8, 15), "2"),
    ("010178000013", "Lý A Sình", date(1978, 2, 3), "1"),
    ("084201000014", "Thạch Sô Phi", date(2001, 11, 30), "1"),
    ("079166000015", "Nguyễn Hoàng Thị Bích Ngọc", date(1966, 1, 1), "2"),
)
SHORT = (BIRTH, "1.000894", "2.000815", "1.001612")  # a day, or three
LONG = ("1.004222", "1.013225", "1.004884", "1.010038", "1.004746")  # five days to fifteen
LATE = (Status.ACCEPTED, Status.ASSIGNING, Status.EXAMINING, Status.EXAMINING, Status.PROPOSED)
FINISHED = (
    Status.DELIVERED, Status.RESULT_READY, Status.REFUSED, Status.REJECTED, Status.WITHDRAWN,
    Status.STOPPED,
)  # fmt: skip
OPEN = (
    Status.SUBMITTED, Status.EXAMINING, Status.ACCEPTED, Status.PRE_SUPPLEMENT, Status.ASSIGNING,
    Status.PROPOSED, Status.APPROVED, Status.SUPPLEMENT, Status.SUPPLEMENTED, Status.CONSULTING,
    Status.VERIFYING, Status.TRANSFERRING, Status.CORRECTING,
)  # fmt: skip
DRAFTS = 2  # told last: a person who begins again is given the draft that is there
LONG_AGO = 12  # open days
MOST_URGED = 3  # late dossiers of the document; the others wait to be urged about

ROOM = timedelta(days=5)  # what four units need one after another, over a weekend

Story = tuple[Status, str, int]  # where it ends, which procedure, begun how many open days ago


def play(cast: Cast, size: int = SIZE) -> Counter[Status]:
    """Tell `size` stories (at least one of each kind); how many dossiers ended in each status."""
    days = _open_days(LONG_AGO)
    told: Counter[Status] = Counter()
    others = cycle([cast.lan, *_neighbours(), cast.thu])
    for number, (status, procedure, ago) in enumerate(stories(size)):
        person = cast.lan if status is Status.DRAFT else next(others)
        with _begun(days[ago - 1], number), _scans_of(person):
            told[Status(a_dossier(replace(cast, lan=person), status, procedure).status)] += 1
    _urge(cast)
    _interlink(cast)
    return told


def _urge(cast: Cast) -> None:
    """Liên, who heads the desk of the ward, signs a document about what is late at Hòa's unit."""
    title = "Trưởng Bộ phận Một cửa"
    lien = a_post("lien", "Ngô Thị Liên", cast.hung.unit, Role.UNIT_HEAD, title)
    late = [row.reference for row in slow_dossiers(lien, cast.hoa.unit_id)][:MOST_URGED]
    if late:
        text = "Đề nghị đơn vị báo rõ nguyên nhân chậm, người chịu trách nhiệm và ngày có kết quả."
        sign_urging(
            post=lien, unit_id=cast.hoa.unit_id, chosen=late, text=text,
            answer_by=add_workdays(clock.now().date(), 2, work_calendar(cast.ward.pk)),
        )  # fmt: skip


def _interlink(cast: Cast) -> None:
    """Mai shares out the newest of her long dossiers: Phúc and Cúc begin, Lực waits for Phúc."""
    hers = Dossier.objects.filter(status=Status.EXAMINING, assignee=cast.mai)
    newest = hers.filter(due_at__gt=clock.now() + ROOM).order_by("-pk").first()
    if newest is not None:
        linked(cast, newest)


def _neighbours() -> list[Person]:
    return [
        Person.objects.get_or_create(
            national_id=number,
            defaults={
                "full_name": name, "birth_on": born, "gender": gender, "ethnicity": "01",
                "phone": f"09{number[-8:]}", "address_detail": "Ấp Tân Hòa",
            },
        )[0]
        for number, name, born, gender in NEIGHBOURS
    ]  # fmt: skip


@contextmanager
def _scans_of(person: Person) -> Iterator[None]:
    """Within, a paper is a page that can be read, not an empty one."""
    with mock.patch.object(dossiers, "a_pdf", lambda title: papers.a_scan(title, person.full_name)):
        yield


def stories(size: int) -> list[Story]:
    """The late ones, then open and finished ones in turn, the drafts last."""
    listed: list[Story] = [
        (status, procedure, LONG_AGO) for status, procedure in zip(LATE, cycle(SHORT), strict=False)
    ]
    statuses, long, short = cycle((*OPEN, *FINISHED)), cycle(LONG), cycle(SHORT)
    while len(listed) < size - DRAFTS:
        number, status = len(listed), next(statuses)
        if status in OPEN:
            listed.append((status, next(long), 1 + number % 2))
        else:
            listed.append((status, next(short), 2 + number % (LONG_AGO - 2)))
    return [*listed, *[(Status.DRAFT, SHORT[number], 1) for number in range(DRAFTS)]]


def _open_days(wanted: int) -> list[date]:
    """The last open days before today, the latest first."""
    calendar, day, found = work_calendar(), clock.now().date(), list[date]()
    while len(found) < wanted:
        day -= timedelta(days=1)
        if calendar.is_open(day):
            found.append(day)
    return found


@contextmanager
def _begun(day: date, number: int) -> Iterator[None]:
    """Within, it is `day`; whoever asks for the time finds it two minutes later than before."""
    start = datetime.combine(day, time(8, 5), HANOI) + timedelta(minutes=number * 7 % 300)
    moments = (start + timedelta(minutes=2 * step) for step in count())
    with mock.patch.object(clock, "now", lambda: next(moments)):
        yield
