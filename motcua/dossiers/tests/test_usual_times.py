"""How long things usually take: from a place's own history, waiting left out, or nothing at all."""

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.agencies.models import Agency
from motcua.dossiers.actions.measuring import count_usual_times
from motcua.dossiers.models import Dossier, Move, SolvingTime, UsualTime
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.tests.test_year_counts import WAY, a_row, led, thrown_away
from motcua.dossiers.usual import WAITS, Usual, clock_events, in_words, usual_time, worked
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import published_terms
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import HANOI, ClockDeed, WorkCalendar

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NIGHT = datetime(2026, 11, 21, 2, 29, tzinfo=HANOI)
YESTERDAY = date(2026, 11, 20)
MONDAY = datetime(2026, 11, 16, 8, tzinfo=HANOI)
LEAST = 20


def history(
    agency: Agency, hours: Sequence[float], finished_at: datetime = MONDAY, case: str = "",
    unit_id: int | None = None,
) -> None:  # fmt: skip
    """Finished dossiers that took so many working hours."""
    version = published_terms(BIRTH).version_id
    rows = Dossier.objects.bulk_create(
        Dossier(
            reference=f"T-{uuid.uuid4().hex[:16]}", agency=agency, procedure_version_id=version,
            procedure_code=BIRTH, case=case, status=Status.DELIVERED, channel="online",
            created_at=finished_at, changed_at=finished_at, since_at=finished_at,
            accepted_at=finished_at, finished_at=finished_at, unit_id=unit_id,
        )
        for _ in hours
    )  # fmt: skip
    SolvingTime.objects.bulk_create(
        SolvingTime(dossier=row, finished_at=finished_at, worked=HOUR * each)
        for row, each in zip(rows, hours, strict=True)
    )


def told(agency: Agency, case: str = "") -> Usual | None:
    return usual_time(agency.pk, BIRTH, case)


def a_move(source: str, target: str, at: datetime) -> Move:
    return Move(source=source, target=target, at=at)


def test_what_a_dossier_waited_for_the_applicant_is_left_out(cast: Cast) -> None:
    asked, handed_in = MONDAY + 2 * HOUR, MONDAY + timedelta(days=2, hours=2)
    finished = MONDAY + timedelta(days=2, hours=8)
    moves = [
        a_move("accepted", "examining", MONDAY + HOUR),
        a_move("examining", "supplement", asked),
        a_move("supplement", "supplemented", handed_in),
        a_move("supplemented", "examining", handed_in + HOUR),
        a_move("supplement", "supplemented", finished + HOUR),
    ]
    events = clock_events(MONDAY, finished, moves, waits={"supplement"})
    assert [event.deed for event in events] == [
        ClockDeed.START, ClockDeed.ASK_SUPPLEMENT, ClockDeed.SUPPLEMENTED, ClockDeed.FINISH,
    ]  # fmt: skip
    assert worked(events, work_calendar()) == 2 * HOUR + 4 * HOUR  # lunch is no work either
    without = clock_events(MONDAY, finished, moves, waits=())
    assert worked(without, work_calendar()) == 22 * HOUR


@given(st.lists(st.integers(0, 10_000), max_size=12), st.integers(0, 10_000))
def test_no_wait_makes_it_longer_and_none_makes_it_negative(
    minutes: list[int], finish: int
) -> None:
    calendar = WorkCalendar(years=frozenset({2026, 2027}))
    finished = MONDAY + timedelta(minutes=finish)
    sides = [("examining", "supplement"), ("supplement", "examining")]
    moves = [
        a_move(*sides[i % 2], MONDAY + timedelta(minutes=at))
        for i, at in enumerate(sorted(minutes))
    ]
    whole = worked(clock_events(MONDAY, finished, moves, ()), calendar)
    assert timedelta() <= worked(clock_events(MONDAY, finished, moves, ["supplement"]), calendar)
    assert worked(clock_events(MONDAY, finished, moves, ["supplement"]), calendar) <= whole


HISTORIES = st.lists(st.integers(0, 400), min_size=LEAST, max_size=60)


@given(HISTORIES)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_range_lies_within_the_history_and_holds_for_eight_of_ten(
    cast: Cast, hours: list[int]
) -> None:
    with thrown_away():
        history(cast.ward, hours)
        count_usual_times(NIGHT)
        found = told(cast.ward)
        assert found is not None
        assert min(hours) * HOUR <= found.low <= found.mid <= found.high <= max(hours) * HOUR
        inside = [each for each in hours if found.low <= each * HOUR <= found.high]
        assert len(inside) >= 0.8 * len(hours)
        assert (found.n, found.data_on) == (len(hours), YESTERDAY)


@given(HISTORIES)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_one_dossier_that_took_a_year_moves_nothing(cast: Cast, hours: list[int]) -> None:
    hours.sort()
    with thrown_away():
        history(cast.ward, hours)
        history(cast.commune, [*hours[:-1], 2000])
        count_usual_times(NIGHT)
        one, other = told(cast.ward), told(cast.commune)
        assert one is not None
        assert other is not None
        assert (one.low, one.mid, one.high) == (other.low, other.mid, other.high)


def test_too_little_data_says_nothing_nor_do_other_agencies_or_cases(cast: Cast) -> None:
    history(cast.commune, [5] * 200)
    history(cast.ward, [5] * (LEAST - 1))
    history(cast.ward, [5] * 200, case="Cấp lại")
    count_usual_times(NIGHT)
    assert told(cast.ward) is None

    history(cast.ward, [5])
    count_usual_times(NIGHT)
    assert told(cast.ward) is not None
    assert usual_time(cast.ward.pk, "1.000894") is None


def test_the_year_ends_last_midnight(cast: Cast) -> None:
    midnight = NIGHT.replace(hour=0, minute=0)
    history(cast.ward, [1] * LEAST, midnight)
    history(cast.ward, [9] * LEAST, midnight - timedelta(seconds=1))
    history(cast.ward, [50] * LEAST, midnight - timedelta(days=365, seconds=1))
    count_usual_times(NIGHT)
    found = told(cast.ward)
    assert found is not None
    assert (found.n, found.low, found.high) == (LEAST, 9 * HOUR, 9 * HOUR)


def test_the_night_measures_what_was_finished_once_and_again_when_it_was_corrected(
    cast: Cast,
) -> None:
    dossier = led(a_row(cast, at=MONDAY), WAY[:4], MONDAY)
    led(dossier, WAY[4:], MONDAY + timedelta(days=1, hours=2))
    dropped = led(a_row(cast, at=MONDAY), WAY[:2], MONDAY)
    with by_hand():
        Dossier.objects.filter(pk=dropped.pk).update(finished_at=MONDAY, status=Status.WITHDRAWN)

    assert [count_usual_times(NIGHT), count_usual_times(NIGHT)] == [2, 0]
    assert SolvingTime.objects.get(pk=dossier.pk).worked == 10 * HOUR  # 7½ and 2½
    assert UsualTime.objects.get(unit=None).n == 1

    Dossier.objects.filter(pk=dossier.pk).update(finished_at=MONDAY + HOUR)
    assert count_usual_times(NIGHT) == 1
    assert UsualTime.objects.get(unit=None).high == HOUR

    Dossier.objects.filter(pk=dossier.pk).update(finished_at=None)  # opened again
    assert (count_usual_times(NIGHT), UsualTime.objects.count()) == (0, 0)


def test_a_history_without_calendar_or_with_impossible_moments_is_left_out(cast: Cast) -> None:
    led(a_row(cast, at=MONDAY), WAY, MONDAY)
    strange = led(a_row(cast, at=MONDAY), WAY, MONDAY)
    Dossier.objects.filter(pk=strange.pk).update(accepted_at=datetime(1999, 1, 4, tzinfo=HANOI))
    assert count_usual_times(NIGHT) == 1


def test_a_range_is_said_in_begun_hours_or_days() -> None:
    said = [in_words(HOUR * a, HOUR * b) for a, b in ((0, 0.5), (1.2, 7), (9, 30), (40, 40))]
    assert said == [
        "1 giờ làm việc", "2–7 giờ làm việc", "2–4 ngày làm việc", "5 ngày làm việc",
    ]  # fmt: skip


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_lan_reads_it_beside_the_promised_date_until_there_is_a_result(cast: Cast) -> None:
    lan = signed_in(cast.lan)
    sent, ready = a_dossier(cast, Status.SUBMITTED), a_dossier(cast, Status.RESULT_READY)
    address = f"/ho-so/{sent.reference}/"
    assert "Thường xong trong" not in page(lan, address)
    history(cast.ward, [9, 9, 9, *[12] * LEAST, 30, 31, 32], case=sent.case)
    with time_machine.travel(NIGHT, tick=False):
        count_usual_times()

    for shown in (page(lan, address), page(lan, f"{address}da-nop/")):
        assert "2–4 ngày làm việc" in shown
        assert "26 hồ sơ của cả cơ quan trong 12 tháng đến hết 20/11/2026" in shown
    assert "Thường xong trong" not in page(lan, f"/ho-so/{ready.reference}/")


def test_the_page_of_a_procedure_tells_it_of_the_agency_one_chooses(
    client: Client, cast: Cast
) -> None:
    address = f"/thu-tuc/{BIRTH}/"
    assert "Thực tế thường mất" not in page(client, address)
    history(cast.ward, [20] * LEAST)
    count_usual_times(NIGHT)

    unasked = page(client, address)
    assert "Thực tế thường mất" in unasked
    assert "3 ngày làm việc kể từ khi tiếp nhận" not in unasked
    chosen = page(client, f"{address}?co-quan={cast.ward.code}")
    assert f"3 ngày làm việc kể từ khi tiếp nhận, tại {cast.ward.name}" in chosen
    assert "kể từ khi tiếp nhận" not in page(client, f"{address}?co-quan={cast.commune.code}")

    Agency.objects.exclude(pk=cast.ward.pk).filter(kind__in=("commune", "centre")).update(kind="x")
    alone = page(client, address)
    assert "3 ngày làm việc kể từ khi tiếp nhận" in alone
    assert "Chọn cơ quan" not in alone


def test_a_wait_is_where_the_applicant_must_act_after_acceptance() -> None:
    assert Status.PRE_SUPPLEMENT not in WAITS
    assert not {Status.ACCEPTED, Status.EXAMINING, Status.RESULT_READY} & WAITS
    if later := {"supplement"} & {status.value for status in Status}:
        assert later <= WAITS
