"""Who comes to the desk, and the lists they find there."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.types import Channel
from motcua.dossiers.web.desk_checklist import SupplementForm
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier

pytestmark = pytest.mark.django_db


def page(dossier: Dossier) -> str:
    return f"/can-bo/ho-so/{dossier.reference}/"


def press(client: Client, dossier: Dossier, step: Step, **typed: Any) -> Any:
    """Press a button of the dossier page, as it was last read."""
    typed.setdefault("revision", dossier.revision)
    return client.post(f"{page(dossier)}buoc/{step}/", typed)


def right(dossier: Dossier) -> dict[str, str]:
    """What Hùng ticks when every required paper is right."""
    slots = terms_of(dossier.procedure_version_id).slots
    return {f"check-{slot.code}": "yes" for slot in slots if slot.required}


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Who comes in


def test_whoever_has_not_signed_in_is_asked_to(cast: Cast) -> None:
    response = Client().get("/can-bo/")

    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/dang-nhap/?next=")


@pytest.mark.parametrize("who", ["lan", "thu"])
def test_a_citizen_finds_no_desk(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    client = Client(raise_request_exception=False)
    client.force_login(getattr(cast, who).account)

    for address in ("/can-bo/", "/can-bo/danh-sach/cho-tiep-nhan/", page(dossier)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["sau", "mai", "hoa", "quan"])
def test_a_dossier_that_is_not_theirs_is_a_page_not_found(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    paper = dossier.documents.first()
    assert paper is not None
    client = desk_of(getattr(cast, who))

    for address in (
        page(dossier),
        f"{page(dossier)}nhat-ky/",
        f"{page(dossier)}ket-qua/",
        f"{page(dossier)}giay-to/{paper.pk}/1/",
        f"{page(dossier)}giay-to/{paper.pk}/tep/",
    ):
        assert client.get(address).status_code == 404, address
    assert press(client, dossier, Step.ACCEPT).status_code == 404
    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED


def test_only_the_desk_files_at_the_counter(cast: Cast) -> None:
    assert desk_of(cast.hung).get("/can-bo/nop-tai-quay/").status_code == 200
    assert desk_of(cast.mai).get("/can-bo/nop-tai-quay/").status_code == 404
    assert desk_of(cast.mai).get(f"/can-bo/nop-tai-quay/{BIRTH}/").status_code == 404


def test_an_official_with_two_posts_chooses_one(cast: Cast) -> None:
    second = Post.objects.create(
        account=cast.hung.account,
        agency=cast.binh.agency,
        unit=cast.binh.unit,
        role=cast.binh.role,
        title="Phó Chủ tịch",
        holder_name=cast.hung.holder_name,
    )
    client = desk_of(cast.hung)

    assert client.get("/can-bo/")["Location"] == "/can-bo/vi-tri/"
    assert "Phó Chủ tịch" in text_of(client.get("/can-bo/vi-tri/"))
    client.post("/can-bo/vi-tri/", {"post": second.pk})
    assert client.get("/can-bo/")["Location"] == "/can-bo/danh-sach/cho-duyet/"
    assert client.post("/can-bo/vi-tri/", {"post": cast.mai.pk}).status_code == 404


# Worklists


def test_the_desk_opens_at_the_list_where_work_begins(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    response = desk_of(cast.hung).get("/can-bo/", follow=True)

    assert response.status_code == 200
    assert dossier.reference in text_of(response)
    assert "Chờ tiếp nhận" in text_of(response)


def test_filters_narrow_a_list_and_say_when_nothing_is_left(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    client = desk_of(cast.hung)
    here = "/can-bo/danh-sach/cho-tiep-nhan/"

    assert dossier.reference in text_of(client.get(here, {"kenh": "online", "thu_tuc": BIRTH}))
    assert dossier.reference in text_of(client.get(here, {"q": dossier.reference.lower()}))
    empty = client.get(here, {"kenh": "post"})
    assert dossier.reference not in text_of(empty)
    assert "Không có hồ sơ nào khớp bộ lọc" in text_of(empty)
    assert client.get(here, {"kenh": "x" * 500, "q": "\x00%_'"}).status_code == 200


@pytest.mark.parametrize(
    "address", ["khong-co/", "cho-tiep-nhan/?tiep=rac", "cho-tiep-nhan/?tiep=8J+Y"]
)
def test_a_list_or_a_page_that_does_not_exist_is_not_found(cast: Cast, address: str) -> None:
    assert desk_of(cast.hung).get(f"/can-bo/danh-sach/{address}").status_code == 404


def test_a_longer_list_asks_the_database_no_more_often(cast: Cast) -> None:
    client = desk_of(cast.hung)
    here = "/can-bo/danh-sach/cho-tiep-nhan/"
    a_dossier(cast, Status.SUBMITTED)
    client.get(here)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(here)
    for _ in range(3):
        a_dossier(cast, Status.SUBMITTED)
    with CaptureQueriesContext(connection) as many:
        client.get(here)

    assert len(many) == len(few)


# Words


def test_a_reason_and_what_was_added_make_one_sentence() -> None:
    data = {"revision": "1", "check-a": "no", "why-a": "Thiếu trang", "more-a": "trang 2 và 3."}
    form = SupplementForm(data, slots=[("a", "Giấy chứng sinh")])

    assert form.is_valid()
    assert form.cleaned_data["items"] == [("a", "Thiếu trang. trang 2 và 3")]


def test_more_than_fifty_at_once_are_refused_and_not_dropped(cast: Cast) -> None:
    ticks = [f"T-261120-{number:08}@1" for number in range(51)]

    answer = desk_of(cast.hung).post(
        "/can-bo/hang-loat/", {"do": "accept", "chon": ticks}, follow=True
    )

    assert "nhiều nhất 50 hồ sơ" in answer.content.decode()


# What the lists say


def test_the_key_that_ticks_a_row_is_offered_only_where_rows_have_a_tick(cast: Cast) -> None:
    a_dossier(cast, Status.SUBMITTED)
    a_dossier(cast, Status.EXAMINING)

    with_ticks = text_of(desk_of(cast.hung).get("/can-bo/danh-sach/cho-tiep-nhan/"))
    without = text_of(desk_of(cast.mai).get("/can-bo/danh-sach/dang-xu-ly/"))

    assert ("<kbd>X</kbd>" in with_ticks, 'name="chon"' in with_ticks) == (True, True)
    assert ("<kbd>X</kbd>" in without, 'name="chon"' in without) == (False, False)
    assert "<kbd>J</kbd>" in without


@pytest.mark.parametrize(("channel", "is_said"), [(Channel.COUNTER, True), (Channel.ONLINE, False)])
def test_the_desk_reads_that_what_is_missing_will_be_brought_to_the_counter(
    cast: Cast, channel: Channel, is_said: bool
) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=channel)
    hung = desk_of(cast.hung)

    for address in ("/can-bo/danh-sach/cho-bo-sung/", page(dossier)):
        assert ("Chờ người dân bổ sung tại quầy" in text_of(hung.get(address))) is is_said
