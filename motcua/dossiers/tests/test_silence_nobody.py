"""Nobody has it, or nobody hears of it: found at once, and told to whoever can put it right."""

import json
from datetime import datetime

import pytest
import time_machine
from django.db import connection

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.dossiers import jobs
from motcua.dossiers.actions import processing
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.silence_queries import unheld
from motcua.dossiers.tests.test_silence_clocks import (
    BINH,
    DAY,
    HOA,
    HOUR,
    HUNG,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.notices.models import Delivery, Message
from motcua.notices.types import DeliveryStatus
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
QUAN, NGA = "Bùi Minh Quân", "Lý Thị Nga"


def leaves(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(is_active=False)


def test_whoever_has_the_dossier_left_their_post_hoa_hears_of_it_then_binh(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert (looked(MONDAY + HOUR), unheld()) == (0, 0)
    leaves(cast.mai)

    looked(MONDAY + HOUR)
    assert told(dossier, K.GONE) == [("warning", [HOA])]
    assert unheld() == 1
    looked(MONDAY + DAY + 2 * HOUR)
    assert told(dossier, K.GONE) == [("warning", [HOA]), ("passed", [HOA])]

    Post.objects.filter(pk=cast.mai.pk).update(is_active=True)
    looked(MONDAY + DAY + 3 * HOUR)
    assert told(dossier, K.GONE) == []
    assert unheld() == 0


NOBODY_LEFT = [
    (S.SUBMITTED, "hung", [BINH]),
    (S.ASSIGNING, "hoa", [BINH]),
    (S.TRANSFERRING, "hoa", [BINH]),
    (S.PROPOSED, "binh", [QUAN, NGA]),
    (S.APPROVED, "yen", [BINH]),
    (S.RESULT_READY, "hung", [BINH]),
]


@pytest.mark.parametrize(("status", "who", "hears"), NOBODY_LEFT)
def test_where_the_last_hand_of_a_role_is_gone_the_next_one_up_hears_of_it(
    cast: Cast, status: Status, who: str, hears: list[str]
) -> None:
    dossier = since_monday(cast, status)
    leaves(getattr(cast, who))

    looked(MONDAY + 30 * MINUTE)

    assert told(dossier, K.UNOWNED) == [("warning", hears)]
    assert unheld() == 1


def test_another_head_of_the_same_room_is_owner_enough(cast: Cast) -> None:
    dossier = since_monday(cast, S.ASSIGNING)
    leaves(cast.hoa)
    Post.objects.create(
        account=cast.mai.account, agency=cast.ward, unit=cast.hoa.unit, role=Role.UNIT_HEAD,
        title="Phó phòng", holder_name="Vũ Thị Mai",
    )  # fmt: skip

    looked(MONDAY + HOUR)

    assert told(dossier, K.UNOWNED) == []


@pytest.mark.parametrize("status", [S.SUBMITTED, S.ACCEPTED, S.EXAMINING, S.PROPOSED])
def test_a_dossier_that_lost_its_clock_is_found(cast: Cast, status: Status) -> None:
    dossier = since_monday(cast, status)
    Dossier.objects.filter(pk=dossier.pk).update(clock_at=None, warn_at=None)

    looked(MONDAY + MINUTE)

    assert [level for level, _ in told(dossier, K.NO_CLOCK)] == ["warning"]
    assert unheld() == 1


def test_a_dossier_that_nobody_was_given_is_found(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    Dossier.objects.filter(pk=dossier.pk).update(assignee=None)

    looked(MONDAY + HOUR)

    assert told(dossier, K.UNOWNED) == [("warning", [HOA])]


def test_a_result_of_which_its_owner_was_told_nothing_is_found_within_the_hour(cast: Cast) -> None:
    dossier = since_monday(cast, S.RESULT_READY)

    looked(MONDAY + 30 * MINUTE)
    assert told(dossier, K.UNTOLD) == []
    looked(MONDAY + 2 * HOUR)
    assert told(dossier, K.UNTOLD) == [("warning", [HUNG])]

    jobs.tell_applicant(dossier.moves.get(step="issue").pk)
    looked(MONDAY + 3 * HOUR)
    assert told(dossier, K.UNTOLD) == []


def bounced(dossier: Dossier) -> Delivery:
    """The news of the last step, refused by every channel it was sent on."""
    move = dossier.moves.order_by("seq").last()
    assert move is not None
    with time_machine.travel(MONDAY + HOUR, tick=False):
        jobs.tell_applicant(move.pk)
    rows = Delivery.objects.filter(message__dedupe_key=f"move:{move.pk}")
    rows.update(status=DeliveryStatus.FAILED, trouble="550 no such user")
    return rows.order_by("pk")[0]


def test_news_that_came_back_on_every_channel_is_for_hung_to_phone_about(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    letter = bounced(dossier)

    looked(MONDAY + 2 * HOUR)
    looked(MONDAY + 2 * HOUR)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG])]
    looked(MONDAY + DAY + 3 * HOUR)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG]), ("passed", [HOA])]

    Delivery.objects.filter(pk=letter.pk).update(status=DeliveryStatus.SENT)
    looked(MONDAY + DAY + 4 * HOUR)
    assert told(dossier, K.UNREACHED) == []


def test_news_that_lan_read_on_the_portal_has_reached_her(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    letter = bounced(dossier)
    Message.objects.filter(dedupe_key=letter.message.dedupe_key, channel="inbox").update(
        read_at=MONDAY + HOUR
    )

    looked(MONDAY + 2 * HOUR)

    assert told(dossier, K.UNREACHED) == []


def a_dead_job(facts: dict[str, int], lock: str = "", at: datetime = MONDAY) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, lock)"
            " VALUES ('default', 'house.run', 'failed', %s, %s) RETURNING id",
            [json.dumps({"job": "motcua.dossiers.jobs.issue_slip", "facts": facts}), lock or None],
        )
        job = int(cursor.fetchone()[0])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)",
            [job, at],
        )
        return job


@pytest.mark.parametrize("by", ["move", "dossier", "lock"])
def test_a_job_given_up_is_told_to_quan_and_nga_with_the_dossier_it_was_for(
    cast: Cast, by: str
) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    move = dossier.moves.order_by("seq").last()
    assert move is not None
    facts = {"move": {"move_id": move.pk}, "dossier": {"dossier_id": dossier.pk}, "lock": {}}[by]
    job = a_dead_job(facts, f"dossier:{dossier.pk}" if by == "lock" else "aside-7")
    a_dead_job({"register_id": 3})  # of no dossier

    looked(MONDAY + HOUR)
    looked(MONDAY + HOUR + MINUTE)
    assert told(dossier, K.DEAD_JOB) == [("warning", [QUAN, NGA])]
    assert Alarm.objects.get(kind=K.DEAD_JOB).occasion == job

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job])
    looked(MONDAY + 2 * HOUR)
    assert told(dossier, K.DEAD_JOB) == []


def test_the_end_of_a_dossier_ends_every_alarm_about_it(cast: Cast) -> None:
    dossier = since_monday(cast, S.ASSIGNING)
    a_dead_job({"dossier_id": dossier.pk})
    looked(MONDAY + 3 * DAY)
    assert Alarm.objects.filter(closed_at=None).count() >= 2
    with time_machine.travel(MONDAY + 3 * DAY + HOUR, tick=False):
        processing.assign_dossier(
            post=cast.hoa, reference=dossier.reference, assignee_id=cast.mai.pk
        )
    assert set(Alarm.objects.filter(closed_at=None).values_list("kind", flat=True)) == {"dead_job"}
