"""Two desks that take in at the same moment, where the next code was given already: two codes."""

import threading

import pytest
from django.db import connection, transaction

from motcua.core import clock
from motcua.dossiers.models import Dossier, FormerCode
from motcua.dossiers.taking_in import new_code
from motcua.dossiers.workflow import Status
from motcua.law.queries import profile
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


def test_two_desks_at_once_at_a_given_code_get_two_codes(stage: Cast) -> None:
    dossier = a_dossier(stage, Status.ACCEPTED)
    law, now = profile(dossier.profile_id or 0), clock.now()
    front = (dossier.code or "")[:-4]
    FormerCode.objects.create(dossier=dossier, code=f"{front}0002", at=now)
    together, found = threading.Barrier(2), list[str]()

    def desk() -> None:
        mine = Dossier.objects.select_related("agency").get(pk=dossier.pk)
        together.wait(timeout=10)
        with transaction.atomic():
            found.append(new_code(mine, law, now))
        connection.close()

    desks = [threading.Thread(target=desk) for _ in range(2)]
    for each in desks:
        each.start()
    for each in desks:
        each.join(timeout=20)

    assert sorted(found) == [f"{front}0003", f"{front}0004"]
