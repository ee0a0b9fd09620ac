"""Grave acts take two persons: one asks with a reason, another grants or refuses; who asked never does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.core.two_persons import Hand
from motcua.dossiers import approval_jobs
from motcua.dossiers.actions import approving, processing
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.queries import desk_list, track
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.official import opened
from motcua.workdays.types import HANOI

MARRIAGE = "1.004884"
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)
NEW = datetime(2026, 12, 3, 9, 30, tzinfo=HANOI)
REASON = "Mẹ cháu sinh tại tỉnh khác, chờ trả lời xác minh."
WITHDRAW, MOVE_DATE, CORRECT_CODE, *_ = ApprovalKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


@pytest.fixture
def running(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.EXAMINING, MARRIAGE)


def hand(post: Post) -> Hand:
    return Hand(post.actor, f"account:{post.account_id}")


def ask_date(post: Post, dossier: Dossier, new: datetime = NEW, reason: str = REASON) -> Approval:
    return approving.ask(
        hand=hand(post), post=post, reference=dossier.reference, kind=MOVE_DATE, reason=reason,
        facts={"due_at": new.isoformat()},
    )  # fmt: skip


def ask_code(post: Post, dossier: Dossier, code: str) -> Approval:
    return approving.ask(
        hand=hand(post), post=post, reference=dossier.reference, kind=CORRECT_CODE, reason=REASON,
        facts={"code": code},
    )  # fmt: skip


def decide(deed: Callable[..., Dossier], post: Post, asked: Approval, answer: str = "") -> Dossier:
    return deed(
        hand=hand(post), post=post, reference=asked.dossier.reference, approval_id=asked.pk,
        answer=answer,
    )  # fmt: skip


def why_not(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_mai_asks_and_binh_moves_the_date(cast: Cast, running: Dossier) -> None:
    first = running.due_at

    decide(approving.grant, cast.binh, ask_date(cast.mai, running))

    running.refresh_from_db()
    change = running.due_changes.get()
    assert (running.due_at, running.original_due_at) == (NEW, first)
    assert (change.old, change.new, change.reason) == (first, NEW, REASON)
    assert change.approved_by == cast.binh.holder_name
    assert cast.mai.holder_name in running.moves.get(step=Step.MOVE_DATE).note
    deeds = deeds_on(running.reference)
    assert ["dossier.approval_asked" in deeds, "dossier.approval_granted" in deeds] == [True, True]


def test_until_binh_agrees_nothing_changes(cast: Cast, running: Dossier) -> None:
    before = running.due_at

    ask_date(cast.mai, running)

    running.refresh_from_db()
    assert running.due_at == before


def test_who_asks_does_not_agree_in_any_post_of_theirs(cast: Cast, running: Dossier) -> None:
    second = Post.objects.create(
        account=cast.mai.account, agency=cast.ward, unit=cast.binh.unit, role=Role.APPROVER,
        title="Chủ tịch", holder_name=cast.mai.holder_name,
    )  # fmt: skip
    asked = ask_date(cast.mai, running)

    for deed in (approving.grant, approving.refuse):
        with pytest.raises(Refused) as refusal:
            decide(deed, second, asked, "Được.")
        assert why_not(refusal) == ["own_draft"]
    asked.refresh_from_db()
    assert asked.state == "open"


@pytest.mark.parametrize("name", ["hung", "hoa", "mai", "yen"])
def test_only_a_leader_decides(cast: Cast, running: Dossier, name: str) -> None:
    asked = ask_date(cast.mai, running)

    with pytest.raises(NotFound):
        decide(approving.grant, getattr(cast, name), asked)


def test_binh_says_no_with_a_reason_and_mai_reads_it(cast: Cast, running: Dossier) -> None:
    asked = ask_date(cast.mai, running)
    with pytest.raises(Refused) as refusal:
        decide(approving.refuse, cast.binh, asked, " ")
    decide(approving.refuse, cast.binh, asked, "Hồ sơ giải quyết được trong hạn.")
    approval_jobs.tell_decided(asked.pk)
    approval_jobs.tell_decided(asked.pk)

    assert why_not(refusal) == ["answer_missing"]
    told = Message.objects.get(channel="inbox")
    assert "Không đồng ý" in told.subject
    assert "Hồ sơ giải quyết được trong hạn." in told.body


def test_a_second_asking_finds_the_first(cast: Cast, running: Dossier) -> None:
    ask_date(cast.mai, running)

    with pytest.raises(Refused) as refusal:
        ask_date(cast.hoa, running)

    assert why_not(refusal) == ["asked_before"]
    assert cast.mai.holder_name in refusal.value.reasons[0].text


def test_the_database_itself_keeps_one_open_request_of_a_kind(cast: Cast, running: Dossier) -> None:
    asked = ask_date(cast.mai, running)
    asked.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save(force_insert=True)


def test_what_was_decided_is_not_decided_again(cast: Cast, running: Dossier) -> None:
    asked = ask_date(cast.mai, running)
    decide(approving.grant, cast.binh, asked)

    with pytest.raises(Refused) as refusal:
        decide(approving.refuse, cast.binh, asked, "Không.")

    assert why_not(refusal) == ["changed_meanwhile"]


def test_a_request_lapses_when_the_dossier_is_no_longer_what_it_was_about(
    cast: Cast, running: Dossier
) -> None:
    asked = ask_date(cast.mai, running)
    lan_asks = approving.ask_to_withdraw(citizen=cast.lan, reference=running.reference)
    decide(approving.grant, cast.hung, lan_asks, "Trả lại bản chính tại quầy.")

    asked.refresh_from_db()
    assert asked.state == "lapsed"
    assert "dossier.approval_lapsed" in deeds_on(running.reference)
    with pytest.raises(Refused) as refusal:
        decide(approving.grant, cast.binh, asked)
    assert why_not(refusal) == ["changed_meanwhile"]


def test_a_step_that_does_not_matter_leaves_the_request_standing(
    cast: Cast, running: Dossier
) -> None:
    asked = ask_date(cast.mai, running)
    processing.propose_dossier(
        post=cast.mai, reference=running.reference, outcome="approve", note="Đủ."
    )

    decide(approving.grant, cast.binh, asked)

    running.refresh_from_db()
    assert (running.due_at, running.status) == (NEW, Status.PROPOSED)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NEW.replace(hour=12), "date_not_working"),
        (datetime(2026, 11, 24, 9, tzinfo=HANOI), "date_not_working"),  # a holiday from 2026 on
        (FRIDAY - timedelta(days=1), "date_gone_by"),
    ],
)
def test_a_date_that_is_no_working_moment_to_come_is_refused(
    cast: Cast, running: Dossier, new: datetime, code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        ask_date(cast.mai, running, new)

    assert why_not(refusal) == [code]


def test_the_old_code_still_finds_the_dossier(cast: Cast, running: Dossier) -> None:
    old, new = running.code or "", "H99.31-261119-0042"

    decide(approving.grant, cast.binh, ask_code(cast.hung, running, new))

    running.refresh_from_db()
    assert running.code == new
    assert replace(track(old), code=new) == track(new)  # each is called what it was asked for
    assert opened(cast.hung, old).page.reference == running.reference
    found = desk_list(cast.mai, "dang-xu-ly", {"text": old})
    assert [row.code for row in found.rows] == [new]


def test_a_corrected_code_is_given_to_nobody_else_and_can_be_taken_back(
    cast: Cast, running: Dossier
) -> None:
    old, new = running.code or "", "H99.31-261119-0042"
    other = a_dossier(cast, Status.EXAMINING, MARRIAGE)
    decide(approving.grant, cast.binh, ask_code(cast.hung, running, new))

    with pytest.raises(Refused) as refusal:
        ask_code(cast.hung, other, old)
    decide(approving.grant, cast.binh, ask_code(cast.hung, running, old))

    assert why_not(refusal) == ["code_wrong"]
    running.refresh_from_db()
    assert running.code == old
    assert track(new) == replace(track(old), code=new)


def test_leaders_have_a_list_of_what_waits_for_a_second_person(
    cast: Cast, running: Dossier
) -> None:
    ask_date(cast.mai, running)
    approving.ask_to_withdraw(citizen=cast.lan, reference=running.reference)

    assert len(desk_list(cast.binh, "cho-duyet-hai-nguoi").rows) == 1
    assert len(desk_list(cast.hung, "xin-rut").rows) == 1
    assert desk_list(cast.hung, "cho-duyet-hai-nguoi").worklist.key == "cho-tiep-nhan"


def test_leaders_are_told_of_it_but_never_the_asker(cast: Cast, running: Dossier) -> None:
    asked = ask_date(cast.binh, running)
    approval_jobs.tell_asked(asked.pk)
    assert not Message.objects.exists()

    second = Post.objects.create(
        account=cast.sau.account, agency=cast.ward, unit=cast.binh.unit, role=Role.APPROVER,
        title="Chủ tịch", holder_name="Nguyễn Văn Sáu",
    )  # fmt: skip
    approval_jobs.tell_asked(asked.pk)

    assert Message.objects.filter(channel="inbox").count() == 1
    decide(approving.grant, second, asked)
