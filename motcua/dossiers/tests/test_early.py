"""A result before the promised day is news of its own: how much sooner, and how to get it."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.agencies.reception import reception_of
from motcua.dossiers import jobs
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import as_if_filed_for
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import STRANGER, a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MARRIAGE, BIRTH = "1.004884", "1.001193"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=HANOI)
EARLY, SOON = "result_early", "result_ready"


def told_of(dossier: Dossier) -> Message:
    """What the applicant is told of the result."""
    jobs.tell_applicant(dossier.moves.get(step=Step.ISSUE).pk)
    return Message.objects.filter(channel="inbox").latest("pk")


def ready(cast: Cast, delivery: str, procedure: str = MARRIAGE) -> Dossier:
    with time_machine.travel(MONDAY, tick=True):
        dossier = a_dossier(cast, Status.RESULT_READY, procedure)
    Dossier.objects.filter(pk=dossier.pk).update(delivery=delivery)
    return dossier


@pytest.mark.parametrize(
    ("delivery", "how"),
    [
        ("online", "bấm Nhận kết quả"),
        ("counter", "đến Bộ phận Một cửa, UBND phường Mỹ Phước, Số 20, đường Bờ Sông"),
        ("post", "gửi qua bưu chính"),
    ],
)
def test_lan_is_told_that_it_is_early_and_how_she_gets_it(
    cast: Cast, delivery: str, how: str
) -> None:
    dossier = ready(cast, delivery)
    told = told_of(dossier)

    assert told.template_code == EARLY
    assert "sớm hơn" in told.subject
    assert dossier.due_at and f"{dossier.due_at.astimezone(HANOI):%d/%m/%Y}" in told.body
    assert how in told.body
    others = {"bấm Nhận kết quả", "Bộ phận Một cửa,", "bưu chính"}
    assert sum(each in told.body for each in others) == 1


def test_before_a_date_moved_by_an_apology_but_after_that_of_the_law_is_not_early(
    cast: Cast,
) -> None:
    dossier = ready(cast, "online")
    issued = dossier.moves.get(step=Step.ISSUE).at
    Dossier.objects.filter(pk=dossier.pk).update(legal_due_at=issued - timedelta(days=1))

    told = told_of(dossier)

    assert told.template_code == SOON
    assert "sớm hơn" not in told.subject


def test_at_the_counter_she_reads_when_it_is_open(cast: Cast) -> None:
    assert reception_of(cast.ward.pk).hours in told_of(ready(cast, "counter")).body


def test_a_result_on_the_promised_day_is_no_news_of_that_kind(cast: Cast) -> None:
    assert told_of(ready(cast, "online", BIRTH)).template_code == SOON


def test_whoever_has_no_account_is_sent_where_they_filed(cast: Cast) -> None:
    dossier = ready(cast, "online")
    as_if_filed_for(dossier, STRANGER.__class__(STRANGER.name, "066194000012", email="hen@vidu.vn"))
    jobs.tell_applicant(dossier.moves.get(step=Step.ISSUE).pk)

    told = Message.objects.latest("pk")
    assert told.template_code == f"{EARLY}_no_account"
    assert "Bộ phận Một cửa, UBND phường Mỹ Phước" in told.body
    assert "bấm" not in told.body
