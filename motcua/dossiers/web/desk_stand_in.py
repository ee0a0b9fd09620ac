"""Nhận bổ sung tại quầy: what was asked of a person who filed here, entered for them here too."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from motcua.agencies import queries as places
from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.core.text import whole_number
from motcua.dossiers import queries, rules
from motcua.dossiers.actions.standing_in import supplement_at_counter
from motcua.dossiers.correction_queries import reach_of
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.types import Channel, SlotView
from motcua.dossiers.web.desk_conflicts import CONFLICT, is_conflict, stale, status_of
from motcua.dossiers.web.desk_counter import anchor
from motcua.dossiers.web.desk_counter_papers import Kept, papers_of, tokens_of
from motcua.dossiers.web.desk_eform import open_parts, parts_of, read_form, to_officers
from motcua.dossiers.web.desk_forms import Line, StepForm
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.workflow import Step
from motcua.procedures.forms.rules import limited

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.procedures.forms.types import Answers

NOT_WAITED_FOR = "Hồ sơ này không chờ bổ sung tại quầy. Mời xem tình trạng mới."


class WithdrawForm(StepForm):
    """Rút hồ sơ theo yêu cầu: who asked for it at the counter, and why."""

    note = Line("Ai xin rút, vì sao", rows=3, help_text="Người nộp sẽ đọc nguyên văn nội dung này.")


class AskToWithdrawForm(StepForm):
    """Đề nghị rút hồ sơ: what the person at the counter said."""

    reason = Line(
        "Ai xin rút, vì sao", rows=3, help_text="Lãnh đạo và người nộp đọc nguyên văn nội dung này."
    )

    def facts(self) -> dict[str, str]:
        """Nothing but the words."""
        return {}


@gzip_page  # as long as the page at the counter
@require_http_methods(["GET", "POST"])
@post_required(Role.DESK_OFFICER)
def supplement(request: HttpRequest, reference: str) -> HttpResponse:
    """The e-form as it was filed and the papers asked for; one button hands everything in."""
    post = post_of(request)
    found = queries.desk_dossier(post, reference)
    is_open = _is_open(found)
    if not is_open and (request.method == "GET" or _is_elsewhere(found)):
        messages.warning(request, NOT_WAITED_FOR)
        return redirect("desk:dossier", reference=reference)
    if request.method == "GET":
        return _page(request, found, found.page.answers, [])
    answers = _held(found, read_form(found.page.terms.form, request.POST, found.page.answers))
    kept, reasons = papers_of(request, post, found.page.terms.slots)
    if not is_open:  # somebody was faster: what was typed here is not thrown away
        changed = stale(found, request.POST.get("revision", ""))
        reasons = [*(changed or [Reason(CONFLICT, NOT_WAITED_FOR)]), *reasons]
    if reasons or "send" not in request.POST:  # add a row, show the communes, drop a file
        return _page(request, found, answers, kept, reasons)
    try:
        _handed_in(request, post, reference, answers, kept)
    except Refused as no:
        if is_conflict(no.reasons):
            found = queries.desk_dossier(post, reference)
        return _page(request, found, answers, kept, no.reasons)
    messages.success(request, "Đã nhận phần bổ sung. Mời kiểm tra rồi trả lời tiếp nhận.")
    return redirect("desk:dossier", reference=reference)


def _is_open(found: DeskDossier) -> bool:
    """Whether something is waited for that can be handed in here."""
    return bool({Step.SUPPLEMENT, Step.HAND_IN}.intersection(found.steps))


def _is_elsewhere(found: DeskDossier) -> bool:
    """Whether this dossier is supplemented where it was filed, and so never here."""
    return bool(rules.not_for_the_desk(Step.SUPPLEMENT, Channel(found.channel)))


def _handed_in(
    request: HttpRequest, post: "Post", reference: str, answers: "Answers", kept: Kept
) -> None:
    numbers = [whole_number(typed) for typed in request.POST.getlist("take-out")]
    supplement_at_counter(
        post=post,
        reference=reference,
        revision=whole_number(request.POST.get("revision", "")),
        answers=answers,
        papers=kept,
        drop=[number for number in numbers if number is not None],
    )


def _held(found: DeskDossier, answers: "Answers") -> "Answers":
    """What was typed, as far as it was asked for: a box that is not drawn was not emptied."""
    opened = rules.opened_by(found.page.supplement_items)
    if opened.is_all or not found.page.supplement_items:
        return answers
    return limited(
        found.page.terms.form, found.page.filed_answers, answers, opened.questions,
        today=clock.now().date(), places=places,
    )[0]  # fmt: skip


def _page(
    request: HttpRequest,
    found: DeskDossier,
    answers: "Answers",
    kept: Kept,
    reasons: Sequence[Reason] = (),
) -> HttpResponse:
    """The page with everything typed and everything wrong."""
    post, dossier, reasons = post_of(request), found.page, to_officers(reasons)
    reach = reach_of(replace(dossier, answers=answers))
    tokens = tokens_of(post, kept)
    slots = {slot.code for slot in dossier.slots}
    context: dict[str, Any] = {
        "dossier": dossier,
        "parts": open_parts(
            parts_of(dossier.terms.form, answers, reasons, post.agency.province_code),
            dossier.terms.form,
            None if reach.is_all else reach.questions,
        ),
        "slots": [
            (slot, [t for t in tokens if t[0] == slot.code])
            for slot in _order(dossier.slots)
            if reach.is_all or slot.code in reach.papers
        ],
        "notes": [item for item in dossier.supplement_items if item["slot"] not in slots],
        "dropped": request.POST.getlist("take-out"),
        "errors": [{"id": anchor(reason), "text": reason.text} for reason in reasons],
        "is_open": _is_open(found),
        "tried": "Nộp bổ sung tại quầy",
    }
    return desk_page(request, "desk/counter_supplement.html", context, status=status_of(reasons))


def _order(slots: list[SlotView]) -> list[SlotView]:
    """What was asked for first."""
    return sorted(slots, key=lambda slot: not slot.asked)
