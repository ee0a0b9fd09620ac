"""What Quân writes is what people read: nothing is cut, nothing is left unfilled, nothing is empty."""

import pytest
from django.test import Client

from motcua.core.actors import Actor, Role
from motcua.core.errors import Refused
from motcua.notices import queries, rules, seeds
from motcua.notices.actions.sending import send
from motcua.notices.actions.wording import edit_template, seed_templates
from motcua.notices.models import Message, Template
from motcua.notices.types import ToPerson
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
QUAN = Actor(Role.KEEPER, "post:9", "Bùi Minh Quân")
PLACES = seeds.places_of("dossier_moved")


def objections(subject: str, body: str) -> list[tuple[str, str | None]]:
    found = rules.template_objections(subject, body, PLACES, seeds.MAY_BE_EMPTY)
    return [(reason.code, reason.field) for reason in found]


@pytest.fixture
def keeper(cast: Cast) -> Client:
    seed_templates()
    client = Client()
    client.login(username="quan", password=PASSWORD)
    return client


def test_a_subject_too_long_is_told_so_and_kept_in_the_box_whole(keeper: Client) -> None:
    long = "Hồ sơ " + "x" * 190 + " {{reference}} xong"

    page = keeper.post(
        "/quan-tri/mau/dossier_moved/inbox/",
        {"do": "save", "subject": long, "body": "Xong.", "seen": "1"},
    )

    assert page.status_code == 422
    assert f"dài {len(long)} ký tự, nhiều nhất 200" in page.content.decode()
    assert long in page.content.decode()
    assert "maxlength" not in page.content.decode()
    assert Template.objects.get(code="dossier_moved", channel="inbox").version == 1


def test_a_body_too_long_is_told_so_and_none_of_it_is_lost(keeper: Client) -> None:
    page = keeper.post(
        "/quan-tri/mau/dossier_moved/inbox/",
        {"do": "save", "subject": "Xong", "body": "y" * 30_000, "seen": "1"},
    )

    assert page.status_code == 422
    assert "dài 30.000 ký tự, nhiều nhất 20.000" in page.content.decode()
    assert "y" * 30_000 in page.content.decode()
    assert objections("Xong", "y" * 20_000) == []


@pytest.mark.parametrize(
    "slip",
    [
        "{reference}}",
        "{{reference}",
        "{{ reference",
        "{reference}",
        "reference}}",
        "{{{reference}}}",
        "{{reference}}}",
        "{{\nreference}}",
        "{{Reference}}",
        "{{}}",
    ],
)
def test_a_place_with_a_slip_of_the_finger_is_refused_and_not_sent_as_it_stands(slip: str) -> None:
    found = objections("Hồ sơ", f"Mã hồ sơ: {slip} đã xong.")

    assert found
    assert set(found) == {("template_place_unknown", "body")}


def test_a_well_written_place_is_taken_with_and_without_spaces() -> None:
    assert objections("Hồ sơ {{reference}}", "Mã {{ reference }},\u00a0{{\u00a0at\u00a0}}") == []


def test_a_wall_of_braces_is_answered_at_once() -> None:
    assert objections("Hồ sơ", "{" * 20_000) == [("template_place_unknown", "body")]


def test_a_refusal_speaks_to_quan_as_to_an_official() -> None:
    found = rules.template_objections("", "{{x}}", PLACES)

    assert "ông/bà" not in " ".join(reason.text for reason in found)


@pytest.mark.parametrize("place", ["new_due", "right_place", "items", "code", "answer_due"])
def test_words_may_not_ask_for_what_their_sender_does_not_know(cast: Cast, place: str) -> None:
    subject, body = "{{" + place + "}}", "Xong."
    seed_templates()

    with pytest.raises(Refused):
        edit_template(
            keeper=QUAN, code="dossier_moved", channel="inbox", subject=subject, body=body
        )
    with pytest.raises(Refused):
        queries.preview("dossier_moved", subject=subject, body=body)


def test_words_that_may_all_be_missing_are_refused(cast: Cast) -> None:
    seed_templates()

    with pytest.raises(Refused) as no:
        edit_template(
            keeper=QUAN, code="supplement_asked", channel="inbox",
            subject="{{note}}", body="Ghi chú: {{note}}\n{{phone}}",
        )  # fmt: skip

    assert [reason.field for reason in no.value.reasons] == ["subject", "body"]


def test_lan_never_gets_an_empty_message_but_the_words_of_the_house(cast: Cast) -> None:
    seed_templates()
    words = Template.objects.filter(code="dossier_moved", channel="inbox")
    words.update(subject="{{new_due}}", body="Hẹn lại: {{new_due}}", version=2)

    told = {"reference": "H1", "status": "Đang thẩm định", "procedure": "Khai sinh", "at": "9:00"}
    send(ToPerson(cast.lan.pk), "dossier_moved", told, dedupe_key="move:1")

    message = Message.objects.get(channel="inbox")
    assert message.subject == "Hồ sơ H1: Đang thẩm định"
    assert message.body.startswith("Hồ sơ “Khai sinh” của ông/bà")


def test_quan_sees_in_the_preview_where_each_reader_is_led(cast: Cast) -> None:
    def led(code: str) -> str:
        return queries.preview(code, subject="Xong", body="Xong.\n\nXem {{link}}").paragraphs[1]

    assert "/ho-so/" in led("dossier_moved")
    assert "/tra-cuu/?ma=" in led("dossier_moved_no_account")
    assert "/can-bo/ho-so/" in led("answer_near")
