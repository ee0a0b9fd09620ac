"""No keeper alone becomes somebody else: not a citizen, not a second keeper, not an official."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.agencies.actions.keeping import add_post, close_post
from motcua.agencies.models import Post
from motcua.agencies.types import NewPost
from motcua.core.actors import Role, at_the_machine
from motcua.core.errors import Refused
from motcua.people.models import Account, Person
from motcua.testing.cast import PASSWORD, Cast, a_post
from motcua.testing.factors import an_app

pytestmark = pytest.mark.django_db
LIST, ADD = "/quan-tri/tai-khoan/", "/quan-tri/tai-khoan/them/"
HA = {
    "username": "ha.tran", "name": "Trần Thị Hà", "place": "H99.31/MC", "role": "desk_officer",
    "title": "Công chức một cửa", "phone": "", "email": "ha@songha.example",
}  # fmt: skip
ASK = {"do": "removal", "reason": "Mất điện thoại"}


def page_of(account_id: int) -> str:
    return f"{LIST}{account_id}/"


def by_service(number: str) -> Account:
    """A citizen who comes by a service: the account has no password."""
    account = Account.objects.create(username=number)
    account.set_unusable_password()
    account.save()
    return account


def test_a_citizens_account_gets_no_post(cast: Cast, browsers: dict[str, Client]) -> None:
    by_service("khach")  # nobody's yet, and opened by no password
    for name in ("lan", "khach"):
        page = browsers["quan"].post(ADD, HA | {"username": name})

        assert page.status_code == 422
        assert "tài khoản của một công dân" in page.content.decode()
        assert not Post.objects.filter(account__username=name).exists()


@pytest.mark.parametrize("name", ["079190000001", "0100000001-001", "2026"])
def test_no_official_goes_by_a_number_of_a_citizen(
    cast: Cast, browsers: dict[str, Client], name: str
) -> None:
    page = browsers["quan"].post(ADD, HA | {"username": name})

    assert page.status_code == 422
    assert "ít nhất một chữ" in page.content.decode()
    assert not Account.objects.filter(username=name).exists()


def test_no_keeper_gives_a_citizen_a_password_even_where_a_post_was_given(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    account = by_service("so-cu")
    Person.objects.create(account=account, national_id="038000000009", full_name="Ngô Văn Mậu")
    for each in (account, cast.lan.account):
        assert each is not None
        Post.objects.create(
            account=each, agency=cast.ward, unit=cast.hung.unit, role="desk_officer",
            title="Công chức", holder_name="Người cũ",
        )  # fmt: skip
        page = browsers["quan"].post(page_of(each.pk), {"do": "password"})

        assert page.status_code == 422
        assert "tài khoản của một công dân" in page.content.decode()
    assert Client().login(username="lan", password=PASSWORD)


def test_a_keeper_is_made_on_the_server_and_nowhere_else(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    assert 'value="keeper"' not in browsers["quan"].get(ADD).content.decode()
    for name in ("ha.tran", "hung"):
        page = browsers["quan"].post(ADD, HA | {"username": name, "role": "keeper"})

        assert page.status_code == 422
        assert "chỉ được cấp từ máy chủ" in page.content.decode()
    assert Post.objects.filter(role=Role.KEEPER).count() == 2

    fresh, _ = add_post(
        by=at_the_machine(),
        new=NewPost(username="ha.tran", name="Hà", agency="H99.31", unit="VP", role="keeper"),
    )
    assert fresh


@pytest.mark.parametrize("closed", [False, True])
def test_a_keepers_password_comes_from_the_server_and_nowhere_else(
    cast: Cast, browsers: dict[str, Client], closed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    if closed:  # else: close it, give the password, have it opened again
        close_post(
            by=at_the_machine(), username="nga", agency=cast.ward.code, unit=cast.nga.unit.code,
            role=Role.KEEPER,
        )  # fmt: skip
    page = browsers["quan"].post(page_of(cast.nga.account_id), {"do": "password"})
    assert page.status_code == 422
    assert "bin/manage give_password" in page.content.decode()
    assert Client().login(username="nga", password=PASSWORD)

    call_command("give_password", "nga")

    [password] = re.findall(r": (\S{16})$", capsys.readouterr().out.strip())
    assert Client().login(username="nga", password=password)
    for name in ("lan", "khong-ai"):
        with pytest.raises(CommandError):
            call_command("give_password", name)


@pytest.mark.parametrize("asker", ["quan", "second"])
def test_who_was_made_by_quan_is_no_second_keeper_beside_him(
    cast: Cast, browsers: dict[str, Client], asker: str
) -> None:
    an_app(cast.hung.account)
    quan = cast.quan.actor
    add_post(by=quan, new=NewPost("hai", "Người hai", "H99.31", "VP", "registrar"))
    a_post("hai", "Người hai", cast.quan.unit, Role.KEEPER, "Quản trị")  # on the server, later
    second = Client()
    second.force_login(Account.objects.get(username="hai"))
    second.post(
        "/can-bo/vi-tri/", {"post": Post.objects.get(holder_name="Người hai", role="keeper").pk}
    )
    here = {"quan": browsers["quan"], "second": second}
    one, other = here.pop(asker), next(iter(here.values()))
    there = page_of(cast.hung.account_id)
    one.post(there, ASK)

    page = other.post(there, {"do": "agree"})

    assert page.status_code == 422
    assert "do chính người kia cấp" in page.content.decode()
    assert Authenticator.objects.filter(user=cast.hung.account).exists()
    browsers["nga"].post(there, {"do": "agree"})  # she was there before
    assert not Authenticator.objects.filter(user=cast.hung.account).exists()


def test_the_action_itself_refuses_a_keeper_who_makes_a_keeper(cast: Cast) -> None:
    with pytest.raises(Refused, match="máy chủ"):
        add_post(by=cast.quan.actor, new=NewPost("hai", "Hai", "H99.31", "VP", "keeper"))
