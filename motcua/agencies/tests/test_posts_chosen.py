"""Who holds several posts says in which one they act; nothing is done in a post nobody meant."""

import pytest
from django.test import Client

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on, entries_of
from motcua.core.actors import Role
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
LIST = "/can-bo/danh-sach/cho-tiep-nhan/"
CHOOSE = "/can-bo/vi-tri/"


@pytest.fixture
def hung(cast: Cast) -> Client:
    """Hùng, who also keeps the house."""
    Post.objects.create(
        account=cast.hung.account, agency=cast.ward, unit=cast.quan.unit, role=Role.KEEPER,
        title="Quản trị", holder_name=cast.hung.holder_name,
    )  # fmt: skip
    client = Client()
    client.login(username="hung", password=PASSWORD)
    return client


def test_hung_chooses_a_post_before_he_does_anything(hung: Client, cast: Cast) -> None:
    for answer in (hung.get(LIST), hung.post("/can-bo/hang-loat/"), hung.get("/quan-tri/")):
        assert (answer.status_code, answer["Location"]) == (302, CHOOSE)
    assert hung.get(CHOOSE).status_code == 200

    hung.post(CHOOSE, {"post": cast.hung.pk})

    assert hung.get(LIST).status_code == 200
    assert hung.get("/quan-tri/").status_code == 404


def test_each_post_opens_where_its_work_is(hung: Client, cast: Cast) -> None:
    keeper = Post.objects.get(account=cast.hung.account, role=Role.KEEPER)

    assert hung.post(CHOOSE, {"post": cast.hung.pk})["Location"] == "/can-bo/"
    assert hung.post(CHOOSE, {"post": keeper.pk})["Location"] == "/quan-tri/"
    assert hung.get("/quan-tri/").status_code == 200


def test_a_post_that_was_closed_is_acted_in_no_longer(hung: Client, cast: Cast) -> None:
    hung.post(CHOOSE, {"post": cast.hung.pk})
    Post.objects.filter(pk=cast.hung.pk).update(is_active=False)

    assert hung.get(LIST)["Location"] == CHOOSE


def test_which_post_was_taken_stands_in_the_journal(hung: Client, cast: Cast) -> None:
    hung.post(CHOOSE, {"post": cast.hung.pk})

    [entry] = entries_of(f"post:{cast.hung.pk}")
    assert (entry.deed, entry.actor_name) == ("post.taken", cast.hung.holder_name)
    assert entry.facts["account"] == f"account:{cast.hung.account_id}"


def test_coming_going_and_a_new_password_stand_in_the_journal(cast: Cast) -> None:
    client, new = Client(), "thuyen-xuoi-song-9"
    client.post("/tai-khoan/dang-nhap/", {"login": "mai", "password": "sai"})
    client.post("/tai-khoan/dang-nhap/", {"login": "mai", "password": PASSWORD})
    client.post(
        "/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    client.post("/tai-khoan/dang-xuat/")

    subject = f"account:{cast.mai.account_id}"
    assert deeds_on(subject) == [
        "account.refused", "account.sign_in", "account.new_password", "account.sign_out",
    ]  # fmt: skip
    assert new not in str(entries_of(subject))
