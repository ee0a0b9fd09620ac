"""What Lan typed last is what is kept, in whatever order her saves arrive."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.models import Dossier
from motcua.dossiers.turns import WRITERS_KEPT, Turn, Turns, after, is_late, read_turn

pytestmark = pytest.mark.django_db
PAGE, OTHER = "a" * 12, "b" * 12  # two loaded pages


def save(lan: Client, draft: Dossier, name: str, turn: str = "", end: str = "nhap/") -> Any:
    return lan.post(
        f"/ho-so/{draft.reference}/khai/me/{end}",
        {"meHoTen": name} | ({"_turn": turn} if turn else {}),
    )


def kept(draft: Dossier) -> str:
    draft.refresh_from_db()
    return str(draft.answers["me"]["meHoTen"])


def test_saves_that_arrive_in_order_are_all_kept(draft: Dossier, lan: Client) -> None:
    save(lan, draft, "Trần", f"{PAGE}:1")
    save(lan, draft, "Trần Thị", f"{PAGE}:2")

    assert kept(draft) == "Trần Thị"


def test_an_older_save_that_arrives_late_overwrites_nothing(draft: Dossier, lan: Client) -> None:
    save(lan, draft, "Trần Thị", f"{PAGE}:2")
    late = save(lan, draft, "Trần", f"{PAGE}:1")

    assert late.status_code == 200
    assert kept(draft) == "Trần Thị"


def test_a_save_that_arrives_after_the_page_itself_overwrites_nothing(
    draft: Dossier, lan: Client
) -> None:
    save(lan, draft, "Trần Thị Mai", f"{PAGE}:5", end="")
    save(lan, draft, "Trần Thị", f"{PAGE}:4")
    assert kept(draft) == "Trần Thị Mai"

    # … nor after Lan came back to the page and typed again.
    save(lan, draft, "Trần Thị Mơ", f"{OTHER}:1")
    save(lan, draft, "Trần", f"{PAGE}:3")
    assert kept(draft) == "Trần Thị Mơ"


def test_a_page_sent_twice_still_says_what_is_wrong(draft: Dossier, lan: Client) -> None:
    answers = [save(lan, draft, "T" * 300, f"{PAGE}:3", end="") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [422, 422]


def test_other_pages_have_an_order_of_their_own(draft: Dossier, lan: Client) -> None:
    lan.post(f"/ho-so/{draft.reference}/khai/cha/nhap/", {"chaHoTen": "Lê", "_turn": f"{PAGE}:9"})
    save(lan, draft, "Trần", f"{PAGE}:1")

    assert kept(draft) == "Trần"


@pytest.mark.parametrize("turn", ["", "x", "1:2", f"{PAGE}:-1", f"{PAGE}:{'9' * 10}", "<script>:1"])
def test_without_a_number_every_save_is_kept(draft: Dossier, lan: Client, turn: str) -> None:
    save(lan, draft, "Trần", f"{PAGE}:7")
    assert save(lan, draft, "Lê", turn).status_code == 200

    assert kept(draft) == "Lê"
    assert read_turn(turn) is None


@given(st.lists(st.tuples(st.sampled_from("pqrstuvwxyz"), st.integers(0, 99)), max_size=60))
def test_a_page_remembers_its_latest_writers_and_no_more(sent: list[tuple[str, int]]) -> None:
    turns: Turns = {}
    for writer, number in sent:
        turns = after(turns, "me", Turn(writer, number))

    for writer, number in sent[-1:]:
        assert is_late(turns, "me", Turn(writer, number - 1))
        assert not is_late(turns, "me", Turn(writer, number))
        assert not is_late(turns, "cha", Turn(writer, number - 1))
    assert len(turns.get("me", ())) <= WRITERS_KEPT
