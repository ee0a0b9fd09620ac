"""Quân finds the words of a notice by what it is for, in the list and on its page."""

import re

import pytest

from motcua.dossiers.tests.conftest import desk_of
from motcua.testing.cast import Cast


@pytest.mark.django_db
def test_quan_sees_names_in_the_list_and_on_the_page_and_every_link_says_where_it_goes(
    cast: Cast,
) -> None:
    keeper = desk_of(cast.quan)

    page = keeper.get("/quan-tri/mau/").content.decode()
    links = re.findall(r'href="/quan-tri/mau/[^"]+">(.*?)</a>', page)

    said = [re.sub("<[^>]+>", "", link) for link in links]
    assert "Hồ sơ được tiếp nhận, Tin nhắn SMS" in said
    assert len(set(said)) == len(said) > 20
    assert not [link for link in said if re.match(r"[a-z_]+,", link)]
    one = keeper.get("/quan-tri/mau/dossier_accepted/sms/").content.decode()
    assert "<strong>Hồ sơ được tiếp nhận</strong>" in one
