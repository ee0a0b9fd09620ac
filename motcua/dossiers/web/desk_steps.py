"""The buttons of a dossier page: for each step its form, the action behind it and what it then says.

One row per step; the page draws the rows that `workflow.open_steps` lets this post take.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from motcua.core import clock
from motcua.dossiers.actions import (
    at_once,
    consulting,
    delivery,
    handing_over,
    incidents,
    intake,
    more_papers,
    processing,
    settlement,
    standing_in,
    stationing,
    urging,
    visiting,
)
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.web import desk_assign
from motcua.dossiers.web import desk_forms as forms
from motcua.dossiers.web.desk_at_once import AtOnceForm
from motcua.dossiers.web.desk_checklist import AcceptForm, SupplementForm
from motcua.dossiers.web.desk_consulting import (
    CloseForm,
    OpinionForm,
    RecordForm,
    StationForm,
    TurnBackForm,
    UrgeForm,
    VisitForm,
    plan_visit,
)
from motcua.dossiers.web.desk_incidents import ReissueForm
from motcua.dossiers.web.desk_stand_in import WithdrawForm
from motcua.dossiers.workflow import STEP_TEXTS, Status, Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post

Run = Callable[["Post", str, dict[str, Any]], object]


@dataclass(frozen=True)
class StepPage:
    """One button: what is typed, what runs, what is said afterwards."""

    form: type[forms.StepForm]
    run: Run
    done: str
    is_main: bool = False  # the usual next step: drawn open, in green
    needs_checklist: bool = False  # its form is the checklist itself


@dataclass(frozen=True)
class Button:
    """A step as the page draws it."""

    step: Step
    text: str
    form: forms.StepForm
    is_main: bool
    is_open: bool
    needs_checklist: bool


def _plain(action: Callable[..., object]) -> Run:
    """A step whose form fields are the arguments of the action."""
    return lambda post, reference, typed: action(post=post, reference=reference, **typed)


def _chosen(action: Callable[..., object], name: str) -> Run:
    """A step whose one choice the action calls `name`."""
    return lambda post, reference, typed: action(
        post=post, reference=reference, revision=typed["revision"], **{name: typed["chosen"]}
    )


# fmt: off
STEPS: dict[Step, StepPage] = {
    Step.ACCEPT:         StepPage(AcceptForm, _plain(intake.accept_dossier), "Đã tiếp nhận hồ sơ.", True, True),
    Step.SETTLE_AT_ONCE: StepPage(AtOnceForm, _plain(at_once.settle_at_once), "Đã giải quyết ngay; kết quả chờ trả.", False, True),
    Step.ASK_SUPPLEMENT: StepPage(SupplementForm, _plain(intake.ask_supplement), "Đã gửi yêu cầu bổ sung tới người nộp.", False, True),
    Step.REJECT:         StepPage(forms.RejectForm, _plain(intake.reject_dossier), "Đã từ chối tiếp nhận và gửi lý do tới người nộp."),
    Step.WITHDRAW:       StepPage(WithdrawForm, _plain(standing_in.withdraw_at_counter), "Đã rút hồ sơ theo yêu cầu của người nộp."),
    Step.TRANSFER:       StepPage(forms.TransferForm, _chosen(processing.transfer_dossier, "unit_id"), "Đã chuyển hồ sơ.", True),
    Step.HAND_OVER:      StepPage(forms.TransferForm, _chosen(handing_over.hand_over_one, "unit_id"), "Đã lập giấy bàn giao.", True),
    Step.TAKE_OVER:      StepPage(forms.StepForm, _plain(handing_over.take_over), "Đã nhận bàn giao.", True),
    Step.TURN_BACK:      StepPage(TurnBackForm, _plain(handing_over.turn_back), "Hồ sơ đã trở về bộ phận một cửa."),
    Step.OPINE:          StepPage(OpinionForm, _plain(consulting.opine), "Đã gửi ý kiến.", True),
    Step.ANSWER_STATION: StepPage(StationForm, _plain(stationing.answer_station), "Đã trả kết quả liên thông.", True),
    Step.CLOSE_CONSULT:  StepPage(CloseForm, _plain(consulting.close_consult), "Đã kết thúc lấy ý kiến.", True),
    Step.VERIFY:         StepPage(VisitForm, plan_visit, "Đã hẹn xác minh và báo người nộp."),
    Step.RECORD_VERIFICATION: StepPage(RecordForm, _plain(visiting.record_verification), "Đã ghi biên bản xác minh.", True),
    Step.URGE:           StepPage(UrgeForm, _plain(urging.urge), "Đã gửi văn bản đôn đốc."),
    Step.ASSIGN:         StepPage(desk_assign.AssignForm, desk_assign.assign, "Đã phân công.", True),
    Step.EXAMINE:        StepPage(forms.ExamineForm, _plain(processing.examine_dossier), "Đã ghi ý kiến thẩm định."),
    Step.RESUME:         StepPage(forms.StepForm, _plain(more_papers.resume_dossier), "Đã ghi nhận đủ. Thời hạn giải quyết tính lại từ lúc người dân nộp bổ sung.", True),
    Step.STOP:           StepPage(forms.RefusalForm, _plain(more_papers.stop_dossier), "Đã dừng giải quyết và báo người nộp."),
    Step.PROPOSE:        StepPage(forms.ProposeForm, _plain(processing.propose_dossier), "Đã trình lãnh đạo.", True),
    Step.SEND_BACK:      StepPage(forms.SayWhyForm, _plain(processing.send_back), "Đã trả lại cán bộ thụ lý."),
    Step.DECIDE:         StepPage(forms.DecideForm, _plain(settlement.decide_dossier), "Đã ký duyệt.", True),
    Step.REFUSE:         StepPage(forms.RefusalForm, _plain(settlement.refuse_dossier), "Đã ghi quyết định không đồng ý giải quyết."),
    Step.ISSUE:          StepPage(forms.IssueForm, _plain(settlement.issue_result), "Đã ban hành kết quả.", True),
    Step.REISSUE:        StepPage(ReissueForm, _plain(incidents.reissue_result), "Đã cấp lại kết quả và báo người nộp.", True),
    Step.DELIVER:        StepPage(forms.DeliverForm, _plain(delivery.deliver_result), "Đã trả kết quả.", True),
}
# fmt: on
# A signature says what it decides.
BUTTON_TEXTS = STEP_TEXTS | {
    Step.DECIDE: "Ký duyệt: giải quyết, cấp kết quả",
    Step.REFUSE: "Ký từ chối giải quyết",
}


def _choices(step: Step, dossier: DeskDossier) -> list[tuple[int, str]]:
    """Whom a step can hand the dossier to, for the steps that hand it over."""
    if step in (Step.TRANSFER, Step.HAND_OVER):
        return [(unit.id, unit.name) for unit in dossier.units]
    return [(officer.id, f"{officer.holder_name}, {officer.title}") for officer in dossier.posts]


def bound_form(
    step: Step, dossier: DeskDossier, request: HttpRequest | None = None
) -> forms.StepForm:
    """The form of `step` on this dossier, with what was typed when there is a request."""
    kind = STEPS[step].form
    options: dict[str, Any] = {
        "auto_id": f"{step}-%s",
        "initial": {
            "revision": dossier.page.revision,
            "receiver_name": dossier.applicant_name,
            "issued_on": clock.now().date(),
            "proposed": dossier.page.outcome,
            "promised": dossier.page.due_at,
            **desk_assign.begins_with(dossier),
        },
    }
    if issubclass(kind, forms.ChoiceForm):
        options["choices"] = _choices(step, dossier)
    if issubclass(kind, AcceptForm | AtOnceForm | SupplementForm):
        options["slots"] = [(slot.code, slot.name) for slot in dossier.page.slots]
    if kind is AtOnceForm:
        options["received_at"] = dossier.received_at
    if request is not None:
        options |= {"data": request.POST, "files": request.FILES}
    return kind(**options)


def buttons(dossier: DeskDossier, tried: tuple[Step, forms.StepForm] | None = None) -> list[Button]:
    """What this post can do to the dossier now, the usual next step first."""
    found = []
    for step in dossier.steps:
        if step not in STEPS:
            continue
        page = STEPS[step]
        sent_on = step is Step.TRANSFER and dossier.page.status is Status.ASSIGNING
        if sent_on and not dossier.units:
            continue  # there is no other unit
        was_tried = tried is not None and tried[0] is step
        form = tried[1] if tried and was_tried else bound_form(step, dossier)
        by_wire = step is Step.HAND_OVER and Step.TRANSFER in dossier.steps
        text = BUTTON_TEXTS[step]
        if step is Step.TURN_BACK and Step.TAKE_OVER not in dossier.steps:  # who gave it
            text, form.fields["note"].label = "Rút lại bàn giao", "Lý do rút lại"
        is_main = page.is_main and not sent_on and not by_wire
        if dossier.page.outcome == "refuse" and step in (Step.DECIDE, Step.REFUSE):
            is_main = step is Step.REFUSE  # the usual next step is what was proposed
        found.append(Button(step, text, form, is_main, was_tried, page.needs_checklist))
    return sorted(found, key=lambda button: not button.is_main)
