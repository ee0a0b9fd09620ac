"""What one person asked and nobody grants or refuses: told to who may decide, then to their head."""

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.agencies.types import SeatFacts
from motcua.core.actors import Role
from motcua.dossiers import jobs
from motcua.dossiers.actions import approving, processing
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.models import Alarm, Approval, Dossier
from motcua.dossiers.rules.seats import to_decide
from motcua.dossiers.tests.test_approvals import decide, hand
from motcua.dossiers.tests.test_silence_clocks import BINH, HUNG, MONDAY, looked, since_monday, told
from motcua.dossiers.tests.test_silence_nobody import NGA, QUAN, leaves
from motcua.dossiers.tests.test_silence_standing import after
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing import correcting
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
CODE = "H99.31-261113-0777"


def another_code(post: Post, dossier: Dossier) -> Approval:
    with time_machine.travel(MONDAY, tick=False):
        return approving.ask(
            hand=hand(post), post=post, reference=dossier.reference, reason="Nhầm số.",
            kind=ApprovalKind.CORRECT_CODE, facts={"code": CODE},
        )  # fmt: skip


def test_after_two_working_days_binh_is_told_and_again_until_he_decides(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    asked = another_code(cast.mai, dossier)

    looked(after(15))
    assert told(dossier, K.UNDECIDED) == []
    looked(after(17))
    looked(after(18))
    assert told(dossier, K.UNDECIDED) == [("warning", [BINH])]
    looked(after(26))
    assert told(dossier, K.UNDECIDED) == [("warning", [BINH]), ("passed", [BINH])]
    alarm = Alarm.objects.get(kind=K.UNDECIDED, level="warning")
    assert (alarm.occasion, alarm.due_at) == (asked.pk, MONDAY)
    jobs.tell_officials(alarm.pk)
    note = Message.objects.get(channel="inbox", post=cast.binh, template_code="silence_found")
    assert "đề nghị chờ duyệt" in note.body

    with time_machine.travel(after(27), tick=False):
        decide(approving.refuse, cast.binh, asked, "Mã vẫn đúng.")
    looked(after(28))
    assert told(dossier, K.UNDECIDED) == []


def test_another_step_does_not_end_it(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    another_code(cast.mai, dossier)
    looked(after(17))

    with time_machine.travel(after(17), tick=False):
        processing.propose_dossier(
            post=cast.mai, reference=dossier.reference, outcome="approve", note="Đủ."
        )

    assert told(dossier, K.UNDECIDED) == [("warning", [BINH])]


def test_what_lan_asks_is_for_the_desk_to_decide(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    with time_machine.travel(MONDAY, tick=False):
        approving.ask_to_withdraw(citizen=cast.lan, reference=dossier.reference)

    looked(after(17))
    looked(after(26))

    assert told(dossier, K.UNDECIDED) == [("warning", [HUNG]), ("passed", [BINH])]


def test_a_dossier_that_has_ended_waits_for_its_answer_too(cast: Cast) -> None:
    dossier = since_monday(cast, S.DELIVERED)
    with time_machine.travel(MONDAY, tick=False):
        correcting.reopening_asked(cast, dossier)

    looked(after(17))
    looked(after(300))
    assert told(dossier, K.UNDECIDED) == [("warning", [BINH]), ("passed", [BINH])]


def test_where_nobody_may_decide_the_keepers_hear_of_it(cast: Cast) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    another_code(cast.mai, dossier)
    leaves(cast.binh)

    looked(after(17))

    assert told(dossier, K.UNDECIDED) == [("warning", [QUAN, NGA])]


OFFICER, HEAD, OTHER_HEAD, DESK_HEAD, LEADER, SECOND = (
    SeatFacts(1, 1, Role.CASE_OFFICER, False, 5), SeatFacts(2, 1, Role.UNIT_HEAD, False, 5),
    SeatFacts(3, 1, Role.UNIT_HEAD, False, 6), SeatFacts(4, 1, Role.UNIT_HEAD, True, 7),
    SeatFacts(5, 1, Role.APPROVER, False), SeatFacts(6, 1, Role.APPROVER, False),
)  # fmt: skip
SEATS = (OFFICER, HEAD, OTHER_HEAD, DESK_HEAD, LEADER, SECOND)
WARNING, PASSED = AlarmLevel


@pytest.mark.parametrize(
    ("level", "decider", "asker", "told_to"),
    [
        (WARNING, Role.UNIT_HEAD, OFFICER, [HEAD]),
        (WARNING, Role.UNIT_HEAD, HEAD, [LEADER, SECOND]),  # nobody decides what they asked for
        (PASSED, Role.UNIT_HEAD, OFFICER, [LEADER, SECOND]),
        (WARNING, Role.APPROVER, LEADER, [SECOND]),
        (PASSED, Role.DESK_OFFICER, OFFICER, [DESK_HEAD]),
    ],
)
def test_who_asked_is_never_told_to_decide(
    level: AlarmLevel, decider: Role, asker: SeatFacts, told_to: list[SeatFacts]
) -> None:
    found = to_decide(level, decider, asker.id, HEAD.unit_id, SEATS)

    assert found == [seat.id for seat in told_to]
