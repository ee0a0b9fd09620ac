"""Who reads of a silence: officials in the inbox of their post and in a list; Lan before she has to ask."""

import pytest

from motcua.dossiers import alarm_pages, jobs
from motcua.dossiers.models import Alarm
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_silence_clocks import (
    DAY,
    HOA,
    HOUR,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
)
from motcua.dossiers.types import ALARM_NAMES, AlarmKind, AlarmLevel, alarm_words
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
LIST = "/can-bo/canh-bao/"


def tell_all() -> None:
    """The jobs that follow the alarms, each of them twice."""
    for alarm in Alarm.objects.order_by("pk"):
        for _ in range(2):
            jobs.tell_officials(alarm.pk)
            jobs.tell_waiting(alarm.pk)


def to_lan(cast: Cast) -> list[str]:
    rows = Message.objects.filter(recipient=cast.lan, channel="inbox").order_by("pk")
    return list(rows.values_list("subject", flat=True))


def test_every_kind_has_words_that_name_no_status_twice() -> None:
    assert set(ALARM_NAMES) == set(AlarmKind)
    assert alarm_words(K.RESULT, AlarmLevel.WARNING) == "sắp hết hạn trả kết quả"
    assert alarm_words(K.UNSIGNED, AlarmLevel.WARNING) == "nằm chờ ký"
    assert alarm_words(K.UNSIGNED, AlarmLevel.PASSED) == "nằm chờ ký, đã báo lãnh đạo"


def test_lan_hears_that_her_date_went_by_before_she_asks_and_once(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    looked(dossier.due_at - HOUR)
    tell_all()
    assert to_lan(cast) == []
    looked(dossier.due_at + MINUTE)
    looked(dossier.due_at + DAY)
    tell_all()

    number = dossier.code or ""
    assert to_lan(cast) == [f"Hồ sơ {number} đã quá ngày hẹn mà chưa có kết quả"]
    body = Message.objects.get(recipient=cast.lan, channel="inbox").body
    assert "Phòng Tư pháp - Hộ tịch" in body
    assert "{{" not in body


ONCE_EACH = [
    (S.PRE_SUPPLEMENT, 17, "vẫn chờ ông/bà bổ sung"),
    (S.RESULT_READY, 8, "đang chờ ông/bà nhận"),
    (S.SUPPLEMENTED, 3, "chưa được trả lời đúng hạn"),
]


@pytest.mark.parametrize(("status", "days", "words"), ONCE_EACH)
def test_lan_is_reminded_of_what_waits_for_her_and_told_of_what_is_owed_to_her(
    cast: Cast, status: Status, days: int, words: str
) -> None:
    since_monday(cast, status)
    for later in range(days + 1):
        looked(MONDAY + later * DAY + HOUR)
    tell_all()

    assert len([subject for subject in to_lan(cast) if words in subject]) == 1


def test_a_reminder_names_what_lacks_whatever_was_put_right_meanwhile(cast: Cast) -> None:
    dossier, code = since_monday(cast, S.SUPPLEMENT), "H99.31-261123-0777"
    [asked] = dossier.supplement_items
    facts = {"old_code": dossier.code}
    dossier.take(Step.CORRECT_CODE, by=cast.binh.actor, at=MONDAY + HOUR, facts=facts, code=code)
    for later in range(18):
        looked(MONDAY + later * DAY + 2 * HOUR)
    tell_all()

    told = Message.objects.get(recipient=cast.lan, channel="inbox", subject__contains="chờ ông/bà")
    assert code in told.subject
    assert f"- {asked['name']}: {asked['text']}" in told.body


def test_hoa_reads_in_her_inbox_and_in_her_list_what_fell_silent(cast: Cast) -> None:
    dossier = since_monday(cast, S.ASSIGNING)
    looked(MONDAY + DAY + HOUR)
    tell_all()
    hoa = desk_of(cast.hoa)

    inbox = hoa.get("/can-bo/thong-bao/").content.decode()
    assert f"Hồ sơ {dossier.code}: lâu chưa phân công" in inbox
    page = hoa.get(LIST).content.decode()
    assert "Lâu chưa phân công" in page
    assert HOA in page
    assert f"/can-bo/ho-so/{dossier.reference}/" in page
    assert cast.lan.full_name not in page


def test_the_list_shows_what_is_theirs_and_nothing_when_all_is_well(cast: Cast) -> None:
    since_monday(cast, S.ASSIGNING)
    assert "Không có cảnh báo nào" in desk_of(cast.binh).get(LIST).content.decode()
    looked(MONDAY + DAY + HOUR)

    assert "Lâu chưa phân công" in desk_of(cast.binh).get(LIST).content.decode()
    assert desk_of(cast.hung).get(LIST).status_code == 404
    assert desk_of(cast.binh).get(LIST + "?truoc=rác").status_code == 200
    assert desk_of(cast.binh).get(LIST + "?truoc=" + "9" * 30).status_code == 200


def test_the_list_goes_on_to_what_is_older(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarm_pages, "PAGE", 1)
    for status in (S.ASSIGNING, S.PROPOSED):
        since_monday(cast, status)
    looked(MONDAY + 4 * DAY)
    binh = desk_of(cast.binh)
    seen, where = [], LIST
    while where:
        page = binh.get(where).content.decode()
        seen.append(page.count("<tr><td"))
        _, _, rest = page.partition('href="?truoc=')
        where = f"{LIST}?truoc={rest.partition(chr(34))[0]}" if rest else ""

    assert seen == [1] * Alarm.objects.filter(closed_at=None).count()
    assert len(seen) >= 2
