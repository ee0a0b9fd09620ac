"""The back office opens to the keeper and to nobody else."""

import pytest
from django.test import Client

from motcua.testing.cast import assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> None:
    assemble()


def _page(username: str) -> tuple[int, str]:
    client = Client()
    assert client.login(username=username, password="motcua-demo")
    answer = client.get("/quan-tri/")
    return answer.status_code, answer.content.decode()


def test_the_keeper_reads_how_the_house_is(stage: None) -> None:
    status, text = _page("quan")

    assert status == 200
    assert "PostgreSQL" in text


@pytest.mark.parametrize("username", ["lan", "hung"])
def test_to_others_it_is_not_there(stage: None, username: str) -> None:
    assert _page(username)[0] == 404
