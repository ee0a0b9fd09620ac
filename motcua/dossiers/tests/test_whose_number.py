"""A number typed at the counter or by a partner: whose dossier it is, and who looked it up."""

from typing import Any

import pytest
from django.test import Client

from motcua.audit.models import Entry
from motcua.core.errors import Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_api import a_filing, file
from motcua.dossiers.tests.test_desk_counter import a_counter_filing
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.types import Applicant, Delivery
from motcua.testing.cast import Cast
from motcua.testing.dossiers import (
    BIRTH,
    STRANGER,
    TOKEN,
    a_partner,
    filed_at_counter,
    filed_by_partner,
)

pytestmark = pytest.mark.django_db
COUNTER = f"/can-bo/nop-tai-quay/{BIRTH}/"


def of(cast: Cast, name: str) -> Applicant:
    """Somebody of this name, with the number of Lan."""
    return Applicant(name, cast.lan.national_id, phone="0912345678", address="Nhà riêng")


@pytest.mark.parametrize("name", ["Nguyễn Thị Lan", "NGUYỄN THỊ LAN", "nguyen thi  lan"])
def test_lans_dossier_is_hers_however_her_name_is_typed(cast: Cast, name: str) -> None:
    assert filed_at_counter(cast, owner=of(cast, name)).submitter == cast.lan
    assert filed_by_partner(cast, owner=of(cast, name)).submitter == cast.lan


def test_hung_is_asked_to_check_a_number_that_bears_another_name(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        filed_at_counter(cast, owner=of(cast, "Trần Văn Người Lạ"))

    [reason] = refusal.value.reasons
    assert (reason.code, reason.field) == ("owner_number_of_another", "national_id")
    assert cast.lan.full_name not in reason.text
    assert not Dossier.objects.exists()


def test_the_page_shows_him_the_box_to_check(cast: Cast) -> None:
    typed = a_counter_filing(send="1", national_id=cast.lan.national_id)

    answer = desk_of(cast.hung).post(COUNTER, typed)

    assert answer.status_code == 422
    assert 'href="#id_national_id"' in text_of(answer)


def test_a_partners_mistyped_number_shows_lan_nothing_and_tells_the_partner_nothing(
    cast: Cast,
) -> None:
    dossier = filed_by_partner(cast, owner=of(cast, "Trần Văn Người Lạ"))

    assert dossier.submitter is None
    assert signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "lans", "strangers"),
    [
        ({}, Delivery.ONLINE, Delivery.COUNTER),
        ({"delivery": "online"}, Delivery.ONLINE, Delivery.COUNTER),
        ({"delivery": "post"}, Delivery.POST, Delivery.POST),
    ],
)
def test_a_partner_says_how_the_result_comes_and_nobody_without_an_account_fetches_it_online(
    cast: Cast, wanted: dict[str, Any], lans: Delivery, strangers: Delivery
) -> None:
    a_partner()
    names = {"name": STRANGER.name, "national_id": STRANGER.national_id}

    for key, filing, said in (
        ("cua-chi-lan", a_filing(cast, **wanted), lans),
        ("cua-nguoi-la", a_filing(cast, applicant=names, **wanted), strangers),
    ):
        answer = file(filing, key=key, token=TOKEN)
        assert answer.status_code == 201, answer.content.decode()
        reference = answer.json()["reference"]
        own = Client(headers={"Authorization": f"Bearer {TOKEN}"})
        assert own.get(f"/api/v1/dossiers/mine/{reference}").json()["delivery"] == said
        assert Dossier.objects.get(reference=reference).delivery == said


def test_a_way_of_delivery_that_there_is_not_is_refused(cast: Cast) -> None:
    a_partner()

    answer = file(a_filing(cast, delivery="pigeon"), token=TOKEN)

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["field"] == "dossier.delivery"


@pytest.mark.parametrize("number", ["079190000001", "079190009999"])
def test_who_looks_up_numbers_at_the_counter_leaves_a_trace_hit_or_miss(
    cast: Cast, number: str
) -> None:
    desk_of(cast.hung).post(COUNTER, {"lookup": "1", "national_id": number})

    looked = Entry.objects.get(actor=cast.hung.actor.key, deed="dossier.read")
    is_lan = number == cast.lan.national_id
    assert looked.subject == (f"person:{cast.lan.pk}" if is_lan else cast.hung.actor.key)
    assert number not in bytes(looked.body).decode()
