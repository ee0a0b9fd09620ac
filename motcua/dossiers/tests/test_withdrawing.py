"""Taking a dossier back after acceptance: asked by its applicant, confirmed or refused by the desk."""

import pytest
from django.test import Client

from motcua.core.errors import NotFound, Refused
from motcua.dossiers import approval_jobs, jobs
from motcua.dossiers.actions import approving, standing_in
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_approvals import MARRIAGE, decide, friday, hand, running, why_not
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import TOKEN, a_dossier, a_partner
from motcua.testing.official import opened

__all__ = ["friday", "running"]
pytestmark = pytest.mark.django_db
AT_COUNTER = ApprovalKind.WITHDRAW_AT_COUNTER


def test_lan_asks_to_take_it_back_and_hung_confirms(cast: Cast, running: Dossier) -> None:
    asked = approving.ask_to_withdraw(
        citizen=cast.lan, reference=running.reference, reason="Gia đình đổi ý."
    )
    again = approving.ask_to_withdraw(citizen=cast.lan, reference=running.reference)
    running.refresh_from_db()
    assert (again, running.status) == (asked, Status.EXAMINING)

    decide(approving.grant, cast.hung, asked, "Trả lại bản chính tại quầy số 2.")
    move = running.moves.get(step=Step.WITHDRAW)
    jobs.tell_applicant(move.pk)

    running.refresh_from_db()
    assert running.status == Status.WITHDRAWN
    assert "Trả lại bản chính tại quầy số 2." in move.note
    assert "Gia đình đổi ý." in move.note
    told = Message.objects.filter(channel="inbox").latest("pk")
    assert "Đã rút" in told.subject
    assert "Giấy tờ, phí đã nộp: Trả lại bản chính tại quầy số 2." in told.body


def test_hung_says_why_not_and_lan_is_told_both_times(cast: Cast, running: Dossier) -> None:
    asked = approving.ask_to_withdraw(citizen=cast.lan, reference=running.reference)
    approval_jobs.tell_asked(asked.pk)
    decide(approving.refuse, cast.hung, asked, "Kết quả đã ký chiều nay.")
    approval_jobs.tell_decided(asked.pk)

    running.refresh_from_db()
    assert running.status == Status.EXAMINING
    told = list(Message.objects.filter(channel="inbox").order_by("pk"))
    assert [message.subject for message in told] == [
        f"Người nộp xin rút hồ sơ {running.code}",
        f"Đã nhận đề nghị rút hồ sơ {running.code}",
        f"Chưa rút được hồ sơ {running.code}",
    ]
    assert "Kết quả đã ký chiều nay." in told[-1].body
    assert all(cast.lan.full_name not in message.body for message in told[:1])


def test_nobody_asks_to_take_back_what_is_anothers_or_already_done(
    cast: Cast, running: Dossier
) -> None:
    with pytest.raises(NotFound):
        approving.ask_to_withdraw(citizen=cast.thu, reference=running.reference)
    ready = a_dossier(cast, Status.RESULT_READY, MARRIAGE)
    with pytest.raises(Refused) as refusal:
        approving.ask_to_withdraw(citizen=cast.lan, reference=ready.reference)

    assert why_not(refusal) == ["step_not_open"]


def test_hung_cannot_take_lans_dossier_back_without_her_asking(
    cast: Cast, running: Dossier
) -> None:
    with pytest.raises(Refused):
        standing_in.withdraw_at_counter(
            post=cast.hung, reference=running.reference, note="Người nộp gọi điện xin rút."
        )

    assert Step.WITHDRAW not in opened(cast.hung, running.reference).steps


def ask_at_counter(cast: Cast, dossier: Dossier) -> Approval:
    return approving.ask(
        hand=hand(cast.hung), post=cast.hung, reference=dossier.reference, kind=AT_COUNTER,
        reason="Bà Hen xin rút, đã trả bản chính.", facts={},
    )  # fmt: skip


def test_what_was_accepted_hung_takes_back_only_with_binh(cast: Cast) -> None:
    brought = a_dossier(cast, Status.EXAMINING, MARRIAGE, Channel.COUNTER)
    with pytest.raises(Refused) as refusal:
        standing_in.withdraw_at_counter(
            post=cast.hung, reference=brought.reference, note="Bà Hen xin rút."
        )
    assert why_not(refusal) == ["takes_two"]
    assert Step.WITHDRAW not in opened(cast.hung, brought.reference).steps

    asked = ask_at_counter(cast, brought)
    with pytest.raises(NotFound):
        decide(approving.grant, cast.hung, asked)
    decide(approving.grant, cast.binh, asked, "Đã gọi lại cho bà Hen.")

    brought.refresh_from_db()
    assert brought.status == Status.WITHDRAWN
    note = brought.moves.get(step=Step.WITHDRAW).note
    assert cast.hung.holder_name in note
    assert "Bà Hen xin rút, đã trả bản chính." in note
    assert "answer" not in brought.moves.get(step=Step.WITHDRAW).facts  # Bình answered Hùng


def test_what_lan_sent_online_she_asks_back_herself_and_what_is_signed_nobody(cast: Cast) -> None:
    online = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    with pytest.raises(Refused) as refusal:
        ask_at_counter(cast, online)
    assert why_not(refusal) == ["not_filed_here"]

    signed = a_dossier(cast, Status.APPROVED, MARRIAGE, Channel.COUNTER)
    with pytest.raises(Refused) as refusal:
        ask_at_counter(cast, signed)
    assert why_not(refusal) == ["step_not_open"]


def test_hung_asks_on_the_page_of_what_was_brought_to_him(cast: Cast) -> None:
    brought = a_dossier(cast, Status.EXAMINING, MARRIAGE, Channel.COUNTER)
    online = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    hung, here = desk_of(cast.hung), f"/can-bo/ho-so/{brought.reference}/"
    asking = f"{here}de-nghi/withdraw_at_counter/"
    assert asking in hung.get(here).content.decode()
    assert (
        "withdraw_at_counter" not in hung.get(f"/can-bo/ho-so/{online.reference}/").content.decode()
    )

    said = {"reason": "Bà Hen xin rút.", "revision": str(brought.revision)}
    assert hung.post(asking, said).status_code == 302

    assert str(brought.code) in desk_of(cast.binh).get(
        "/can-bo/danh-sach/cho-duyet-hai-nguoi/"
    ).content.decode()  # fmt: skip


def test_a_partner_asks_after_acceptance_and_hung_confirms(cast: Cast, client: Client) -> None:
    dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE, channel=Channel.PARTNER)
    said = {"note": "Người dân đổi ý."}
    wire = {"headers": {"Authorization": f"Bearer {TOKEN}"}}
    here = f"/api/v1/dossiers/{dossier.reference}/withdraw"
    mine = f"/api/v1/dossiers/mine/{dossier.reference}"

    for _ in range(2):  # sent again, it is the same asking
        answer = client.post(here, said, **wire)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["status"]) == (200, "examining")
    asked = Approval.objects.get()
    assert client.get(mine, **wire).json()["withdrawal"] == "open"  # type: ignore[arg-type]
    approval_jobs.tell_asked(asked.pk)  # nobody with an account to tell, the desk is told

    decide(approving.grant, cast.hung, asked, "Trả giấy tờ qua Bưu điện Sông Hà.")

    dossier.refresh_from_db()
    told = client.get(mine, **wire).json()  # type: ignore[arg-type]
    assert dossier.status == Status.WITHDRAWN
    assert (told["withdrawal"], told["withdrawal_answer"]) == (
        "granted",
        "Trả giấy tờ qua Bưu điện Sông Hà.",
    )
    assert client.post(here, said, **wire).json()["status"] == "withdrawn"  # type: ignore[arg-type]


def test_before_acceptance_a_partner_takes_it_back_at_once(cast: Cast, client: Client) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED, channel=Channel.PARTNER)
    standing_in.withdraw_by_partner(partner=a_partner(), reference=dossier.reference)
    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN
    assert not Approval.objects.exists()
