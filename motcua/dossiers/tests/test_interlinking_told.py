"""Who is told what of an interlinked dossier: its units, who settles it, the desk, its owner."""

from datetime import timedelta

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.dossiers import jobs, station_news
from motcua.dossiers.actions import more_papers, stationing, watching
from motcua.dossiers.actions.interlinking import close_station, interlink
from motcua.dossiers.actions.urging import answer_urging
from motcua.dossiers.events import StationClosed
from motcua.dossiers.models import Alarm, Dossier, Station, asides
from motcua.dossiers.telling import tell_urged
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.tests.test_interlinking import (
    MONDAY,
    answer,
    divided,
    in_hand,
    station,
)
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked
from motcua.testing.linking import a_neighbour, a_plan, at_the_centre

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    return divided(cast)


def inbox(post: Post) -> list[Message]:
    return list(Message.objects.filter(channel="inbox", post=post).order_by("pk"))


def test_all_units_are_told_at_once_their_task_and_whom_they_wait_for(
    cast: Cast,
    shared: Dossier,
) -> None:
    move = shared.moves.get(step=Step.INTERLINK)
    station_news.tell_planned(move.pk)
    station_news.tell_planned(move.pk)

    (first,), (second,), (third,) = (
        inbox(post) for post in (a_unit_asked(cast), at_the_centre(cast), a_neighbour(cast))
    )
    assert "Xác nhận nơi cư trú." in first.body
    assert "15:00 ngày 30/11/2026" in first.body
    assert "Trích lục bản đồ" in second.body
    assert "Chờ kết quả của: Văn phòng" in third.body
    assert "tính từ khi đến lượt" in third.body
    assert cast.lan.full_name not in first.body + first.subject + third.body


def test_whose_turn_comes_is_told_once(cast: Cast, shared: Dossier) -> None:
    third = station(shared, 3)
    station_news.tell_begun(third.pk)
    assert inbox(a_neighbour(cast)) == []  # it waits
    answer(shared, a_unit_asked(cast))
    station_news.tell_begun(third.pk)
    station_news.tell_begun(third.pk)

    (told,) = inbox(a_neighbour(cast))
    assert told.subject.startswith("Đến lượt Phòng Tư pháp - Hộ tịch")


def test_a_result_goes_to_mai_and_to_the_desk_that_took_the_dossier_in(
    cast: Cast,
    shared: Dossier,
) -> None:
    answer(shared, at_the_centre(cast), "Thửa 12, tờ 3.")
    move = shared.moves.get(step=Step.ANSWER_STATION)
    station_news.tell_answered(move.pk)
    station_news.tell_answered(move.pk)
    for reader in (cast.mai, cast.hung):
        (told,) = inbox(reader)
        assert "Thửa 12, tờ 3." in told.body


def test_a_unit_that_is_not_waited_for_reads_why(cast: Cast, shared: Dossier) -> None:
    close_station(post=cast.mai, reference=shared.reference, number=3, note="Đã có sổ gốc.")
    station_news.tell_closed(station(shared, 3).pk)
    station_news.tell_closed(station(shared, 3).pk)
    (told,) = inbox(a_neighbour(cast))
    assert "Đã có sổ gốc." in told.body


def test_a_late_part_is_told_once_to_its_head_and_to_the_head_of_the_desk(
    cast: Cast,
    shared: Dossier,
) -> None:
    head = a_post("dung", "Lê Tiến Dũng", cast.hung.unit, Role.UNIT_HEAD, "Trưởng bộ phận")
    first = Station.objects.get(dossier=shared, order=1)
    assert first.due_at is not None
    answer(shared, at_the_centre(cast))
    with time_machine.travel(first.due_at + timedelta(minutes=5)):
        assert watching.raise_alarms() == 1
        assert watching.raise_alarms() == 0
    alarm = Alarm.objects.get(kind=AlarmKind.STATION)
    assert set(alarm.raised_to.all()) == {head, a_unit_asked(cast), cast.mai}
    jobs.tell_officials(alarm.pk)
    jobs.tell_officials(alarm.pk)
    (told,) = inbox(head)
    assert told.subject.startswith("Văn phòng chậm trả kết quả liên thông")

    answer(shared, a_unit_asked(cast), hours=30)
    alarm.refresh_from_db()
    assert alarm.closed_at is not None


def test_mai_urges_a_unit_and_it_answers(cast: Cast, shared: Dossier) -> None:
    urging = stationing.urge_station(
        post=cast.mai, reference=shared.reference, number=1, note="Mời trả lời sớm."
    )
    tell_urged(urging.pk)
    (told,) = inbox(a_unit_asked(cast))
    assert "Mời trả lời sớm." in told.body
    said = answer_urging(
        post=a_unit_asked(cast),
        reference=shared.reference,
        urging_id=urging.pk,
        answer="Chiều nay.",
    )
    assert said.answered_at is not None


def test_lan_reads_who_works_on_it_and_how_far_they_are_and_not_what(
    cast: Cast,
    shared: Dossier,
) -> None:
    answer(shared, a_unit_asked(cast), "Bí mật nội bộ.")
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        text = signed_in(cast.lan).get(f"/ho-so/{shared.reference}/").content.decode()
    assert "Đang giải quyết liên thông: Văn phòng (xong 30/11), " in text
    assert "Trung tâm Phục vụ hành chính công tỉnh Sông Hà (đang làm, đến 30/11)" in text
    assert "Bí mật" not in text
    assert "Xác nhận nơi cư trú" not in text


def test_lan_is_told_once_that_others_work_on_it_and_not_that_the_plan_was_mended(
    cast: Cast,
    shared: Dossier,
) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=2)):
        interlink(post=cast.mai, reference=shared.reference, plan={4: a_plan(cast)[4]})
    for move in shared.moves.filter(step=Step.INTERLINK):
        jobs.tell_applicant(move.pk)
    (told,) = Message.objects.filter(
        channel="inbox", recipient=cast.lan, template_code="dossier_linked"
    )
    assert "lấy kết quả của: Văn phòng; Bộ phận Tiếp nhận và Trả kết quả, Trung tâm" in told.body
    assert "Phòng Tư pháp - Hộ tịch, UBND xã Tân Hòa" in told.body
    assert "Hẹn trả kết quả vẫn là" in told.body


def test_when_the_desk_divides_it_mai_reads_her_part_and_when_she_does_she_does_not(
    cast: Cast,
) -> None:
    for planner, number in ((cast.hung, 1), (cast.mai, 0)):
        dossier, before = in_hand(cast), len(inbox(cast.mai))
        with time_machine.travel(MONDAY + timedelta(hours=1)):
            interlink(post=planner, reference=dossier.reference, plan=a_plan(cast))
        for _ in range(2):
            station_news.tell_planned(dossier.moves.get(step=Step.INTERLINK).pk)
        told = inbox(cast.mai)[before:]
        assert len(told) == number
        assert all("Tổng hợp, trình ký." in each.body for each in told)


def test_a_unit_in_mid_work_is_told_that_the_dossier_was_stopped(
    cast: Cast, shared: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    published: list[object] = []
    monkeypatch.setattr(asides, "publish", published.append)
    more_papers.stop_dossier(
        post=cast.binh, reference=shared.reference, reason="Tòa án đã thụ lý vụ việc.",
        legal_basis="Nghị định số 118/2025/NĐ-CP",
    )  # fmt: skip
    over = [event.station_id for event in published if isinstance(event, StationClosed)]
    assert over == [station(shared, n).pk for n in (1, 2, 3)]  # the lead's own is nobody's news
    for pk in over:
        station_news.tell_closed(pk)
    (told,) = inbox(a_unit_asked(cast))
    assert "Không chờ Văn phòng" in told.subject
    assert "Ông/bà không phải làm gì thêm" in told.body
    assert told.link.endswith("/can-bo/danh-sach/lien-thong/")  # the dossier is shut to it


def test_whose_turn_comes_reads_whose_result_is_there_and_whom_nobody_waits_for(
    cast: Cast,
    shared: Dossier,
) -> None:
    answer(shared, a_unit_asked(cast))
    with time_machine.travel(MONDAY + timedelta(hours=3)):
        close_station(post=cast.mai, reference=shared.reference, number=2, note="Có bản đồ rồi.")
    answer(shared, a_neighbour(cast), hours=4)
    station_news.tell_begun(station(shared, 4).pk)
    told = inbox(cast.mai)[-1].body
    assert (
        "Đã có kết quả của: Văn phòng; Phòng Tư pháp - Hộ tịch, UBND xã Tân Hòa (thôi chờ: " in told
    )
    assert "(thôi chờ: Bộ phận Tiếp nhận và Trả kết quả, Trung tâm" in told


def test_a_unit_of_another_agency_is_named_with_it(cast: Cast, shared: Dossier) -> None:
    neighbour = "Phòng Tư pháp - Hộ tịch, UBND xã Tân Hòa"
    answer(shared, a_unit_asked(cast))
    answer(shared, a_neighbour(cast), hours=3)
    station_news.tell_answered(shared.moves.filter(step=Step.ANSWER_STATION).order_by("-seq")[0].pk)
    assert f"Lê Văn Lực, {neighbour} đã xong" in inbox(cast.mai)[-1].body
    third = station(shared, 3)
    alarm = Alarm(dossier=shared, kind=AlarmKind.STATION, occasion=third.pk)
    assert station_news.alarm_about(alarm)["holder"] == neighbour
