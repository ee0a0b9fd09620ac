"""Whoever loses a right loses it now, also in the browser that is open (S-04)."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from django.core.management import call_command
from django.test import Client

from motcua.agencies.actions.keeping import close_post
from motcua.agencies.models import Post
from motcua.core.actors import Role, at_the_machine
from motcua.core.two_persons import Hand
from motcua.people.keeping import give_password, shut_account
from motcua.people.models import Partner
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"
LIST = "/can-bo/danh-sach/cho-tiep-nhan/"


def suspended(cast: Cast) -> None:
    """The keeper shuts the account."""
    hand = Hand(cast.quan.actor, f"account:{cast.quan.account_id}")
    shut_account(hand=hand, account_id=cast.hung.account_id, reason="Bị đình chỉ công tác")


def transferred(cast: Cast) -> None:
    """Hùng goes to another commune: his post here is closed."""
    close_post(
        by=at_the_machine(), username="hung", agency=cast.ward.code,
        unit=cast.hung.unit.code, role=Role.DESK_OFFICER,
    )  # fmt: skip


def password_taken_back(cast: Cast) -> None:
    """The keeper gives a new password."""
    hand = Hand(cast.quan.actor, f"account:{cast.quan.account_id}")
    give_password(hand=hand, account_id=cast.hung.account_id)


@pytest.mark.parametrize("lost", [suspended, transferred, password_taken_back])
def test_the_next_click_of_an_open_browser_finds_nobody_signed_in(
    cast: Cast, lost: Callable[[Cast], None]
) -> None:
    hung = Client()
    hung.force_login(cast.hung.account)
    assert hung.get(LIST).status_code == 200

    lost(cast)

    for answer in (hung.get(LIST), hung.post("/can-bo/hang-loat/"), hung.get("/can-bo/tim/?q=a")):
        assert answer["Location"].startswith(SIGN_IN)


def test_even_a_session_that_survived_acts_in_no_closed_post_and_no_shut_account(
    cast: Cast,
) -> None:
    hung = Client()
    hung.force_login(cast.hung.account)
    Post.objects.filter(pk=cast.hung.pk).update(is_active=False)
    assert hung.get(LIST).status_code == 404

    cast.hung.account.is_active = False
    cast.hung.account.save(update_fields=["is_active"])
    assert hung.get(LIST)["Location"].startswith(SIGN_IN)


def test_when_a_deputy_steps_back_the_deputy_keeps_only_their_own_post(cast: Cast) -> None:
    deputy = Post.objects.create(
        account=cast.mai.account, agency=cast.ward, unit=cast.hoa.unit, role=Role.UNIT_HEAD,
        title="Phụ trách phòng khi trưởng phòng vắng", holder_name=cast.mai.holder_name,
    )  # fmt: skip
    mai = Client()
    mai.force_login(cast.mai.account)
    mai.post("/can-bo/vi-tri/", {"post": deputy.pk})
    assert mai.get("/can-bo/canh-bao/").status_code == 200

    close_post(
        by=at_the_machine(), username="mai", agency=cast.ward.code, unit=cast.hoa.unit.code,
        role=Role.UNIT_HEAD,
    )  # fmt: skip

    assert mai.get("/can-bo/canh-bao/")["Location"].startswith(SIGN_IN)
    mai.post(SIGN_IN, {"login": "mai", "password": PASSWORD})
    assert mai.get("/can-bo/canh-bao/").status_code == 404
    assert mai.get(LIST).status_code == 200


def test_the_token_of_a_closed_partner_opens_nothing(cast: Cast) -> None:
    Partner.objects.create(name="Cổng bạn", token_sha256=sha256(b"token").hexdigest())
    partner = Client(headers={"Authorization": "Bearer token"})
    assert partner.post("/api/v1/dossiers", {}).status_code != 401

    call_command("close_partner", "Cổng bạn", verbosity=0)

    assert partner.post("/api/v1/dossiers", {}).status_code == 401


def test_who_is_shut_is_told_so_only_with_the_right_password(cast: Cast) -> None:
    suspended(cast)

    right = Client().post(SIGN_IN, {"login": "hung", "password": PASSWORD})
    wrong = Client().post(SIGN_IN, {"login": "hung", "password": "sai"})

    assert right["Location"] == "/tai-khoan/tam-khoa/"
    assert "chưa đúng" in wrong.content.decode()
