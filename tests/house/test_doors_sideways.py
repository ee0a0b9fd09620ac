"""Ways in that no address shows: what is typed, ticked or sent names something of somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from motcua.notices.models import Message
from motcua.people.models import Account
from motcua.testing.dossiers import BIRTH
from tests.house.doors import ABSENT, NO_ROW, Answer, Stage, fresh, knock, photograph, stage_set
from tests.house.typed import a_filing

pytestmark = pytest.mark.django_db
COUNTER = f"/can-bo/nop-tai-quay/{BIRTH}/"


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        yield stage


@pytest.fixture(scope="module")
def before(stage: Stage) -> dict[str, str]:
    return photograph()


def plain(answer: Answer) -> str:
    """The page without the token of its forms."""
    return re.sub(r'name="(csrfmiddlewaretoken|key)" value="[\w-]+"', "", answer.body.decode())


STRANGERS = ("thu", "sau", "tu", "tam", "quan")


@pytest.mark.parametrize("who", STRANGERS)
def test_the_code_of_a_dossier_opens_no_more_than_its_number(stage: Stage, who: str) -> None:
    code = stage.dossiers["ready"].code
    front = "portal:dossier" if who == "thu" else "desk:dossier"
    there, nowhere = reverse(front, args=[code]), reverse(front, args=["H99.31-261122-9999"])

    found, absent = (knock(stage.clients[who], "get", a, {}) for a in (there, nowhere))

    assert found.status == 404
    assert found == absent


@pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
@pytest.mark.parametrize(("who", "do"), [("sau", "accept"), ("hoa", "assign"), ("binh", "decide")])
def test_ticking_what_is_not_theirs_is_ticking_nothing(
    stage: Stage, before: dict[str, str], who: str, do: str, confirm: dict[str, str]
) -> None:
    theirs = stage.thu if who == "binh" else stage.dossiers["sent"]
    chosen = {"chosen": str(stage.cast.mai.pk), "do": do, **confirm}

    foreign, absent = (
        knock(
            stage.clients[who], "post", "/can-bo/hang-loat/", {"chon": f"{ref}@1", **chosen}, before
        )
        for ref in (theirs.reference, ABSENT)
    )

    assert foreign.traces == absent.traces == ()
    assert plain(foreign).replace(theirs.reference, ABSENT) == plain(absent)


@pytest.mark.parametrize("who", ["hung", "sau", "quan"])
def test_nobody_steps_into_anothers_post(stage: Stage, who: str) -> None:
    foreign, absent = (
        knock(stage.clients[who], "post", "/can-bo/vi-tri/", {"post": post})
        for post in (stage.cast.binh.pk, NO_ROW)
    )

    assert foreign.status == 404
    assert foreign == absent


def test_a_list_of_messages_does_not_start_at_somebody_elses(stage: Stage) -> None:
    lans = Message.objects.filter(recipient=stage.cast.lan, channel="inbox").first()
    assert lans is not None

    foreign, absent = (
        plain(knock(stage.clients["thu"], "get", f"/thong-bao/?truoc={token}", {}))
        for token in (lans.token, "khong-co")
    )

    assert foreign == absent


def test_a_file_kept_for_one_desk_is_not_handed_to_another(stage: Stage) -> None:
    slot = stage.dossiers["sent"].documents.first().slot  # type: ignore[union-attr]
    kept = stage.clients["hung"].post(COUNTER, {f"paper-{slot}": fresh("FILE"), "add": "1"})
    token = re.findall(r'name="kept" value="([^"]+)"', kept.content.decode())[0]

    own, foreign = (
        plain(knock(stage.clients[who], "post", COUNTER, {"kept": token, "add": "1"}))
        for who in ("hung", "sau")
    )

    assert "giay-to.pdf" in own
    assert "giay-to.pdf" not in foreign


def test_the_key_of_anothers_filing_files_ones_own(stage: Stage) -> None:
    first = stage.clients["partner"].post("/api/v1/dossiers", **_sent(stage))
    second = stage.clients["rival"].post("/api/v1/dossiers", **_sent(stage))
    again = stage.clients["partner"].post("/api/v1/dossiers", **_sent(stage))

    assert (first.status_code, second.status_code, again.status_code) == (201, 201, 201)
    assert first.json() == again.json()
    assert first.json()["reference"] != second.json()["reference"]


def test_accounts_are_given_and_not_taken(stage: Stage, before: dict[str, str]) -> None:
    typed = {
        "username": "ai-do",
        "password1": "mat-khau-rat-dai-9",
        "password2": "mat-khau-rat-dai-9",
    }

    answer = knock(stage.clients["nobody"], "post", "/tai-khoan/dang-ky/", typed, before)

    assert answer.traces == ()
    assert "Chưa mở đăng ký" in answer.body.decode()
    assert not Account.objects.filter(username="ai-do").exists()


@pytest.mark.parametrize("who", ["hung", "mai", "hoa", "binh"])
def test_searching_finds_nothing_of_another_agency(stage: Stage, who: str) -> None:
    thu = stage.cast.thu

    for here in ("/can-bo/danh-sach/dang-xu-ly/", "/can-bo/tim/"):
        for text in (thu.full_name, thu.national_id, thu.phone, stage.thu.code):
            address = f"{here}?{urlencode({'q': text})}"
            found = knock(stage.clients[who], "get", address, {})
            absent = address.replace(str(stage.thu.code), "H99.32-261122-9999")
            assert found.status in (200, 302)
            assert stage.thu.reference not in plain(found)
            assert found.status == knock(stage.clients[who], "get", absent, {}).status


def _sent(stage: Stage) -> dict[str, Any]:
    typed = a_filing(stage)
    headers = typed.pop("HEADERS")
    return {"data": {name: fresh(value) for name, value in typed.items()}, "headers": headers}
