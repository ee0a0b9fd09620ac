"""What a newcomer reads on the pages is what holds: which clock, which day, which slip, whose move."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.core.errors import Reason
from motcua.dossiers import jobs, rules
from motcua.dossiers.actions import apologies, more_papers
from motcua.dossiers.models import Alarm, Apology, Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_apologies import MARRIAGE, REASON, at, due_of, later
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.web.desk_eform import to_officers
from motcua.dossiers.web.moments import example_day, working_day
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, asked_paper
from motcua.testing.questions import a_question, asked_to_change
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)  # the day before a holiday
DAY = timedelta(days=1)


def where(dossier: Dossier, place: str = "") -> str:
    return f"/can-bo/ho-so/{dossier.reference}/{place}"


def the_slip(cast: Cast, dossier: Dossier, more: str = "") -> str:
    return text_of(desk_of(cast.mai).get(where(dossier, "yeu-cau-bo-sung/") + more))


# Which clock


def test_hung_reads_that_the_hand_over_is_late_and_when_the_result_is_promised(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.ACCEPTED, MARRIAGE)
    assert dossier.transfer_due_at and dossier.due_at
    with at(dossier.transfer_due_at + timedelta(hours=3)):
        rows = text_of(desk_of(cast.hung).get("/can-bo/danh-sach/cho-chuyen/"))
        head = text_of(desk_of(cast.hung).get(where(dossier))).partition("<dl")[0]

    assert "<small>hạn bàn giao</small>" in rows
    assert f"hẹn trả {due_of(dossier).astimezone(HANOI):%H:%M %d/%m/%Y}" in rows
    assert "Hạn bước này" in rows
    assert "quá hạn" in head
    assert "hạn bàn giao" in head


def test_the_clock_of_the_result_is_called_the_promise(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)

    rows = text_of(desk_of(cast.mai).get("/can-bo/danh-sach/dang-xu-ly/"))

    assert "<small>hẹn trả</small>" in rows
    assert rows.count("hẹn trả") == 1
    assert dossier.code and dossier.code in rows


# Which day


def test_the_example_is_a_day_on_which_somebody_works(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    with time_machine.travel(MONDAY, tick=False):
        page = text_of(desk_of(cast.mai).get(where(dossier)))
        asking = text_of(desk_of(cast.mai).get(where(dossier, "lay-y-kien/")))

        assert example_day(1) == "25/11/2026"
        assert f"Ví dụ: {example_day(2)}" in page
        assert "Ví dụ: 25/11/2026" in asking
    for text in (page, asking):
        assert "24/11/2026" not in text.partition("<main")[2]


def test_the_example_of_a_later_date_is_later_than_what_is_promised(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
        promised = due_of(dossier).astimezone(HANOI).date()
        page = text_of(desk_of(cast.hung).get(where(dossier, "de-nghi/move_date/")))

        assert f"Ví dụ: {working_day(3, promised):%d/%m/%Y}" in page


# Which slip


def test_after_the_last_day_there_is_no_form_but_for_the_law_of_a_field(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    last = more_papers.last_day_to_ask(dossier)
    with at(datetime.combine(last, MONDAY.timetz())):
        assert 'name="muc"' in the_slip(cast, dossier)
    with at(datetime.combine(last + DAY, MONDAY.timetz())):
        shut, opened = the_slip(cast, dossier), the_slip(cast, dossier, "?luat=1")

    assert "Đã hết thời gian yêu cầu bổ sung" in shut
    assert 'name="muc"' not in shut
    assert "Gửi yêu cầu" not in shut
    assert 'href="?luat=1"' in shut
    assert 'name="sector_basis"' in opened
    assert "Căn cứ luật chuyên ngành (nếu có)" not in opened


def test_each_item_without_words_is_named_in_the_summary(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    paper, (question, _, _) = asked_paper(dossier), a_question(dossier)
    sent = {"revision": dossier.revision, "muc": [paper, question]}

    page = text_of(desk_of(cast.mai).post(where(dossier, "yeu-cau-bo-sung/"), sent))

    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert summary.count("thiếu gì, sửa thế nào") == 2
    assert len(set(summary.split("<li>"))) == len(summary.split("<li>"))
    assert rules.deficiencies([("p", "")], {"p": "Giấy chứng sinh"})[0].text.count("chứng sinh")
    assert "Yêu cầu bổ sung khi giải quyết: chưa thực hiện được" in page


def test_lan_reads_beside_the_question_what_the_agency_asked_of_it(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    _, page_key, _ = a_question(dossier)
    asked_to_change(cast, dossier)
    lan = signed_in(cast.lan)

    page = text_of(lan.get(f"/ho-so/{dossier.reference}/khai/{page_key}/"))

    assert f"Bổ sung hồ sơ {dossier.code}" in page
    assert "Ghi theo giấy chứng sinh" in page
    assert "Lưu nháp" not in page
    head = text_of(lan.get(f"/ho-so/{dossier.reference}/"))
    assert "Ông/bà</dd>" in head
    assert "Người nộp hồ sơ" not in head
    assert "Căn cứ: Nghị định" in head
    assert f"Bổ sung hồ sơ {dossier.code}" in text_of(
        lan.get(f"/ho-so/{dossier.reference}/bo-sung/")
    )


def test_mai_reads_the_basis_as_a_basis_and_whose_move_it_is(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    asked_to_change(cast, dossier)

    steps = text_of(desk_of(cast.mai).get(where(dossier))).partition("Các bước")[2]

    assert "<br>Căn cứ: Nghị định" in steps
    assert "Bổ sung nội dung được yêu cầu <small>Người nộp hồ sơ" in steps


def test_lan_who_sets_it_aside_comes_back_to_what_was_asked(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    _, page_key, _ = a_question(dossier)
    asked_to_change(cast, dossier)

    answer = signed_in(cast.lan).post(
        f"/ho-so/{dossier.reference}/khai/{page_key}/", {"_later": "1"}, follow=True
    )

    assert answer.redirect_chain[-1][0] == f"/ho-so/{dossier.reference}/bo-sung/"
    assert "chưa gửi cho cơ quan" in text_of(answer)


# Whose move


def test_an_official_is_not_offered_dossiers_of_his_own_on_the_portal(cast: Cast) -> None:
    hung, lan = desk_of(cast.hung), signed_in(cast.lan)

    for page in ("/", "/so-do-cong/"):  # neither above nor at the foot of it
        for place in ('href="/ho-so/"', 'href="/thong-bao/"'):
            assert place not in text_of(hung.get(page))
            assert place in text_of(lan.get(page))


def test_a_letter_nobody_could_be_told_of_says_whom_to_phone(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    phone = "0912 345 678"
    Dossier.objects.filter(pk=dossier.pk).update(
        submitter=None, applicant=dossier.applicant | {"email": "", "phone": phone}
    )
    with at(later(dossier)):
        apologies.apologise(post=cast.binh, reference=dossier.reference, reason=REASON)
        Apology.objects.update(state="signed")
        jobs.issue_slip(dossier.moves.latest("seq").pk)
        page = text_of(desk_of(cast.hung).get(where(dossier)))

    assert "không có thư điện tử, điện thoại" not in page
    assert f'Mời gọi <a class="govuk-link" href="tel:{phone}"' in page


def test_alarms_stand_by_kind_with_their_number_and_the_letter_to_sign(cast: Cast) -> None:
    dossiers = [a_dossier(cast, Status.EXAMINING) for _ in range(3)]
    kinds = [AlarmKind.NO_LETTER, AlarmKind.NO_LETTER, AlarmKind.STEP]
    for dossier, kind in zip(dossiers, kinds, strict=True):
        Alarm.objects.create(
            dossier=dossier, kind=kind, level="passed", occasion=1, due_at=MONDAY, raised_at=MONDAY
        )

    page = text_of(desk_of(cast.binh).get("/can-bo/canh-bao/"))

    assert "3 cảnh báo đang mở" in page
    assert page.count("<details") == 2
    letters = page.partition("<details")[2].partition("</details>")[0]
    assert letters.count("/thu-xin-loi/") == 2
    assert ": 2</span>" in letters
    assert "rồi" not in letters
    assert "Việc tiếp theo: Trình ký, yêu cầu bổ sung hoặc hẹn lại, và báo người nộp." in page


def test_at_the_counter_it_is_the_officer_who_is_asked_to_type() -> None:
    [said] = to_officers([Reason("x", "Mời ông/bà nhập họ tên.", "ho.ten")])

    assert (said.text, said.field) == ("Mời anh/chị nhập họ tên.", "ho.ten")
