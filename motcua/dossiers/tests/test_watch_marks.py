"""A quiet round reads what is new, and nothing of all that was ever lost; lists go by an index."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import letters, silence_beside
from motcua.dossiers.access import dossiers_at
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.models import Alarm, Apology, Dossier, LateEntry, WatchMark
from motcua.dossiers.queries import listed
from motcua.dossiers.silence_facts import a_round
from motcua.dossiers.tests.test_silence_clocks import (
    DAY,
    HOUR,
    HUNG,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.tests.test_silence_nobody import bounced
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.notices.models import Delivery, Message
from motcua.notices.types import DeliveryStatus
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
OLD = 2000
READ = (
    "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)"
    " FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)"
)


def old_news(cast: Cast) -> None:
    """So many news that came back a month ago and nobody minds any more."""
    at = MONDAY - 30 * DAY
    told = [
        Message(
            recipient=cast.lan, channel="email", template_code="dossier_moved", template_version=1,
            subject="Cũ", body="Cũ", dedupe_key=f"move:{10**6 + n}", created_at=at,
        )
        for n in range(OLD)
    ]  # fmt: skip
    Delivery.objects.bulk_create(
        Delivery(message=each, to="lan@example.vn", status=DeliveryStatus.FAILED, at=at)
        for each in Message.objects.bulk_create(told)
    )


def old_dead_jobs() -> None:
    """So many jobs that died a month ago, over nothing that is still there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)"
            " SELECT 'default', 'house.run', 'failed', '{\"facts\": {\"dossier_id\": 999999999}}'"
            " FROM generate_series(1, %s) RETURNING id)"
            " INSERT INTO procrastinate_events (job_id, type, at)"
            " SELECT id, 'failed', %s FROM dead",
            [OLD, MONDAY - 30 * DAY],
        )
        for table in ("procrastinate_jobs", "procrastinate_events", "notices_delivery"):
            cursor.execute(f"ANALYZE {table}")


def rows_read(*tables: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(tables)])
        return int(cursor.fetchone()[0])


def test_of_two_thousand_old_failures_a_quiet_round_reads_none(cast: Cast) -> None:
    since_monday(cast, S.EXAMINING)
    old_news(cast)
    old_dead_jobs()
    looked(MONDAY + HOUR)
    tables = ("notices_delivery", "procrastinate_jobs", "procrastinate_events")
    before = {table: rows_read(table) for table in tables}

    with CaptureQueriesContext(connection) as asked:
        assert looked(MONDAY + HOUR + 5 * MINUTE) == 0

    read = {table: rows_read(table) - before[table] for table in tables}
    assert max(read.values()) <= 2  # the planner itself looks at the ends of an index
    beside = [q for q in asked if "notices_delivery" in q["sql"] or "procrastinate_e" in q["sql"]]
    assert len(beside) == 2


def test_what_was_lost_while_the_watch_looked_elsewhere_is_found_by_the_next_round(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    looked(MONDAY + HOUR)
    move = dossier.moves.order_by("seq").last()
    assert move is not None
    with time_machine.travel(MONDAY + HOUR - MINUTE, tick=False):  # committed only afterwards
        message = Message.objects.create(
            recipient=cast.lan, channel="email", template_code="dossier_moved", template_version=1,
            subject="Tin", body="Tin", dedupe_key=f"move:{move.pk}", created_at=MONDAY,
        )  # fmt: skip
        Delivery.objects.create(
            message=message, to="lan@example.vn", status=DeliveryStatus.FAILED,
            at=MONDAY + HOUR - MINUTE,
        )  # fmt: skip

    looked(MONDAY + HOUR + 5 * MINUTE)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG])]
    mark = WatchMark.objects.get(kind=K.UNREACHED)
    assert mark.seen_until == MONDAY + HOUR + 5 * MINUTE


def test_after_a_long_rest_the_watch_looks_from_its_mark_and_not_only_a_week_back(
    cast: Cast,
) -> None:
    looked(MONDAY - HOUR)
    lost, ready = since_monday(cast, S.EXAMINING), since_monday(cast, S.RESULT_READY)
    bounced(lost)

    looked(MONDAY + 20 * DAY)

    assert told(lost, K.UNREACHED) == [("warning", [HUNG])]
    assert told(ready, K.UNTOLD) == [("warning", [HUNG])]


def test_what_is_known_comes_in_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(silence_beside, "BATCH", 2)
    dossiers = [since_monday(cast, S.RESULT_READY) for _ in range(5)]
    looked(MONDAY + 2 * HOUR)
    assert all(told(dossier, K.UNTOLD) for dossier in dossiers)

    with time_machine.travel(MONDAY + DAY + 4 * HOUR, tick=False):
        batches = list(silence_beside._known(K.UNTOLD, a_round().marks))
        assert [len(rows) for rows in batches] == [2, 2, 1]
        break_silence()
    assert Alarm.objects.filter(kind=K.UNTOLD, level="passed").count() == 5


@pytest.fixture
def many(cast: Cast) -> Dossier:
    """One dossier whose letter waits for the post, among many letters that went out long ago."""
    dossier = since_monday(cast, S.EXAMINING)
    other = since_monday(cast, S.EXAMINING)
    at = MONDAY - 60 * DAY
    dates = {"old_due_at": at, "sign_by": at, "drafted_at": at}
    Apology.objects.bulk_create(
        [Apology(dossier=other, state="sent", **dates) for _ in range(3 * OLD)]
    )
    Apology.objects.create(dossier=dossier, state="signed", **dates)
    rows = [
        Dossier(pk=None, **{
            field.attname: getattr(other, field.attname)
            for field in Dossier._meta.concrete_fields if field.name not in ("id", "key", "code")
        } | {"reference": f"T-{n}"})
        for n in range(OLD)
    ]  # fmt: skip
    LateEntry.objects.bulk_create(
        LateEntry(
            dossier=each, received_at=at, book="1", reason="Mất điện", entered_by="Hùng",
            entered_by_key="x", entered_at=MONDAY if n == 0 else at,
        )
        for n, each in enumerate(Dossier.objects.bulk_create(rows))
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier")
        cursor.execute("ANALYZE dossiers_apology")
        cursor.execute("ANALYZE dossiers_lateentry")
        cursor.execute("SET LOCAL enable_seqscan = off")  # the tables here are small
    return dossier


@pytest.mark.parametrize(
    ("key", "who", "index"),
    [
        ("thu-gui-giay", "hung", "apology_waiting"),
        ("thu-xin-loi", "binh", "apology_"),
        ("nhap-muon", "binh", "late_entry_entered"),
    ],
)
def test_the_lists_beside_the_process_go_by_an_index(
    cast: Cast, many: Dossier, key: str, who: str, index: str
) -> None:
    rows = listed(getattr(cast, who), key, MONDAY + timedelta(days=1))

    assert index in rows[:100].explain()


def test_a_letter_that_waits_is_found_without_those_that_went_out(
    cast: Cast, many: Dossier
) -> None:
    before = rows_read("dossiers_apology")
    rows = letters.LISTS["thu-gui-giay"].rows(dossiers_at(cast.hung), MONDAY)

    assert rows[:100].count() == 1
    assert rows_read("dossiers_apology") - before <= 10, rows[:100].explain(analyze=True)
