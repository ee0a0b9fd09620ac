"""One more slip than the law allows: asked for with a reason, granted by somebody else, then it counts."""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.audit.queries import entries_of
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import approval_jobs
from motcua.dossiers.actions import approving, more_papers, processing
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.queries import desk_list
from motcua.dossiers.tests.test_approvals import decide
from motcua.dossiers.tests.test_more_papers import MONDAY, ask, codes
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, handed_in

pytestmark = pytest.mark.django_db
WHY = "Giấy mới nộp lại thiếu dấu."
MOVED = import_module("motcua.dossiers.migrations.0026_asking_again")


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY) as now:
        yield now


@pytest.fixture
def asked_once(cast: Cast) -> Dossier:
    """Asked once, handed in, found full: Mai has it again, on Monday at nine."""
    examined = a_dossier(cast, Status.EXAMINING)
    ask(cast, examined)
    handed_in(cast, examined)
    more_papers.resume_dossier(post=cast.hung, reference=examined.reference)
    examined.refresh_from_db()
    return examined


@pytest.fixture
def asking(cast: Cast, asked_once: Dossier) -> Approval:
    """Mai wants to ask once more."""
    ask(cast, asked_once, second_reason=WHY)
    return asked_once.approvals.get()


def another_officer(cast: Cast) -> Post:
    """Someone beside Mai, in her unit."""
    return Post.objects.create(
        account=cast.sau.account, agency=cast.ward, unit=cast.mai.unit, role=Role.CASE_OFFICER,
        title="Công chức", holder_name="Nguyễn Văn Sáu",
    )  # fmt: skip


def assigned(cast: Cast, dossier: Dossier, to: Post) -> None:
    processing.assign_dossier(post=cast.hoa, reference=dossier.reference, assignee_id=to.pk)
    dossier.refresh_from_db()


def test_a_second_slip_needs_a_reason_and_waits_for_an_approver(
    cast: Cast, asked_once: Dossier
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(cast, asked_once)
    assert codes(refusal) == ["second_reason_missing"]

    ask(cast, asked_once, second_reason=WHY)

    assert asked_once.status == Status.EXAMINING
    with pytest.raises(Refused) as refusal:
        ask(cast, asked_once, second_reason="Lần nữa.")
    assert codes(refusal) == ["asked_before"]


@pytest.mark.parametrize("basis", [".", "Điều 27 Luật Xây dựng"])
def test_the_law_of_a_sector_lifts_the_days_and_never_the_count(
    cast: Cast, asked_once: Dossier, basis: str
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(cast, asked_once, sector_basis=basis)

    assert codes(refusal) == ["second_reason_missing"]
    assert more_papers.times_asked(asked_once) == 1


def test_granted_the_second_slip_goes_out_as_it_was_written_and_counts(
    cast: Cast, asked_once: Dossier, asking: Approval
) -> None:
    decide(approving.grant, cast.binh, asking)

    asked_once.refresh_from_db()
    move = asked_once.moves.last()
    assert asked_once.status == Status.SUPPLEMENT
    assert more_papers.times_asked(asked_once) == 2
    assert move is not None
    assert (move.by, move.facts["approved_by"]) == (cast.mai.holder_name, cast.binh.holder_name)
    assert (move.by_key, move.facts["second_reason"]) == (cast.mai.actor.key, WHY)
    assert asked_once.supplement_items == asking.facts["items"]
    deeds = [entry.deed for entry in entries_of(asked_once.reference)]
    assert {"dossier.approval_asked", "dossier.approval_granted"} <= set(deeds)
    with pytest.raises(Refused):  # the button was pressed twice
        decide(approving.grant, cast.binh, asking)
    assert more_papers.times_asked(asked_once) == 2


def test_binh_is_told_has_it_on_his_list_and_mai_hears_the_answer(
    cast: Cast, asking: Approval
) -> None:
    approval_jobs.tell_asked(asking.pk)
    assert len(desk_list(cast.binh, "cho-duyet-hai-nguoi").rows) == 1

    decide(approving.refuse, cast.binh, asking, "Giấy đã đủ.")
    approval_jobs.tell_decided(asking.pk)

    told = Message.objects.filter(channel="inbox").order_by("pk")
    assert [each.post_id for each in told] == [cast.binh.pk, cast.mai.pk]
    assert WHY in told[0].body
    assert "Giấy đã đủ." in told[1].body
    assert len(desk_list(cast.binh, "cho-duyet-hai-nguoi").rows) == 0


def test_only_binh_decides_and_a_refusal_has_a_reason(cast: Cast, asking: Approval) -> None:
    for post in (cast.hung, cast.hoa, cast.yen):
        with pytest.raises(NotFound):
            decide(approving.grant, post, asking)
    with pytest.raises(Refused):
        decide(approving.refuse, cast.binh, asking, " ")

    decide(approving.refuse, cast.binh, asking, "Đã đủ.")

    asking.dossier.refresh_from_db()
    assert asking.dossier.status == Status.EXAMINING


def test_whoever_asked_never_grants_not_even_when_her_post_was_passed_on(
    cast: Cast, asking: Approval
) -> None:
    cast.binh.account = cast.mai.account
    cast.binh.save()
    Post.objects.filter(pk=cast.mai.pk).update(account=cast.sau.account)

    with pytest.raises(Refused) as refusal:
        decide(approving.grant, cast.binh, asking)

    assert codes(refusal) == ["own_draft"]


def test_it_lapses_once_mai_has_proposed_and_she_hears_of_it(cast: Cast, asking: Approval) -> None:
    processing.propose_dossier(
        post=cast.mai, reference=asking.dossier.reference, outcome="approve", note="Đủ."
    )

    with pytest.raises(Refused) as refusal:
        decide(approving.grant, cast.binh, asking)

    assert codes(refusal) == ["changed_meanwhile"]
    approval_jobs.tell_decided(asking.pk)
    assert "Đã trình" in Message.objects.get(channel="inbox").body


def test_it_lapses_once_another_examines_who_may_ask_afresh(
    cast: Cast, asked_once: Dossier, asking: Approval
) -> None:
    other = another_officer(cast)

    assigned(cast, asked_once, other)
    approval_jobs.tell_decided(asking.pk)

    asking.refresh_from_db()
    assert asking.state == "lapsed"
    assert "đã giao người khác" in Message.objects.get(channel="inbox").body
    ask(cast, asked_once, post=other, second_reason=WHY)
    decide(approving.grant, cast.binh, asked_once.approvals.get(state="open"))
    asked_once.refresh_from_db()
    assert asked_once.moves.get(seq=asked_once.revision).by == other.holder_name


def test_it_stays_while_mai_only_notes_that_she_examines_it(
    cast: Cast, asked_once: Dossier, asking: Approval
) -> None:
    assigned(cast, asked_once, cast.mai)

    decide(approving.grant, cast.binh, asking)

    asked_once.refresh_from_db()
    assert asked_once.status == Status.SUPPLEMENT


@pytest.mark.parametrize(("basis", "status"), [("", "examining"), ("Luật A", "supplement")])
def test_what_is_granted_after_the_days_goes_out_only_by_the_law_of_a_sector(
    cast: Cast, asked_once: Dossier, monday: time_machine.Traveller, basis: str, status: str
) -> None:
    ask(cast, asked_once, second_reason=WHY, sector_basis=basis)
    monday.move_to(MONDAY + timedelta(days=14))

    if basis:
        decide(approving.grant, cast.binh, asked_once.approvals.get())
    else:
        with pytest.raises(Refused) as refusal:
            decide(approving.grant, cast.binh, asked_once.approvals.get())
        assert codes(refusal) == ["asking_too_late"]

    asked_once.refresh_from_db()
    assert asked_once.status == status


@pytest.mark.parametrize("went_on", [False, True])
def test_what_waited_before_the_house_was_brought_up_to_date_still_waits(
    cast: Cast, asked_once: Dossier, *, went_on: bool
) -> None:
    ask(cast, asked_once, second_reason=WHY)
    asking = asked_once.approvals.get()
    asking.delete()
    row = SimpleNamespace(
        dossier=asked_once, dossier_id=asked_once.pk, asked_by=cast.mai, asked_by_id=cast.mai.pk,
        decided_by=None, decided_at=None, is_granted=None, answer="", asked_at=MONDAY,
        revision=asked_once.revision, reason=WHY, items=asking.facts["items"], sector_basis="",
    )  # fmt: skip
    if went_on:
        assigned(cast, asked_once, another_officer(cast))
    moved = Approval.objects.create(**MOVED._approval(row))

    if went_on:
        assert moved.state == "lapsed"
        return
    decide(approving.grant, cast.binh, moved)
    asked_once.refresh_from_db()
    assert asked_once.supplement_items == row.items
