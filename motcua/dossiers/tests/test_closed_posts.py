"""What is answered to a post that was closed since goes to whoever answers for its work now."""

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.agencies.queries import in_place_of
from motcua.core.actors import Role
from motcua.dossiers import approval_jobs, telling
from motcua.dossiers.actions import approving
from motcua.dossiers.tests.test_approvals import FRIDAY, MARRIAGE, ask_date, decide
from motcua.dossiers.tests.test_urging_documents import LATER, MONDAY, signed
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def readers(template: str) -> set[int | None]:
    rows = Message.objects.filter(template_code=template, channel="inbox")
    return set(rows.values_list("post_id", flat=True))


def closed(post: Post) -> None:
    Post.objects.filter(pk=post.pk).update(is_active=False)


def another_leader(cast: Cast) -> Post:
    """Dung sits beside Bình."""
    return a_post("dung", "Lý Thị Dung", cast.binh.unit, Role.APPROVER, "Phó Chủ tịch")


@pytest.mark.parametrize("is_late", [True, False])
def test_the_answer_to_an_urging_goes_to_the_present_signers(cast: Cast, is_late: bool) -> None:
    with time_machine.travel(MONDAY, tick=False):
        late = a_dossier(cast, Status.EXAMINING)
    with time_machine.travel(LATER, tick=False):
        document = signed(cast.binh, cast.hoa, late)
        dung = another_leader(cast)
        closed(cast.binh)
        for _ in range(2):
            if is_late:
                telling.tell_signer_late(document.pk)
            else:
                telling.tell_signer(document.pk)

    template = telling.UNIT_LATE if is_late else telling.UNIT_ANSWERED
    assert readers(template) == {dung.pk}
    assert Message.objects.filter(template_code=template, channel="inbox").count() == 1


def test_an_opinion_for_an_officer_who_left_goes_to_the_head_who_gives_the_work_out(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.CONSULTING)
    phuc = a_unit_asked(cast)
    closed(cast.mai)
    move = dossier.take(Step.OPINE, by=phuc.actor, at=LATER, note="Không tranh chấp.")

    telling.tell_asker(move.pk)

    assert readers(telling.ANSWERED) == {cast.hoa.pk}


def test_what_became_of_a_request_of_who_left_is_told_to_the_head(cast: Cast) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        asked = ask_date(cast.mai, a_dossier(cast, Status.EXAMINING, MARRIAGE))
        decide(approving.refuse, cast.binh, asked, "Chưa cần.")
    closed(cast.mai)

    approval_jobs.tell_decided(asked.pk)

    assert readers("approval_decided") == {cast.hoa.pk}


def test_where_nobody_is_left_in_the_role_the_leaders_are_told(cast: Cast) -> None:
    closed(cast.hung)
    assert in_place_of(cast.hung.pk) == [cast.binh.pk]
    assert in_place_of(cast.binh.pk) == [cast.binh.pk]
