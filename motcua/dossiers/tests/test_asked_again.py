"""After filing: the level and the right to file for somebody are asked for again, each time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.core import clock
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions.drafting import open_draft
from motcua.dossiers.actions.intake import (
    ask_supplement,
    submit_dossier,
    supplement_dossier,
    withdraw_dossier,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import result_file
from motcua.dossiers.tests.test_filing_for_others import (
    DECISION,
    MARRIAGE,
    draft_for_lan,
    mandate,
    ready,
)
from motcua.dossiers.workflow import Status
from motcua.people import acting
from motcua.procedures.actions.succeeding import set_identity_level
from motcua.testing.cast import Cast
from motcua.testing.dossiers import (
    BIRTH,
    a_pdf,
    asked_paper,
    attach_all,
    filed_by_partner,
    fill_all,
)

pytestmark = pytest.mark.django_db


def filed_for_lan(cast: Cast, number: int) -> Dossier:
    dossier = draft_for_lan(cast, number)
    ready(cast, dossier)
    return submit_dossier(citizen=cast.thu, reference=dossier.reference)


def asked(cast: Cast, dossier: Dossier) -> None:
    paper = (asked_paper(dossier), "Ảnh mờ, không đọc được số.")
    ask_supplement(post=cast.hung, reference=dossier.reference, items=[paper])


@pytest.fixture
def number(cast: Cast) -> int:
    return mandate(cast, BIRTH)


def test_who_lost_the_right_takes_nothing_back_and_fetches_nothing(cast: Cast, number: int) -> None:
    dossier = filed_for_lan(cast, number)
    with pytest.raises(NotFound):  # there is none yet: the door is open
        result_file(cast.thu, dossier.reference)
    acting.end_mandate(grantor=cast.lan, mandate_id=number)

    with pytest.raises(Refused, match="đã hết hiệu lực"):
        withdraw_dossier(citizen=cast.thu, reference=dossier.reference)
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        result_file(cast.thu, dossier.reference)

    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED
    mandate(cast, BIRTH)  # Lan gives it anew
    assert (
        withdraw_dossier(citizen=cast.thu, reference=dossier.reference).status == Status.WITHDRAWN
    )


def test_who_lost_the_right_hands_in_no_supplement(cast: Cast, number: int) -> None:
    dossier = filed_for_lan(cast, number)
    asked(cast, dossier)
    acting.end_mandate(grantor=cast.lan, mandate_id=number)

    with pytest.raises(Refused, match="đã hết hiệu lực"):
        supplement_dossier(citizen=cast.thu, reference=dossier.reference)


@pytest.fixture
def sure(cast: Cast) -> Dossier:
    """Lan's, filed under terms that ask for level 2; asked for more."""
    set_identity_level(code=BIRTH, level=2, decision=DECISION)
    dossier = open_draft(
        citizen=cast.lan, procedure_code=BIRTH, agency_code=cast.ward.code, level=2
    )
    fill_all(cast, dossier)
    attach_all(cast, dossier)
    sent = submit_dossier(citizen=cast.lan, reference=dossier.reference, level=2)
    asked(cast, sent)
    return sent


def test_a_dossier_of_level_two_is_not_touched_at_level_one(cast: Cast, sure: Dossier) -> None:
    lan = Client()
    assert cast.lan.account is not None
    lan.force_login(cast.lan.account)

    for act in (supplement_dossier, withdraw_dossier):
        with pytest.raises(Refused, match="mức 2"):
            act(citizen=cast.lan, reference=sure.reference, level=1)
    page = lan.post(f"/ho-so/{sure.reference}/rut/")

    assert page.status_code == 422
    assert "Cần xác thực mức 2" in page.content.decode()
    assert "Cần xác thực mức 2" in lan.get(f"/ho-so/{sure.reference}/bo-sung/").content.decode()
    assert (
        withdraw_dossier(citizen=cast.lan, reference=sure.reference, level=2).status
        == Status.WITHDRAWN
    )


def test_nobody_gives_a_right_they_could_not_use(cast: Cast, sure: Dossier) -> None:
    lan = Client()
    assert cast.lan.account is not None
    lan.force_login(cast.lan.account)
    today = clock.now()
    typed = {
        "attorney_number": cast.thu.national_id, "attorney_name": "Lê Thị Thu", "kind": "attorney",
        "from_on": f"{today:%d/%m/%Y}", "to_on": f"{today + timedelta(days=30):%d/%m/%Y}",
        "result_store": "both",
    }  # fmt: skip

    def made(procedures: str) -> int:
        paper = SimpleUploadedFile("uy-quyen.pdf", a_pdf("ủy quyền"), "application/pdf")
        told = {**typed, "procedures": procedures, "document": paper}
        return lan.post("/uy-quyen/lap/", told).status_code

    assert (made(BIRTH), made(""), made(MARRIAGE)) == (422, 422, 302)
    session = lan.session
    session["assurance"] = {"service": "vneid", "level": 2}
    session.save()
    assert made("") == 302


def test_a_partner_cannot_file_what_asks_for_level_two(cast: Cast) -> None:
    set_identity_level(code=BIRTH, level=2, decision=DECISION)

    with pytest.raises(Refused) as refused:
        filed_by_partner(cast, BIRTH)

    (reason,) = refused.value.reasons
    assert (reason.code, reason.field) == ("identity_level_needed", "procedure_code")
