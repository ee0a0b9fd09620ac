"""How a date was counted, and the list of dates that would move, on a phone and on a desk."""

import pytest
from playwright.sync_api import Browser

from motcua.dossiers.actions import recounting
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.drafts import hand
from motcua.workdays.actions import drafting
from motcua.workdays.queries import latest_edition, work_calendar
from motcua.workdays.rules import open_day_from
from motcua.workdays.types import ONE_DAY, local
from motcua.workdays.types.changes import Change, ChangeKind
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser
FIVE_DAYS = "1.004884"


def a_storm(people: Cast) -> tuple[str, int]:
    """A running dossier, and a recount after a day off was added inside its limit."""
    dossier = a_dossier(people, Status.EXAMINING, FIVE_DAYS)
    assert dossier.accepted_at is not None
    off = open_day_from(local(dossier.accepted_at).date() + ONE_DAY, work_calendar())
    quan, nga = hand(people.quan), hand(people.nga)
    number = drafting.open_draft(hand=quan, year=off.year)
    storm = Change(ChangeKind.DAY_OFF, off, "Nghỉ bão")
    drafting.add_changes(hand=quan, number=number, revision=1, changed=[storm])
    drafting.send_draft(hand=quan, number=number, revision=2, note="Công điện")
    edition = drafting.approve_draft(hand=nga, number=number, revision=2, edition=latest_edition())
    recount = recounting.ask_recount(hand=quan, edition=edition, reason="Nghỉ bão")
    recounting.count_recount(recount)
    return str(dossier.reference), recount


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_the_count_and_the_list_are_read_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: dict[str, int]
) -> None:
    reference, recount = a_storm(people)
    lan, mai, nga = (signed_in(chromium, house, who) for who in ("lan", "mai", "nga"))
    doors = (
        (f"/ho-so/{reference}/thoi-han/", lan),
        (f"/ho-so/{reference}/", lan),
        (f"/can-bo/ho-so/{reference}/thoi-han/", mai),
        (f"/quan-tri/lich/ban/{latest_edition()}/", nga),
        (f"/quan-tri/lich/tinh-lai/{recount}/", nga),
        ("/quan-tri/lich/", nga),
    )
    found = {path: judge(chromium, f"{house}{path}", cookies, size) for path, cookies in doors}
    assert found == {path: [] for path, _ in doors}
