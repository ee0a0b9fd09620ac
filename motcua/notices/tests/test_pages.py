"""The inbox in a browser."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.notices import queries
from motcua.notices.actions import sending as actions
from motcua.notices.types import ToPerson
from motcua.people.models import Account, Person

pytestmark = pytest.mark.django_db


def somebody(name: str, number: int) -> tuple[Client, Person]:
    account = Account.objects.create_user(f"who{number}")
    person = Person.objects.create(
        account=account, full_name=name, national_id=f"00119000009{number}"
    )
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, person


def tell(person: Person, key: str, reference: str = "H99.1-261120-0001") -> None:
    context = {"reference": reference, "procedure": "Đăng ký khai sinh", "link": "/ho-so/x/"}
    actions.send(ToPerson(person.pk), "result_ready", context, dedupe_key=key)


def test_who_has_not_signed_in_is_asked_to_and_comes_back() -> None:
    answer = Client().get("/thong-bao/")

    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=%2Fthong-bao%2F")


def test_lan_opens_a_message_and_it_is_read() -> None:
    client, lan = somebody("Nguyễn Thị Lan", 1)
    tell(lan, "move:1")
    [row] = queries.inbox(ToPerson(lan.pk)).rows

    listed = client.get("/thong-bao/").content.decode()
    opened = client.get(f"/thong-bao/{row.token}/").content.decode()

    assert "Hồ sơ H99.1-261120-0001 đã có kết quả" in listed
    assert "Chưa đọc" in listed
    assert 'href="/ho-so/x/"' in opened
    assert queries.unread_count(ToPerson(lan.pk)) == 0


def test_thu_gets_not_found_for_a_message_of_lan() -> None:
    _, lan = somebody("Nguyễn Thị Lan", 1)
    client, _ = somebody("Trần Văn Thu", 2)
    tell(lan, "move:1")

    token = queries.inbox(ToPerson(lan.pk)).rows[0].token

    assert client.get(f"/thong-bao/{token}/").status_code == 404
    assert queries.unread_count(ToPerson(lan.pk)) == 1


def test_an_empty_inbox_says_what_will_be_there() -> None:
    client, _ = somebody("Nguyễn Thị Lan", 1)

    assert "chưa có thông báo nào" in client.get("/thong-bao/").content.decode()


def test_all_messages_are_marked_read_at_once_and_only_by_post() -> None:
    client, lan = somebody("Nguyễn Thị Lan", 1)
    tell(lan, "move:1")
    tell(lan, "move:2")

    assert client.get("/thong-bao/da-doc/").status_code == 405
    assert client.post("/thong-bao/da-doc/").status_code == 302
    assert queries.unread_count(ToPerson(lan.pk)) == 0


def test_text_from_outside_is_shown_and_never_run() -> None:
    client, lan = somebody("Nguyễn Thị Lan", 1)
    tell(lan, "move:1", reference="<script>alert(1)</script>")
    [row] = queries.inbox(ToPerson(lan.pk)).rows

    for page in ("/thong-bao/", f"/thong-bao/{row.token}/"):
        assert "<script>alert" not in client.get(page).content.decode()


def test_a_full_inbox_costs_no_more_queries_than_a_short_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client, lan = somebody("Nguyễn Thị Lan", 1)
    for number in range(30):
        tell(lan, f"move:{number}")

    with django_assert_max_num_queries(9):
        answer = client.get("/thong-bao/")

    assert "?truoc=" in answer.content.decode()
