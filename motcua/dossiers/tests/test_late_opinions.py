"""A late answer is told to the head once; question and answer are told to whoever waits for them."""

from datetime import timedelta

import pytest
import time_machine

from motcua.dossiers import jobs, telling
from motcua.dossiers.actions import watching
from motcua.dossiers.models import Alarm, Consultation, Dossier
from motcua.dossiers.tests.test_consulting import (
    DAY,
    FIVE_DAYS,
    MONDAY,
    ask,
    opine,
    two_units,
)
from motcua.dossiers.types import AlarmKind, Asking
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> Dossier:
    with time_machine.travel(MONDAY):
        return a_dossier(cast, Status.CONSULTING, FIVE_DAYS)


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    with time_machine.travel(MONDAY):
        return a_dossier(cast, Status.EXAMINING, FIVE_DAYS)


def late(asked: Dossier) -> int:
    with time_machine.travel(Consultation.objects.latest("due_at").due_at + timedelta(minutes=5)):
        return watching.raise_alarms()


def test_a_late_answer_is_told_to_the_head_once(cast: Cast, asked: Dossier) -> None:
    assert late(asked) == 1
    assert late(asked) == 0
    alarm = Alarm.objects.get(kind=AlarmKind.OPINION)
    jobs.tell_officials(alarm.pk)
    jobs.tell_officials(alarm.pk)

    (told,) = Message.objects.filter(channel="inbox", post=cast.binh)
    assert told.subject.startswith("Văn phòng chậm cho ý kiến")
    assert Consultation.objects.get().late_told_at is not None
    opine(cast, asked)
    alarm.refresh_from_db()
    assert alarm.closed_at is not None


def test_an_answer_of_one_unit_leaves_the_alarm_about_the_other(
    cast: Cast, examined: Dossier
) -> None:
    office, land = two_units(cast)
    ask(cast, examined, Asking(office.pk, "Nơi?", DAY), Asking(land.pk, "Đất?", DAY))
    assert late(examined) == 2
    opine(cast, examined)

    left = Alarm.objects.get(kind=AlarmKind.OPINION, closed_at=None)
    assert left.occasion == Consultation.objects.get(unit=land).pk
    assert late(examined) == 0


def test_what_is_answered_in_time_is_told_to_nobody_as_late(cast: Cast, asked: Dossier) -> None:
    opine(cast, asked)
    assert late(asked) == 0


def test_phuc_is_told_what_is_asked_and_mai_what_he_said_and_no_citizen_is_named(
    cast: Cast, asked: Dossier
) -> None:
    telling.tell_consulted(asked.moves.get(step=Step.CONSULT).pk)
    telling.tell_consulted(asked.moves.get(step=Step.CONSULT).pk)
    opine(cast, asked)
    telling.tell_asker(asked.moves.get(step=Step.OPINE).pk)

    question = Message.objects.get(channel="inbox", post=a_unit_asked(cast))
    answer = Message.objects.get(channel="inbox", post=cast.mai)
    assert "Nơi cư trú có tranh chấp không?" in question.body
    assert "Không có tranh chấp." in answer.body
    assert cast.lan.full_name not in question.body + question.subject + answer.body
