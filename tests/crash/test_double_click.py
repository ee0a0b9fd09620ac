"""A thousand people press the button twice at the same moment."""

import re
import threading
import time
from collections.abc import Sequence

import pytest

from motcua.dossiers.models import Dossier
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from tests.crash.checker import examine
from tests.crash.clients import Citizen
from tests.crash.ledger import Asked, Ledger
from tests.crash.making import citizens, ready_drafts, sign_in
from tests.crash.server import House
from tests.crash.snapshot import TROUBLED, look, number, until_quiet

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

PAIRS = 1000
PEOPLE, WITH_MAIL = 8, 2
AT_ONCE = 4  # pairs; a pair is two connections
LOOKED_AT = 10  # every tenth pair reads both receipts, word by word
SHOWN = re.compile(r'<div class="govuk-panel.*?</dl>', re.DOTALL)

Click = tuple[Citizen, Asked, str]  # who, what, the draft's number


class Pair:
    """Two hands on one button, time after time."""

    def __init__(self, clicks: Sequence[Click], book: Ledger) -> None:
        self.clicks, self.book = clicks, book
        self.gate = threading.Barrier(2, timeout=60)
        self.pages: list[list[str]] = [[], []]
        self.trouble: list[BaseException] = []
        self.hands = [threading.Thread(target=self._press, args=(hand,)) for hand in (0, 1)]

    def _press(self, hand: int) -> None:
        try:
            for turn, (citizen, wish, reference) in enumerate(self.clicks):
                own = citizen.beside()
                self.gate.wait()
                own.submit(wish.mark, reference, self.book)
                if turn % LOOKED_AT == 0:
                    self.pages[hand].append(_told(own.receipt(reference)))
        except BaseException as trouble:
            self.trouble.append(trouble)
            self.gate.abort()


def _told(page: str) -> str:
    shown = SHOWN.search(page)
    assert shown is not None, page
    return shown[0]


def test_a_thousand_double_clicks_are_a_thousand_dossiers(
    stage: Cast, house: House, book: Ledger
) -> None:
    people = citizens(PEOPLE, WITH_MAIL)
    ready = ready_drafts(PAIRS, people, stage.ward.code)
    for wish, _ in ready:
        book.ask(wish)
    browsers = {p.actor.key: Citizen.signed_in(house.port, *sign_in(p)) for p in people}
    clicks = [(browsers[wish.owner], wish, reference) for wish, reference in ready]
    pairs = [Pair(clicks[i::AT_ONCE], book) for i in range(AT_ONCE)]

    begun = time.monotonic()
    for pair in pairs:
        for hand in pair.hands:
            hand.start()
    for pair in pairs:
        for hand in pair.hands:
            hand.join()
    took = time.monotonic() - begun

    assert [trouble for pair in pairs for trouble in pair.trouble] == []
    assert [len(told) for told in book.receipts.values()] == [2] * PAIRS
    assert all(len(set(told)) == 1 for told in book.receipts.values())
    assert all(pair.pages[0] == pair.pages[1] and pair.pages[0] for pair in pairs)
    assert Dossier.objects.filter(status="submitted").count() == Dossier.objects.count() == PAIRS
    until_quiet()
    found = examine(Ledger.read(book.path), look())
    assert found == [], "\n".join(str(one) for one in found)
    assert number(TROUBLED) == 0
    letters = PAIRS * WITH_MAIL // PEOPLE
    assert Message.objects.count() == PAIRS + letters  # in the portal, and by e-mail
    assert len(house.letters) == letters
    print(f"\n{PAIRS} pairs in {took:.1f} s")
