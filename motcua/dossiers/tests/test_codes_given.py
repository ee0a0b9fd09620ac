"""A code that was given already is passed over: the desk never stops at it."""

from datetime import datetime

import pytest
import time_machine

from motcua.core import clock
from motcua.dossiers.models import Dossier, FormerCode
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, accepted
from motcua.workdays.types import HANOI

MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)


@pytest.mark.django_db
@time_machine.travel(MONDAY)
def test_hung_accepts_past_codes_that_others_bear_or_bore(cast: Cast) -> None:
    first, second = (a_dossier(cast, Status.ACCEPTED) for _ in range(2))
    assert [(d.code or "")[-4:] for d in (first, second)] == ["0001", "0002"]
    front = (second.code or "")[:-4]
    Dossier.objects.filter(pk=first.pk).update(code=f"{front}0003")
    FormerCode.objects.create(dossier=second, code=f"{front}0004", at=clock.now())
    waiting = a_dossier(cast, Status.SUBMITTED)

    accepted(cast, waiting)

    waiting.refresh_from_db()
    assert waiting.code == f"{front}0005"
    later = a_dossier(cast, Status.ACCEPTED)
    assert later.code == f"{front}0006"
