"""One dossier from search to result, in a real browser, with and without JavaScript.

Lan files on a phone, Hùng takes it in at the desk, Hòa assigns it, Mai works on it, Bình decides,
Yến issues the result, Hùng hands it over, Lan downloads it. Every page is looked at by axe and by
the content security policy. MOTCUA_PICTURES=folder keeps a picture of each.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, ViewportSize
from playwright.sync_api import TimeoutError as NotThere

from motcua.core import clock
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.dossiers import BIRTH, a_pdf
from tests.browser import eyes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
MIRROR, HTML, SCRIPT = "**/mirror", "text/html; charset=utf-8", "text/javascript"
PAGES = 80  # far more than any form has


@dataclass
class Window:
    """A window of somebody's own, watched on every page."""

    sight: eyes.Sight
    address: str
    mirror: eyes.Sight | None = None

    @property
    def page(self) -> Page:
        return self.sight.page

    def goto(self, place: str) -> None:
        self.page.goto(self.address + place)

    def press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name, exact=True).last.click()

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def look(self, name: str) -> None:
        """Axe, the policy, nothing wider than the screen, and on demand a picture."""
        self.page.wait_for_load_state("networkidle")
        if PICTURES:
            kind = "no-js" if self.mirror else "js"
            self.sight.picture(Path(PICTURES) / kind / f"{name}.png")
        found = [*self.faults(), *self.sight.broken]
        self.sight.broken.clear()
        assert found == [], f"{name} {self.page.url}"

    def faults(self) -> list[str]:
        """Axe needs scripts: a page that runs none is looked at in a mirror that runs only axe."""
        if self.mirror is None:
            return self.sight.faults()
        page = self.page.content()
        self.mirror.page.route(MIRROR, lambda route: route.fulfill(body=page, content_type=HTML))
        self.mirror.page.goto(self.address + "/mirror")
        return self.mirror.faults()


@contextmanager
def at(
    chromium: Browser, address: str, size: ViewportSize = eyes.PHONE, scripts: bool = True
) -> Iterator[Window]:
    with eyes.look(chromium, size=size, scripts=scripts) as sight:
        sight.page.set_default_timeout(10_000)
        if scripts:
            yield Window(sight, address)
            return
        with eyes.look(chromium, size=size) as mirror:
            mirror.page.route("**/*.js", lambda route: route.fulfill(body="", content_type=SCRIPT))
            yield Window(sight, address, mirror)


def sign_in(window: Window, name: str, onward: str) -> None:
    window.goto(f"/tai-khoan/dang-nhap/?next={onward}")
    window.look(f"sign-in-{name}")
    window.page.get_by_label("Tên đăng nhập").fill(name)
    window.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    window.press("Đăng nhập")


def photos(folder: Path) -> list[str]:
    """Two photos of a paper, as a phone makes them."""
    made = []
    for number in (1, 2):
        picture = Image.new("RGB", (1200, 1600), (246, 244, 236))
        ImageDraw.Draw(picture).text((80, 80), f"Trang {number}", fill=(20, 20, 20))
        place = folder / f"anh-{number}.jpg"
        picture.save(place, "JPEG")
        made.append(str(place))
    return made


def type_answer(form: Locator, name: str, value: str) -> None:
    """Put one value where it belongs, whatever kind of question it is."""
    boxes = form.locator(f'[name="{name}"]')
    if not value or boxes.count() == 0 or boxes.first.is_disabled():
        return
    kind = boxes.first.evaluate("e => e.type")
    if kind == "radio":
        form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
    elif kind == "checkbox":
        boxes.first.check(force=True)
    elif kind == "select-one":
        form.locator(f'select[name="{name}"]').select_option(value, force=True)
    else:
        boxes.first.fill(value)


def fill_page(window: Window, key: str) -> None:
    """Type right answers into one page of the e-form and save it."""
    definition = terms_of(Dossier.objects.get().procedure_version_id).form
    typed = as_post(definition, key, valid_answers(definition))
    page = window.page
    if (
        any(name.startswith("0.") for name in typed)
        and not page.locator("[data-eform-row]").count()
    ):
        page.locator("button[name=add]").click()
    form = page.locator("form[data-eform]")
    for name, value in typed.items():
        if name.endswith("-ward_code") and not has_option(form, name, value):
            form.locator(
                f'button[name=communes][value="{name.removesuffix("-ward_code")}"]'
            ).click()
        type_answer(form, name, value)
    window.press("Lưu và tiếp tục")


def has_option(form: Locator, name: str, value: str) -> bool:
    """Whether the communes of the chosen province are there; a script may still be loading them."""
    option = form.locator(f'select[name="{name}"] option[value="{value}"]')
    try:
        option.wait_for(state="attached", timeout=1_500)
    except NotThere:
        return False
    return True


def attach_photos(window: Window, files: list[str]) -> None:
    page = window.page
    if page.get_by_role("heading", name="Đã tải lên").count() == 0:
        page.get_by_label("Chọn ảnh hoặc tệp").set_input_files(files)
        window.press("Tải lên")
        window.look("papers-there")
    page.get_by_role("link", name="Tiếp tục").click()


def fill_in_everything(window: Window, files: list[str]) -> None:
    """Follow the pages as they come, until the check page."""
    window.page.locator(".govuk-task-list__link").first.click()
    for number in range(PAGES):
        window.look(f"filing-{number:02}")
        where = window.page.url
        if "/kiem-tra/" in where:
            return
        if match := re.search(r"/khai/([^/]+)/", where):
            fill_page(window, match[1])
        elif "/giay-to/" in where:
            attach_photos(window, files)
        elif "/nhan-ket-qua/" in where or "/truong-hop/" in where:
            window.page.locator("main input[type=radio]").first.check(force=True)
            window.press("Lưu và tiếp tục")
        else:
            raise AssertionError(f"the way ends at {where}: {window.text()}")
        moved_on(window, where)
    raise AssertionError("the form never ends")


def moved_on(window: Window, where: str) -> None:
    """The page was accepted, or its error summary is what went wrong."""
    window.page.wait_for_load_state()
    summary = window.page.locator(".govuk-error-summary")
    assert summary.count() == 0, f"{where}: {summary.inner_text()}"


def file_as_lan(window: Window, people: Cast, files: list[str]) -> str:
    """Find the procedure, fill in, check, submit; returns the temporary number."""
    for name, place in (
        ("home", "/"),
        ("search", "/tim/?q=lam+khai+sinh+cho+con"),
        ("procedure", f"/thu-tuc/{BIRTH}/"),
        ("track-empty", "/tra-cuu/"),
    ):
        window.goto(place)
        window.look(name)
    sign_in(window, "lan", f"/thu-tuc/{BIRTH}/nop/")
    window.look("start")
    window.press("Bắt đầu khai")
    window.look("start-refused")
    assert window.page.title().startswith("Lỗi:")
    window.page.get_by_label(people.ward.name).check(force=True)
    window.press("Bắt đầu khai")
    window.look("tasks")
    fill_in_everything(window, files)
    window.press("Nộp hồ sơ")
    window.look("check-refused")
    window.page.get_by_label("Tôi cam đoan").check(force=True)
    window.press("Nộp hồ sơ")
    window.look("done")
    assert "Đã nhận hồ sơ" in window.text()
    return Dossier.objects.get().reference


# Who takes which step, and what they type.
STEPS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("hung", "accept", {"check": "yes"}),
    ("hung", "transfer", {"chosen": "Tư pháp"}),
    ("hoa", "assign", {"chosen": "Mai"}),
    ("mai", "examine", {"note": "Hồ sơ đủ, thông tin khớp."}),
    ("mai", "propose", {"outcome": "approve", "note": "Đề nghị cấp giấy khai sinh."}),
    ("binh", "decide", {"note": "Đồng ý."}),
    ("yen", "issue", {"number": "15/KS", "issued_on": "", "upload": "ket-qua.pdf"}),
    ("hung", "deliver", {"receiver_name": "Nguyễn Thị Lan", "receiver_identity": "079190000001"}),
)


def work_through(chromium: Browser, address: str, reference: str, folder: Path) -> None:
    """The agency's side, each in their own window."""
    (folder / "ket-qua.pdf").write_bytes(a_pdf("Giấy khai sinh"))
    for name, step, typed in STEPS:
        with at(chromium, address, eyes.DESKTOP) as window:
            sign_in(window, name, f"/can-bo/ho-so/{reference}/")
            window.look(f"desk-{step}")
            take_step(window, step, typed, folder)
            window.look(f"desk-{step}-done")
            summary = window.page.locator(".govuk-error-summary")
            assert summary.count() == 0, f"{step}: {summary.inner_text()}"


def take_step(window: Window, step: str, typed: dict[str, str], folder: Path) -> None:
    """Fill in the form of a step on the desk's dossier page and press its button."""
    page = window.page
    form = page.locator(f'form[action*="/buoc/{step}/"]').last
    folded = page.locator("details:not([open])", has=form)
    if folded.count():
        folded.locator("summary").first.click()
    for field, value in typed.items():
        if field == "check":  # one paper after the other, as the eyes go
            for right in form.locator(f'[name^="check-"][value="{value}"]').all():
                right.check()
            continue
        box = form.locator(f'[name="{field}"]')
        if field == "outcome":
            box.select_option(value)
        elif field == "chosen":
            label = next(t for t in box.locator("option").all_inner_texts() if value in t)
            box.select_option(label=label)
        elif field == "upload":
            box.set_input_files(folder / value)
        else:
            box.fill(value or f"{clock.now():%d/%m/%Y}")
    page.locator(
        f'button[formaction*="/buoc/{step}/"], '
        f'form[action*="/buoc/{step}/"] button[type=submit]:not([formaction])'
    ).last.click()


def download_as_lan(window: Window, reference: str) -> None:
    """Lan reads the whole story and takes her result."""
    window.goto("/ho-so/")
    window.look("mine")
    window.goto(f"/ho-so/{reference}/")
    window.look("dossier")
    with window.page.expect_download() as download:
        window.page.get_by_text("Tải kết quả").first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
def test_a_birth_is_registered_from_search_to_result(
    chromium: Browser, house: str, people: Cast, tmp_path: Path, scripts: bool
) -> None:
    with at(chromium, house, eyes.PHONE, scripts) as phone:
        reference = file_as_lan(phone, people, photos(tmp_path))
        work_through(chromium, house, reference, tmp_path)
        download_as_lan(phone, reference)
        phone.goto(f"/tra-cuu/?ma={Dossier.objects.get().code}")
        phone.look("track")
        assert "100%" in phone.text()

    assert Dossier.objects.get().status == Status.DELIVERED
