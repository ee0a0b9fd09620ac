"""What happens to a dossier: state, moves, tasks, journal and counters after each deed."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine

from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import delivery, intake, papers, processing, settlement
from motcua.dossiers.models import Dossier, WorklistCount
from motcua.dossiers.queries import desk_dossier, track
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, accepted, attach_all, fill_all, found_right

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
WITHOUT_OWN_FORM = "2.000815"  # certified copies
FRIDAY_4PM = datetime(2026, 11, 20, 16, tzinfo=HANOI)


def test_lan_submits_and_the_desk_has_eight_working_hours(cast: Cast) -> None:
    with time_machine.travel(FRIDAY_4PM, tick=False):
        dossier = a_dossier(cast, Status.SUBMITTED)

    assert dossier.submitted_at == FRIDAY_4PM
    assert dossier.answer_due_at == datetime(2026, 11, 23, 16, tzinfo=HANOI)
    assert dossier.code is None
    assert dossier.tasks.get(done_at=None).role == "desk_officer"


def test_submitting_twice_gives_the_same_dossier(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    again = intake.submit_dossier(citizen=cast.lan, reference=dossier.reference)

    assert again.pk == dossier.pk
    assert again.moves.count() == 1


def test_an_incomplete_dossier_is_refused_with_every_reason_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DRAFT)

    with pytest.raises(Refused) as refusal:
        intake.submit_dossier(citizen=cast.lan, reference=dossier.reference)

    codes = {reason.code for reason in refusal.value.reasons}
    assert "document_missing" in codes
    assert len(refusal.value.reasons) > 3
    dossier.refresh_from_db()
    assert dossier.status == Status.DRAFT


def test_the_desk_accepts_with_a_code_and_a_date_that_skips_the_holiday(cast: Cast) -> None:
    with time_machine.travel(FRIDAY_4PM, tick=False):
        dossier = a_dossier(cast, Status.ACCEPTED)

    assert dossier.code == "H99.31-261120-0001"
    assert dossier.due_at is not None
    assert track(dossier.code).percent == 25


def test_thu_never_reaches_what_is_lans(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    with pytest.raises(NotFound):
        intake.submit_dossier(citizen=cast.thu, reference=dossier.reference)
    with pytest.raises(NotFound):
        intake.accept_dossier(
            post=cast.sau, reference=dossier.reference, checked=found_right(dossier)
        )


def test_the_second_official_reads_what_the_first_did(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    accepted(cast, dossier)

    with pytest.raises(Refused) as refusal:
        intake.reject_dossier(
            post=cast.hung, reference=dossier.reference, revision=1, reason="x", legal_basis="y"
        )

    assert refusal.value.reasons[0].code == "changed_meanwhile"
    assert "Trần Văn Hùng" in refusal.value.reasons[0].text


def test_a_supplement_is_asked_once_and_starts_the_clock_of_the_desk_anew(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT)
    slot = dossier.supplement_items[0]["slot"]
    upload = BytesIO(a_pdf("bản rõ hơn"))
    upload.name = "ro.pdf"
    papers.attach(citizen=cast.lan, reference=dossier.reference, slot=slot, uploads=[upload])
    intake.supplement_dossier(citizen=cast.lan, reference=dossier.reference)

    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED
    with pytest.raises(Refused) as refusal:
        intake.ask_supplement(post=cast.hung, reference=dossier.reference, items=[(slot, "vẫn mờ")])
    assert refusal.value.reasons[0].code == "second_reason_missing"


def test_a_whole_life_leaves_one_move_a_step_and_counters_that_agree(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)

    steps = [move.step for move in dossier.moves.all()]
    assert steps == [
        "submit", "accept", "transfer", "assign", "examine", "propose", "decide", "issue", "deliver",
    ]  # fmt: skip
    assert dossier.tasks.filter(done_at=None).count() == 0
    counted = {c.status: c.number for c in WorklistCount.objects.all() if c.number}
    assert counted == {"delivered": Dossier.objects.count()}


def test_the_proposer_may_not_decide_in_another_post(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    second = cast.mai.account.posts.create(
        agency=cast.ward, unit=cast.binh.unit, role="approver", title="Phó Chủ tịch",
        holder_name=cast.mai.holder_name,
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        settlement.decide_dossier(post=second, reference=dossier.reference)

    assert refusal.value.reasons[0].code == "same_hand"


def test_a_refusal_is_a_result_that_is_issued_and_delivered(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    settlement.refuse_dossier(
        post=cast.binh, reference=dossier.reference, reason="Không đúng thẩm quyền",
        legal_basis="Điều 13 Luật Hộ tịch",
    )  # fmt: skip
    upload = BytesIO(a_pdf("từ chối"))
    upload.name = "tu-choi.pdf"
    settlement.issue_result(
        post=cast.yen, reference=dossier.reference, number="01/TC", issued_on=date.today(),
        upload=upload,
    )  # fmt: skip
    delivery.deliver_result(post=cast.hung, reference=dossier.reference, receiver_name="Lan")

    dossier.refresh_from_db()
    assert (dossier.status, dossier.outcome) == ("delivered", "refuse")


def test_sending_back_returns_the_dossier_to_whoever_examined(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)

    processing.send_back(post=cast.binh, reference=dossier.reference, note="Làm rõ nơi cư trú")

    dossier.refresh_from_db()
    assert dossier.status == Status.EXAMINING
    assert dossier.tasks.get(done_at=None).assignee_id == cast.mai.pk


def test_lan_withdraws_before_acceptance_but_not_after(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    intake.withdraw_dossier(citizen=cast.lan, reference=dossier.reference)
    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN

    other = a_dossier(cast, Status.ACCEPTED)
    with pytest.raises(Refused):
        intake.withdraw_dossier(citizen=cast.lan, reference=other.reference)


def test_a_draft_keeps_everything_typed_even_what_is_wrong(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DRAFT)
    fill_all(cast, dossier)
    attach_all(cast, dossier)

    intake.submit_dossier(citizen=cast.lan, reference=dossier.reference)


def test_lan_files_for_her_mother_and_the_dossier_is_her_mothers(cast: Cast) -> None:
    draft = a_dossier(cast, Status.DRAFT, WITHOUT_OWN_FORM)
    fill_all(cast, draft)
    attach_all(cast, draft)
    answers = {**draft.answers, "nyc": {**draft.answers["nyc"], "nopCho": "2"}}
    answers["chu"] = {
        "hoTen": "Trần Thị Sẻ", "soDinhDanh": "001160012345", "quanHe": "con",
        "diaChi": {"province_code": "01", "ward_code": "00004", "detail": "Số 1"},
    }  # fmt: skip
    Dossier.objects.filter(pk=draft.pk).update(answers=answers)

    intake.submit_dossier(citizen=cast.lan, reference=draft.reference)

    draft.refresh_from_db()
    assert draft.applicant_name == "Trần Thị Sẻ"
    assert draft.applicant["address"].startswith("Số 1, Phường Ba Đình")
    assert draft.submitter == cast.lan
    seen = desk_dossier(cast.hung, draft.reference)
    assert (seen.applicant_name, seen.page.filer_name) == ("Trần Thị Sẻ", cast.lan.full_name)
