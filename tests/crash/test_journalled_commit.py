"""At a real commit: an entry of another transaction, however true, is no excuse."""

import pytest
from django.db import IntegrityError, transaction

from motcua.core import clock
from motcua.dossiers.models import Dossier
from motcua.dossiers.replay import standing_otherwise
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


def test_a_dossier_is_not_set_back_to_where_an_older_entry_says_it_was(stage: Cast) -> None:
    dossier = a_dossier(stage, Status.ACCEPTED)
    with pytest.raises(IntegrityError, match="journal does not tell"):
        Dossier.objects.filter(pk=dossier.pk).update(status=Status.SUBMITTED, revision=1)
    with transaction.atomic(), transaction.atomic():  # a savepoint is of the same transaction
        dossier.take(Step.URGE, by=stage.binh.actor, at=clock.now())
    dossier.refresh_from_db()
    assert (dossier.status, dossier.revision) == (Status.ACCEPTED, 3)
    assert list(standing_otherwise()) == []
