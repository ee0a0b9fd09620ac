"""Handing a dossier on: only to units that can take it, and its owner hears who has it now."""

from dataclasses import asdict
from datetime import datetime

import pytest
import time_machine

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import jobs
from motcua.dossiers.actions import intake, processing, settlement
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier, dossier_page
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import page, press, text_of
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message, Template
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, accepted
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
JUSTICE = "Phòng Tư pháp - Hộ tịch"


def a_head(cast: Cast, *, is_active: bool = True) -> Post:
    """Văn phòng gets a head of its own."""
    return Post.objects.create(
        account=cast.quan.account, agency=cast.ward, unit=cast.binh.unit, role=Role.UNIT_HEAD,
        title="Chánh Văn phòng", holder_name="Bùi Minh Quân", is_active=is_active,
    )  # fmt: skip


def told(dossier: Dossier, step: Step) -> list[str]:
    """What the inbox of the applicant says about the last move of this kind."""
    move = dossier.moves.filter(step=step).last()
    assert move is not None
    jobs.tell_applicant(move.pk)
    jobs.tell_applicant(move.pk)
    rows = Message.objects.filter(dedupe_key=f"move:{move.pk}", channel="inbox")
    return [f"{row.subject}\n{row.body}" for row in rows]


def test_hung_is_offered_only_units_that_have_a_head(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    a_head(cast, is_active=False)

    assert [unit.name for unit in desk_dossier(cast.hung, dossier.reference).units] == [JUSTICE]


def test_a_unit_without_a_head_is_refused_and_the_dossier_stays(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)

    with pytest.raises(Refused) as refusal:
        processing.transfer_dossier(
            post=cast.hung, reference=dossier.reference, unit_id=cast.binh.unit_id
        )

    assert refusal.value.reasons[0].code == "unit_unknown"
    dossier.refresh_from_db()
    assert dossier.status == Status.ACCEPTED


@pytest.mark.parametrize("who", ["hung", "hoa"])
def test_a_dossier_in_the_wrong_unit_goes_on_to_the_right_one(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, Status.ASSIGNING)
    quan = a_head(cast)
    client = desk_of(getattr(cast, who))

    assert "buoc/transfer/" in text_of(client.get(page(dossier)))
    after = press(client, dossier, Step.TRANSFER, chosen=quan.unit_id)

    assert client.get(after["Location"], follow=True).status_code == 200
    dossier.refresh_from_db()
    assert (dossier.status, dossier.unit_id) == (Status.ASSIGNING, quan.unit_id)
    assert desk_dossier(quan, dossier.reference).page.holder == "Văn phòng"
    with pytest.raises(NotFound):
        desk_dossier(cast.hoa, dossier.reference)


def test_a_unit_is_not_offered_to_hand_on_to_itself(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ASSIGNING)

    assert "buoc/transfer/" not in text_of(desk_of(cast.hoa).get(page(dossier)))
    with pytest.raises(Refused):
        processing.transfer_dossier(
            post=cast.hoa, reference=dossier.reference, unit_id=cast.hoa.unit_id
        )


@pytest.mark.parametrize(
    ("step", "holder"),
    [
        (Step.TRANSFER, JUSTICE),
        (Step.ASSIGN, f"{JUSTICE}, Vũ Thị Mai"),
        (Step.PROPOSE, "Lãnh đạo cơ quan"),
        (Step.DECIDE, "Văn thư"),
    ],
)
def test_lan_is_told_once_who_has_her_dossier_now(cast: Cast, step: Step, holder: str) -> None:
    dossier = a_dossier(cast, Status.APPROVED)

    (message,) = told(dossier, step)

    assert f"Nơi đang giữ hồ sơ: {holder}." in message
    assert "UBND phường Mỹ Phước" in message
    assert "Đề nghị đồng ý" not in message
    assert "{{" not in message


def test_a_keeper_cannot_send_out_what_officials_write_to_each_other(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.APPROVED)
    told(dossier, Step.TRANSFER)
    Template.objects.filter(code="dossier_moved").update(body="{{holder}}: {{note}}")

    (message,) = told(dossier, Step.PROPOSE)

    assert message.endswith("Lãnh đạo cơ quan:")


def test_what_mai_notes_for_herself_is_no_message(cast: Cast) -> None:
    assert told(a_dossier(cast, Status.PROPOSED), Step.EXAMINE) == []


def test_sent_back_the_dossier_is_with_mai_again_and_the_question_stays_inside(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    processing.send_back(post=cast.binh, reference=dossier.reference, note="Làm rõ nơi cư trú")

    (message,) = told(dossier, Step.SEND_BACK)

    assert f"{JUSTICE}, Vũ Thị Mai" in message
    assert "nơi cư trú" not in message


def test_a_late_message_tells_what_was_true_at_the_move(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT)
    Dossier.objects.filter(pk=dossier.pk).update(
        code="H99.31-261122-0099", supplement_items=[], answer_due_at=None
    )

    (asked,) = told(dossier, Step.ASK_SUPPLEMENT)
    (submitted,) = told(dossier, Step.SUBMIT)

    assert "Ảnh mờ, không đọc được số." in asked
    assert f"Hồ sơ {dossier.reference} cần bổ sung" in asked
    assert "0099" not in asked + submitted
    assert "chưa hẹn" not in submitted


@pytest.mark.parametrize(
    ("status", "holder"),
    [
        (Status.SUBMITTED, "Bộ phận Tiếp nhận và Trả kết quả"),
        (Status.PRE_SUPPLEMENT, "Ông/bà"),
        (Status.ASSIGNING, JUSTICE),
        (Status.EXAMINING, f"{JUSTICE}, Vũ Thị Mai"),
        (Status.PROPOSED, "Lãnh đạo cơ quan"),
        (Status.REFUSED, "Văn thư"),
        (Status.RESULT_READY, "Bộ phận Tiếp nhận và Trả kết quả"),
        (Status.DELIVERED, ""),
    ],
)
def test_lan_reads_who_holds_her_dossier(cast: Cast, status: Status, holder: str) -> None:
    assert dossier_page(cast.lan, a_dossier(cast, status).reference).holder == holder


def test_the_story_says_where_each_hand_sits(cast: Cast) -> None:
    story = dossier_page(cast.lan, a_dossier(cast, Status.PROPOSED).reference).timeline

    seats = {item.step: item.where for item in story if item.state == "done"}
    assert seats["transfer"] == "Bộ phận Tiếp nhận và Trả kết quả"
    assert seats["assign"] == seats["propose"] == JUSTICE


def test_the_second_official_reads_the_hour_of_their_own_clock(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    with time_machine.travel(datetime(2026, 11, 23, 13, 5, tzinfo=HANOI), tick=False):
        accepted(cast, dossier)

    with pytest.raises(Refused) as refusal:
        intake.accept_dossier(post=cast.hung, reference=dossier.reference, revision=1, checked=())

    assert "lúc 13:05 ngày 23/11/2026" in refusal.value.reasons[0].text


def test_who_proposed_in_a_post_since_ended_may_not_decide_either(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    Post.objects.filter(pk=cast.mai.pk).update(is_active=False)
    second = Post.objects.create(
        account=cast.mai.account, agency=cast.ward, unit=cast.binh.unit, role=Role.APPROVER,
        title="Phó Chủ tịch", holder_name=cast.mai.holder_name,
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        settlement.decide_dossier(post=second, reference=dossier.reference)

    assert refusal.value.reasons[0].code == "same_hand"


def test_all_that_follows_on_one_dossier_waits_its_turn_in_one_line() -> None:
    assert asdict(DossierMoved(1, 7)) == {"subject": "dossier:7", "move_id": 1}
