"""Mai needs more while she examines: Lan hands in only that, the clock counts anew and says how.

With and without JavaScript; every page is looked at by axe and by the content security policy.
"""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser

from motcua.core import clock
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.procedures.forms.rules import questions
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, asked_paper
from tests.browser import eyes
from tests.journeys.test_first_dossier import Window, at, photos, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def a_text(dossier: Dossier) -> str:
    """A question of the form that is answered in one line: its name."""
    form = terms_of(dossier.procedure_version_id).form
    asked = questions(form, dossier.answers)
    return next(
        f"{page.section.key}.{field.key}"
        for page in form.pages
        for field in page.fields
        if f"{page.section.key}.{field.key}" in asked
        and field.type == "text"
        and not (field.check or page.repeat or field.when)
    )


def tick(window: Window, place: str, reason: str) -> None:
    """Tick one thing of the slip and choose why."""
    page = window.page
    box = page.locator(f'input[name="muc"][value="{place}"]')
    box.check()
    row = page.locator("fieldset", has=box)
    row.locator("summary").click()
    row.locator("select").select_option(reason)


def ask_for_more(window: Window, dossier: Dossier, paper: str, name: str) -> None:
    """Mai's slip: a paper and an answer, late, on the ground of a sector's law."""
    sign_in(window, "mai", f"/can-bo/ho-so/{dossier.reference}/")
    window.page.get_by_role("link", name="Yêu cầu bổ sung khi giải quyết").click()
    window.look("slip-shut")
    assert "Đã hết thời gian yêu cầu bổ sung" in window.text()
    window.page.get_by_role("link", name="Luật chuyên ngành cho phép yêu cầu muộn hơn").click()
    window.look("slip")
    tick(window, paper, "blurred")
    tick(window, name, "unclear")
    window.press("Gửi yêu cầu bổ sung")
    window.look("slip-too-late")
    assert "Chỉ được yêu cầu bổ sung đến hết ngày" in window.text()
    window.page.get_by_label("Căn cứ luật chuyên ngành").fill("Điều 12 Luật Hộ tịch")
    window.press("Gửi yêu cầu bổ sung")
    window.look("slip-sent")
    assert "Đang chờ người nộp bổ sung" in window.text()


def supplement(window: Window, dossier: Dossier, name: str, folder: Path) -> None:
    """Lan's part: two rows, a reason beside each, and nothing else open."""
    sign_in(window, "lan", "/ho-so/")
    window.look("mine")
    window.page.get_by_role("link", name="Bổ sung nội dung được yêu cầu").click()
    window.look("supplement")
    assert window.page.locator(".govuk-task-list__item").count() == 2
    assert "Ảnh chụp mờ, không đọc được" in window.text()
    window.page.locator(".govuk-task-list__link").nth(0).click()
    window.look("supplement-paper")
    window.page.locator("input[type=file]").set_input_files(photos(folder))
    window.press("Tải lên")
    window.page.get_by_role("link", name="Tiếp tục").click()
    window.page.locator(".govuk-task-list__link").nth(1).click()
    window.look("supplement-page")
    boxes = window.page.locator("form[data-eform] input:visible:not([type=hidden])")
    assert boxes.count() == 1
    window.page.locator(f'[name="{name.partition(".")[2]}"]').fill("Nguyễn An Bình")
    window.press("Lưu và tiếp tục")
    window.look("supplement-ready")
    assert "Đã sửa" in window.text()
    window.press("Gửi phần bổ sung")
    window.look("supplement-sent")


def check_and_go_on(window: Window, dossier: Dossier) -> None:
    """Hùng compares before and after; the page of the date explains the new count."""
    sign_in(window, "hung", f"/can-bo/ho-so/{dossier.reference}/")
    window.page.get_by_role("button", name="So sánh và kiểm tra phần bổ sung").click()
    window.look("difference")
    assert "Đã thay giấy tờ" in window.text()
    assert "Nguyễn An Bình".lower() in window.text().lower()
    window.press("Đã đủ, tiếp tục giải quyết")
    window.look("resumed")
    window.page.goto(f"{window.address}/can-bo/ho-so/{dossier.reference}/thoi-han/")
    window.look("ledger")
    assert "bổ sung" in window.text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
def test_a_supplement_during_examination_counts_anew(
    chromium: Browser, house: str, people: Cast, tmp_path: Path, scripts: bool
) -> None:
    with time_machine.travel(clock.now() - timedelta(days=10)):
        dossier = a_dossier(people, Status.EXAMINING)
    first, name = dossier.due_at, a_text(dossier)

    with at(chromium, house, eyes.DESKTOP, scripts) as window:
        ask_for_more(window, dossier, asked_paper(dossier), name)
    with at(chromium, house, eyes.PHONE, scripts) as window:
        supplement(window, dossier, name, tmp_path)
    with at(chromium, house, eyes.DESKTOP, scripts) as window:
        check_and_go_on(window, dossier)

    dossier.refresh_from_db()
    assert dossier.status == Status.EXAMINING
    assert first is not None
    assert dossier.due_at is not None
    assert dossier.due_at > first == dossier.original_due_at
