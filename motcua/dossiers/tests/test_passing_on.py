"""A dossier that belongs to another agency goes to the desk there before it is accepted (RCV-10)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import localtime

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import jobs
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.passing_on import confirm_papers, pass_on
from motcua.dossiers.actions.silence import tell_unheard
from motcua.dossiers.actions.watching import raise_alarms
from motcua.dossiers.models import Alarm, Dossier, TransferList, WorklistCount
from motcua.dossiers.queries import desk_dossier, dossier_page
from motcua.dossiers.rules.passing import papers_under_way, passing
from motcua.dossiers.silence_facts import a_round
from motcua.dossiers.telling import tell_passed_in
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.types import AlarmKind, AlarmLevel, Channel
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, found_right
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=HANOI)
WHY = "Nơi cư trú của người nộp ở xã Tân Hòa."


def filed(cast: Cast, channel: Channel = Channel.ONLINE, at: datetime = MONDAY) -> Dossier:
    with time_machine.travel(at):
        return a_dossier(cast, Status.SUBMITTED, channel=channel)


def passed(cast: Cast, dossier: Dossier, after: timedelta = timedelta(hours=1)) -> Dossier:
    with time_machine.travel(MONDAY + after):
        pass_on(post=cast.hung, reference=dossier.reference, agency_id=cast.commune.pk, note=WHY)
    dossier.refresh_from_db()
    return dossier


def waiting(agency_id: int) -> int:
    rows = WorklistCount.objects.filter(agency_id=agency_id, status=Status.SUBMITTED)
    return rows.values_list("number", flat=True).first() or 0


def test_it_lies_at_the_other_desk_at_once_under_the_same_number(cast: Cast) -> None:
    dossier = filed(cast)
    number, here, there = dossier.reference, waiting(cast.ward.pk), waiting(cast.commune.pk)
    passed(cast, dossier)

    assert (dossier.reference, dossier.agency_id) == (number, cast.commune.pk)
    assert dossier.status == Status.SUBMITTED
    assert desk_dossier(cast.sau, number).page.agency.id == cast.commune.pk
    with pytest.raises(NotFound):
        desk_dossier(cast.hung, number)
    assert dossier_page(cast.lan, number).agency.name == "UBND xã Tân Hòa"
    assert (waiting(cast.ward.pk), waiting(cast.commune.pk)) == (here - 1, there + 1)
    assert "dossier.pass_on" in deeds_on(number)


def test_the_desk_there_has_its_own_hours_to_answer_and_when_it_was_filed_stays(cast: Cast) -> None:
    dossier = filed(cast)
    submitted = dossier.submitted_at
    passed(cast, dossier, timedelta(hours=5))  # 14:00
    assert dossier.submitted_at == submitted
    assert dossier.answer_due_at is not None
    assert localtime(dossier.answer_due_at).replace(microsecond=0) == datetime(
        2026, 12, 1, 14, tzinfo=HANOI
    )
    assert dossier.clock_at == dossier.answer_due_at


@pytest.mark.parametrize(
    ("came", "until"),
    [
        (MONDAY, datetime(2026, 11, 30, 17, 30, tzinfo=HANOI)),
        (MONDAY.replace(hour=15, minute=30), datetime(2026, 12, 1, 7, 30, tzinfo=HANOI)),
    ],
)
def test_it_goes_the_same_day_or_the_next_morning_after_three(
    cast: Cast, came: datetime, until: datetime
) -> None:
    dossier = filed(cast, at=came)
    with time_machine.travel(until + timedelta(hours=1)):
        pass_on(post=cast.hung, reference=dossier.reference, agency_id=cast.commune.pk, note=WHY)
    facts = dossier.moves.get(step=Step.PASS_ON).facts
    must_by = localtime(datetime.fromisoformat(facts["must_by"]))
    assert must_by.date() == until.date()
    assert must_by <= until + timedelta(hours=1)


def test_papers_go_with_a_list_that_the_other_desk_confirms(cast: Cast) -> None:
    dossier = passed(cast, filed(cast, Channel.COUNTER))
    paper = TransferList.objects.get()
    assert (paper.from_unit_id, paper.to_unit_id) == (cast.hung.unit_id, cast.sau.unit_id)

    with pytest.raises(Refused) as no:
        intake.accept_dossier(
            post=cast.sau, reference=dossier.reference, checked=found_right(dossier)
        )
    assert paper.number in no.value.reasons[0].text
    with pytest.raises(NotFound):
        confirm_papers(post=cast.hung, number=paper.pk, chosen=[dossier.reference])
    page = f"/can-bo/ban-giao/{paper.pk}/"
    assert "Chờ xác nhận" in desk_of(cast.hung).get(page).content.decode()
    came = desk_of(cast.sau).post(
        page, {"do": "take", "chon": f"{dossier.reference}@{dossier.revision}"}
    )
    assert came.status_code == 302
    line = paper.lines.get()
    assert (line.is_taken, line.settled_by) == (True, cast.sau.holder_name)
    intake.accept_dossier(post=cast.sau, reference=dossier.reference, checked=found_right(dossier))
    assert "Nguyễn Văn Sáu nhận lúc" in desk_of(cast.hung).get(page).content.decode()


def test_what_this_desk_was_warned_of_is_over_with_it(cast: Cast) -> None:
    dossier = filed(cast)
    due = dossier.answer_due_at
    assert due is not None
    with time_machine.travel(due + timedelta(minutes=5)):
        assert raise_alarms() == 1
        pass_on(post=cast.hung, reference=dossier.reference, agency_id=cast.commune.pk, note=WHY)
        assert not dossier.alarms.filter(closed_at=None).exists()


def test_an_accepted_dossier_is_not_passed_on(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    with pytest.raises(Refused) as no:
        pass_on(post=cast.hung, reference=dossier.reference, agency_id=cast.commune.pk, note=WHY)
    assert "đã được tiếp nhận" in no.value.reasons[0].text


def test_it_goes_only_where_somebody_takes_it_in_and_with_a_reason(cast: Cast) -> None:
    dossier = filed(cast)
    for agency, why in ((cast.ward.pk, WHY), (cast.centre.pk, WHY), (cast.commune.pk, " ")):
        with pytest.raises(Refused):
            pass_on(post=cast.hung, reference=dossier.reference, agency_id=agency, note=why)
    with pytest.raises(NotFound):
        pass_on(post=cast.sau, reference=dossier.reference, agency_id=cast.ward.pk, note=WHY)
    dossier.refresh_from_db()
    assert dossier.agency_id == cast.ward.pk


def test_lan_is_told_where_it_lies_and_the_desk_there_that_it_came(cast: Cast) -> None:
    dossier = passed(cast, filed(cast))
    move = dossier.moves.get(step=Step.PASS_ON)
    for _ in range(2):
        jobs.tell_applicant(move.pk)
        tell_passed_in(move.pk)
    told = Message.objects.get(
        channel="inbox", recipient=cast.lan, template_code="dossier_passed_on"
    )
    assert "UBND xã Tân Hòa" in told.subject
    assert WHY in told.body
    (came,) = Message.objects.filter(channel="inbox", post=cast.sau)
    assert WHY in came.body
    assert cast.lan.full_name not in came.body


def test_hung_passes_it_on_from_its_page(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    hung, page = desk_of(cast.hung), f"/can-bo/ho-so/{dossier.reference}/chuyen-co-quan/"
    form = {"revision": dossier.revision, "agency": cast.commune.pk, "note": WHY}
    assert "UBND xã Tân Hòa" in hung.get(page).content.decode()
    assert hung.post(page, form | {"note": ""}).status_code == 422
    assert hung.post(page, form | {"revision": 0}).status_code == 409
    assert hung.post(page, form).status_code == 302
    assert hung.get(page).status_code == 404


def test_what_was_taken_back_under_way_is_waited_for_by_nobody(cast: Cast) -> None:
    dossier = passed(cast, filed(cast, Channel.COUNTER))
    dossier.take(Step.WITHDRAW, by=cast.sau.actor, at=MONDAY + timedelta(hours=2))
    assert TransferList.objects.get().lines.get().settled_at is not None


def test_the_rules_say_why() -> None:
    assert passing(Status.SUBMITTED, 2, {2}) == []
    assert passing(Status.SUBMITTED, 3, {2})[0].field == "agency"
    assert passing(Status.EXAMINING, 2, {2})[0].code == "accepted_already"
    assert papers_under_way("") == []


def test_lan_reads_why_on_the_page_of_her_dossier(cast: Cast, lan: Client) -> None:
    dossier = passed(cast, filed(cast))
    assert WHY in lan.get(f"/ho-so/{dossier.reference}/").content.decode()


def test_news_that_reached_nobody_goes_along_to_the_desk_there(cast: Cast) -> None:
    dossier = filed(cast)
    about = {"dossier": dossier, "occasion": 1, "due_at": MONDAY, "raised_at": MONDAY}
    lost, late = (
        Alarm.objects.create(kind=kind, level=AlarmLevel.WARNING, **about)
        for kind in (AlarmKind.UNREACHED, AlarmKind.UNOWNED)
    )
    lost.raised_to.add(cast.hung)
    passed(cast, dossier)
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        tell_unheard(a_round())

    (lost, late) = (Alarm.objects.get(pk=alarm.pk) for alarm in (lost, late))
    assert lost.closed_at is None
    assert list(lost.raised_to.all()) == [cast.sau]
    assert late.closed_by == cast.hung.holder_name


def test_a_message_that_waited_names_the_agency_of_its_own_passing(cast: Cast) -> None:
    dossier = passed(cast, filed(cast))
    first = dossier.moves.get(step=Step.PASS_ON)
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        pass_on(post=cast.sau, reference=dossier.reference, agency_id=cast.ward.pk, note=WHY)
        jobs.tell_applicant(first.pk)
        tell_passed_in(first.pk)

    told = Message.objects.get(channel="inbox")  # to Lan: at Tân Hòa it lies no more
    assert "UBND xã Tân Hòa" in told.subject
    assert "UBND phường Mỹ Phước" not in told.body
