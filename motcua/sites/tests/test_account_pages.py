"""Quân makes, shuts and opens the accounts of officials; what is grave takes Nga too."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on
from motcua.dossiers.keeping import tell_keepers, waiting
from motcua.notices.account_news import tell_account
from motcua.notices.models import Message
from motcua.people.models import Account, FactorRemoval
from motcua.testing.cast import Cast
from motcua.testing.factors import an_app

pytestmark = pytest.mark.django_db
LIST, ADD = "/quan-tri/tai-khoan/", "/quan-tri/tai-khoan/them/"
HA = {
    "username": "ha.tran", "name": "Trần Thị Hà", "place": "H99.31/MC", "role": "desk_officer",
    "title": "Công chức một cửa", "phone": "", "email": "ha@songha.example",
}  # fmt: skip


def page_of(cast: Cast, who: str = "hung") -> str:
    return f"{LIST}{getattr(cast, who).account_id}/"


def test_quan_gives_ha_a_post_and_her_first_password_is_shown_once(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    page = browsers["quan"].post(ADD, HA)

    found = re.search(r"<code>([^<]{16})</code>", page.content.decode())
    assert found
    ha = Client()
    ha.post("/tai-khoan/dang-nhap/", {"login": "ha.tran", "password": found[1]})
    assert ha.get("/can-bo/danh-sach/cho-tiep-nhan/").status_code == 200
    account = Account.objects.get(username="ha.tran")
    assert account.password_is_given
    assert "ha.tran" in browsers["quan"].get(f"{LIST}?q=Hà").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "Hà"}, "Tên đăng nhập"),
        ({"place": "H99.31"}, "Không có phòng"),
        ({"place": ""}, "Không có phòng"),
        ({"role": "citizen"}, "Vai"),
        ({"name": ""}, "Chưa có tên"),
        ({"username": "quan"}, "Không tự cấp vị trí cho mình"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    cast: Cast, browsers: dict[str, Client], wrong: dict[str, str], said: str
) -> None:
    page = browsers["quan"].post(ADD, HA | wrong)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'value="ha@songha.example"' in page.content.decode()
    assert not Account.objects.filter(username="ha.tran").exists()


def test_hung_is_shut_out_with_a_reason_and_told(cast: Cast, browsers: dict[str, Client]) -> None:
    hung, quan = Client(), browsers["quan"]
    hung.force_login(cast.hung.account)

    assert quan.post(page_of(cast), {"do": "shut"}).status_code == 422
    quan.post(page_of(cast), {"do": "shut", "reason": "Nghỉ thai sản"})

    assert hung.get("/can-bo/")["Location"].startswith("/tai-khoan/dang-nhap/")
    shown = quan.get(page_of(cast)).content.decode()
    assert "Đang khóa" in shown
    assert "Nghỉ thai sản" in shown
    tell_account(cast.hung.account_id, "account.shut", "Nghỉ thai sản", "key")
    tell_account(cast.hung.account_id, "account.shut", "Nghỉ thai sản", "key")
    [letter] = Message.objects.filter(dedupe_key__startswith="key", channel="email")
    assert "bị khóa" in letter.subject
    assert "Nghỉ thai sản" in letter.body

    quan.post(page_of(cast), {"do": "reopen", "reason": "Đi làm lại"})
    assert Account.objects.get(username="hung").is_active
    deeds = deeds_on(f"account:{cast.hung.account_id}")
    assert deeds[-2:] == ["account.shut", "account.reopened"]


def test_a_lost_factor_is_taken_away_by_two_keepers(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    an_app(cast.hung.account)
    hung = Client()
    hung.force_login(cast.hung.account)
    asked = {"do": "removal", "reason": "Mất điện thoại"}
    browsers["quan"].post(page_of(cast), asked)

    assert browsers["quan"].post(page_of(cast), asked).status_code == 422  # one at a time
    assert browsers["quan"].post(page_of(cast), {"do": "agree"}).status_code == 422
    assert Authenticator.objects.filter(user=cast.hung.account).exists()
    [waits] = waiting()
    tell_keepers(waits.key)
    told = Message.objects.filter(dedupe_key__contains=waits.key, channel="inbox")
    assert [message.post_id for message in told] == [cast.nga.pk]
    browsers["nga"].post(page_of(cast), {"do": "agree"})

    assert not Authenticator.objects.filter(user=cast.hung.account).exists()
    assert hung.get("/can-bo/")["Location"].startswith("/tai-khoan/dang-nhap/")
    deeds = deeds_on(f"account:{cast.hung.account_id}")
    assert deeds[-2:] == ["account.factor_removal_asked", "account.factor_taken"]
    assert waiting() == []
    assert browsers["nga"].post(page_of(cast), {"do": "agree"}).status_code == 422


def test_quan_takes_his_question_back_and_nga_says_no(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    an_app(cast.hung.account)
    for who in ("quan", "nga"):
        browsers["quan"].post(page_of(cast), {"do": "removal", "reason": "Mất điện thoại"})
        browsers[who].post(page_of(cast), {"do": "disagree"})

    assert list(FactorRemoval.objects.values_list("agreed", flat=True)) == [False, False]
    assert Authenticator.objects.filter(user=cast.hung.account).exists()


def test_nobody_agrees_to_their_own_lost_factor_or_shuts_themselves(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    an_app(cast.nga.account)
    browsers["quan"].post(page_of(cast, "nga"), {"do": "removal", "reason": "Mất điện thoại"})

    for typed in ({"do": "agree"}, {"do": "shut", "reason": "Thử"}, {"do": "password"}):
        assert browsers["nga"].post(page_of(cast, "nga"), typed).status_code == 422
    assert Authenticator.objects.filter(user=cast.nga.account).exists()


def test_a_new_password_is_shown_once_and_the_old_one_is_gone(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    page = browsers["quan"].post(page_of(cast), {"do": "password"}).content.decode()

    found = re.search(r"<code>([^<]{16})</code>", page)
    assert found
    assert Client().login(username="hung", password=found[1])
    assert found[1] not in browsers["quan"].get(page_of(cast)).content.decode()


def test_a_post_is_closed_on_the_page_of_its_holder_and_of_nobody_else(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    alien = {"do": "close", "post": str(cast.mai.pk)}
    assert browsers["quan"].post(page_of(cast), alien).status_code == 404

    browsers["quan"].post(page_of(cast), {"do": "close", "post": str(cast.hung.pk)})

    assert not Post.objects.get(pk=cast.hung.pk).is_active
    assert Post.objects.get(pk=cast.mai.pk).is_active


def test_citizens_are_not_among_the_officials(cast: Cast, browsers: dict[str, Client]) -> None:
    assert browsers["quan"].get(f"{LIST}{cast.lan.account_id}/").status_code == 404
    assert "Nguyễn Thị Lan" not in browsers["quan"].get(LIST).content.decode()


def test_the_list_costs_the_same_however_many_there_are(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browsers["quan"].get(LIST).status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(60):
        account = Account.objects.create(username=f"n{number}", first_name=f"Người {number}")
        Post.objects.create(
            account=account, agency=cast.ward, unit=cast.hung.unit, role="case_officer",
            title="Công chức", holder_name=f"Người {number}",
        )  # fmt: skip
    assert cost() == few
    first = browsers["quan"].get(LIST).content.decode()
    onward = re.search(r'href="\?q=&amp;loc=&amp;sau=(\d+)"', first)
    assert onward
    assert "Người 59" in browsers["quan"].get(f"{LIST}?sau={onward[1]}").content.decode()


def test_the_only_keeper_of_a_house_is_helped_from_the_server(cast: Cast) -> None:
    an_app(cast.quan.account)

    call_command("drop_factor", "quan", reason="Mất điện thoại")

    assert not Authenticator.objects.exists()
    assert deeds_on(f"account:{cast.quan.account_id}")[-1] == "account.factor_taken"
    for name in ("quan", "khong-ai"):
        with pytest.raises(CommandError):
            call_command("drop_factor", name, reason="Lần nữa")
