"""What people are told, once, in words a keeper can change and a stranger cannot bend."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.core import events, ports
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Refused, TryLater
from motcua.notices import jobs, queries, rules, seeds
from motcua.notices.actions import sending as actions
from motcua.notices.actions.unsent import send_again
from motcua.notices.actions.wording import edit_template
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer
from motcua.notices.types import Channel, DeliveryStatus, ToPerson
from motcua.people.models import Person

QUAN = Actor(Role.KEEPER, "post:9", "Lê Minh Quân")
CONTEXT = {
    "reference": "T-261122-7K3M9Q",
    "procedure": "Đăng ký khai sinh",
    "agency": "UBND phường Mỹ Phước",
    "phone": "0270 3812 345",
    "at": "16:00 ngày 20/11/2026",
    "answer_due": "16:00 ngày 23/11/2026",
    "link": "http://localhost:8000/ho-so/T-261122-7K3M9Q/",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post_office(monkeypatch: pytest.MonkeyPatch) -> Any:
    ports.adapter.cache_clear()
    monkeypatch.setattr(events, "_reactions", {})
    call_command("seed_notices", verbosity=0)
    return mailer()  # the fake: the settings see to it in tests


@pytest.fixture
def lan() -> Person:
    return Person.objects.create(
        national_id="001190000001", full_name="Nguyễn Thị Lan", email="lan@example.vn"
    )


@pytest.fixture
def thu() -> Person:
    return Person.objects.create(national_id="001190000002", full_name="Trần Văn Thu")


def tell(person: Person, key: str = "move:1", **more: object) -> None:
    actions.send(ToPerson(person.pk), "dossier_submitted", {**CONTEXT, **more}, dedupe_key=key)


def letter() -> Message:
    return Message.objects.get(channel=Channel.EMAIL)


def test_the_inbox_gets_the_message_and_the_letter_waits_for_the_post(
    lan: Person, post_office: Any
) -> None:
    tell(lan)

    [row] = queries.inbox(ToPerson(lan.pk)).rows
    opened = queries.inbox_message(ToPerson(lan.pk), row.token)
    assert row.subject == "Hệ thống đã nhận hồ sơ T-261122-7K3M9Q"
    assert "chậm nhất 16:00 ngày 23/11/2026" in opened.paragraphs[1]
    assert opened.link == "/ho-so/T-261122-7K3M9Q/"
    assert (opened.email_to, opened.email_status) == ("l•••@example.vn", "queued")
    assert post_office.letters == []


def test_the_same_news_twice_is_told_once(lan: Person) -> None:
    tell(lan)
    tell(lan)

    assert Message.objects.count() == 2  # one in the inbox, one letter
    assert Delivery.objects.count() == 1


def test_who_has_no_address_finds_it_in_the_inbox_only(thu: Person) -> None:
    tell(thu)

    assert queries.unread_count(ToPerson(thu.pk)) == 1
    assert not Delivery.objects.exists()


def test_a_letter_is_sent_once_with_our_own_number_and_the_proof_is_kept(
    lan: Person, post_office: Any
) -> None:
    tell(lan)

    jobs.deliver_email(letter().pk)
    jobs.deliver_email(letter().pk)

    [sent] = post_office.letters
    assert sent.to == "lan@example.vn"
    assert sent.message_id == f"<{letter().token}@localhost>"
    assert sent.body.startswith("Kính gửi ông/bà Nguyễn Thị Lan,")
    assert "http://localhost:8000/ho-so/T-261122-7K3M9Q/" in sent.body
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.proof) == (DeliveryStatus.SENT, sent.message_id)


def test_a_busy_server_is_tried_again_later_and_every_try_is_counted(
    lan: Person, post_office: Any
) -> None:
    tell(lan)
    post_office.closed_for = 2

    for _ in range(2):
        with pytest.raises(TryLater):
            jobs.deliver_email(letter().pk)
    jobs.deliver_email(letter().pk)

    assert Delivery.objects.get().attempts == 3
    assert len(post_office.letters) == 1


def test_a_letter_refused_for_good_waits_for_somebody_to_look(
    lan: Person, post_office: Any
) -> None:
    tell(lan)
    post_office.refused.add("lan@example.vn")

    jobs.deliver_email(letter().pk)

    assert [d.trouble for d in queries.unsent_letters()] == ["Không có hộp thư này."]
    post_office.refused.clear()
    send_again(keeper=QUAN, message_id=letter().pk)
    jobs.deliver_email(letter().pk)
    assert len(post_office.letters) == 1


@pytest.mark.parametrize(
    "address",
    [
        "lan@example.vn\nBcc: all@example.vn",
        "a@b.vn, c@d.vn",
        "lan",
        "<lan@example.vn>",
        "a b@c.vn",
    ],
)
def test_an_address_that_is_more_than_an_address_gets_no_letter(
    lan: Person, address: str, post_office: Any
) -> None:
    Person.objects.filter(pk=lan.pk).update(email=address)
    tell(lan)

    jobs.deliver_email(letter().pk)

    assert post_office.letters == []
    assert Delivery.objects.get().status == DeliveryStatus.FAILED


def test_a_stranger_cannot_write_headers_or_templates_through_a_name(
    lan: Person, post_office: Any
) -> None:
    evil = "Lan\r\nBcc: all@example.vn\n{{hotline}} {{ reference.__class__ }}"
    tell(lan, reference=evil)

    jobs.deliver_email(letter().pk)

    [sent] = post_office.letters
    assert "\n" not in sent.subject
    assert "\r" not in sent.subject
    assert "{{hotline}}" in sent.subject


def test_a_link_that_leads_away_from_the_portal_is_dropped(lan: Person) -> None:
    for number, link in enumerate(("https://evil.example/", "//evil.example/", "javascript:x")):
        tell(lan, key=f"move:{number}", link=link)

    assert {m.link for m in Message.objects.all()} == {""}


def test_what_is_rolled_back_is_not_told(lan: Person) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(lan)
        raise ZeroDivisionError

    assert queries.unread_count(ToPerson(lan.pk)) == 0


def test_thu_never_sees_what_was_written_to_lan(lan: Person, thu: Person) -> None:
    tell(lan)
    token = queries.inbox(ToPerson(lan.pk)).rows[0].token

    with pytest.raises(NotFound):
        queries.inbox_message(ToPerson(thu.pk), token)
    actions.read_message(whose=ToPerson(thu.pk), token=token)
    assert actions.read_all(whose=ToPerson(thu.pk)) == 0
    assert queries.unread_count(ToPerson(lan.pk)) == 1
    assert queries.inbox(ToPerson(thu.pk), before=token).rows == ()


def test_opening_a_message_is_reading_it(lan: Person) -> None:
    tell(lan)
    token = queries.inbox(ToPerson(lan.pk)).rows[0].token

    actions.read_message(whose=ToPerson(lan.pk), token=token)

    assert queries.unread_count(ToPerson(lan.pk)) == 0


def test_the_inbox_is_paged_from_the_newest_without_counting(lan: Person) -> None:
    for number in range(45):
        tell(lan, key=f"move:{number}", reference=f"H{number:02}")

    seen, before = [], None
    for _ in range(3):
        page = queries.inbox(ToPerson(lan.pk), before)
        seen += [row.subject[-2:] for row in page.rows]
        before = page.older

    assert seen == [f"{number:02}" for number in reversed(range(45))]
    assert before == ""


def test_a_keeper_changes_the_words_and_sent_messages_keep_theirs(lan: Person) -> None:
    tell(lan)
    version = edit_template(
        keeper=QUAN,
        code="dossier_submitted",
        channel="inbox",
        subject="Đã nhận {{reference}}",
        body="Cảm ơn ông/bà.",
    )
    call_command("seed_notices", verbosity=0)
    tell(lan, key="move:2")

    new, old = queries.inbox(ToPerson(lan.pk)).rows
    assert version == 2
    assert new.subject == "Đã nhận T-261122-7K3M9Q"
    assert old.subject.startswith("Hệ thống đã nhận")


def test_a_template_may_ask_only_for_what_there_is() -> None:
    with pytest.raises(Refused) as refusal:
        edit_template(
            keeper=QUAN,
            code="dossier_submitted",
            channel="email",
            subject="{{reference.__class__}}",
            body="{{password}} {{reference}}",
        )

    assert [reason.field for reason in refusal.value.reasons] == ["subject", "body"]
    assert "{{password}}" in refusal.value.reasons[1].text
    assert Template.objects.get(code="dossier_submitted", channel="email").version == 1


def test_every_seeded_template_asks_only_for_what_there_is() -> None:
    for code, channel, subject, body in seeds.templates():
        places = seeds.places_of(code)
        assert queries.objections(code, channel, subject, body) == []
        assert set(seeds.sample_of(code)) == places


def test_a_line_that_has_nothing_to_say_is_left_out() -> None:
    text = "Kính gửi\nGhi chú: {{note}}\n\nLý do: {{reason}}\n\nHết"

    assert rules.filled(text, {"reason": "thiếu", "note": ""}) == "Kính gửi\n\nLý do: thiếu\n\nHết"


@given(st.text(), st.dictionaries(st.sampled_from(["a", "b"]), st.text()))
def test_filling_never_fails_and_a_subject_is_always_one_line(
    text: str, values: dict[str, str]
) -> None:
    line = rules.header_line(rules.filled(text, values))

    assert len(line) <= rules.SUBJECT_LENGTH
    assert len(line.splitlines()) <= 1
