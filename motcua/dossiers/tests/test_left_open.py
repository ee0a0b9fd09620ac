"""What a dossier leaves open when it is withdrawn is settled with it; whose request lapses is told."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from motcua.core import clock
from motcua.core.two_persons import Hand
from motcua.dossiers import approval_jobs
from motcua.dossiers.actions import approving, settlement
from motcua.dossiers.actions.watching import raise_alarms
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.models import Approval, Consultation, Dossier, TransferLine, Verification
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
REPAIR = import_module("motcua.dossiers.migrations.0025_asides_settled")


def taken_back(cast: Cast, dossier: Dossier) -> Dossier:
    """Lan asks for it, Hùng confirms."""
    asked = approving.ask_to_withdraw(citizen=cast.lan, reference=dossier.reference)
    hung = Hand(cast.hung.actor, f"account:{cast.hung.account_id}")
    approving.grant(
        hand=hung, post=cast.hung, reference=dossier.reference, approval_id=asked.pk, answer="Được."
    )
    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN
    return dossier


def test_lan_takes_it_back_on_the_way_to_hoa_and_the_list_is_settled(cast: Cast) -> None:
    dossier = taken_back(cast, a_dossier(cast, Status.TRANSFERRING))

    line = TransferLine.objects.get(dossier=dossier)
    assert (line.settled_at, line.is_taken) == (dossier.changed_at, False)
    assert (line.settled_by, line.reason) == (cast.hung.holder_name, "Đã rút hồ sơ")
    page = desk_of(cast.hung).get(f"/can-bo/ban-giao/{line.list_id}/").content.decode()
    assert "Đã rút hồ sơ" in page


def test_lan_takes_it_back_while_others_are_asked_and_nobody_waits_for_them(cast: Cast) -> None:
    dossier = taken_back(cast, a_dossier(cast, Status.CONSULTING))

    asked = Consultation.objects.get(dossier=dossier)
    assert asked.closed_at == dossier.changed_at
    Consultation.objects.update(due_at=clock.now() - timedelta(days=1))
    assert raise_alarms() == 0


def test_lan_takes_it_back_before_the_visit_and_mai_reads_that_nobody_goes(cast: Cast) -> None:
    dossier = taken_back(cast, a_dossier(cast, Status.VERIFYING))

    visit = Verification.objects.get(dossier=dossier)
    assert (visit.called_off_at, visit.recorded_at) == (dossier.changed_at, None)
    page = desk_of(cast.mai).get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
    assert "Không tiến hành" in page
    assert "Chưa ghi biên bản" not in page


def test_what_was_left_open_before_is_repaired_and_the_rest_stays(cast: Cast) -> None:
    gone = a_dossier(cast, Status.CONSULTING)
    there = a_dossier(cast, Status.CONSULTING)
    visited = a_dossier(cast, Status.VERIFYING)
    listed = a_dossier(cast, Status.TRANSFERRING)
    left = [gone.pk, visited.pk, listed.pk]
    with by_hand():
        Dossier.objects.filter(pk__in=left).update(status=Status.WITHDRAWN)

    for _ in range(2):
        REPAIR.settle(apps, None)

    assert Consultation.objects.get(dossier=gone).closed_at == gone.changed_at
    assert Consultation.objects.get(dossier=there).closed_at is None
    assert Verification.objects.get(dossier=visited).called_off_at == visited.changed_at
    assert TransferLine.objects.get(dossier=listed).settled_at == listed.changed_at


def test_lan_is_told_once_that_her_request_lapsed_when_binh_had_signed(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    asked = approving.ask_to_withdraw(citizen=cast.lan, reference=dossier.reference)

    settlement.decide_dossier(post=cast.binh, reference=dossier.reference)
    for _ in range(2):
        approval_jobs.tell_decided(asked.pk)

    asked.refresh_from_db()
    told = Message.objects.get(channel="inbox")
    assert (asked.state, told.subject) == ("lapsed", f"Không rút hồ sơ {dossier.code} được nữa")
    assert "Đã duyệt, chờ ban hành" in told.body
    mine = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "đã hết hiệu lực vì hồ sơ nay ở trạng thái" in mine


def test_the_asker_inside_hears_that_the_request_lapsed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = a_dossier(cast, Status.PROPOSED, channel=Channel.COUNTER)
    heard: list[int] = []
    monkeypatch.setattr(
        "motcua.dossiers.models.asides.publish", lambda event: heard.append(event.approval_id)
    )
    asked = approving.ask(
        hand=Hand(cast.hung.actor, "account:1"), post=cast.hung, reference=dossier.reference,
        kind=ApprovalKind.WITHDRAW_AT_COUNTER, reason="Bà Niê đến xin rút.", facts={},
    )  # fmt: skip

    settlement.decide_dossier(post=cast.binh, reference=dossier.reference)
    approval_jobs.tell_decided(asked.pk)

    assert heard == [asked.pk]
    assert Approval.objects.get().state == "lapsed"
    told = Message.objects.get(channel="inbox")
    assert "Hết hiệu lực" in told.subject
    assert "không còn áp dụng" in told.body
