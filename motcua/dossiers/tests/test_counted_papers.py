"""A hand-over list is confirmed by who counted the papers: each ticked by hand; the giver takes back."""

import re
from html import unescape

import pytest
from django.test import Client

from motcua.dossiers.models import TransferLine, TransferList
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_handing_over import brought, letters, on_a_list, words_of
from motcua.dossiers.transfer_paper import transfer_paper
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


TICKED = re.compile(r'name="chon"[^>]* checked')


def shown(client: Client, paper: TransferList, more: str = "") -> str:
    return unescape(client.get(f"/can-bo/ban-giao/{paper.pk}/{more}").content.decode())


def test_hoa_finds_nothing_ticked_that_she_did_not_count(cast: Cast) -> None:
    paper, hoa = on_a_list(cast, brought(cast, 2)), desk_of(cast.hoa)

    plain, all_of_it = shown(hoa, paper), shown(hoa, paper, "?all=1")
    assert plain.count('name="chon"') == 2
    assert not TICKED.findall(plain)
    assert 'href="?all=1"' in plain
    assert len(TICKED.findall(all_of_it)) == 2

    nothing = hoa.post(f"/can-bo/ban-giao/{paper.pk}/", {"do": "take"})
    assert nothing.status_code == 422
    assert TransferLine.objects.filter(settled_at=None).count() == 2


def test_what_she_ticked_is_still_ticked_when_her_reason_is_missing(cast: Cast) -> None:
    dossiers = brought(cast, 2)
    paper, hoa = on_a_list(cast, dossiers), desk_of(cast.hoa)
    first = dossiers[0]
    first.refresh_from_db()
    refused = hoa.post(
        f"/can-bo/ban-giao/{paper.pk}/",
        {"do": "back", "chon": f"{first.reference}@{first.revision}"},
    )
    page = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert len(TICKED.findall(page)) == 1
    assert page.count("Mời nêu lý do trả lại hồ sơ.") == 2  # in the summary and beside the field


def test_hung_takes_back_what_he_gave_and_the_list_says_that_nobody_turned_it_back(
    cast: Cast,
) -> None:
    dossiers = brought(cast, 2)
    paper, hung, hoa = on_a_list(cast, dossiers), desk_of(cast.hung), desk_of(cast.hoa)
    mine, hers = dossiers
    assert "Rút lại</button>" in shown(hung, paper)
    assert "Trả lại</button>" in shown(hoa, paper)

    for who, dossier in ((hung, mine), (hoa, hers)):
        dossier.refresh_from_db()
        told = {
            "do": "back",
            "note": "Nhầm đơn vị",
            "chon": f"{dossier.reference}@{dossier.revision}",
        }
        assert who.post(f"/can-bo/ban-giao/{paper.pk}/", told).status_code == 302

    page, printed = shown(hung, paper), words_of(transfer_paper(cast.hung, paper.pk)[1])
    assert letters("Rút lại: Nhầm đơn vị") in printed
    assert letters("Trả lại: Nhầm đơn vị") in printed
    assert f"{cast.hung.holder_name} rút lại lúc" in page
    assert f"{cast.hoa.holder_name} trả lại lúc" in page


def test_on_the_dossier_hung_reads_that_he_takes_it_back_and_hoa_that_she_turns_it_back(
    cast: Cast,
) -> None:
    dossier = brought(cast)[0]
    on_a_list(cast, [dossier])
    place = f"/can-bo/ho-so/{dossier.reference}/"
    his, hers = (unescape(desk_of(p).get(place).content.decode()) for p in (cast.hung, cast.hoa))
    assert "Rút lại bàn giao" in his
    assert "Trả lại bàn giao" in hers
    assert "Rút lại bàn giao" not in hers
