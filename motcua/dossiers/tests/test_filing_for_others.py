"""Filing for somebody else by right, and at the level of identity that a procedure asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers.actions.drafting import open_draft
from motcua.dossiers.actions.intake import submit_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.slip_facts import _relation
from motcua.dossiers.workflow import Status
from motcua.people.acting import end_mandate, make_mandate
from motcua.people.parties import MandateWords
from motcua.procedures.actions.succeeding import set_identity_level
from motcua.procedures.queries import published_terms, terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, attach_all, fill_all

MARRIAGE = "1.000894"
DECISION = "Quyết định 12/QĐ-UBND"


def mandate(cast: Cast, *procedures: str) -> int:
    today = clock.now().date()
    words = MandateWords(
        cast.thu.national_id, cast.thu.full_name, "attorney", procedures, today,
        today + timedelta(days=10), "attorney",
    )  # fmt: skip
    return make_mandate(
        grantor=cast.lan, words=words, known=procedures,
        document=("b" * 64, "uy-quyen.pdf", "application/pdf"),
    )  # fmt: skip


def draft_for_lan(cast: Cast, number: int) -> Dossier:
    return open_draft(
        citizen=cast.thu, procedure_code=BIRTH, agency_code=cast.ward.code,
        right=f"mandate:{number}",
    )  # fmt: skip


def ready(cast: Cast, dossier: Dossier) -> None:
    as_thu = replace(cast, lan=cast.thu)
    fill_all(as_thu, dossier)
    attach_all(as_thu, dossier)


def test_thu_files_and_lan_is_the_owner(cast: Cast) -> None:
    number = mandate(cast, BIRTH)
    dossier = draft_for_lan(cast, number)
    ready(cast, dossier)

    sent = submit_dossier(citizen=cast.thu, reference=dossier.reference)

    assert (sent.submitter, sent.applicant_name) == (cast.thu, "Nguyễn Thị Lan")
    assert sent.applicant["national_id"] == cast.lan.national_id
    assert sent.applicant["right"] == f"mandate:{number}"
    assert sent.applicant["result_store"] == "attorney"
    move = sent.moves.get(step="submit")
    assert move.by_key == cast.thu.actor.key
    assert move.facts["applicant"]["right"] == f"mandate:{number}"
    relation = _relation(move, terms_of(sent.procedure_version_id))
    assert relation == f"nộp thay, ủy quyền của Nguyễn Thị Lan số {number}"


def test_thus_own_facts_are_not_written_into_lans_form(cast: Cast) -> None:
    dossier = draft_for_lan(cast, mandate(cast, BIRTH))

    assert cast.thu.national_id not in str(dossier.answers)


def test_a_mandate_that_ended_meanwhile_stops_the_filing_with_a_sentence(cast: Cast) -> None:
    number = mandate(cast, BIRTH)
    dossier = draft_for_lan(cast, number)
    ready(cast, dossier)
    end_mandate(grantor=cast.lan, mandate_id=number)

    with pytest.raises(Refused, match="đã hết hiệu lực"):
        submit_dossier(citizen=cast.thu, reference=dossier.reference)

    dossier.refresh_from_db()
    assert dossier.status == Status.DRAFT


def test_a_mandate_that_ran_out_while_the_draft_lay_stops_it_too(cast: Cast) -> None:
    dossier = draft_for_lan(cast, mandate(cast, BIRTH))
    ready(cast, dossier)

    with (
        time_machine.travel(clock.now() + timedelta(days=12)),
        pytest.raises(Refused, match="đã hết hiệu lực"),
    ):
        submit_dossier(citizen=cast.thu, reference=dossier.reference)


def test_a_mandate_for_another_procedure_opens_no_draft(cast: Cast) -> None:
    number = mandate(cast, MARRIAGE)

    with pytest.raises(Refused, match="không gồm thủ tục này"):
        draft_for_lan(cast, number)
    with pytest.raises(Refused, match="không có quyền nộp thay"):
        open_draft(
            citizen=cast.lan, procedure_code=BIRTH, agency_code=cast.ward.code,
            right=f"mandate:{number}",
        )  # fmt: skip


@pytest.fixture
def sure(cast: Cast) -> str:
    set_identity_level(code=BIRTH, level=2, decision=DECISION)
    return BIRTH


def test_a_procedure_of_level_two_is_not_begun_nor_sent_at_level_one(cast: Cast, sure: str) -> None:
    def begin(level: int) -> Dossier:
        return open_draft(
            citizen=cast.lan, procedure_code=sure, agency_code=cast.ward.code, level=level
        )

    with pytest.raises(Refused, match="mức 2"):
        begin(1)
    dossier = begin(2)
    fill_all(cast, dossier)
    attach_all(cast, dossier)
    with pytest.raises(Refused, match="mức 2"):
        submit_dossier(citizen=cast.lan, reference=dossier.reference, level=1)
    sent = submit_dossier(citizen=cast.lan, reference=dossier.reference, level=2)
    assert sent.status == Status.SUBMITTED


def test_the_level_is_shown_kept_over_versions_and_journalled(
    cast: Cast, sure: str, client: Client
) -> None:
    assert published_terms(sure).min_identity_level == 2
    assert "<strong>mức 2</strong>" in client.get(f"/thu-tuc/{sure}/").content.decode()
    with pytest.raises(Refused):
        set_identity_level(code=BIRTH, level=3, decision=DECISION)
    with pytest.raises(Refused):
        set_identity_level(code=BIRTH, level=1, decision="")


@pytest.fixture
def browser_of(cast: Cast) -> Callable[[str], Client]:
    def opened(name: str) -> Client:
        found = Client()
        found.force_login(getattr(cast, name).account)
        return found

    return opened


def test_the_start_page_asks_lan_to_prove_more_and_offers_no_form(
    cast: Cast, sure: str, browser_of: Callable[[str], Client]
) -> None:
    page = browser_of("lan").get(f"/thu-tuc/{sure}/nop/").content.decode()

    assert "Cần xác thực mức 2" in page
    assert "Bắt đầu khai" not in page


def test_the_start_page_asks_thu_for_whom(cast: Cast, browser_of: Callable[[str], Client]) -> None:
    number = mandate(cast, BIRTH)
    thu = browser_of("thu")

    page = thu.get(f"/thu-tuc/{BIRTH}/nop/").content.decode()
    refused = thu.post(
        f"/thu-tuc/{BIRTH}/nop/", {"agency": cast.ward.code, "behalf": f"mandate:{number + 1}"}
    )
    begun = thu.post(
        f"/thu-tuc/{BIRTH}/nop/", {"agency": cast.ward.code, "behalf": f"mandate:{number}"}
    )

    assert "Nộp cho ai?" in page
    assert "Nguyễn Thị Lan (079190000001)" in page
    assert refused.status_code == 422
    assert begun.status_code == 302
    assert "Nộp cho ai?" not in browser_of("lan").get(f"/thu-tuc/{BIRTH}/nop/").content.decode()
