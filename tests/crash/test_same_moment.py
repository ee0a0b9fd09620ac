"""Two requests with one key at the same moment: whichever is second gets what the first one made."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from motcua.dossiers.actions.drafting import open_draft
from motcua.dossiers.actions.filing import file_at_counter, file_by_partner
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Applicant
from motcua.people.models import Partner
from motcua.people.types import PartnerFacts
from motcua.procedures.queries import published_terms
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_pdf
from tests.crash.making import CERTIFIED_COPY

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

PAIRS = 10
LAN = Applicant(name="Nguyễn Thị Lan", national_id="079190000001")


def at_once(deed: Callable[[str], Dossier]) -> None:
    """Do `deed` twice at the same moment, for one key after the other: one dossier for each key."""
    made: list[tuple[str, str]] = []
    trouble: list[BaseException] = []
    gate = threading.Barrier(2, timeout=60)

    def hand(keys: list[str]) -> None:
        try:
            for key in keys:
                gate.wait()
                made.append((key, deed(key).reference))
        except BaseException as caught:
            trouble.append(caught)
            gate.abort()
        finally:
            connection.close()

    before = Dossier.objects.count()
    keys = [str(uuid.uuid4()) for _ in range(PAIRS)]
    hands = [threading.Thread(target=hand, args=(keys,)) for _ in range(2)]
    for thread in hands:
        thread.start()
    for thread in hands:
        thread.join()

    assert trouble == [], deed.__name__
    assert len(made) == 2 * PAIRS
    assert len(set(made)) == PAIRS
    assert Dossier.objects.count() == before + PAIRS


def test_one_key_twice_at_the_same_moment_is_one_dossier_at_every_door(stage: Cast) -> None:
    terms = published_terms(CERTIFIED_COPY)
    partner = Partner.objects.create(name="Bưu điện", token_sha256="0" * 64)

    def a_citizen_starts(key: str) -> Dossier:
        return open_draft(
            citizen=stage.lan,
            procedure_code=CERTIFIED_COPY,
            agency_code=stage.ward.code,
            form_key=key,
        )

    def the_desk_files(key: str) -> Dossier:
        return file_at_counter(
            post=stage.hung,
            key=uuid.UUID(key),
            procedure_code=CERTIFIED_COPY,
            owner=LAN,
            answers=valid_answers(terms.form),
            papers=[(terms.slots[0].code, "ban-chinh.pdf", a_pdf(key))],
        )

    def a_partner_files(key: str) -> Dossier:
        return file_by_partner(
            partner=PartnerFacts(partner.pk, partner.name),
            key=key,
            procedure_code=CERTIFIED_COPY,
            agency_code=stage.ward.code,
            applicant=LAN,
            answers=valid_answers(terms.form),
            papers=[(terms.slots[0].code, "ban-chinh.pdf", a_pdf(key))],
        )

    for deed in (a_citizen_starts, the_desk_files, a_partner_files):
        at_once(deed)
