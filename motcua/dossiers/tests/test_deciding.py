"""Bình signs what he reads: the button says what it decides, and going against Mai stays on record."""

import pytest

from motcua.core.errors import Refused
from motcua.dossiers.actions import processing, settlement
from motcua.dossiers.control_facts import control_sheet
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import page, press, text_of
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
GRANT, REFUSAL = "Ký duyệt: giải quyết, cấp kết quả", "Ký từ chối giải quyết"
OVERRULED = "Quyết định giải quyết, cấp kết quả, khác đề xuất: từ chối giải quyết"


def proposed(cast: Cast, outcome: str) -> Dossier:
    """A dossier on which Mai proposes `outcome`."""
    dossier = a_dossier(cast, Status.EXAMINING)
    processing.propose_dossier(
        post=cast.mai, reference=dossier.reference, outcome=outcome, note="Số liệu lệch sổ gốc."
    )
    dossier.refresh_from_db()
    return dossier


def test_binh_reads_what_each_button_decides_beside_what_mai_proposes(cast: Cast) -> None:
    shown = text_of(desk_of(cast.binh).get(page(proposed(cast, "refuse"))))

    assert GRANT in shown
    assert REFUSAL in shown
    assert "Cán bộ thụ lý đề xuất: <strong>từ chối giải quyết</strong>" in shown
    assert "Số liệu lệch sổ gốc." in shown
    assert shown.index(f">{REFUSAL}<") < shown.index(f">{GRANT}<")  # what was proposed comes first


def test_binh_grants_what_mai_proposed_to_refuse_only_with_a_reason(cast: Cast) -> None:
    dossier = proposed(cast, "refuse")

    silent = press(desk_of(cast.binh), dossier, Step.DECIDE, note="")
    with pytest.raises(Refused) as refusal:
        settlement.decide_dossier(post=cast.binh, reference=dossier.reference, note=" ")

    assert silent.status_code == 422
    assert refusal.value.reasons[0].code == "against_proposal"
    dossier.refresh_from_db()
    assert (dossier.status, dossier.outcome) == (Status.PROPOSED, "refuse")


def test_binh_refuses_what_mai_proposed_to_grant_only_with_a_reason(cast: Cast) -> None:
    dossier = proposed(cast, "approve")
    with pytest.raises(Refused):
        settlement.refuse_dossier(
            post=cast.binh, reference=dossier.reference, reason="", legal_basis="Điều 16"
        )

    settlement.refuse_dossier(
        post=cast.binh, reference=dossier.reference, reason="Sai thẩm quyền", legal_basis="Điều 16"
    )

    facts = dossier.moves.get(step=Step.REFUSE).facts
    assert (facts["proposed"], facts["decided"]) == ("approve", "refuse")


def test_that_mai_was_overruled_stays_in_the_steps_the_journal_and_the_control_sheet(
    cast: Cast,
) -> None:
    dossier = proposed(cast, "refuse")
    settlement.decide_dossier(
        post=cast.binh, reference=dossier.reference, note="Sổ gốc đã được cải chính."
    )
    dossier.refresh_from_db()

    desk = desk_of(cast.binh)
    notes = [row.note for row in control_sheet(dossier, "https://x.example/q").handovers]
    for shown in (
        text_of(desk.get(page(dossier))),
        text_of(desk.get(f"{page(dossier)}nhat-ky/")),
        " ".join(notes),
    ):
        assert "Đề xuất: từ chối giải quyết" in shown
        assert OVERRULED in shown


def test_mai_has_to_choose_what_she_proposes(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)

    answer = press(desk_of(cast.mai), dossier, Step.PROPOSE, outcome="", note="Đủ căn cứ.")

    assert answer.status_code == 422
    assert "Mời anh/chị chọn đề xuất" in text_of(answer)
    assert '<option value="" selected>' in text_of(desk_of(cast.mai).get(page(dossier)))
