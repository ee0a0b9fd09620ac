"""Received and settled on paper while the system was down: it ended when the result was given (RCV-06, RCV-22)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import register, statistics
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.at_once import settle_at_once
from motcua.dossiers.actions.delivery import deliver_result
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.jobs import tell_applicant
from motcua.dossiers.ledger import clock_moves
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.clock import events_of
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_at_once import DECISION, a_file
from motcua.dossiers.tests.test_late_entries import FRIDAY, PAPER, WEDNESDAY
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.procedures.actions.succeeding import set_at_once
from motcua.procedures.models import ProcedureVersion
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, asked_paper, filed_at_counter, found_right
from motcua.workdays.types import HANOI, ClockDeed

GIVEN = datetime(2026, 11, 18, 15, 10, tzinfo=HANOI)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


@pytest.fixture
def entered(cast: Cast) -> Dossier:
    """Received on Wednesday afternoon, entered on Friday; a copy is given while one waits."""
    ProcedureVersion.objects.filter(procedure__code=BIRTH).update(valid_from=date(2026, 1, 1))
    set_at_once(code=BIRTH, at_once=True, decision=DECISION)
    return filed_at_counter(cast, BIRTH, late=PAPER)


def settled(cast: Cast, dossier: Dossier, **changed: object) -> Dossier:
    told = {
        "post": cast.hung, "reference": dossier.reference, "checked": found_right(dossier),
        "number": "7/CT", "issued_on": WEDNESDAY.date(), "upload": a_file(), "signed_by": "Bình",
        "given_at": GIVEN,
    }  # fmt: skip
    return settle_at_once(**(told | changed))  # type: ignore[arg-type]


def test_it_ended_when_the_result_was_given_and_was_not_late(cast: Cast, entered: Dossier) -> None:
    settled(cast, entered)

    entered.refresh_from_db()
    assert (entered.accepted_at, entered.finished_at) == (WEDNESDAY, GIVEN)
    assert entered.moves.get(step=Step.SETTLE_AT_ONCE).at == FRIDAY
    first, last = events_of(clock_moves([entered.pk])[entered.pk])
    assert (first.deed, first.at) == (ClockDeed.START, WEDNESDAY)
    assert (last.deed, last.at) == (ClockDeed.FINISH, GIVEN)
    assert entered.legal_due_at is not None
    assert GIVEN < entered.legal_due_at < FRIDAY  # by the hour of the entry it would be late
    found = statistics.of_agency(cast.ward.pk, GIVEN.year)
    assert (found.solved, found.on_time, found.late) == (1, 1, 0)
    assert statistics.differences() == []
    assert list(differing_dates()) == []


def test_who_took_it_along_has_had_it_since_then(cast: Cast, entered: Dossier) -> None:
    settled(cast, entered)

    deliver_result(post=cast.hung, reference=entered.reference, receiver_name="Bùi Văn Khách")

    entered.refresh_from_db()
    assert (entered.status, entered.delivered_at) == (Status.DELIVERED, GIVEN)
    wanted = register.Wanted(WEDNESDAY.date(), WEDNESDAY.date())
    rows = [row for batch in register.read_through(cast.hung, wanted) for row in batch]
    assert [row.returned_at for row in rows] == [GIVEN]


def test_the_applicant_is_told_the_hour_at_which_it_was_given(cast: Cast, entered: Dossier) -> None:
    Dossier.objects.filter(pk=entered.pk).update(submitter=cast.lan)
    settled(cast, entered)

    tell_applicant(entered.moves.get(step=Step.SETTLE_AT_ONCE).pk)

    body = Message.objects.filter(recipient=cast.lan, channel="inbox").latest("pk").body
    assert "lúc 15:10 ngày 18/11/2026" in body


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"given_at": None}, "given_day", "Mời ghi ngày, giờ đã trả kết quả"),
        ({"given_at": WEDNESDAY - MINUTE}, "given_hour", "trước giờ nhận bản giấy (14:30 ngày 18/11"),
        ({"given_at": FRIDAY + MINUTE}, "given_hour", "không thể ở sau lúc này"),
        ({"issued_on": FRIDAY.date()}, "issued_on", "sau ngày đã trả kết quả (18/11/2026)"),
    ],
)  # fmt: skip
def test_it_was_given_after_it_was_received_and_before_now(
    cast: Cast, entered: Dossier, changed: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        settled(cast, entered, **changed)

    [reason] = refusal.value.reasons
    assert reason.field == field
    assert words in reason.text
    entered.refresh_from_db()
    assert entered.status == Status.SUBMITTED


@pytest.mark.parametrize("given_at", [WEDNESDAY, FRIDAY])
def test_both_ends_of_the_time_between_are_allowed(
    cast: Cast, entered: Dossier, given_at: datetime
) -> None:
    settled(cast, entered, given_at=given_at)
    entered.refresh_from_db()
    assert entered.finished_at == given_at
    assert list(differing_dates()) == []


def test_the_page_asks_for_it_of_what_was_entered_late_only(cast: Cast, entered: Dossier) -> None:
    other, desk = filed_at_counter(cast, BIRTH), desk_of(cast.hung)
    here = f"/can-bo/ho-so/{entered.reference}/"
    page = desk.get(here).content.decode()
    assert "Giờ đã trả kết quả" in page
    assert "bản giấy nhận lúc 14:30 ngày 18/11/2026" in page
    assert (
        "Giờ đã trả kết quả" not in desk.get(f"/can-bo/ho-so/{other.reference}/").content.decode()
    )

    typed = {
        "revision": entered.revision, "all-right": "yes", "number": "7/CT", "signed_by": "Bình",
        "issued_on": "18/11/2026", "given_day": "18/11/2026", "given_hour": "14:00",
        "upload": a_file(),
    }  # fmt: skip
    wrong = desk.post(f"{here}buoc/settle_at_once/", typed)
    assert wrong.status_code == 422
    assert "không thể ở trước giờ nhận bản giấy" in wrong.content.decode()
    typed |= {"given_hour": "15:10", "upload": a_file()}
    assert desk.post(f"{here}buoc/settle_at_once/", typed).status_code == 302
    entered.refresh_from_db()
    assert entered.finished_at == GIVEN


def test_what_had_to_be_supplemented_starts_and_ends_now(cast: Cast, entered: Dossier) -> None:
    intake.ask_supplement(
        post=cast.hung, reference=entered.reference, items=[(asked_paper(entered), "Ảnh mờ.")]
    )
    with by_hand():
        Dossier.objects.filter(pk=entered.pk).update(status=Status.SUBMITTED)

    settled(cast, entered, given_at=None, issued_on=clock.now().date())

    entered.refresh_from_db()
    assert entered.accepted_at == entered.finished_at == FRIDAY
