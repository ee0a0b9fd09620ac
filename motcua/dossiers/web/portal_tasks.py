"""What is left to do on a draft: the rows of the task list, and where to go next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.errors import Reason
from motcua.dossiers.pages import DossierPage
from motcua.dossiers.types import DELIVERY_NAMES, Delivery, SlotView
from motcua.procedures.forms import rules as forms
from motcua.procedures.forms.types import Page

BACK_TO_CHECK = "ve=kiem-tra"


@dataclass(frozen=True)
class TaskRow:
    """One row of the task list."""

    title: str
    url: str
    state: str
    tag: str = ""
    hint: str = ""
    is_done: bool = False
    is_required: bool = True


@dataclass(frozen=True)
class TaskGroup:
    """A numbered part of the task list."""

    title: str
    tasks: tuple[TaskRow, ...]


def page_of(reason: Reason) -> str:
    """The key of the page that a reason points at; empty when it points elsewhere."""
    return reason.field.split(".", 1)[0]


def _form_reasons(dossier: DossierPage) -> list[Reason]:
    """Everything still wrong or missing in the e-form."""
    today = clock.now().date()
    return forms.check_all(dossier.terms.form, dossier.answers, today=today, places=places)


def groups_of(dossier: DossierPage) -> list[TaskGroup]:
    """The task list: the e-form, the papers, then sending."""
    groups = [TaskGroup("Khai thông tin", (*_case_rows(dossier), *_page_rows(dossier)))]
    if dossier.slots:
        rows = tuple(_slot_row(dossier, slot) for slot in dossier.slots)
        groups.append(TaskGroup("Giấy tờ kèm theo", rows))
    ready = all(row.is_done for group in groups for row in group.tasks)
    groups.append(TaskGroup("Nộp hồ sơ", (_delivery_row(dossier), _check_row(dossier, ready))))
    return groups


def _case_rows(dossier: DossierPage) -> tuple[TaskRow, ...]:
    if len(dossier.terms.cases) < 2:
        return ()
    url, title = reverse("portal:case", args=[dossier.reference]), "Trường hợp của ông/bà"
    if dossier.case:
        return (TaskRow(title, url, "Đã xong", hint=dossier.case, is_done=True),)
    return (TaskRow(title, url, "Chưa làm", "light-blue"),)


def _page_rows(dossier: DossierPage) -> tuple[TaskRow, ...]:
    wrong = {page_of(reason) for reason in _form_reasons(dossier)}
    pages = forms.asked_pages(dossier.terms.form, dossier.answers)
    return tuple(_page_row(dossier, page, page.key in wrong) for page in pages)


def _page_row(dossier: DossierPage, page: Page, is_wrong: bool) -> TaskRow:
    url = reverse("portal:page", args=[dossier.reference, page.key])
    started = _is_started(page, dossier)
    required = bool(page.section.min_rows) or any(field.required for field in page.fields)
    if not is_wrong:
        untouched = "Đã điền sẵn" if required else "Không bắt buộc"
        state = "Đã xong" if started else untouched
        return TaskRow(page.title, url, state, is_done=True, is_required=required)
    return TaskRow(page.title, url, "Đang làm dở" if started else "Chưa làm", "light-blue")


def _is_started(page: Page, dossier: DossierPage) -> bool:
    """Whether anything of this page is filled in, other than what stands there from the start."""
    given = dossier.answers.get(page.section.key)
    if isinstance(given, dict):
        blank: tuple[Any, ...] = (None, "", [], {})
        return any(given.get(f.key) not in (*blank, f.default) for f in page.fields)
    return bool(given)


def _slot_row(dossier: DossierPage, slot: SlotView) -> TaskRow:
    url = reverse("portal:papers", args=[dossier.reference, slot.code])
    if slot.papers:
        files = f"{len(slot.papers)} tệp"
        return TaskRow(slot.name, url, files, is_done=True, is_required=slot.required)
    if not slot.required:
        return TaskRow(slot.name, url, "Không bắt buộc", is_done=True, is_required=False)
    hint = "Chụp bằng điện thoại được; không cần PDF"
    return TaskRow(slot.name, url, "Chưa có", "light-blue", hint)


def _delivery_row(dossier: DossierPage) -> TaskRow:
    url = reverse("portal:delivery", args=[dossier.reference])
    hint = DELIVERY_NAMES[Delivery(dossier.delivery)]
    # One way is chosen from the start: there is nothing that must be done.
    return TaskRow("Cách nhận kết quả", url, "Đã chọn", hint=hint, is_done=True, is_required=False)


def _check_row(dossier: DossierPage, ready: bool) -> TaskRow:
    if not ready:
        return TaskRow("Kiểm tra lại và nộp", "", "Chưa làm được")
    url = reverse("portal:check", args=[dossier.reference])
    return TaskRow("Kiểm tra lại và nộp", url, "Chưa nộp", "light-blue")


def onward(request: HttpRequest, dossier: DossierPage, here: str) -> str:
    """Where to go after `here`: back to where the applicant came from, else the next thing."""
    if dossier.supplement_items:
        return reverse("portal:supplement", args=[dossier.reference])
    if request.GET.get("ve") == "kiem-tra":
        return reverse("portal:check", args=[dossier.reference])
    order = [row.url for group in groups_of(dossier) for row in group.tasks if row.url]
    later = order[order.index(here) + 1 :] if here in order else []
    return later[0] if later else reverse("portal:tasks", args=[dossier.reference])


def backward(request: HttpRequest, dossier: DossierPage) -> str:
    """Where “Quay lại” leads from a page of a draft."""
    if dossier.supplement_items:
        return reverse("portal:supplement", args=[dossier.reference])
    name = "portal:check" if request.GET.get("ve") == "kiem-tra" else "portal:tasks"
    return reverse(name, args=[dossier.reference])
