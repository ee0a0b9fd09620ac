"""Lan reads who has read her dossier; heads, leaders and keepers what a post has read."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.audit.actions import record
from motcua.audit.queries import entries_of
from motcua.core import clock
from motcua.dossiers.actions.reading import tell_owners
from motcua.dossiers.models import Dossier
from motcua.dossiers.reading_news import tell_owner
from motcua.dossiers.reading_pages import ENTRIES
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_desk_pages import page, text_of
from motcua.dossiers.tests.test_reading_reasons import browser
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)


@pytest.fixture
def fresh(cast: Cast) -> Dossier:
    with time_machine.travel(MONDAY - timedelta(hours=1)):
        return a_dossier(cast, Status.EXAMINING)


def readers(dossier: Dossier) -> str:
    return f"/ho-so/{dossier.reference}/ai-da-xem/"


@time_machine.travel(MONDAY, tick=False)
def test_lan_reads_who_looked_in_which_post_when_at_what_and_why(
    cast: Cast, fresh: Dossier
) -> None:
    paper = fresh.documents.first()
    assert paper is not None
    mai, binh = browser(cast.mai), browser(cast.binh)
    mai.get(page(fresh))
    mai.get(f"{page(fresh)}giay-to/{paper.pk}/tep/")
    binh.post(
        f"{page(fresh)}ly-do-xem/", {"reading_why": "complaint", "reading_note": "Ông Tư khiếu nại"}
    )
    binh.get(page(fresh))

    shown = text_of(signed_in(cast.lan).get(readers(fresh)))

    assert "Vũ Thị Mai" in shown
    assert "Công chức tư pháp - hộ tịch, Phòng Tư pháp - Hộ tịch, UBND phường Mỹ Phước" in shown
    assert f"Mở hồ sơ; Xem giấy tờ: {paper.name}" in shown
    assert "Để giải quyết hồ sơ" in shown
    assert "Lý do: Kiểm tra theo thẩm quyền" in shown  # nobody is warned of a complaint
    assert "khiếu nại" not in shown
    assert "09:00, 23/11/2026" in shown
    assert "Ông Tư" not in shown  # what was added is for those who review
    assert shown.index("Phạm Văn Bình") < shown.index("Vũ Thị Mai")


@time_machine.travel(MONDAY, tick=False)
def test_her_own_looks_and_those_of_machines_are_told_apart(cast: Cast, fresh: Dossier) -> None:
    record(cast.lan.actor, "dossier.download", fresh.reference, at=clock.now(), what="result")
    shown = text_of(signed_in(cast.lan).get(readers(fresh)))

    assert "<strong>Ông/bà</strong>" in shown
    assert "Tải kết quả" in shown
    assert "Để giải quyết hồ sơ" not in shown


@pytest.mark.parametrize("typed", ["x", "-1", "²", "9" * 40])
def test_the_page_leafs_through_every_look_once(cast: Cast, fresh: Dossier, typed: str) -> None:
    for n in range(2 * ENTRIES):
        at = MONDAY + timedelta(days=n)
        record(cast.hung.actor, "dossier.read", fresh.reference, at=at, what="page")
    lan = signed_in(cast.lan)

    met, where = [], f"?truoc={typed}"
    while where:
        html = lan.get(readers(fresh) + where).content.decode()
        met += re.findall(r"(\d\d/\d\d/\d{4})</div>", html)
        following = re.search(r'rel="next" href="(\?truoc=\d+)"', html)
        where = following[1] if following else ""

    assert len(met) == len(set(met)) == 2 * ENTRIES
    assert "Công chức một cửa, Bộ phận Tiếp nhận" in html  # who was not named then is named by now


def test_nobody_reads_who_read_anothers_dossier(cast: Cast, fresh: Dossier) -> None:
    assert signed_in(cast.thu).get(readers(fresh)).status_code == 404
    assert browser(cast.hung).get(readers(fresh)).status_code == 404


def test_lan_finds_the_page_from_her_dossier(cast: Cast, fresh: Dossier) -> None:
    shown = text_of(signed_in(cast.lan).get(f"/ho-so/{fresh.reference}/"))

    assert f'href="{readers(fresh)}"' in shown


def test_lan_is_told_once_the_day_after_who_read_it_besides_those_who_work_on_it(
    cast: Cast, fresh: Dossier
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        browser(cast.mai).get(page(fresh))
        browser(cast.binh).post(f"{page(fresh)}ly-do-xem/", {"reading_why": "inspection"})
        browser(cast.binh).get(page(fresh))
    with time_machine.travel(MONDAY + timedelta(hours=20)):
        assert tell_owners() == 1
        for _ in range(2):
            tell_owner(fresh.pk, MONDAY.date().toordinal())
        assert tell_owners() == 1

    told = Message.objects.get(recipient=cast.lan, channel="inbox", template_code="dossier_read")
    assert "Phạm Văn Bình" in told.body
    assert "Kiểm tra theo thẩm quyền" in told.body
    assert "Thanh tra" not in told.body
    assert "Vũ Thị Mai" not in told.body
    assert told.link.endswith(readers(fresh))


def test_a_night_on_which_nobody_told_is_made_good(cast: Cast, fresh: Dossier) -> None:
    with time_machine.travel(MONDAY, tick=False):
        desk_of(cast.binh).get(page(fresh))
    told = []
    for days in (3, 4):
        with time_machine.travel(MONDAY + timedelta(days=days, hours=-5)):
            told.append(tell_owners())
    assert told == [1, 0]


def test_what_only_its_officials_read_is_told_to_nobody(cast: Cast, fresh: Dossier) -> None:
    with time_machine.travel(MONDAY, tick=False):
        browser(cast.mai).get(page(fresh))
        browser(cast.binh).post(
            f"{page(fresh)}ly-do-xem/", {"reading_why": "leading"}
        )  # not opened
    with time_machine.travel(MONDAY + timedelta(hours=20)):
        assert tell_owners() == 0


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("who", "where"), [("hoa", "/can-bo/"), ("binh", "/can-bo/"), ("quan", "/quan-tri/")]
)
def test_whoever_answers_for_mai_reads_what_she_read_and_that_is_journalled(
    cast: Cast, fresh: Dossier, who: str, where: str
) -> None:
    browser(cast.mai).get(page(fresh))
    browser(cast.mai).get("/can-bo/danh-sach/dang-xu-ly/")
    reviewer = getattr(cast, who)

    shown = text_of(browser(reviewer).get(f"{where}luot-xem/", {"vi-tri": cast.mai.pk}))

    assert fresh.reference in shown
    assert "Danh sách: 1 hồ sơ" in shown
    assert "Nguyễn Thị Lan" not in shown
    last = entries_of(cast.mai.actor.key)[-1]
    assert (last.deed, last.actor) == ("reading.reviewed", reviewer.actor.key)


@pytest.mark.parametrize(("who", "of"), [("hoa", "binh"), ("binh", "sau"), ("hoa", "hung")])
def test_nobody_reviews_those_for_whom_they_do_not_answer(cast: Cast, who: str, of: str) -> None:
    desk, post = browser(getattr(cast, who)), getattr(cast, of)

    assert desk.get("/can-bo/luot-xem/", {"vi-tri": post.pk}).status_code == 404
    assert desk.get("/can-bo/luot-xem/", {"vi-tri": "x"}).status_code == 404
    assert post.holder_name not in text_of(desk.get("/can-bo/luot-xem/"))


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"tu": "23/11/2026", "den": "22/11/2026"}, "Ngày cuối trước ngày đầu"),
        ({"tu": "01/01/2026", "den": "22/11/2026"}, "nhiều nhất ba tháng"),
        ({"tu": "hôm qua", "den": "22/11/2026"}, "Mời anh/chị nhập ngày đầu"),
    ],
)
def test_days_that_cannot_be_read_are_said_and_stay_typed(
    cast: Cast, typed: dict[str, str], said: str
) -> None:
    asked = {"vi-tri": str(cast.mai.pk), **typed}
    answer = browser(cast.binh).get("/can-bo/luot-xem/", asked)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'value="{typed["tu"]}"' in text_of(answer)


@time_machine.travel(MONDAY, tick=False)
def test_the_review_leafs_through_every_look_once(cast: Cast, fresh: Dossier) -> None:
    for n in range(2 * ENTRIES + 5):
        at = MONDAY - timedelta(minutes=n // 3)
        record(cast.mai.actor, "dossier.read", fresh.reference, at=at, what="page")
    binh, where, met = browser(cast.binh), f"?vi-tri={cast.mai.pk}", 0

    while where:
        html = binh.get(f"/can-bo/luot-xem/{where}").content.decode()
        met += html.count("Mở hồ sơ</td>")
        following = re.search(r'rel="next" href="([^"]+)"', html)
        where = following[1].replace("&amp;", "&") if following else ""

    assert met == 2 * ENTRIES + 5
