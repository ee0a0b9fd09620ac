"""What no message brings, Hùng tells Lan by telephone: on record, told in her dossier's story, and the end of the alarm."""

from typing import Any

import pytest
import time_machine

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import lost_news
from motcua.dossiers.actions import processing
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.actions.lost_papers import report_papers
from motcua.dossiers.incident_jobs import tell_papers
from motcua.dossiers.models import Alarm, Dossier, PhoneCall
from motcua.dossiers.tests.conftest import as_if_filed_for, desk_of, signed_in
from motcua.dossiers.tests.test_silence_clocks import (
    DAY,
    HOA,
    HOUR,
    HUNG,
    MINUTE,
    MONDAY,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.tests.test_silence_nobody import bounced
from motcua.dossiers.types import AlarmKind, Applicant
from motcua.dossiers.workflow import Status
from motcua.notices.models import Delivery
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
SAID = "Đã báo hồ sơ đang được thẩm định."
CALL: dict[str, Any] = {"to": "owner", "outcome": "told", "note": SAID}


@pytest.fixture
def unheard(cast: Cast) -> Dossier:
    """Examined since Monday; the news of it came back, and Hùng was told."""
    dossier = since_monday(cast, S.EXAMINING)
    applicant = dossier.applicant | {"phone": "0912345678"}
    Dossier.objects.filter(pk=dossier.pk).update(applicant=applicant)
    bounced(dossier)
    looked(MONDAY + 2 * HOUR)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG])]
    return dossier


def called(cast: Cast, dossier: Dossier, who: str = "hung", **changed: str) -> PhoneCall:
    with time_machine.travel(MONDAY + 3 * HOUR, tick=False):
        return note_call(post=getattr(cast, who), reference=dossier.reference, **(CALL | changed))


@pytest.mark.parametrize("who", ["hung", "mai"])
def test_a_call_that_was_answered_ends_the_alarm_and_keeps_who_when_and_what(
    cast: Cast, unheard: Dossier, who: str
) -> None:
    call = called(cast, unheard, who)

    assert (call.number, call.called_at, call.note) == ("0912345678", MONDAY + 3 * HOUR, SAID)
    alarm = Alarm.objects.get(kind=K.UNREACHED)
    assert (alarm.closed_at, alarm.closed_by) == (call.called_at, call.called_by)
    assert "dossier.called" in deeds_on(unheard.reference)
    now = Dossier.objects.get(pk=unheard.pk)  # the process goes on as if nobody had phoned
    assert (now.revision, now.changed_at) == (unheard.revision, unheard.changed_at)
    looked(MONDAY + DAY + 5 * HOUR)
    assert told(unheard, K.UNREACHED) == []


def test_a_call_that_nobody_answered_is_kept_and_ends_nothing(cast: Cast, unheard: Dossier) -> None:
    called(cast, unheard, outcome="no_answer", note="Chuông đổ, không ai nghe máy.")

    looked(MONDAY + DAY + 5 * HOUR)
    assert told(unheard, K.UNREACHED) == [("warning", [HUNG]), ("passed", [HOA])]
    story = desk_of(cast.hung).get(f"/can-bo/ho-so/{unheard.reference}/").content.decode()
    assert "chưa liên lạc được" in story
    assert "Mời gọi điện" in story


@pytest.mark.parametrize("is_lost", [True, False])
def test_only_where_a_warning_stood_it_is_said_to_stay(cast: Cast, is_lost: bool) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    if is_lost:
        bounced(dossier)
    typed = {"to": "person", "outcome": "no_answer", "note": "Không gặp."}
    with time_machine.travel(MONDAY + 3 * HOUR, tick=False):
        hung = desk_of(cast.hung)
        said = hung.post(f"/can-bo/ho-so/{dossier.reference}/goi-dien/", typed, follow=True)

    assert "Đã ghi: chưa liên lạc được." in said.content.decode()
    assert ("Cảnh báo vẫn còn" in said.content.decode()) is is_lost


def test_a_call_before_the_news_was_lost_tells_nothing_of_it(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    with time_machine.travel(MONDAY + 30 * MINUTE, tick=False):
        note_call(post=cast.hung, reference=dossier.reference, **(CALL | {"to": "person"}))
    bounced(dossier)

    looked(MONDAY + 4 * HOUR)
    assert told(dossier, K.UNREACHED) == [("warning", [HUNG])]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": "0987654321"}, "number_unknown"),
        ({"outcome": "busy"}, "outcome_unknown"),
        ({"note": "  "}, "note_missing"),
    ],
)
def test_what_is_not_said_of_a_call_is_asked_for(
    cast: Cast, unheard: Dossier, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        called(cast, unheard, **changed)
    assert [reason.code for reason in refusal.value.reasons] == [code]
    assert not PhoneCall.objects.exists()


@pytest.mark.parametrize("who", ["hoa", "binh", "yen", "sau"])
def test_only_the_desk_and_whoever_works_on_it_write_down_calls(
    cast: Cast, unheard: Dossier, who: str
) -> None:
    with pytest.raises(NotFound):
        called(cast, unheard, who)
    page = desk_of(getattr(cast, who)).get(f"/can-bo/ho-so/{unheard.reference}/goi-dien/")
    assert page.status_code == 404
    assert not PhoneCall.objects.exists()


def test_a_dossier_that_there_is_not_has_no_page_for_calls(cast: Cast, unheard: Dossier) -> None:
    nothing = unheard.reference[:-1] + ("2" if unheard.reference[-1] == "3" else "3")
    assert desk_of(cast.hung).get(f"/can-bo/ho-so/{nothing}/goi-dien/").status_code == 404


def test_whatever_was_typed_as_a_number_or_a_name_a_call_is_kept(
    cast: Cast, unheard: Dossier
) -> None:
    phone = "0912345678 hoặc gọi bà ngoại 02543822155"
    owner = Applicant(("H' Hen " * 60)[:200], "066194000012", phone=phone)
    as_if_filed_for(unheard, owner)

    call = called(cast, unheard)

    assert call.number == "0912345678 hoặc gọi bà ngoại 0"
    assert len(call.whose) == 200
    assert call.whose.endswith("(chủ hồ sơ)")


def test_the_page_says_what_lan_missed_and_her_story_says_that_she_was_phoned(
    cast: Cast, unheard: Dossier
) -> None:
    here = f"/can-bo/ho-so/{unheard.reference}/"
    hung = desk_of(cast.hung)
    beside = hung.get(here).content.decode()
    assert "Ghi đã gọi điện báo" in beside
    assert "Người nộp chưa nhận được tin “" in beside
    page = hung.get(f"{here}goi-dien/").content.decode()
    assert "Người nộp chưa nhận được tin về" in page
    assert 'href="tel:0912345678"' in page
    again = hung.post(f"{here}goi-dien/", CALL | {"note": " "})
    assert again.status_code == 422
    assert not PhoneCall.objects.exists()
    with time_machine.travel(MONDAY + 3 * HOUR, tick=False):
        assert hung.post(f"{here}goi-dien/", CALL).status_code == 302

    for page in (
        hung.get(here).content.decode(),
        signed_in(cast.lan).get(f"/ho-so/{unheard.reference}/").content.decode(),
    ):
        assert "Cán bộ đã gọi điện báo" in page
        assert SAID in page
    assert "Gọi điện báo người nộp" in hung.get(f"{here}nhat-ky/").content.decode()
    assert "Người nộp chưa nhận" not in hung.get(f"{here}goi-dien/").content.decode()


def test_who_has_no_telephone_is_told_in_person(cast: Cast, unheard: Dossier) -> None:
    as_if_filed_for(unheard, Applicant("H' Hen Niê", "066194000012"))
    page = desk_of(cast.hung).get(f"/can-bo/ho-so/{unheard.reference}/goi-dien/").content.decode()
    assert "Hồ sơ không có số điện thoại nào" in page

    assert called(cast, unheard, to="person").number == ""
    assert told(unheard, K.UNREACHED) == []


def test_of_two_news_lost_the_alarm_stands_until_both_were_heard(
    cast: Cast, unheard: Dossier
) -> None:
    first = bounced(unheard)
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False):
        processing.propose_dossier(
            post=cast.mai, reference=unheard.reference, outcome="approve", note="Đủ."
        )
    second = bounced(unheard)
    looked(MONDAY + 4 * HOUR)
    assert len(told(unheard, K.UNREACHED)) == 1

    first.status = "sent"
    first.save()
    looked(MONDAY + 4 * HOUR + MINUTE)
    assert len(told(unheard, K.UNREACHED)) == 1
    second.status = "sent"
    second.save()
    looked(MONDAY + 4 * HOUR + 2 * MINUTE)
    assert told(unheard, K.UNREACHED) == []


def test_a_second_loss_of_another_kind_keeps_the_alarm_when_the_first_has_come(
    cast: Cast, unheard: Dossier
) -> None:
    first = bounced(unheard)
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False):
        told_of = {"kind": "damaged", "what": "Bị ướt.", "fault": "agency", "apology": "Xin lỗi."}
        paper = report_papers(post=cast.mai, reference=unheard.reference, **told_of)
        tell_papers(paper.pk)
    second = Delivery.objects.filter(message__dedupe_key__startswith=f"incident:{paper.pk}:")
    second.update(status="failed", at=MONDAY + 3 * HOUR)
    for hours in (4, 6):  # by then the watch has gone past it
        looked(MONDAY + hours * HOUR)

    Delivery.objects.filter(pk=first.pk).update(status="sent")
    for later in (MINUTE, 2 * MINUTE):
        looked(MONDAY + 6 * HOUR + later)
        assert told(unheard, K.UNREACHED) == [("warning", [HUNG])]
    second.update(status="sent")
    looked(MONDAY + 6 * HOUR + 3 * MINUTE)
    assert told(unheard, K.UNREACHED) == []


def test_what_was_lost_before_the_end_keeps_no_alarm_about_its_last_word(
    cast: Cast, unheard: Dossier
) -> None:
    with by_hand():
        Dossier.objects.filter(pk=unheard.pk).update(status=S.STOPPED, since_at=MONDAY + 5 * HOUR)
    assert lost_news.unheard_of(unheard.pk) == []
    number = Alarm.objects.get(kind=K.UNREACHED).occasion
    assert lost_news.still_unheard([number]) == set()
