"""A second slip before acceptance: Hùng says why, Bình agrees, and only then Lan is asked (INT-07)."""

import pytest
from django.test import Client

from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import approving, intake, passing_on
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.queries import desk_list
from motcua.dossiers.tests.test_approvals import decide
from motcua.dossiers.types import Correction
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, accepted, asked_paper, handed_in

pytestmark = pytest.mark.django_db
WHY = "Giấy nộp lại thiếu trang hai."


@pytest.fixture
def back(cast: Cast) -> Dossier:
    """Lan was asked once, and has handed in."""
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT)
    handed_in(cast, dossier)
    dossier.refresh_from_db()
    return dossier


def ask_again(cast: Cast, dossier: Dossier, why: str = WHY) -> Approval:
    item = Correction(slot=asked_paper(dossier), text="Thiếu trang hai.")
    intake.ask_supplement(
        post=cast.hung, reference=dossier.reference, items=[item], legal_basis="Điều 9",
        second_reason=why,
    )  # fmt: skip
    dossier.refresh_from_db()
    return dossier.approvals.get(state="open")


def why_not(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_it_waits_for_binh_and_goes_out_as_it_was_written(cast: Cast, back: Dossier) -> None:
    asking = ask_again(cast, back)
    assert back.status == Status.SUBMITTED
    assert len(desk_list(cast.binh, "cho-duyet-hai-nguoi").rows) == 1

    decide(approving.grant, cast.binh, asking)

    back.refresh_from_db()
    move = back.moves.filter(step=Step.ASK_SUPPLEMENT).last()
    assert move is not None
    assert (back.status, back.supplements_asked) == (Status.PRE_SUPPLEMENT, 2)
    assert (move.by, move.note) == (cast.hung.holder_name, "Điều 9")
    assert move.facts["approved_by"] == cast.binh.holder_name
    assert back.supplement_items[0]["text"] == "Thiếu trang hai."
    handed_in(cast, back)


def test_without_a_reason_or_twice_it_is_refused(cast: Cast, back: Dossier) -> None:
    with pytest.raises(Refused) as refusal:
        ask_again(cast, back, why=" ")
    assert why_not(refusal) == ["second_reason_missing"]

    ask_again(cast, back)
    with pytest.raises(Refused) as refusal:
        ask_again(cast, back)
    assert why_not(refusal) == ["asked_before"]


def test_binh_may_say_no_with_a_reason_and_nobody_else_decides(cast: Cast, back: Dossier) -> None:
    asking = ask_again(cast, back)
    with pytest.raises(Refused):
        decide(approving.refuse, cast.binh, asking)
    with pytest.raises(NotFound):
        decide(approving.grant, cast.hung, asking)

    decide(approving.refuse, cast.binh, asking, "Đã đủ để tiếp nhận.")

    back.refresh_from_db()
    assert back.status == Status.SUBMITTED
    assert back.supplements_asked == 1


def test_what_went_on_meanwhile_is_not_asked_and_blocks_nothing_later(
    cast: Cast, back: Dossier
) -> None:
    asking = ask_again(cast, back)
    accepted(cast, back)

    with pytest.raises(Refused) as refusal:
        decide(approving.grant, cast.binh, asking)

    assert why_not(refusal) == ["changed_meanwhile"]
    asking.refresh_from_db()
    assert asking.state == "lapsed"
    back.refresh_from_db()
    assert back.status == Status.ACCEPTED


def test_the_pages_ask_for_the_reason_and_show_it_to_binh(
    cast: Cast, back: Dossier, client: Client
) -> None:
    here, paper = f"/can-bo/ho-so/{back.reference}/", asked_paper(back)
    client.force_login(cast.hung.account)
    shown = client.get(here).content.decode()
    assert "Xin phép yêu cầu bổ sung thêm một lần" in shown
    assert f'formaction="{here}buoc/ask_supplement/"' not in shown
    assert f'formaction="{here}buoc/accept/"' in shown
    typed = {"revision": back.revision, "muc": [paper], f"ghi-{paper}": "Thiếu trang hai."}
    assert client.post(f"{here}yeu-cau-bo-sung/", typed).status_code == 422
    typed["second_reason"] = WHY
    assert client.post(f"{here}yeu-cau-bo-sung/", typed).status_code == 302

    client.force_login(cast.binh.account)
    page = f"{here}duyet/{back.approvals.get().pk}/"
    assert page in client.get(here).content.decode()
    shown = client.get(page).content.decode()
    assert WHY in shown
    assert "Thiếu trang hai." in shown
    client.post(page, {"do": "grant"})
    back.refresh_from_db()
    assert back.status == Status.PRE_SUPPLEMENT


def test_it_lapses_when_the_dossier_goes_to_another_agency(cast: Cast, back: Dossier) -> None:
    asking = ask_again(cast, back)
    passing_on.pass_on(
        post=cast.hung, reference=back.reference, agency_id=cast.commune.pk, note="Ở xã Tân Hòa."
    )
    asking.refresh_from_db()
    assert asking.state == "lapsed"
