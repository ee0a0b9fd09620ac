"""Bình, Hùng and Yến may open every dossier of the ward; what is not theirs to work on asks why."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on, latest_entries
from motcua.dossiers.models import Dossier, Reading
from motcua.dossiers.tests.test_desk_pages import page, text_of
from motcua.dossiers.workflow import Status
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
OWNER = "Nguyễn Thị Lan"
ASKS = "để làm gì?"


def browser(post: Post) -> Client:
    """Of an official who answers no question by themselves."""
    client = Client(raise_request_exception=False)
    client.force_login(post.account)
    return client


@pytest.fixture
def fresh(cast: Cast) -> Dossier:
    """With Mai, far from its date."""
    with time_machine.travel(MONDAY - timedelta(hours=1)):
        return a_dossier(cast, Status.EXAMINING)


def told(client: Client, dossier: Dossier, **typed: str) -> object:
    return client.post(f"{page(dossier)}ly-do-xem/", {"reading_why": "leading", **typed})


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("who", ["hung", "binh", "yen"])
def test_what_is_not_theirs_to_work_on_shows_nothing_before_they_say_why(
    cast: Cast, fresh: Dossier, who: str
) -> None:
    before = deeds_on(fresh.reference)

    answer = browser(getattr(cast, who)).get(page(fresh))

    assert answer.status_code == 200
    assert ASKS in text_of(answer)
    assert OWNER not in text_of(answer)
    assert deeds_on(fresh.reference) == before


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize("who", ["mai", "hoa"])
def test_whoever_works_on_it_is_not_asked(cast: Cast, fresh: Dossier, who: str) -> None:
    answer = browser(getattr(cast, who)).get(page(fresh))

    assert OWNER in text_of(answer)
    assert "why" not in latest_entries(fresh.reference, 1)[0].facts


@time_machine.travel(MONDAY, tick=False)
def test_a_reason_opens_this_dossier_for_the_day_and_stands_with_each_look(
    cast: Cast, fresh: Dossier
) -> None:
    binh, other = browser(cast.binh), a_dossier(cast, Status.EXAMINING)
    binh.get(page(fresh))

    answer = told(binh, fresh, reading_note="Họp giao ban", reading_next=f"{page(fresh)}thoi-han/")

    assert answer["Location"] == f"{page(fresh)}thoi-han/"  # type: ignore[index]
    assert OWNER in text_of(binh.get(page(fresh)))
    facts = latest_entries(fresh.reference, 1)[0].facts
    assert (facts["why"], facts["note"]) == ("leading", "Họp giao ban")
    assert facts["title"] == "Phó Chủ tịch UBND phường"
    assert (facts["unit"], facts["agency"]) == ("Văn phòng", "UBND phường Mỹ Phước")
    said = "Xem hồ sơ (Chỉ đạo, kiểm tra tiến độ giải quyết: Họp giao ban)"
    assert said in text_of(browser(cast.mai).get(f"{page(fresh)}nhat-ky/"))
    assert ASKS in text_of(binh.get(page(other)))
    Dossier.objects.filter(pk=fresh.pk).update(clock_at=None, warn_at=None)  # late it would be his
    with time_machine.travel(MONDAY + timedelta(days=1)):
        assert ASKS in text_of(browser(cast.binh).get(page(fresh)))


@time_machine.travel(MONDAY, tick=False)
def test_what_was_being_typed_is_sent_on_once_the_reason_is_given(
    cast: Cast, fresh: Dossier
) -> None:
    binh = browser(cast.binh)
    typed = {"note": "Mời làm gấp.", "revision": fresh.revision}

    asked = binh.post(f"{page(fresh)}buoc/urge/", typed)
    html = text_of(asked)
    assert ASKS in html
    assert 'name="note" value="Mời làm gấp."' in html
    kept = {"reading_next": f"{page(fresh)}buoc/urge/", "reading_again": "1", **typed}
    answer = told(binh, fresh, **kept)  # type: ignore[arg-type]

    assert answer.status_code == 307  # type: ignore[attr-defined]
    assert answer["Location"] == f"{page(fresh)}buoc/urge/"  # type: ignore[index]
    binh.post(f"{page(fresh)}buoc/urge/", typed)
    assert fresh.urgings.get().text == "Mời làm gấp."


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reading_why": ""}, "Mời anh/chị chọn lý do xem hồ sơ."),
        ({"reading_why": "to-mo"}, "Mời anh/chị chọn lý do xem hồ sơ."),
        ({"reading_why": "other", "reading_note": " "}, "Mời anh/chị ghi rõ lý do"),
        ({"reading_why": "leading", "reading_note": "x" * 501}, "dài tối đa 500 ký tự"),
    ],
)
def test_a_reason_that_says_nothing_opens_nothing(
    cast: Cast, fresh: Dossier, typed: dict[str, str], said: str
) -> None:
    binh = browser(cast.binh)

    answer = told(binh, fresh, **typed)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert said in text_of(answer)
    assert not Reading.objects.exists()
    assert ASKS in text_of(binh.get(page(fresh)))


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    "elsewhere", ["//doc.example/", "https://doc.example/can-bo/", "/ho-so/", "javascript:alert(1)"]
)
def test_the_way_on_leads_nowhere_but_to_the_desk(
    cast: Cast, fresh: Dossier, elsewhere: str
) -> None:
    answer = told(browser(cast.binh), fresh, reading_next=elsewhere)

    assert answer["Location"] == page(fresh)  # type: ignore[index]


@time_machine.travel(MONDAY, tick=False)
def test_what_is_late_is_opened_without_a_reason(cast: Cast, fresh: Dossier) -> None:
    Dossier.objects.filter(pk=fresh.pk).update(clock_at=MONDAY, warn_at=MONDAY)

    assert OWNER in text_of(browser(cast.binh).get(page(fresh)))


@time_machine.travel(MONDAY, tick=False)
def test_a_dossier_opened_for_work_stays_open_that_day_wherever_it_goes(cast: Cast) -> None:
    dossier, hung = a_dossier(cast, Status.ACCEPTED), browser(cast.hung)
    assert OWNER in text_of(hung.get(page(dossier)))

    with by_hand():
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.EXAMINING)

    assert ASKS not in text_of(hung.get(page(dossier)))


def test_looking_again_within_minutes_is_one_look_but_every_file_is_another(cast: Cast) -> None:
    dossier, mai = a_dossier(cast, Status.EXAMINING), browser(cast.mai)
    paper = dossier.documents.first()
    assert paper is not None
    before = len(deeds_on(dossier.reference))

    with time_machine.travel(MONDAY, tick=False) as clock:
        for _ in range(3):
            mai.get(page(dossier))
        mai.get(f"{page(dossier)}thoi-han/")
        for _ in range(2):
            mai.get(f"{page(dossier)}giay-to/{paper.pk}/tep/")
        clock.shift(timedelta(minutes=10))
        mai.get(page(dossier))

    looks = [e.facts["what"] for e in reversed(latest_entries(dossier.reference, 4))]
    file = f"document:{paper.pk}"
    assert looks == ["page", file, file, "page"]
    assert len(deeds_on(dossier.reference)) == before + 4
