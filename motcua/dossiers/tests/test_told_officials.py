"""Hùng and Bình hear of a dossier that waits too long: in the inbox of their post, and by letter."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on
from motcua.core.actors import Role
from motcua.dossiers import jobs, rules
from motcua.dossiers.actions import intake, watching
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_watching import watch_at
from motcua.dossiers.types import AlarmLevel
from motcua.dossiers.workflow import Status
from motcua.notices.actions.delivering import deliver
from motcua.notices.models import Delivery, Message
from motcua.notices.ports import mailer
from motcua.notices.queries import unread_count
from motcua.notices.types import ToPost
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
INBOX = "/can-bo/thong-bao/"


@pytest.fixture
def waiting(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.SUBMITTED)


def tell_all() -> None:
    """The jobs that follow the alarms, each of them twice."""
    for alarm in Alarm.objects.order_by("pk"):
        jobs.tell_officials(alarm.pk)
        jobs.tell_officials(alarm.pk)


def warned(dossier: Dossier) -> None:
    watch_at(dossier.warn_at)
    tell_all()


def test_hung_reads_at_the_desk_which_dossier_waits_and_opens_it(
    cast: Cast, waiting: Dossier
) -> None:
    warned(waiting)
    hung = desk_of(cast.hung)

    assert '<span class="mc-count">1<span' in hung.get("/can-bo/", follow=True).content.decode()
    listed = hung.get(INBOX).content.decode()
    assert f"Hồ sơ {waiting.reference} sắp hết hạn trả lời tiếp nhận" in listed
    (place,) = re.findall(r'href="(/can-bo/thong-bao/[^"]{10,}/)"', listed)
    opened = hung.get(place).content.decode()
    (link,) = re.findall(r'href="(/can-bo/ho-so/[^"]+)"', opened)
    assert hung.get(link).status_code == 200
    assert unread_count(ToPost(cast.hung.pk)) == 0
    assert "dk-bar" in opened  # in the frame of the desk, not of the portal


def test_the_letter_leads_to_the_desk_and_names_no_citizen(cast: Cast, waiting: Dossier) -> None:
    warned(waiting)
    delivery = Delivery.objects.get()
    deliver(message_id=delivery.message_id)
    post_office: Any = mailer()

    (letter,) = post_office.letters
    due = waiting.answer_due_at.astimezone(HANOI) if waiting.answer_due_at else None
    assert letter.to == "hung@songha.example"
    assert f"http://localhost:8000/can-bo/ho-so/{waiting.reference}/" in letter.body
    assert f"chậm nhất {due:%H:%M ngày %d/%m/%Y}" in letter.body
    assert cast.lan.full_name not in letter.subject + letter.body
    assert "{{" not in letter.subject + letter.body


def test_once_it_has_passed_binh_is_told_and_hung_not_again(cast: Cast, waiting: Dossier) -> None:
    warned(waiting)
    assert waiting.answer_due_at is not None
    watch_at(waiting.answer_due_at.replace(year=2027))
    tell_all()

    assert unread_count(ToPost(cast.hung.pk)) == 1
    (row,) = Message.objects.filter(post=cast.binh, channel="inbox")
    assert row.subject == f"Hồ sơ {waiting.reference} đã quá hạn trả lời tiếp nhận"
    assert "Bộ phận Tiếp nhận và Trả kết quả" in row.body
    assert desk_of(cast.binh).get(row.link).status_code == 200


def test_what_was_answered_before_the_job_ran_is_told_to_nobody(
    cast: Cast, waiting: Dossier
) -> None:
    watch_at(waiting.warn_at)
    intake.reject_dossier(
        post=cast.hung, reference=waiting.reference, reason="Sai nơi", legal_basis="Điều 13"
    )
    tell_all()

    assert not Message.objects.exists()


def test_what_is_answered_between_the_look_and_the_alarm_gives_none(
    cast: Cast, waiting: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [(waiting.pk, waiting.agency_id)]
    monkeypatch.setattr(watching, "_batches", lambda now: iter([seen]))
    intake.reject_dossier(
        post=cast.hung, reference=waiting.reference, reason="Sai nơi", legal_basis="Điều 13"
    )
    Dossier.objects.update(warn_at=waiting.warn_at)

    assert watch_at(waiting.answer_due_at) == 0


def test_a_watch_that_comes_second_with_an_old_picture_finds_the_alarm_there(
    cast: Cast, waiting: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch_at(waiting.warn_at)
    seen = [(waiting.pk, waiting.agency_id)]
    monkeypatch.setattr(watching, "_batches", lambda now: iter([seen]))
    monkeypatch.setattr(rules, "level_to_raise", lambda *picture: AlarmLevel.WARNING)

    assert watch_at(waiting.warn_at) == 0
    assert deeds_on(waiting.reference).count("dossier.alarm") == 1


def test_an_official_in_another_post_of_theirs_reads_only_what_is_for_that_post(
    cast: Cast, waiting: Dossier
) -> None:
    other = Post.objects.create(
        account=cast.hung.account, agency=cast.ward, unit=cast.mai.unit, role=Role.CASE_OFFICER,
        title="Công chức", holder_name=cast.hung.holder_name,
    )  # fmt: skip
    warned(waiting)
    token = Message.objects.get(channel="inbox").token
    hung = desk_of(cast.hung)

    assert hung.get(INBOX)["Location"].endswith("/can-bo/vi-tri/")  # has not chosen
    hung.post("/can-bo/vi-tri/", {"post": other.pk})
    assert waiting.reference not in hung.get(INBOX).content.decode()
    assert hung.get(f"{INBOX}{token}/").status_code == 404
    hung.post("/can-bo/vi-tri/", {"post": cast.hung.pk})
    assert hung.get(f"{INBOX}{token}/").status_code == 200


def test_neither_a_colleague_nor_a_citizen_reads_hungs_messages(
    cast: Cast, waiting: Dossier
) -> None:
    warned(waiting)
    token = Message.objects.get(channel="inbox").token

    for post in (cast.sau, cast.mai, cast.binh):
        assert desk_of(post).get(f"{INBOX}{token}/").status_code == 404
        assert desk_of(post).post(f"{INBOX}da-doc/").status_code == 302
    assert unread_count(ToPost(cast.hung.pk)) == 1
    lan = signed_in(cast.lan)
    assert lan.get(INBOX).status_code == 404
    assert lan.get(f"/thong-bao/{token}/").status_code == 404


def test_a_full_inbox_at_the_desk_costs_as_many_queries_as_a_short_one(
    cast: Cast, waiting: Dossier
) -> None:
    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert hung.get(INBOX).status_code == 200
        return len(captured)

    warned(waiting)
    hung = desk_of(cast.hung)
    cost()
    one = cost()
    row = Message.objects.get(channel="inbox")
    for number in range(15):
        row.pk, row.token, row.dedupe_key = None, f"tin-nhan-{number}", f"k{number}"
        row.save()

    assert cost() == one
