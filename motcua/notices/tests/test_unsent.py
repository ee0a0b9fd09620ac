"""No letter is forgotten: what does not leave is listed, sent again or dropped, and journalled."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from motcua.audit.queries import deeds_on, entries_of
from motcua.core import clock, queue
from motcua.core.actors import Actor, Role
from motcua.core.errors import GiveUp, NotFound, TryLater
from motcua.notices import jobs, queries
from motcua.notices.actions import sending, unsent
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer
from motcua.notices.types import DeliveryStatus, ToPerson
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
QUAN = Actor(Role.KEEPER, "post:9", "Bùi Minh Quân")
WORDS = "/quan-tri/mau/dossier_submitted/inbox/"


@pytest.fixture
def post_office() -> Any:
    return mailer()  # the fake: the settings see to it in tests


@pytest.fixture
def letter(cast: Cast) -> int:
    """A letter to Lan, in the queue."""
    sending.send(
        ToPerson(cast.lan.pk), "dossier_submitted", {"reference": "T-1"}, dedupe_key="move:1"
    )
    return Delivery.objects.get().message_id


@pytest.fixture
def keeper(cast: Cast) -> Client:
    client = Client()
    client.login(username="quan", password=PASSWORD)
    return client


def test_the_last_attempt_in_vain_is_told_to_the_keeper(letter: int, post_office: Any) -> None:
    post_office.closed_for = 100
    for _ in range(queue.LAST_TRY - 1):
        with pytest.raises(TryLater):
            jobs.deliver_email(letter)
    assert queries.unsent_letters() == []

    jobs.deliver_email(letter)

    [found] = queries.unsent_letters()
    assert (found.message_id, found.attempts) == (letter, queue.LAST_TRY)
    assert found.trouble == "Máy chủ thư bận."


def test_a_letter_nobody_has_tried_for_a_day_is_told_and_can_be_sent_again(
    letter: int, post_office: Any
) -> None:
    assert queries.unsent_letters() == []
    with pytest.raises(NotFound):
        unsent.send_again(keeper=QUAN, message_id=letter)
    Delivery.objects.update(at=clock.now() - timedelta(hours=25))

    assert [found.is_waiting for found in queries.unsent_letters()] == [True]
    unsent.send_again(keeper=QUAN, message_id=letter)
    jobs.deliver_email(letter)

    assert len(post_office.letters) == 1
    assert deeds_on(f"message:{letter}") == ["notice.send_again"]


def test_a_fault_of_ours_while_sending_is_written_down_and_tried_again(
    letter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, **letter: str) -> str:
        raise ZeroDivisionError("hỏng")

    monkeypatch.setattr(type(mailer()), "send", broken)

    with pytest.raises(ZeroDivisionError):
        jobs.deliver_email(letter)

    found = Delivery.objects.get()
    assert found.status == DeliveryStatus.QUEUED
    assert "hỏng" in found.trouble


def test_the_mail_server_is_spoken_to_outside_our_transactions(
    letter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    depth = len(connection.savepoint_ids)
    seen: list[int] = []

    def send(self: Any, **letter: str) -> str:
        seen.append(len(connection.savepoint_ids))
        seen.append(Delivery.objects.get().attempts)
        return "proof"

    monkeypatch.setattr(type(mailer()), "send", send)
    jobs.deliver_email(letter)

    assert seen == [depth, 1]


def test_letters_of_one_person_keep_their_order(cast: Cast) -> None:
    for number in (1, 2):
        sending.send(ToPerson(cast.lan.pk), "dossier_submitted", {}, dedupe_key=f"move:{number}")
    sending.send(ToPerson(cast.thu.pk), "dossier_submitted", {}, dedupe_key="move:3")

    with connection.cursor() as cursor:
        cursor.execute("SELECT lock FROM procrastinate_jobs ORDER BY id")
        locks = [lock for (lock,) in cursor.fetchall()]

    lans = f"letters:person:{cast.lan.pk}"
    assert locks == [lans, lans, f"letters:person:{cast.thu.pk}"]


def test_quan_sends_one_letter_again_and_drops_another(cast: Cast, keeper: Client) -> None:
    for number in (1, 2):
        sending.send(ToPerson(cast.lan.pk), "dossier_submitted", {}, dedupe_key=f"move:{number}")
    Delivery.objects.update(status=DeliveryStatus.FAILED, trouble="SMTP 550")
    first, second = Delivery.objects.order_by("pk").values_list("message_id", flat=True)

    assert "SMTP 550" in keeper.get("/quan-tri/thu/").content.decode()
    keeper.post("/quan-tri/thu/", {"letter": first, "do": "again"})
    page = keeper.post("/quan-tri/thu/", {"letter": second, "do": "drop"}, follow=True)

    assert "Không có thư nào cần xem lại" in page.content.decode()
    assert Delivery.objects.get(message_id=first).status == DeliveryStatus.QUEUED
    assert Delivery.objects.get(message_id=second).status == DeliveryStatus.DROPPED
    assert deeds_on(f"message:{second}") == ["notice.drop"]
    assert keeper.post("/quan-tri/thu/", {"letter": second, "do": "again"}).status_code == 404


@pytest.mark.parametrize("typed", [{}, {"letter": "1"}, {"letter": "x", "do": "again"}])
def test_a_letter_that_was_not_chosen_is_a_sentence(keeper: Client, typed: dict[str, str]) -> None:
    assert keeper.post("/quan-tri/thu/", typed).status_code == 422


def test_quan_sees_the_new_words_with_sample_facts_before_keeping_them(keeper: Client) -> None:
    typed = {"subject": "Đã nhận {{reference}}", "body": "Chào {{name}}.", "seen": "1"}
    tried = keeper.post(WORDS, {**typed, "do": "preview"})
    assert "Chào Nguyễn Thị Lan." in tried.content.decode()
    assert Template.objects.get(code="dossier_submitted", channel="inbox").version == 1

    kept = keeper.post(WORDS, {**typed, "do": "save"}, follow=True)

    assert "Đã lưu mẫu, lần sửa thứ 2." in kept.content.decode()
    assert "Lần 2: Bùi Minh Quân" in kept.content.decode()
    assert Template.objects.get(code="dossier_submitted", channel="inbox").version == 2
    assert deeds_on("template:dossier_submitted:inbox") == ["notice.edit_template"]


def test_words_that_ask_for_what_there_is_not_are_refused(keeper: Client) -> None:
    typed = {"subject": "{{reference}}", "body": "{{password}}", "seen": "1", "do": "save"}

    answer = keeper.post(WORDS, typed)

    assert answer.status_code == 422
    assert "{{password}} trong nội dung không dùng được" in answer.content.decode()
    assert Template.objects.get(code="dossier_submitted", channel="inbox").version == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(keeper: Client) -> None:
    typed = {"subject": "A", "body": "B", "seen": "1", "do": "save"}
    keeper.post(WORDS, typed)

    again = keeper.post(WORDS, {**typed, "subject": "C"})

    assert again.status_code == 422
    assert "vừa được người khác sửa" in again.content.decode()
    assert Template.objects.get(code="dossier_submitted", channel="inbox").subject == "A"


def test_every_template_and_its_places_are_listed(keeper: Client) -> None:
    assert keeper.get("/quan-tri/mau/").content.decode().count('href="/quan-tri/mau/') >= 20
    assert "{{answer_due}}" in keeper.get(WORDS).content.decode()
    assert "{{right_place}}" not in keeper.get(WORDS).content.decode()
    rejected = "/quan-tri/mau/dossier_rejected/inbox/"
    assert "{{right_place}}" in keeper.get(rejected).content.decode()
    assert keeper.get("/quan-tri/mau/khong-co/inbox/").status_code == 404


def on_the_wire(monkeypatch: pytest.MonkeyPatch, letter: int, end: Exception | str) -> None:
    """The mail server takes its time, and Quân drops the letter meanwhile."""

    def send(self: Any, **told: str) -> str:
        Delivery.objects.update(at=clock.now() - timedelta(hours=25))
        unsent.drop_letter(keeper=QUAN, message_id=letter)
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(type(mailer()), "send", send)


@pytest.mark.parametrize("end", [TryLater("bận"), GiveUp("không có hộp thư"), OSError("đứt")])
def test_what_quan_drops_while_it_is_on_the_wire_stays_dropped(
    letter: int, monkeypatch: pytest.MonkeyPatch, end: Exception
) -> None:
    on_the_wire(monkeypatch, letter, end)

    jobs.deliver_email(letter)

    assert Delivery.objects.get().status == DeliveryStatus.DROPPED
    assert queries.unsent_letters() == []


def test_a_letter_dropped_too_late_is_known_to_have_left(
    cast: Cast, letter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_wire(monkeypatch, letter, "<proof@host>")

    jobs.deliver_email(letter)

    found = Delivery.objects.get()
    assert (found.status, found.proof) == (DeliveryStatus.DROPPED, "<proof@host>")
    lans = ToPerson(cast.lan.pk)
    token = queries.inbox(lans).rows[0].token
    assert queries.inbox_message(lans, token).email_status == DeliveryStatus.SENT


def test_who_looked_at_the_letters_that_did_not_leave_is_on_record(
    cast: Cast, letter: int, keeper: Client
) -> None:
    keeper.get("/quan-tri/thu/")
    assert deeds_on(cast.quan.actor.key) == []  # there was nothing to see
    Delivery.objects.update(status=DeliveryStatus.FAILED, trouble="SMTP 550")

    keeper.get("/quan-tri/thu/")

    (entry,) = entries_of(cast.quan.actor.key)
    assert (entry.deed, entry.facts) == ("notice.listed", {"shown": [letter]})


def test_the_health_page_leads_to_those_letters_and_shows_no_address(
    letter: int, keeper: Client
) -> None:
    Delivery.objects.update(status=DeliveryStatus.FAILED, trouble="SMTP 550")

    page = keeper.get("/quan-tri/").content.decode()

    assert "SMTP 550" in page
    assert 'href="/quan-tri/thu/">Gửi lại' in page
    assert "lan@songha.example" not in page


def test_the_inbox_tells_lan_that_a_dropped_letter_did_not_come(cast: Cast, letter: int) -> None:
    Delivery.objects.update(status=DeliveryStatus.DROPPED)
    token = Message.objects.get(channel="inbox").token
    client = Client()
    client.login(username="lan", password=PASSWORD)

    assert "Chưa gửi được thư" in client.get(f"/thong-bao/{token}/").content.decode()
