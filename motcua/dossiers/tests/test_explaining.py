"""A unit that is late tells the desk why, and the letter of apology begins with its word."""

from datetime import timedelta

import pytest

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import explaining_jobs
from motcua.dossiers.actions import apologies
from motcua.dossiers.actions.consulting import consult
from motcua.dossiers.actions.explaining import explain_delay
from motcua.dossiers.asides import letter_of
from motcua.dossiers.explanations import reason_for, unexplained
from motcua.dossiers.models import Apology, Dossier, Explanation
from motcua.dossiers.rules.explanations import Cause, cause_shown, explained, explained_from
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_apologies import at, due_of, later, opening_before, running, sign
from motcua.dossiers.tests.test_desk_pages import page, text_of
from motcua.dossiers.tests.test_interlinking import divided
from motcua.dossiers.tests.test_urging_documents import a_head
from motcua.dossiers.urging_documents import slow_dossiers
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.consulting import an_asking
from motcua.testing.dossiers import a_dossier
from motcua.workdays.queries import work_calendar

__all__ = ["running"]
db = pytest.mark.django_db
WORD = "Công an xã hẹn trả lời ngày 27/11."


def mai_explains(cast: Cast, dossier: Dossier, cause: str = "opinion", text: str = WORD) -> None:
    explain_delay(post=cast.mai, reference=dossier.reference, cause=cause, text=text)


def test_the_cause_and_the_word_make_the_sentence() -> None:
    assert explained("visit", "") == "Phải xác minh thêm tại chỗ."
    assert explained("visit", " Đường ngập. ") == "Phải xác minh thêm tại chỗ. Đường ngập."
    assert explained("other", "Kho lưu trữ đang dời.") == "Kho lưu trữ đang dời."


@db
def test_without_the_units_word_the_ledger_stands_beside_the_box_and_signs_nothing(
    cast: Cast, running: Dossier
) -> None:
    here = f"{page(running)}thu-xin-loi/"
    with at(opening_before(running)):
        apologies.draft_letters()
        binh = desk_of(cast.binh)
        shown = text_of(binh.get(here))
        found, new = letter_of(cast.binh, running.reference), later(running)
        typed = {"day": f"{new:%d/%m/%Y}", "hour": f"{new:%H:%M}", "do": "sign"}
        sent = {**typed, "revision": str(running.revision), "reason": found.reason}
        assert binh.post(here, sent).status_code == 422

    assert (Apology.objects.get().reason, found.reason) == ("", "")
    assert found.known == (
        "Hồ sơ đang ở bước “Đang thẩm định”, nơi giữ hồ sơ: Phòng Tư pháp - Hộ tịch, từ 09:00 ngày "
        "20/11/2026. Lúc soạn thư này: còn 1 ngày làm việc là đến giờ đã hẹn."
    )
    assert found.known in shown
    assert "Đơn vị chưa giải trình. Mời anh/chị tự ghi lý do chậm" in shown


@db
def test_what_the_process_itself_shows_is_the_reason_until_the_unit_speaks(
    cast: Cast, running: Dossier
) -> None:
    opinion = "Chờ cơ quan, đơn vị khác cho ý kiến."
    with at(opening_before(running)):
        consult(post=cast.mai, reference=running.reference, asked=[an_asking(cast, running)])
        apologies.draft_letters()
        assert Apology.objects.get().reason == opinion
        drafted = letter_of(cast.binh, running.reference).reason
        shown = text_of(desk_of(cast.binh).get(f"{page(running)}thu-xin-loi/"))
        mai_explains(cast, running, "visit", "")
        said = letter_of(cast.binh, running.reference).reason

    assert drafted == opinion
    assert "điều tiến trình hồ sơ cho thấy" in shown
    assert said == "Phải xác minh thêm tại chỗ."


@pytest.mark.parametrize("status", Status)
def test_where_a_dossier_lies_is_no_reason(status: Status) -> None:
    waits = {Status.CONSULTING: Cause.OPINION, Status.VERIFYING: Cause.VISIT}
    shared = Cause.OPINION if status is Status.CONSULTING else Cause.PARTS

    assert cause_shown(status, waits_for_parts=False) == waits.get(status)
    assert cause_shown(status, waits_for_parts=True) is shared


@db
def test_a_part_that_has_begun_at_another_unit_is_a_reason_and_one_to_come_is_none(
    cast: Cast,
) -> None:
    shared = divided(cast)
    assert reason_for(shared) == "Chờ đơn vị phối hợp giải quyết xong phần việc của mình."
    shared.stations.update(started_at=None)
    assert reason_for(shared) == ""


@db
def test_the_same_word_twice_is_said_and_told_once(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        mai_explains(cast, running)
        mai_explains(cast, running, text=f" {WORD} ")
        assert Explanation.objects.count() == 1
        mai_explains(cast, running, "visit")
        mai_explains(cast, running)

    assert Explanation.objects.count() == 3  # the latest counts: saying the first again is news
    assert deeds_on(running.reference).count("dossier.delay_explained") == 3


@db
def test_what_has_plenty_of_time_is_not_late_and_is_not_explained(
    cast: Cast, running: Dossier
) -> None:
    start = explained_from(due_of(running), work_calendar())
    with at(start - timedelta(minutes=1)):
        with pytest.raises(Refused) as early:
            mai_explains(cast, running)
        assert "giai-trinh" not in text_of(desk_of(cast.mai).get(page(running)))
        said = f"Giải trình được từ {start:%H:%M ngày %d/%m/%Y}"
        soon = text_of(desk_of(cast.mai).get(f"{page(running)}giai-trinh/"))
        letter = text_of(desk_of(cast.binh).get(f"{page(running)}thu-xin-loi/"))
        assert said in soon
        assert "Gửi giải trình" not in soon
        assert said.replace("Giải", "giải") in letter
    with at(start):
        mai_explains(cast, running)
        letter = text_of(desk_of(cast.binh).get(f"{page(running)}thu-xin-loi/"))
        assert "được từ" not in letter

    assert early.value.reasons[0].code == "not_late_yet"
    assert "Giải trình được từ" in early.value.reasons[0].text


@db
def test_the_page_of_the_explanation_is_one_reading(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        desk_of(cast.mai).get(f"{page(running)}giai-trinh/")

    assert deeds_on(running.reference).count("dossier.read") == 1


@db
def test_the_units_word_goes_into_the_draft_whether_it_comes_before_or_after(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running) - timedelta(minutes=1)):
        mai_explains(cast, running)
    with at(opening_before(running)):
        apologies.draft_letters()
        assert Apology.objects.get().reason == f"Chờ cơ quan, đơn vị khác cho ý kiến. {WORD}"
        explain_delay(post=cast.hoa, reference=running.reference, cause="absent", text="")

    assert Apology.objects.get().reason == "Cán bộ thụ lý nghỉ đột xuất."
    assert deeds_on(running.reference)[-1] == "dossier.delay_explained"
    assert Explanation.objects.count() == 2


@db
def test_the_leader_reads_whose_word_it_is_and_may_replace_it(cast: Cast, running: Dossier) -> None:
    letter = f"{page(running)}thu-xin-loi/"
    with at(opening_before(running)):
        apologies.draft_letters()
        binh = desk_of(cast.binh)
        assert "Đơn vị chưa giải trình" in text_of(binh.get(letter))
        mai_explains(cast, running)
        shown = text_of(binh.get(letter))
        assert "giải trình của Phòng Tư pháp - Hộ tịch (Vũ Thị Mai" in shown
        assert WORD in shown
        sign(cast, running, later(running), "Chờ xác minh.")

    assert Apology.objects.get().reason == "Chờ xác minh."


@db
def test_a_new_date_wants_a_new_word(cast: Cast, running: Dossier) -> None:
    with at(opening_before(running)):
        mai_explains(cast, running)
        sign(cast, running, later(running))
    running.refresh_from_db()
    late = due_of(running) + timedelta(hours=1)
    with at(late):
        assert list(unexplained(Dossier.objects.all(), late)) == [running]
        mai_explains(cast, running, "workload", "")
        assert list(unexplained(Dossier.objects.all(), late)) == []


@db
def test_the_desk_has_a_list_of_what_nobody_has_explained(cast: Cast, running: Dossier) -> None:
    listed = "/can-bo/danh-sach/chua-giai-trinh/"
    with at(opening_before(running)):
        assert running.code and running.code not in text_of(desk_of(cast.hung).get(listed))
        apologies.draft_letters()
        for post in (cast.hung, cast.binh, cast.hoa):
            assert running.code in text_of(desk_of(post).get(listed))
        mai_explains(cast, running)
        assert running.code not in text_of(desk_of(cast.hung).get(listed))


@db
def test_the_head_of_the_desk_sees_it_where_units_are_urged(cast: Cast, running: Dossier) -> None:
    head, unit = a_head(cast), cast.hoa.unit_id
    with at(due_of(running) + timedelta(hours=1)):
        assert [row.is_mute for row in slow_dossiers(head, unit)] == [True]
        chosen = desk_of(head).get(f"/can-bo/don-doc/lap/?don-vi={unit}")
        assert "Chưa giải trình" in text_of(chosen)
        mai_explains(cast, running)
        assert [row.is_mute for row in slow_dossiers(head, unit)] == [False]


@db
@pytest.mark.parametrize("is_headed", [False, True])
def test_the_head_of_the_desk_is_told_once_else_its_officers(
    cast: Cast, running: Dossier, is_headed: bool
) -> None:
    reader: Post = a_head(cast) if is_headed else cast.hung
    with at(opening_before(running)):
        mai_explains(cast, running)
    row = Explanation.objects.get()
    for _ in range(2):
        explaining_jobs.tell_explained(row.pk)

    told = Message.objects.get(channel="inbox", template_code="delay_explained")
    assert told.post_id == reader.pk
    assert WORD in told.body
    assert "Vũ Thị Mai, Phòng Tư pháp - Hộ tịch" in told.body
    assert cast.lan.full_name not in told.subject + told.body


@db
@pytest.mark.parametrize(
    ("cause", "text", "said"),
    [("", "", "chọn lý do"), ("rain", "", "chọn lý do"), ("other", " ", "nói rõ lý do khác")],
)
def test_an_explanation_without_a_reason_is_none(
    cast: Cast, running: Dossier, cause: str, text: str, said: str
) -> None:
    typed = {"cause": cause, "text": text}
    with at(opening_before(running)):
        response = desk_of(cast.mai).post(f"{page(running)}giai-trinh/", typed)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not Explanation.objects.exists()


@db
def test_mai_explains_on_her_page_and_hung_reads_it_on_the_dossier(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running)):
        mai = desk_of(cast.mai)
        assert "Giải trình lý do trễ hẹn" in text_of(mai.get(page(running)))
        form = mai.get(f"{page(running)}giai-trinh/")
        assert "Nói rõ" in text_of(form)
        mai.post(f"{page(running)}giai-trinh/", {"cause": "opinion", "text": WORD})

        assert WORD in text_of(desk_of(cast.hung).get(page(running)))
        assert "Giải trình lại" in text_of(mai.get(page(running)))


@db
def test_whoever_does_not_have_the_dossier_explains_nothing(cast: Cast, running: Dossier) -> None:
    for post in (cast.hung, cast.binh, cast.sau):
        with pytest.raises(NotFound):
            explain_delay(post=post, reference=running.reference, cause="visit", text="")


@db
def test_what_is_finished_or_stands_still_is_not_late(cast: Cast) -> None:
    waiting = a_dossier(cast, Status.SUPPLEMENT)
    with pytest.raises(Refused) as refusal:
        mai_explains(cast, waiting)

    assert refusal.value.reasons[0].code == "nothing_late"
    assert "giai-trinh" not in text_of(desk_of(cast.mai).get(page(waiting)))
