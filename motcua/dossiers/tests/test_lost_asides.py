"""What Lan was to hear beside the steps came on no way: a date gone by, a withdrawal. Hùng is to phone."""

from datetime import datetime

import pytest
import time_machine

from motcua.dossiers import approval_jobs, lost_news
from motcua.dossiers.actions import approving
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.calling import ask_to_phone
from motcua.dossiers.lost_news import ASIDES, PLACES, aside, key_of, number_of, row_of
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.conftest import as_if_filed_for, desk_of
from motcua.dossiers.tests.test_approvals import decide
from motcua.dossiers.tests.test_silence_clocks import (
    DAY,
    HOUR,
    HUNG,
    MINUTE,
    looked,
    since_monday,
    told,
)
from motcua.dossiers.tests.test_silence_told import tell_all
from motcua.dossiers.types import AlarmKind, AlarmLevel, Applicant
from motcua.dossiers.workflow import Status
from motcua.notices.models import Delivery, Message, Unreached
from motcua.notices.types import DeliveryStatus
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
TO_PHONE = [("warning", [HUNG])]


def given_up(key: str, at: datetime) -> None:
    letters = Delivery.objects.filter(message__dedupe_key=key)
    assert letters.update(status=DeliveryStatus.FAILED, at=at, is_unreachable=True)


def overdue(cast: Cast) -> tuple[Dossier, Alarm, datetime]:
    """Lan's date has gone by, and the message that says so came back."""
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.due_at
    passed = dossier.due_at + MINUTE
    looked(passed)
    with time_machine.travel(passed, tick=False):
        tell_all()
    alarm = dossier.alarms.get(kind=K.RESULT, level=AlarmLevel.PASSED)
    given_up(f"alarm:{alarm.pk}:applicant", passed)
    return dossier, alarm, passed


def test_that_her_date_went_by_is_for_hung_to_phone_about_until_he_did(cast: Cast) -> None:
    dossier, _, passed = overdue(cast)

    for later in (HOUR, 2 * HOUR):
        looked(passed + later)
        assert told(dossier, K.UNREACHED) == TO_PHONE
    with time_machine.travel(passed + 3 * HOUR, tick=False):
        page = desk_of(cast.hung).get(f"/can-bo/ho-so/{dossier.reference}/goi-dien/")
        assert "Quá ngày hẹn mà chưa có kết quả" in page.content.decode()
        note_call(
            post=cast.hung, reference=dossier.reference, to="person", outcome="told", note="Đã báo."
        )
    looked(passed + 4 * HOUR)
    assert told(dossier, K.UNREACHED) == []


def test_once_it_is_over_nobody_need_hear_that_it_was(cast: Cast) -> None:
    dossier, alarm, passed = overdue(cast)
    looked(passed + HOUR)
    assert told(dossier, K.UNREACHED) == TO_PHONE

    Alarm.objects.filter(pk=alarm.pk).update(closed_at=passed + HOUR)
    dossier.refresh_from_db()
    assert lost_news.still_unheard([aside("alarm", alarm.pk, "applicant")]) == set()
    assert lost_news.unheard_of(dossier.pk) == []


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("withdrawal_asked", "Đã nhận đề nghị rút hồ sơ"),
        ("withdrawal_refused", "Không đồng ý cho rút hồ sơ"),
    ],
)
def test_so_is_what_became_of_her_withdrawal(cast: Cast, template: str, name: str) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    assert dossier.accepted_at
    asked_at = dossier.accepted_at + DAY
    with time_machine.travel(asked_at, tick=False):
        asked = approving.ask_to_withdraw(citizen=cast.lan, reference=dossier.reference)
        approval_jobs.tell_asked(asked.pk)
        decide(approving.refuse, cast.hung, asked, "Đã có kết quả thẩm tra.")
        approval_jobs.tell_decided(asked.pk)
    given_up(f"approval:{asked.pk}:{template}", asked_at)

    looked(asked_at + HOUR)
    looked(asked_at + 2 * HOUR)

    assert told(dossier, K.UNREACHED) == TO_PHONE
    with time_machine.travel(asked_at + 2 * HOUR, tick=False):
        page = desk_of(cast.hung).get(f"/can-bo/ho-so/{dossier.reference}/goi-dien/")
    assert name in page.content.decode()


def test_the_desk_of_whom_only_such_a_word_did_not_reach_is_asked_to_phone(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    as_if_filed_for(dossier, Applicant("H' Hen Niê", "066194000012", email="hen@example.vn"))
    dossier.refresh_from_db()
    assert dossier.due_at
    looked(dossier.due_at + MINUTE)
    with time_machine.travel(dossier.due_at + MINUTE, tick=False):
        tell_all()
        alarm = dossier.alarms.get(kind=K.RESULT, level=AlarmLevel.PASSED)
        given_up(f"alarm:{alarm.pk}:applicant", dossier.due_at)
        found = Unreached.objects.create(
            address="hen@example.vn", opened_at=dossier.due_at, failures=3, trouble="Không có."
        )
        ask_to_phone(found.pk)

    asked = Message.objects.get(template_code="phone_the_person", channel="inbox")
    assert asked.post_id == cast.hung.pk


@pytest.mark.parametrize(("what", "said"), ASIDES)
def test_every_such_word_has_a_number_of_its_own(what: str, said: str) -> None:
    key = f"{what}:41:{said}"
    number = number_of(key)
    assert number is not None
    assert (key_of(number), row_of(number), number < 0) == (key, (what, 41), True)
    assert len({aside(w, 41, s) for w, s in ASIDES}) == len(ASIDES) <= PLACES


@pytest.mark.parametrize(
    "key", ["alarm:5:1800000000:post:3", "approval:5:decided", "urging:4:post:2", "move:x", ""]
)
def test_what_officials_tell_each_other_is_not_for_the_applicant(key: str) -> None:
    assert number_of(key) is None
