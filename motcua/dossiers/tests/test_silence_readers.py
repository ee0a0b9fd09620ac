"""Who reads of an alarm: somebody always, again when it comes again, the leaders once a day."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection

from motcua.agencies.models import Agency, Post
from motcua.audit.queries import deeds_on
from motcua.core.actors import Role
from motcua.dossiers import digests, jobs
from motcua.dossiers.actions import apologies
from motcua.dossiers.models import Alarm, Dossier, WatchMark
from motcua.dossiers.models.alarms import BEGUN
from motcua.dossiers.queries import open_alarms
from motcua.dossiers.tests.test_silence_clocks import (
    BINH,
    DAY,
    HOA,
    HOUR,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.tests.test_silence_standing import after
from motcua.dossiers.tests.test_silence_told import tell_all, to_lan
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
DIGEST = "late_without_letter"


def everybody(*, is_active: bool) -> None:
    Post.objects.update(is_active=is_active)


def inboxes(code: str) -> list[tuple[str, str]]:
    rows = Message.objects.filter(template_code=code, channel="inbox").order_by("pk")
    return list(rows.values_list("post__holder_name", "subject"))


def test_an_agency_without_anybody_is_the_business_of_whoever_keeps_the_house(cast: Cast) -> None:
    dossier = since_monday(cast, S.ASSIGNING)
    everybody(is_active=False)
    elsewhere = Agency.objects.exclude(pk=cast.ward.pk).order_by("pk")[0]
    Post.objects.filter(pk=cast.nga.pk).update(agency=elsewhere, is_active=True)

    looked(MONDAY + HOUR)

    assert told(dossier, K.UNOWNED) == [("warning", [cast.nga.holder_name])]


def test_what_nobody_can_be_told_waits_and_is_told_from_the_first_level(cast: Cast) -> None:
    dossier = since_monday(cast, S.ASSIGNING)
    everybody(is_active=False)
    for later in (HOUR, DAY, 3 * DAY):
        looked(MONDAY + later)
    assert told(dossier, K.UNASSIGNED) == [("warning", [])]
    with time_machine.travel(MONDAY + 3 * DAY + HOUR / 2, tick=False):
        waiting = Alarm.objects.filter(closed_at=None).count()
        assert sum(alarm.untold for alarm in open_alarms()) == waiting > 0

    everybody(is_active=True)
    looked(MONDAY + 3 * DAY + HOUR)
    assert told(dossier, K.UNASSIGNED) == [("warning", [HOA])]
    with time_machine.travel(MONDAY + 3 * DAY + HOUR, tick=False):
        assert sum(alarm.untold for alarm in open_alarms()) == 0
    looked(MONDAY + 3 * DAY + 2 * HOUR)
    assert told(dossier, K.UNASSIGNED) == [("warning", [HOA])]
    looked(MONDAY + 4 * DAY + 2 * HOUR)
    assert told(dossier, K.UNASSIGNED) == [("warning", [HOA]), ("passed", [BINH])]


def test_what_fell_silent_again_is_told_again_from_the_first_level(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    again = MONDAY + 4 * DAY
    for is_active, when in ((False, MONDAY + HOUR), (True, MONDAY + 2 * HOUR), (False, again)):
        Post.objects.filter(pk=cast.mai.pk).update(is_active=is_active)
        looked(when)
        tell_all()
    looked(again + MINUTE)

    assert told(dossier, K.GONE) == [("warning", [HOA])]
    assert Alarm.objects.get(kind=K.GONE).raised_at == again
    assert len(inboxes("silence_found")) == 2
    assert deeds_on(dossier.reference).count("dossier.alarm") == 2
    looked(again + 4 * DAY)
    assert [level for level, _ in told(dossier, K.GONE)] == ["warning", "passed"]


def test_of_what_only_hoa_was_told_who_left_since_binh_is_told(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    passed = dossier.due_at + DAY
    looked(passed)
    tell_all()
    assert ("passed", [HOA]) in told(dossier, K.RESULT)
    Post.objects.filter(pk=cast.hoa.pk).update(is_active=False)
    with time_machine.travel(passed + HOUR, tick=False):
        assert sum(alarm.untold for alarm in open_alarms()) > 0

    looked(passed + HOUR)
    tell_all()

    assert ("passed", [BINH]) in told(dossier, K.RESULT)
    number = dossier.code or dossier.reference
    assert len([s for who, s in inboxes("silence_at_head") if who == BINH and number in s]) == 1
    assert looked(passed + HOUR + MINUTE) == 0


def late(cast: Cast, count: int) -> tuple[list[Dossier], datetime]:
    """So many dossiers late without a letter, and a Monday after that."""
    dossiers = [since_monday(cast, S.EXAMINING) for _ in range(count)]
    due = dossiers[0].due_at
    assert due
    monday = (due + (7 - due.weekday()) * DAY).replace(hour=2, minute=0, second=0, microsecond=0)
    assert monday.astimezone(HANOI).weekday() == 0
    return dossiers, monday


def digest_at(moment: datetime, cast: Cast) -> None:
    """A round of the watch, then twice the job that it asks for."""
    looked(moment)
    with time_machine.travel(moment, tick=False):
        for _ in range(2):
            digests.tell_without_letter(cast.ward.pk, moment.astimezone(HANOI).toordinal())


def test_binh_reads_once_a_day_of_all_that_is_late_without_a_letter(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "SHOWN", 2)
    dossiers, monday = late(cast, 3)
    digest_at(monday, cast)
    digest_at(monday + 3 * HOUR, cast)
    tell_all()

    subject = f"{cast.ward.name}: 3 hồ sơ trễ hẹn chưa có thư xin lỗi"
    assert inboxes(DIGEST) == [(BINH, subject)]
    message = Message.objects.get(template_code=DIGEST, channel="inbox")
    assert [d.reference in message.body for d in dossiers] == [True, True, False]
    assert "và các hồ sơ khác" in message.body
    assert "{{" not in message.body
    assert message.link == digests.DESK
    assert not Message.objects.filter(body__contains="trễ hẹn mà chưa có thư").exists()

    with time_machine.travel(monday + 4 * HOUR, tick=False):
        apologies.apologise(post=cast.binh, reference=dossiers[0].reference, reason="Chờ xác minh.")
    digest_at(monday + DAY, cast)
    assert inboxes(DIGEST)[1:] == [(BINH, subject.replace("3", "2"))]


def test_what_became_late_after_the_message_of_the_day_is_told_the_same_day_and_once(
    cast: Cast,
) -> None:
    dossiers, monday = late(cast, 1)
    digest_at(monday, cast)
    later = since_monday(cast, S.EXAMINING)
    Dossier.objects.filter(pk=later.pk).update(due_at=monday + HOUR, clock_at=monday + HOUR)

    digest_at(monday + 2 * HOUR, cast)
    digest_at(monday + 3 * HOUR, cast)

    counts = [subject.rpartition(": ")[2][:6] for _, subject in inboxes(DIGEST)]
    assert counts == ["1 hồ s", "2 hồ s"]
    said = Message.objects.filter(template_code=DIGEST, channel="inbox").latest("pk")
    assert later.reference in said.body
    assert dossiers[0].reference in said.body
    assert Alarm.objects.filter(kind=K.NO_LETTER, dossier=later).exists()


def test_whoever_comes_to_a_post_is_asked_for_the_letters_of_an_agency_in_one_job(
    cast: Cast,
) -> None:
    _, monday = late(cast, 3)
    everybody(is_active=False)
    looked(monday)
    everybody(is_active=True)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    looked(monday + HOUR)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args ->> 'job' LIKE %s",
            ["%tell_without_letter"],
        )
        assert cursor.fetchone() == (1,)
    readers = Alarm.objects.filter(kind=K.NO_LETTER, raised_to__isnull=False)
    assert readers.count() == 3


def test_a_message_of_yesterday_is_not_sent_today(cast: Cast) -> None:
    _, monday = late(cast, 1)
    with time_machine.travel(monday, tick=False):
        digests.tell_without_letter(cast.ward.pk, monday.toordinal() - 1)

    assert inboxes(DIGEST) == []


def test_where_nobody_signs_the_keepers_are_sent_to_their_own_page(cast: Cast) -> None:
    _, monday = late(cast, 1)
    Post.objects.filter(role=Role.APPROVER).update(is_active=False)
    digest_at(monday, cast)

    assert {who for who, _ in inboxes(DIGEST)} == {cast.quan.holder_name, cast.nga.holder_name}
    links = Message.objects.filter(template_code=DIGEST).values_list("link", flat=True)
    assert set(links) == {digests.KEEPERS}


# A result lies ready for five days before anybody is reminded; three more, and it is old.
FIRST_ROUNDS = [(41, 1), (63, 1), (65, 0), (300, 0)]


@pytest.mark.parametrize(("hours", "letters"), FIRST_ROUNDS)
def test_a_first_round_writes_to_nobody_whose_result_waits_since_long_ago(
    cast: Cast, hours: int, letters: int
) -> None:
    dossier = since_monday(cast, S.RESULT_READY)

    looked(after(hours))
    tell_all()

    assert len([s for s in to_lan(cast) if "đang chờ ông/bà nhận" in s]) == letters
    assert told(dossier, K.UNCOLLECTED)
    assert inboxes("silence_found")


def test_what_fell_due_while_the_watch_was_off_is_told_late_rather_than_never(cast: Cast) -> None:
    since_monday(cast, S.RESULT_READY)
    looked(MONDAY + HOUR)
    assert WatchMark.objects.get(kind=BEGUN).seen_until == MONDAY + HOUR

    looked(after(300))
    tell_all()

    assert len([s for s in to_lan(cast) if "đang chờ ông/bà nhận" in s]) == 1


def test_a_date_that_passed_long_before_the_first_round_is_told_to_officials_only(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    looked(dossier.due_at + 14 * DAY)
    tell_all()

    assert to_lan(cast) == []
    assert [level for level, _ in told(dossier, K.RESULT)] == ["passed"]
    for alarm in Alarm.objects.filter(kind=K.RESULT):
        jobs.tell_officials(alarm.pk)
    assert inboxes("silence_at_head")
