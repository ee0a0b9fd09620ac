"""Lan says how she wants to be told; Quân keeps the words for telephones."""

import pytest
from django.test import Client
from pytest_django import Settings

from motcua.audit.queries import deeds_on
from motcua.core.errors import Refused
from motcua.notices import queries
from motcua.notices.actions.choosing import choose_ways
from motcua.notices.actions.wording import seed_templates
from motcua.notices.models import Delivery, Preference, Template
from motcua.notices.types import Channel, DeliveryStatus, Kind
from motcua.people.models import Person
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
WAYS = "/tai-khoan/thong-bao/"
WORDS = "/quan-tri/mau/result_ready/sms/"


def signed_in(name: str) -> Client:
    client = Client()
    client.login(username=name, password=PASSWORD)
    return client


def chosen(person: Person) -> dict[Kind, tuple[Channel, ...]]:
    return queries.ways_chosen(person.pk).channels


def test_lan_chooses_a_way_for_each_kind_of_notice_and_when_her_telephone_rests(cast: Cast) -> None:
    lan = signed_in("lan")
    assert chosen(cast.lan)[Kind.ACT] == (Channel.EMAIL,)
    assert "09•• ••• 001" in lan.get(WAYS).content.decode()

    typed = {"act": ["email", "zalo"], "result": ["sms"], "quiet_from": "22", "quiet_to": "6"}
    page = lan.post(WAYS, typed, follow=True).content.decode()

    assert "Đã lưu cách nhận thông báo" in page
    assert chosen(cast.lan) == {
        Kind.ACT: (Channel.ZALO, Channel.EMAIL), Kind.RESULT: (Channel.SMS,),
        Kind.LATE: (), Kind.PROGRESS: (),
    }  # fmt: skip
    assert queries.ways_chosen(cast.lan.pk).quiet == (22, 6)
    assert page.count(" checked") == 3
    assert '<option value="22" selected>' in page
    assert deeds_on(f"person:{cast.lan.pk}") == ["notice.choose_ways"]
    assert not queries.ways_chosen(cast.thu.pk).has_chosen


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"act": ["pigeon"]}, "Có kênh chưa dùng được"),
        ({"act": ["inbox"]}, "Có kênh chưa dùng được"),
        ({"quiet_from": "24"}, "Mời chọn giờ nghỉ"),
        ({"quiet_to": "-1"}, "Mời chọn giờ nghỉ"),
        ({"quiet_to": "٧"}, "Mời chọn giờ nghỉ"),
    ],
)
def test_what_cannot_be_chosen_is_a_sentence_and_nothing_is_kept(
    cast: Cast, typed: dict[str, object], says: str
) -> None:
    answer = signed_in("lan").post(WAYS, typed)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Preference.objects.exists()


def test_a_channel_is_offered_only_where_it_can_arrive(cast: Cast, settings: Settings) -> None:
    Person.objects.filter(pk=cast.thu.pk).update(phone="0270 3812 345")
    settings.NOTICE_ORDER = ["sms", "email"]

    assert list(queries.ways_chosen(cast.thu.pk).offered) == [Channel.EMAIL]
    assert list(queries.ways_chosen(cast.lan.pk).offered) == [Channel.SMS, Channel.EMAIL]
    with pytest.raises(Refused):
        choose_ways(
            person_id=cast.thu.pk, actor=cast.thu.actor, channels={Kind.ACT: ["sms"]}, quiet=(0, 0)
        )
    Person.objects.filter(pk=cast.thu.pk).update(phone="", email="")
    assert "Mời đến Bộ phận Một cửa" in signed_in("thu").get(WAYS).content.decode()


def test_who_is_not_signed_in_chooses_nothing(cast: Cast) -> None:
    assert Client().get(WAYS).status_code == 302
    assert Client().post(WAYS, {"act": ["email"]}).status_code == 302
    assert not Preference.objects.exists()


def test_lan_finds_the_page_from_her_inbox_and_an_official_has_none(cast: Cast) -> None:
    assert f'href="{WAYS}"' in signed_in("lan").get("/thong-bao/").content.decode()
    assert WAYS not in signed_in("hung").get("/can-bo/thong-bao/").content.decode()


def test_quan_sees_an_sms_as_it_will_be_read_and_is_told_when_it_is_too_long(cast: Cast) -> None:
    seed_templates()
    keeper = signed_in("quan")
    typed = {"subject": "", "body": "Hồ sơ {{reference}} xong.", "seen": "1"}

    tried = keeper.post(WORDS, {**typed, "do": "preview"}).content.decode()
    assert "Ho so H99.31-261122-0001 xong." in tried
    assert "Tin không dấu, 30 ký tự" in tried

    long = keeper.post(WORDS, {**typed, "body": "một hai " * 25, "do": "save"})
    assert long.status_code == 422
    assert "một tin SMS chỉ được 160" in long.content.decode()
    wrong = keeper.post(WORDS, {**typed, "subject": "12 ab", "do": "save"})
    assert "Mã mẫu đã đăng ký chỉ gồm chữ và số" in wrong.content.decode()

    keeper.post(WORDS, {**typed, "subject": "ZNS77", "do": "save"})
    kept = Template.objects.get(code="result_ready", channel=Channel.SMS)
    assert (kept.subject, kept.version) == ("ZNS77", 2)


def test_quan_sees_a_text_that_did_not_leave_with_its_channel(cast: Cast) -> None:
    from motcua.notices.actions.sending import send
    from motcua.notices.types import ToAddress

    send(ToAddress("", "Hen", "0912345678"), "result_ready_no_account", {"reference": "H1"},
         dedupe_key="move:1")  # fmt: skip
    Delivery.objects.update(status=DeliveryStatus.FAILED, trouble="SMS: nhà mạng từ chối, mã 103")

    page = signed_in("quan").get("/quan-tri/thu/").content.decode()

    assert "Tin nhắn SMS" in page
    assert "mã 103" in page
    assert "Ho so H1 da co ket qua" in page
    health = signed_in("quan").get("/quan-tri/").content.decode()
    assert "09•• ••• 678: SMS: nhà mạng từ chối" in health
    assert "84912345678" not in health


def test_who_has_no_telephone_keeps_the_quiet_hours_of_the_house(cast: Cast) -> None:
    Person.objects.filter(pk=cast.thu.pk).update(phone="")
    before = queries.ways_chosen(cast.thu.pk).quiet

    signed_in("thu").post(WAYS, {"act": ["email"]})

    assert queries.ways_chosen(cast.thu.pk).quiet == before != (0, 0)
