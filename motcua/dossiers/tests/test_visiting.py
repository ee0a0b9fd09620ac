"""Mai goes to see the place: Lan is told when and where, and what was found is written down."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from html import unescape
from io import BytesIO

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import jobs, rules
from motcua.dossiers.actions import visiting
from motcua.dossiers.models import Dossier, Verification
from motcua.dossiers.queries_files import digests_in_use
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.types import Visit
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_visit
from motcua.testing.dossiers import a_dossier, a_pdf
from motcua.workdays.types import HANOI, WorkCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.VERIFYING)


def page(dossier: Dossier) -> str:
    return f"/can-bo/ho-so/{dossier.reference}/"


def test_the_visit_is_kept_with_time_place_participants_and_content(
    cast: Cast, planned: Dossier
) -> None:
    row = Verification.objects.get(dossier=planned)

    assert row.place == "Số 12, đường Bờ Sông"
    assert (row.participants, row.content) == ("Vũ Thị Mai, trưởng khu phố", "Xác minh nơi cư trú")
    assert row.needs_applicant
    assert row.announced_by == cast.mai.holder_name
    assert deeds_on(planned.reference)[-1] == "dossier.verify"


def test_the_overall_clock_runs_on_while_mai_is_out(cast: Cast, planned: Dossier) -> None:
    assert planned.clock_at == planned.due_at is not None


def test_lan_is_told_when_where_who_what_and_that_she_must_come(
    cast: Cast, planned: Dossier
) -> None:
    jobs.tell_applicant(planned.moves.get(step=Step.VERIFY).pk)
    jobs.tell_applicant(planned.moves.get(step=Step.VERIFY).pk)

    (told,) = Message.objects.filter(channel="inbox", recipient=cast.lan)
    for said in ("Số 12, đường Bờ Sông", "trưởng khu phố", "Xác minh nơi cư trú", "có mặt"):
        assert said in told.body
    shown = signed_in(cast.lan).get(f"/ho-so/{planned.reference}/").content.decode()
    assert "Có mặt khi xác minh tại chỗ" in shown
    assert "Đang xác minh thực địa" in shown


def test_lan_reads_that_she_must_come_also_on_a_sunday_that_was_agreed_with_her(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    days = timedelta(days=6 - localtime(clock.now()).weekday() or 7)
    sunday = datetime.combine(localtime(clock.now()) + days, time(9), tzinfo=HANOI)
    visit = replace(a_visit(), at=sunday)
    visiting.verify(post=cast.mai, reference=dossier.reference, visit=visit)

    shown = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "đã thống nhất với người dân" in shown
    assert "Có mặt khi xác minh tại chỗ" in shown


def test_who_need_not_come_is_told_of_the_visit_and_asked_for_nothing(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    visit = Visit(a_visit().at, "Ấp Tân Hòa", "Vũ Thị Mai", "Xem hiện trạng", is_agreed=True)
    visiting.verify(post=cast.mai, reference=dossier.reference, visit=visit)
    jobs.tell_applicant(dossier.moves.get(step=Step.VERIFY).pk)

    assert "có mặt" not in Message.objects.get(channel="inbox").body
    shown = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "Có mặt khi xác minh" not in shown
    assert "Ấp Tân Hòa" in shown


def test_a_visit_in_the_past_without_place_people_or_content_is_refused_with_every_reason(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    visit = Visit(clock.now() - timedelta(minutes=1), " ", "", "")

    with pytest.raises(Refused) as no:
        visiting.verify(post=cast.mai, reference=dossier.reference, visit=visit)

    fields = [reason.field for reason in no.value.reasons]
    assert fields == ["visit_on", "place", "participants", "content"]
    assert not Verification.objects.exists()


def test_the_record_says_what_was_found_who_was_there_and_keeps_its_paper(
    cast: Cast, planned: Dossier
) -> None:
    paper = BytesIO(a_pdf("bien ban"))
    paper.name = "bien-ban.pdf"
    visiting.record_verification(
        post=cast.mai, reference=planned.reference, record="Đúng nơi cư trú",
        present="Nguyễn Thị Lan", upload=paper,
    )  # fmt: skip

    planned.refresh_from_db()
    row = Verification.objects.get(dossier=planned)
    assert planned.status == Status.EXAMINING
    assert (row.record, row.present) == ("Đúng nơi cư trú", "Nguyễn Thị Lan")
    assert digests_in_use([row.digest]) == {row.digest}
    place = f"{page(planned)}xac-minh/{row.pk}/tep-kem/"
    assert desk_of(cast.mai).get(place).content.startswith(b"%PDF")
    assert desk_of(cast.sau).get(place).status_code == 404
    assert "Đúng nơi cư trú" in desk_of(cast.binh).get(page(planned)).content.decode()


@pytest.mark.parametrize(("record", "present"), [("", "Lan"), ("Đúng", " ")])
def test_no_record_without_what_was_found_and_who_was_there(
    cast: Cast, planned: Dossier, record: str, present: str
) -> None:
    with pytest.raises(Refused):
        visiting.record_verification(
            post=cast.mai, reference=planned.reference, record=record, present=present
        )
    assert Verification.objects.get(dossier=planned).recorded_at is None


def test_what_the_record_says_stays_inside_the_agency(cast: Cast, planned: Dossier) -> None:
    visiting.record_verification(
        post=cast.mai, reference=planned.reference, record="Nghi vấn", present="Mai"
    )
    jobs.tell_applicant(planned.moves.get(step=Step.RECORD_VERIFICATION).pk)

    shown = signed_in(cast.lan).get(f"/ho-so/{planned.reference}/").content.decode()
    assert "Nghi vấn" not in shown
    assert "Nghi vấn" not in Message.objects.get(channel="inbox").body


def test_mai_plans_the_visit_on_the_page_of_the_dossier(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 30, 9, tzinfo=HANOI)):
        dossier, mai = a_dossier(cast, Status.EXAMINING), desk_of(cast.mai)
        assert "Hẹn xác minh thực địa" in mai.get(page(dossier)).content.decode()
        typed = {
            "revision": dossier.revision, "visit_on": "30/11/2026", "visit_time": "14:30",
            "place": "Ấp Tân Hòa", "participants": "Mai", "content": "Hiện trạng",
            "needs_applicant": "on",
        }  # fmt: skip
        wrong = mai.post(f"{page(dossier)}buoc/verify/", typed | {"visit_time": "25:00"})
        right = mai.post(f"{page(dossier)}buoc/verify/", typed)

    assert wrong.status_code == 422
    assert "Ấp Tân Hòa" in wrong.content.decode()
    assert right.status_code == 302
    row = Verification.objects.get(dossier=dossier)
    assert row.visit_at == datetime(2026, 11, 30, 14, 30, tzinfo=HANOI)


HOLIDAY = datetime(2026, 11, 24, 8, 30, tzinfo=HANOI)


def test_on_a_holiday_mai_visits_only_whom_she_agreed_it_with(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=HANOI)):
        dossier, mai = a_dossier(cast, Status.EXAMINING), desk_of(cast.mai)
        typed = {
            "revision": dossier.revision, "visit_on": "24/11/2026", "visit_time": "8:30",
            "place": "Ấp Tân Hòa", "participants": "Mai", "content": "Hiện trạng",
        }  # fmt: skip
        refused = mai.post(f"{page(dossier)}buoc/verify/", typed)
        shown = unescape(refused.content.decode())
        assert refused.status_code == 422
        assert not Verification.objects.exists()
        assert shown.count("24/11/2026 là ngày nghỉ") == 2  # in the summary and beside the field
        assert 'href="#verify-visit_on"' in shown
        assert 'value="24/11/2026"' in shown
        agreed = mai.post(f"{page(dossier)}buoc/verify/", typed | {"is_agreed": "on"})

    assert agreed.status_code == 302
    assert Verification.objects.get().visit_at == HOLIDAY
    note = dossier.moves.get(step=Step.VERIFY).note
    assert "Ngày nghỉ" in note
    assert visiting.AGREED in note


FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)
WORKDAYS = WorkCalendar(years=frozenset({2026}), days_off=frozenset(), swapped_in=frozenset())


def wrong_at(when: str, *, is_agreed: bool = False) -> str:
    """What is wrong with a visit then, of a dossier promised for the 27th."""
    at = datetime.fromisoformat(f"{when}+07:00")
    visit = Visit(at, "Ấp", "Mai", "Xem", is_agreed=is_agreed)
    due = datetime(2026, 11, 27, 17, 30, tzinfo=HANOI)
    return " ".join(each.text for each in rules.visit(visit, FRIDAY, WORKDAYS, due))


@pytest.mark.parametrize(
    ("when", "said"),
    [("2026-11-24T03:00", "06:00 đến 20:00"), ("2026-11-24T23:30", "06:00 đến 20:00"),
     ("2030-03-05T09:00", "Lịch làm việc năm 2030 chưa có")],
)  # fmt: skip
def test_nobody_agrees_to_a_visit_at_night_or_in_a_year_without_a_calendar(
    when: str, said: str
) -> None:
    assert said in wrong_at(when, is_agreed=True)


@pytest.mark.parametrize(
    ("when", "said"),
    [("2026-11-24T19:00", "là ngoài giờ làm việc."), ("2026-11-24T12:00", "là ngoài giờ làm việc."),
     ("2026-11-28T09:00", "là ngày nghỉ, sau ngày hẹn trả 27/11/2026."),
     ("2026-11-30T09:00", "là sau ngày hẹn trả 27/11/2026."), ("2026-11-24T08:30", "")],
)  # fmt: skip
def test_an_unusual_time_is_for_those_who_agreed_to_it(when: str, said: str) -> None:
    assert said in wrong_at(when)
    assert bool(wrong_at(when)) is bool(said)
    assert wrong_at(when, is_agreed=True) == ""


def test_a_dossier_that_is_late_already_has_no_promise_to_keep() -> None:
    visit = Visit(datetime(2026, 11, 24, 9, tzinfo=HANOI), "Ấp", "Mai", "Xem")

    assert rules.visit(visit, FRIDAY, WORKDAYS, FRIDAY - timedelta(days=1)) == []


def test_the_day_shown_as_an_example_is_no_later_than_the_promised_one(cast: Cast) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        dossier = a_dossier(cast, Status.EXAMINING)
        Dossier.objects.filter(pk=dossier.pk).update(due_at=FRIDAY + timedelta(hours=8))
        shown = desk_of(cast.mai).get(page(dossier)).content.decode()

    form = shown[shown.index('name="visit_on"') - 400 :]
    assert "Ví dụ: 20/11/2026" in form[:800]
