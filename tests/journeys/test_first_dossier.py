"""One dossier from search to result, in a real browser, with and without JavaScript.

Lan files on a phone, Hùng takes it in at the desk, Hòa assigns it, Mai works on it, Bình decides,
Yến issues the result, Hùng hands it over, Lan downloads it. Every page is looked at by axe and by
the content security policy.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.dossiers import BIRTH, a_pdf
from tests.browser.eyes import Eyes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1366, "height": 768}
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
STEPS = 80  # far more pages than any form has


@dataclass
class Window:
    """A window of somebody's own, watched on every page."""

    sight: eyes.Sight
    address: str

    @property
    def page(self) -> Page:
        return self.sight.page

    def goto(self, place: str) -> None:
        self.page.goto(self.address + place)

    def look(self, name: str) -> None:
        """Axe, the policy, and on demand a picture."""
        self.page.wait_for_load_state()
        found = [*self.sight.faults(), *self.sight.broken]
        self.sight.broken.clear()
        if PICTURES:
            self.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
        assert found == [], f"{name} {self.page.url}"
        assert not self.sight.scrolls_sideways(), f"{name} {self.page.url}"


@contextmanager
def at(
    chromium: Browser, address: str, size: ViewportSize = eyes.PHONE, scripts: bool = True
) -> Iterator[Window]:
    with eyes.look(chromium, size=size, scripts=scripts) as sight:
        sight.page.set_default_timeout(10_000)
        yield Window(sight, address)


def sign_in(page: Page, name: str, onward: str) -> None:
    page.goto(f"/tai-khoan/dang-nhap/?next={onward}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def look(page: Page, eyes: Eyes, name: str) -> None:
    """Axe, the policy, and on demand a picture."""
    eyes.look(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


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
    box = form.locator(f'[name="{name}"]').first
    if box.count() == 0 or not value:
        return
    kind = box.evaluate("e => e.type || e.tagName")
    if kind in ("radio", "checkbox"):
        form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
    elif kind == "select-one":
        option = form.locator(f'select[name="{name}"] option[value="{value}"]')
        option.wait_for(state="attached")
        form.locator(f'select[name="{name}"]').select_option(value)
    else:
        box.fill(value)


def fill_page(page: Page, key: str) -> None:
    """Type right answers into one page of the e-form and save it."""
    dossier = Dossier.objects.get()
    form_of = terms_of(dossier.procedure_version_id).form
    typed = as_post(form_of, key, valid_answers(form_of))
    form = page.locator("form[data-eform]")
    if any(name.startswith("0.") for name in typed):
        if page.locator("[data-eform-row]").count() == 0:
            page.locator("button[name=add]").click()
    for name, value in typed.items():
        if name.endswith("-ward_code") and not _has_option(form, name, value):
            form.locator("button[name=communes]").first.click()
        type_answer(form, name, value)
    page.get_by_role("button", name="Lưu và tiếp tục").last.click()


def _has_option(form: Locator, name: str, value: str) -> bool:
    """Whether the communes of the chosen province are there; the script may still be loading."""
    option = form.locator(f'select[name="{name}"] option[value="{value}"]')
    try:
        option.wait_for(state="attached", timeout=3_000)
    except Exception:  # playwright's timeout: no script, so the button must be pressed
        return False
    return True


def attach_photos(page: Page, files: list[str]) -> None:
    if page.get_by_role("heading", name="Đã tải lên").count() == 0:
        page.get_by_label("Chọn ảnh hoặc tệp").set_input_files(files)
        page.get_by_role("button", name="Tải lên").click()
    page.get_by_role("link", name="Tiếp tục").click()


def fill_in_everything(page: Page, eyes: Eyes, files: list[str]) -> None:
    """Follow the pages as they come, until the check page."""
    page.locator(".govuk-task-list__link").first.click()
    for step in range(STEPS):
        where = page.url
        look(page, eyes, f"citizen-{step:02}")
        if "/kiem-tra/" in where:
            return
        if match := re.search(r"/khai/([^/]+)/", where):
            fill_page(page, match[1])
        elif "/giay-to/" in where:
            attach_photos(page, files)
        elif "/nhan-ket-qua/" in where or "/truong-hop/" in where:
            page.locator("main input[type=radio]").first.check(force=True)
            page.get_by_role("button", name="Lưu và tiếp tục").click()
        else:
            raise AssertionError(f"the way ends at {where}: {page.locator('main').inner_text()}")
    raise AssertionError("the form never ends")


def file_as_lan(page: Page, eyes: Eyes, cast: Cast, files: list[str]) -> str:
    """Find the procedure, fill in, check, submit; returns the temporary number."""
    page.goto("/")
    look(page, eyes, "citizen-home")
    page.goto("/tim/?q=lam+khai+sinh+cho+con")
    look(page, eyes, "citizen-search")
    page.goto(f"/thu-tuc/{BIRTH}/")
    look(page, eyes, "citizen-procedure")
    sign_in(page, "lan", f"/thu-tuc/{BIRTH}/nop/")
    look(page, eyes, "citizen-start")
    page.get_by_label(cast.ward.name).check(force=True)
    page.get_by_role("button", name="Bắt đầu khai").click()
    look(page, eyes, "citizen-tasks")
    fill_in_everything(page, eyes, files)
    assert page.locator(".mc-thumb").count() >= 1
    page.get_by_label("Tôi cam đoan").check(force=True)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    look(page, eyes, "citizen-done")
    assert "Đã nhận hồ sơ" in page.locator("main").inner_text()
    return Dossier.objects.get().reference


def as_official(chromium: Browser, address: str, name: str, reference: str) -> Iterator[Page]:
    with at(chromium, address, DESK) as page:
        sign_in(page, name, f"/can-bo/ho-so/{reference}/")
        yield page


def press(page: Page, step: str) -> None:
    """Press the button of a step on the desk's dossier page."""
    button = page.locator(
        f'button[formaction*="/buoc/{step}/"], form[action*="/buoc/{step}/"] button[type=submit]'
    ).last
    button.click()


def open_step(page: Page, step: str) -> Locator:
    """The form of a step, unfolded."""
    form = page.locator(f'form[action*="/buoc/{step}/"]').last
    details = form.locator("xpath=ancestor::details")
    if details.count() and not details.first.evaluate("e => e.open"):
        details.first.locator("summary").first.click()
    return form


def work_through(chromium: Browser, address: str, reference: str, eyes: Eyes, folder: Path) -> None:
    """The agency's side, each in their own window."""
    result = folder / "ket-qua.pdf"
    result.write_bytes(a_pdf("Giấy khai sinh"))
    for name, step, values in (
        ("hung", "accept", {}),
        ("hung", "transfer", {"chosen": "Phòng Tư pháp - Hộ tịch"}),
        ("hoa", "assign", {"chosen": "Mai"}),
        ("mai", "examine", {"note": "Hồ sơ đủ, thông tin khớp."}),
        ("mai", "propose", {"note": "Đề nghị cấp giấy khai sinh."}),
        ("binh", "decide", {"note": "Đồng ý."}),
        ("yen", "issue", {"number": "15/KS", "issued_on": "TODAY", "upload": str(result)}),
        ("hung", "deliver", {"receiver_name": "Nguyễn Thị Lan", "receiver_identity": "079190000001"}),
    ):  # fmt: skip
        for page in as_official(chromium, address, name, reference):
            look(page, eyes, f"desk-{step}")
            form = open_step(page, step) if values else page.locator("main")
            for field, value in values.items():
                put(form, field, value)
            press(page, step)
            look(page, eyes, f"desk-{step}-done")


def put(form: Locator, field: str, value: str) -> None:
    """One field of an official's form."""
    from motcua.core import clock

    box = form.locator(f'[name="{field}"]')
    if field == "chosen":
        text = next(t for t in box.locator("option").all_inner_texts() if value in t)
        box.select_option(label=text)
    elif field == "upload":
        box.set_input_files(value)
    else:
        box.fill(f"{clock.now():%d/%m/%Y}" if value == "TODAY" else value)


def download_as_lan(page: Page, eyes: Eyes, reference: str) -> None:
    """Lan reads the whole story and takes her result."""
    page.goto("/ho-so/")
    look(page, eyes, "citizen-mine")
    page.goto(f"/ho-so/{reference}/")
    look(page, eyes, "citizen-dossier")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải kết quả").or_(
            page.get_by_role("button", name="Tải kết quả")
        ).first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("script", [True, False], ids=["with-js", "without-js"])
@pytest.mark.django_db(transaction=True)
def test_a_birth_is_registered_from_search_to_result(
    chromium: Browser,
    live_server: object,
    cast: Cast,
    tmp_path: Path,
    script: bool,
) -> None:
    address, eyes = str(live_server), Eyes()

    with at(chromium, address, PHONE, script) as phone:
        reference = file_as_lan(phone, eyes, cast, photos(tmp_path))
        work_through(chromium, address, reference, eyes, tmp_path)
        download_as_lan(phone, eyes, reference)
        code = str(Dossier.objects.get().code)
        phone.goto(f"/tra-cuu/?ma={code}")
        look(phone, eyes, "citizen-track")
        assert "100%" in phone.locator("main").inner_text()

    assert Dossier.objects.get().status == Status.DELIVERED
    assert eyes.faults == []
