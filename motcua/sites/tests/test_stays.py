"""A session is locked when nobody is there, ends in the evening, and is never left behind."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as house
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.core.actors import Role
from motcua.people.guarding import end_sessions
from motcua.people.models import Session
from motcua.testing.cast import PASSWORD, Cast, a_post

pytestmark = pytest.mark.django_db
SIGN_IN, UNLOCK, KEPT = "/tai-khoan/dang-nhap/", "/tai-khoan/mo-khoa/", "/tai-khoan/gui-lai/"
LIST = "/can-bo/danh-sach/cho-tiep-nhan/"
NEW = "thuyen-xuoi-song-9"


@pytest.fixture(autouse=True)
def _limits(settings: SettingsWrapper) -> None:
    settings.IDLE_MINUTES, settings.SESSION_HOURS = 15, 8


def signed_in(who: str) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": who, "password": PASSWORD})
    return client


def minutes(number: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(minutes=number), tick=False)


def test_hungs_screen_is_locked_while_he_is_away_and_opens_to_his_password(cast: Cast) -> None:
    hung = signed_in("hung")
    with minutes(14):
        assert hung.get(LIST).status_code == 200
    with minutes(30):
        locked = hung.get(LIST)["Location"]
        assert locked == f"{UNLOCK}?next=%2Fcan-bo%2Fdanh-sach%2Fcho-tiep-nhan%2F"
        assert "phiên" in hung.get(locked).content.decode().casefold()
        assert hung.get("/")["Location"].startswith(UNLOCK)
        assert hung.post(UNLOCK, {"password": "sai"}).status_code == 422
        assert hung.get(LIST).status_code == 302
        assert hung.post(locked, {"password": PASSWORD})["Location"] == LIST
        assert hung.get(LIST).status_code == 200
    deeds = deeds_on(f"account:{cast.hung.account_id}")
    assert deeds == ["account.sign_in", "account.locked", "account.refused", "account.unlocked"]


def test_a_session_older_than_the_post_does_not_act_in_it(cast: Cast) -> None:
    lan, typed = Client(), {"login": "lan", "password": PASSWORD}
    lan.post(SIGN_IN, typed)
    assert lan.get(LIST).status_code == 404
    a_post(
        "lan", "Nguyễn Thị Lan", cast.hung.unit, Role(cast.hung.role), "Công chức"
    )  # nothing ended

    assert lan.get(LIST)["Location"].startswith(SIGN_IN)
    assert lan.get("/ho-so/")["Location"].startswith(SIGN_IN)  # it is no session any more
    lan.post(SIGN_IN, typed)
    assert lan.get(LIST).status_code == 200


def test_a_session_belongs_to_its_account_before_anybody_looks_at_its_posts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def looked(account_id: int) -> bool:
        seen.append(Session.objects.filter(account_id=account_id).count())
        end_sessions([account_id])  # a post is given at this very moment
        return False

    monkeypatch.setattr("motcua.agencies.queries.is_official", looked)
    hung = Client()
    answer = hung.post(SIGN_IN, {"login": "lan", "password": PASSWORD})

    assert seen[-1] == 1
    assert answer.status_code == 400
    assert not Session.objects.filter(account__username="lan").exists()


def test_looking_at_the_locked_page_does_not_count_as_being_there(cast: Cast) -> None:
    hung = signed_in("hung")
    for later in (16, 20, 40):
        with minutes(later):
            assert hung.get(LIST).status_code == 302
            assert hung.get(UNLOCK).status_code == 200


def test_what_hung_typed_into_a_locked_session_is_shown_and_sent_when_he_says_so(
    cast: Cast,
) -> None:
    hung = signed_in("hung")
    typed = {"post": str(cast.hung.pk), "note": "Mời bà Lan bổ sung", "password": "bi-mat-nhe"}
    with minutes(20):
        assert hung.post("/can-bo/vi-tri/", typed)["Location"] == UNLOCK
        assert "post.taken" not in deeds_on(f"post:{cast.hung.pk}")
        assert hung.post(UNLOCK, {"password": PASSWORD})["Location"] == KEPT
        page = hung.get(KEPT).content.decode()
        assert "Mời bà Lan bổ sung" in page
        assert "bi-mat-nhe" not in page

        sent = hung.post(KEPT, {"post": str(cast.hung.pk)})
        assert (sent.status_code, sent["Location"]) == (307, "/can-bo/vi-tri/")
        hung.post(sent["Location"], {"post": str(cast.hung.pk)})
        assert hung.get(KEPT)["Location"] == "/can-bo/"  # gone, once sent
    assert deeds_on(f"post:{cast.hung.pk}") == ["post.taken"]


def test_what_was_typed_can_be_dropped_and_leads_back_to_its_page(cast: Cast) -> None:
    hung = signed_in("hung")
    with minutes(20):
        hung.post(
            "/can-bo/hang-loat/", {"do": "x"}, headers={"Referer": f"http://testserver{LIST}"}
        )
        hung.post(UNLOCK, {"password": PASSWORD})
        assert hung.post(KEPT, {"keep-do": "drop"})["Location"] == LIST


def test_a_form_without_the_token_of_our_page_is_not_kept(cast: Cast) -> None:
    hung = Client(enforce_csrf_checks=True)
    hung.force_login(cast.hung.account)
    with minutes(20):
        assert hung.post("/can-bo/hang-loat/", {"do": "evil"}).status_code == 403
        assert hung.get(KEPT)["Location"].startswith(UNLOCK)


def test_lan_is_not_locked_out_while_she_looks_for_a_paper(cast: Cast) -> None:
    lan = signed_in("lan")
    with minutes(120):
        assert lan.get("/ho-so/").status_code == 200


@pytest.mark.parametrize(("who", "page"), [("lan", "/ho-so/"), ("hung", LIST)])
def test_after_eight_hours_everybody_signs_in_again_however_busy(
    cast: Cast, who: str, page: str, settings: SettingsWrapper
) -> None:
    settings.IDLE_MINUTES = 60
    client = signed_in(who)
    for later in range(30, 480, 30):
        with minutes(later):
            assert client.get(page).status_code == 200
    with minutes(481):
        assert client.get(page)["Location"].startswith(SIGN_IN)


def test_the_number_of_a_session_is_new_after_signing_in(cast: Cast) -> None:
    hung = Client()
    hung.get(SIGN_IN)
    before = Session.objects.create(
        session_key="a" * 32, session_data="", expire_date=clock.now() + timedelta(days=1),
        began_at=clock.now(), seen_at=clock.now(),
    )  # fmt: skip
    hung.cookies[house.SESSION_COOKIE_NAME] = before.session_key

    hung.post(SIGN_IN, {"login": "hung", "password": PASSWORD})

    assert hung.cookies[house.SESSION_COOKIE_NAME].value != before.session_key
    thief = Client()
    thief.cookies[house.SESSION_COOKIE_NAME] = before.session_key
    assert thief.get(LIST)["Location"].startswith(SIGN_IN)


def test_hung_sees_where_he_is_signed_in_and_ends_the_others(cast: Cast) -> None:
    here, there, lan = signed_in("hung"), signed_in("hung"), signed_in("lan")
    page = here.get("/tai-khoan/phien/").content.decode()
    assert page.count("Nơi khác") == 1

    here.post("/tai-khoan/phien/noi-khac/")

    assert here.get(LIST).status_code == 200
    assert there.get(LIST)["Location"].startswith(SIGN_IN)
    assert lan.get("/ho-so/").status_code == 200
    assert deeds_on(f"account:{cast.hung.account_id}")[-1] == "account.sessions_ended"


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, there = signed_in("hung"), signed_in("hung")

    here.post(
        "/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert here.get(LIST).status_code == 200
    assert there.get(LIST)["Location"].startswith(SIGN_IN)
    assert Session.objects.filter(account=cast.hung.account).count() == 1


@pytest.mark.parametrize(
    ("who", "page"), [("hung", LIST), ("lan", "/ho-so/"), ("quan", "/quan-tri/")]
)
def test_no_page_of_somebody_signed_in_stays_in_the_browser(
    cast: Cast, who: str, page: str
) -> None:
    client = signed_in(who)

    assert "no-store" in client.get(page)["Cache-Control"]
    assert "no-store" in client.get("/")["Cache-Control"]
    client.post("/tai-khoan/dang-xuat/")
    assert client.get(page)["Location"].startswith(SIGN_IN)


def test_being_there_costs_one_more_statement_a_minute(
    cast: Cast,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    hung = signed_in("hung")
    hung.get(LIST)
    with CaptureQueriesContext(connection) as first:
        hung.get(LIST)
    with minutes(2), CaptureQueriesContext(connection) as later:
        hung.get(LIST)

    for asked, touches in ((first, 0), (later, 1)):
        about = [q["sql"] for q in asked if '"people_session"' in q["sql"]]
        assert [sql[:6] for sql in about] == ["SELECT", *["UPDATE"] * touches]
