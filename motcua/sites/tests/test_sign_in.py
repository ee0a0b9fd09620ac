"""Signing in takes everybody to where their work is."""

import pytest
from django.test import Client

from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "where"),
    [("lan", "/"), ("hung", "/can-bo/"), ("binh", "/can-bo/"), ("quan", "/quan-tri/")],
)
def test_everybody_lands_where_their_work_is(cast: Cast, who: str, where: str) -> None:
    client = Client()

    answer = client.post("/tai-khoan/dang-nhap/", {"login": who, "password": PASSWORD})

    assert answer["Location"] == where
    assert client.get("/tai-khoan/dang-nhap/")["Location"] == where


def test_a_page_that_asked_for_the_sign_in_comes_first(cast: Cast) -> None:
    answer = Client().post(
        "/tai-khoan/dang-nhap/?next=/tra-cuu/", {"login": "hung", "password": PASSWORD}
    )

    assert answer["Location"] == "/tra-cuu/"
