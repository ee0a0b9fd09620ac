"""The papers of a dossier that went to another agency: awaited, late, there, or not to come (RCV-10)."""

from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.agencies.models import Unit
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.passing_on import (
    confirm_papers,
    pass_on,
    remind_givers,
    report_missing,
)
from motcua.dossiers.actions.watching import raise_alarms
from motcua.dossiers.models import Dossier, TransferList
from motcua.dossiers.telling import tell_giver
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_handing_over import letters, words_of
from motcua.dossiers.tests.test_passing_on import MONDAY, WHY, filed, passed
from motcua.dossiers.transfer_paper import transfer_paper
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast, a_post
from motcua.testing.dossiers import asked_paper
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
LOST = "Bưu chính báo thất lạc bì thư."
WEDNESDAY = datetime(2026, 12, 2, 14, tzinfo=HANOI)


@pytest.fixture
def under_way(cast: Cast) -> Dossier:
    return passed(cast, filed(cast, Channel.COUNTER))  # on Monday at ten


def the_list() -> TransferList:
    return TransferList.objects.get()


def minute(at: datetime | None) -> datetime:
    assert at is not None
    return localtime(at).replace(second=0, microsecond=0)


def test_the_hours_of_the_desk_there_begin_when_its_papers_are_there(
    cast: Cast, under_way: Dossier
) -> None:
    before = under_way.answer_due_at
    with time_machine.travel(WEDNESDAY):
        confirm_papers(post=cast.sau, number=the_list().pk, chosen=[under_way.reference])
    under_way.refresh_from_db()

    assert minute(before) == datetime(2026, 12, 3, 10, tzinfo=HANOI)  # two days, then eight hours
    assert minute(under_way.answer_due_at) == datetime(2026, 12, 3, 14, tzinfo=HANOI)
    assert under_way.clock_at == under_way.answer_due_at
    assert under_way.tasks.get(done_at=None).due_at == under_way.answer_due_at
    assert under_way.moves.get(step=Step.CHECK_PAPERS).facts["came"] is True


def test_sau_is_not_alarmed_while_the_papers_are_under_way_and_is_warned_after(
    cast: Cast, under_way: Dossier
) -> None:
    with time_machine.travel(WEDNESDAY - timedelta(hours=5)):  # past the eight hours of its own
        assert raise_alarms() == 0
    due = under_way.answer_due_at
    assert due is not None
    with time_machine.travel(due - timedelta(minutes=5)):
        assert raise_alarms() == 1
        confirm_papers(post=cast.sau, number=the_list().pk, chosen=[under_way.reference])
        assert not under_way.alarms.filter(closed_at=None).exists()
    under_way.refresh_from_db()
    assert under_way.answer_due_at is not None
    with time_machine.travel(under_way.answer_due_at - timedelta(minutes=5)):
        assert raise_alarms() == 1


def test_hung_is_reminded_once_when_the_papers_are_late_and_reads_the_list(
    cast: Cast, under_way: Dossier
) -> None:
    line = the_list().lines.get()
    assert minute(line.must_by) == datetime(2026, 12, 2, 10, tzinfo=HANOI)
    with time_machine.travel(WEDNESDAY - timedelta(hours=5)):
        assert remind_givers() == 0
    with time_machine.travel(WEDNESDAY):
        assert remind_givers() == 1
        for _ in range(2):
            tell_giver(line.pk)
        assert remind_givers() == 0
        shown = desk_of(cast.hung).get(f"/can-bo/ban-giao/{the_list().pk}/").content.decode()

    (told,) = Message.objects.filter(channel="inbox", post=cast.hung)
    assert the_list().number in told.body
    assert "10:00 ngày 02/12/2026" in told.body
    assert cast.lan.full_name not in told.body
    assert told.link == f"/can-bo/ban-giao/{the_list().pk}/"
    assert "Giấy tờ tới trễ" in shown


def test_sau_reads_beside_the_button_that_the_papers_must_come_first(
    cast: Cast, under_way: Dossier
) -> None:
    here, told = f"/can-bo/ho-so/{under_way.reference}/", "<strong>Chưa tiếp nhận được:</strong>"
    with time_machine.travel(WEDNESDAY):
        sau = desk_of(cast.sau)
        before = sau.get(here).content.decode()
        confirm_papers(post=cast.sau, number=the_list().pk, chosen=[under_way.reference])
        after = sau.get(here).content.decode()

    assert before.index(told) < before.index("buoc/accept/", before.index(told))
    assert told not in after


def test_papers_that_came_are_nobodys_business_any_more(cast: Cast, under_way: Dossier) -> None:
    with time_machine.travel(WEDNESDAY):
        confirm_papers(post=cast.sau, number=the_list().pk, chosen=[under_way.reference])
        assert remind_givers() == 0
        tell_giver(the_list().lines.get().pk)
    assert not Message.objects.filter(post=cast.hung).exists()


def test_papers_that_do_not_come_are_waited_for_no_more_and_asked_for_again(
    cast: Cast, under_way: Dossier
) -> None:
    number = the_list().pk
    form = {"do": "back", "chon": f"{under_way.reference}@{under_way.revision}"}
    with time_machine.travel(WEDNESDAY):
        sau = desk_of(cast.sau)
        refused = sau.post(f"/can-bo/ban-giao/{number}/", form)
        said = sau.post(f"/can-bo/ban-giao/{number}/", form | {"note": LOST}, follow=True)
        line = the_list().lines.get()
        tell_giver(line.pk)
        intake.ask_supplement(
            post=cast.sau, reference=under_way.reference,
            items=[(asked_paper(under_way), "Giấy tờ thất lạc trên đường.")],
        )  # fmt: skip

    assert refused.status_code == 422
    assert "Giấy tờ không đến" in unescape(refused.content.decode())
    assert "Đã ghi giấy tờ không đến của 1 hồ sơ" in unescape(said.content.decode())
    assert (line.is_taken, line.reason, line.settled_by) == (False, LOST, cast.sau.holder_name)
    assert LOST in under_way.moves.get(step=Step.CHECK_PAPERS).note
    (told,) = Message.objects.filter(channel="inbox", post=cast.hung)
    assert LOST in told.body


def test_the_list_of_papers_that_never_came_does_not_say_that_they_were_turned_back(
    cast: Cast, under_way: Dossier
) -> None:
    number = the_list().pk
    form = {"do": "back", "chon": f"{under_way.reference}@{under_way.revision}", "note": LOST}
    with time_machine.travel(WEDNESDAY):
        desk_of(cast.sau).post(f"/can-bo/ban-giao/{number}/", form)
        printed = words_of(transfer_paper(cast.hung, number)[1])

    assert letters(f"Thôi chờ: {LOST}") in printed
    assert letters("Trả lại") not in printed


def test_each_desk_of_the_agency_takes_papers_in_once_and_its_head_not_at_all(
    cast: Cast, under_way: Dossier
) -> None:
    desk = Unit.objects.create(agency=cast.commune, code="H01", name="Quầy thứ hai", is_desk=True)
    le = a_post("le", "Trần Thị Lệ", desk, Role.DESK_OFFICER, "Công chức")
    head = a_post("hien", "Lê Hiền", cast.sau.unit, Role.UNIT_HEAD, "Trưởng bộ phận")
    page, chosen = f"/can-bo/ban-giao/{the_list().pk}/", [under_way.reference]
    form = {"do": "take", "chon": f"{under_way.reference}@{under_way.revision}"}

    assert under_way.reference in desk_of(head).get(page).content.decode()
    assert "Đã nhận giấy tờ" not in desk_of(head).get(page).content.decode()
    assert desk_of(head).post(page, form).status_code == 404
    with pytest.raises(NotFound):
        report_missing(post=cast.hung, number=the_list().pk, chosen=chosen, note=LOST)
    first = desk_of(le).post(page, form, follow=True).content.decode()
    second = desk_of(cast.sau).post(page, form, follow=True).content.decode()
    assert "Đã nhận giấy tờ của 1 hồ sơ" in unescape(first)
    assert "xác nhận từ trước" in unescape(second)
    assert under_way.moves.filter(step=Step.CHECK_PAPERS).count() == 1


def test_before_it_has_a_code_the_list_shows_its_temporary_number(
    cast: Cast, under_way: Dossier
) -> None:
    shown = desk_of(cast.sau).get(f"/can-bo/ban-giao/{the_list().pk}/").content.decode()
    assert f">{under_way.reference}</a>" in shown
    assert f'aria-label="Chọn {under_way.reference}"' in shown


def test_saus_page_says_that_the_papers_are_under_way_until_they_are_there(
    cast: Cast, under_way: Dossier
) -> None:
    page = f"/can-bo/ho-so/{under_way.reference}/"
    assert "đang trên đường" in desk_of(cast.sau).get(page).content.decode()
    confirm_papers(post=cast.sau, number=the_list().pk, chosen=[under_way.reference])
    assert "đang trên đường" not in desk_of(cast.sau).get(page).content.decode()


def test_sau_has_a_day_of_his_own_to_pass_it_on_again(cast: Cast, under_way: Dossier) -> None:
    with time_machine.travel(WEDNESDAY):
        with pytest.raises(Refused):
            pass_on(post=cast.sau, reference=under_way.reference, agency_id=cast.ward.pk, note=WHY)
        confirm_papers(post=cast.sau, number=the_list().pk, chosen=[under_way.reference])
        pass_on(post=cast.sau, reference=under_way.reference, agency_id=cast.ward.pk, note=WHY)
    facts = under_way.moves.filter(step=Step.PASS_ON).latest("seq").facts
    must_by = localtime(datetime.fromisoformat(facts["must_by"]))
    assert must_by.date() == WEDNESDAY.date() > MONDAY.date()


def test_papers_that_may_still_come_in_time_are_not_said_to_be_missing(
    cast: Cast, under_way: Dossier
) -> None:
    page = f"/can-bo/ban-giao/{the_list().pk}/"
    form = {"do": "back", "note": LOST, "chon": f"{under_way.reference}@{under_way.revision}"}
    with time_machine.travel(MONDAY + timedelta(hours=1, minutes=1)):
        sau = desk_of(cast.sau)
        shown = unescape(sau.get(page).content.decode())
        refused = sau.post(page, form)
    assert "Giấy tờ không đến</button>" not in shown
    assert "Đã nhận giấy tờ</button>" in shown
    assert refused.status_code == 422
    assert "trước 10:00 ngày 02/12/2026" in unescape(refused.content.decode())
    assert the_list().lines.get().settled_at is None

    with time_machine.travel(WEDNESDAY):
        late = unescape(desk_of(cast.sau).get(page).content.decode())
        said = desk_of(cast.sau).post(page, form, follow=True).content.decode()
    assert "đánh dấu hồ sơ thiếu giấy tờ" in late
    assert "thực có" not in late
    assert 'data-l="Chọn"' in late
    assert "trả lời người nộp trước 14:00 03/12/2026" in unescape(said)


def test_papers_under_way_stand_above_what_sau_is_to_take_over(
    cast: Cast, under_way: Dossier
) -> None:
    address, paper = "/can-bo/danh-sach/cho-nhan-ban-giao/", the_list()
    link = f'href="/can-bo/ban-giao/{paper.pk}/"'

    def shown() -> str:
        return unescape(desk_of(cast.sau).get(address).content.decode())

    assert link in shown()
    assert "UBND phường Mỹ Phước, 1 hồ sơ" in shown()
    assert link not in desk_of(cast.hung).get(address).content.decode()
    confirm_papers(post=cast.sau, number=paper.pk, chosen=[under_way.reference])
    assert link not in shown()
