"""Taking a dossier back after acceptance: asked by its applicant, confirmed or refused by the desk."""

import pytest

from motcua.core.errors import NotFound, Refused
from motcua.dossiers import approval_jobs, jobs
from motcua.dossiers.actions import approving, standing_in
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier
from motcua.dossiers.tests.test_approvals import MARRIAGE, decide, friday, running, why_not
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

__all__ = ["friday", "running"]
pytestmark = pytest.mark.django_db


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
    assert "Đã rút" in Message.objects.filter(channel="inbox").latest("pk").subject


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

    assert Step.WITHDRAW not in desk_dossier(cast.hung, running.reference).steps


def test_who_stands_at_the_counter_takes_it_back_in_one_go(cast: Cast) -> None:
    brought = a_dossier(cast, Status.EXAMINING, MARRIAGE, Channel.COUNTER)

    standing_in.withdraw_at_counter(
        post=cast.hung, reference=brought.reference, note="Bà Hen xin rút, đã trả bản chính."
    )

    brought.refresh_from_db()
    assert brought.status == Status.WITHDRAWN
