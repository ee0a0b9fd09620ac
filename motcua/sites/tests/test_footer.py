"""What the law wants at the foot of every page of the portal."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings as SettingsWrapper

pytestmark = pytest.mark.django_db


def _foot(page: str) -> str:
    return Client().get(page).content.decode().split("<footer", 1)[1].split("</footer>")[0]


@pytest.mark.parametrize("page", ["/", "/tim/", "/tra-cuu/", "/khong-co-trang-nay/"])
def test_it_says_whose_portal_this_is_and_who_answers_for_it(page: str) -> None:
    """Unit, responsible person, address, phone, e-mail and copyright. Law: CH-07."""
    foot = _foot(page)

    for fact in ("name", "responsible", "address", "hotline", "email"):
        assert settings.AUTHORITY[fact] in foot
    assert f"© Bản quyền thuộc {settings.AUTHORITY['name']}" in foot


def test_another_authority_puts_its_own_person_there(settings: SettingsWrapper) -> None:
    settings.AUTHORITY = settings.AUTHORITY | {"responsible": "Bà Nguyễn Thị Ân, 0912 345 678"}

    assert "Chịu trách nhiệm: Bà Nguyễn Thị Ân, 0912 345 678" in _foot("/")
