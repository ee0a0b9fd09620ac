"""By VNeID in a real browser: a person, a member of a company, an attorney; each files.

The service is the simulator, a process of its own; every page of ours is looked at by axe and by
the content security policy. With and without JavaScript for the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from motcua.core import clock
from motcua.dossiers.models import Dossier
from motcua.people.models import Mandate, Membership, Person
from motcua.procedures.actions.succeeding import set_identity_level
from motcua.testing.acting import a_mandate
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH
from tests.browser import eyes
from tests.identity import COMPANY, MAU, Played, played
from tests.journeys.test_first_dossier import (
    Window,
    at,
    fill_in_everything,
    photos,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
START = f"/thu-tuc/{BIRTH}/nop/"
COMPANY_NAME, MAU_NAME, LAN_NAME = "Công ty TNHH Mẫu Sông Hà", "Nguyễn Văn Mẫu", "Nguyễn Thị Lan"


@pytest.fixture(scope="module")
def there() -> Iterator[Played]:
    with played() as found:
        yield found


@pytest.fixture
def identity(there: Played, settings: Any, house: str) -> Played:
    settings.SIGN_IN, settings.PORTAL_URL = there.settings(), house
    return there


def come_in(window: Window, who: str, *, level: str = "1", onward: str = "/ho-so/") -> None:
    """The sign-in page, the service, and back."""
    window.goto(f"/tai-khoan/dang-nhap/?next={onward}")
    window.look("ways")
    window.page.get_by_role("button", name="Đăng nhập bằng VNeID qua tỉnh").click()
    choose(window, who, level)


def choose(window: Window, who: str, level: str) -> None:
    page = window.page
    page.locator(f'input[name="who"][value="{who}"]').check()
    page.get_by_label("Mức độ xác thực").select_option(level)
    page.get_by_role("button", name="Đồng ý").click()
    page.wait_for_url(f"{window.address}/**")
    window.sight.broken.clear()  # what the page of the service says is not ours


def file_it(window: Window, people: Cast, files: list[str]) -> Dossier:
    """From the start page, chosen for whom, to the receipt."""
    window.page.get_by_label(people.ward.name).check(force=True)
    window.press("Bắt đầu khai")
    fill_in_everything(window, files)
    window.page.get_by_label("Tôi cam đoan").check(force=True)
    window.look("check")
    window.press("Nộp hồ sơ")
    window.look("done")
    assert "Đã nhận hồ sơ" in window.text()
    return Dossier.objects.get()


@pytest.mark.parametrize("scripts", [True, False], ids=["with-js", "without-js"])
def test_a_person_signs_in_proves_more_on_the_way_and_files(
    chromium: Browser, identity: Played, house: str, people: Cast, tmp_path: Path, scripts: bool
) -> None:
    set_identity_level(code=BIRTH, level=2, decision="Quyết định 12/QĐ-UBND")
    with at(chromium, house, eyes.PHONE, scripts) as window:
        come_in(window, MAU, onward=START)
        window.look("start-too-low")
        assert "Cần xác thực mức 2" in window.text()
        window.page.get_by_role("button", name="Xác thực mức 2 bằng VNeID qua tỉnh").click()
        choose(window, MAU, "2")
        assert window.page.url == f"{house}{START}"
        window.look("start")
        dossier = file_it(window, people, photos(tmp_path))
        window.page.locator(".mc-header").get_by_role("button", name="Đăng xuất").click()
        window.look("signed-out")
        window.page.get_by_role("button", name="Đăng xuất khỏi VNeID qua tỉnh").click()
        window.page.wait_for_url(f"{house}/**")

    assert dossier.submitter == Person.objects.get(national_id=MAU)
    assert "right" not in dossier.applicant


def test_a_company_names_a_member_who_files_for_it(
    chromium: Browser, identity: Played, house: str, people: Cast, tmp_path: Path
) -> None:
    with at(chromium, house, eyes.DESKTOP) as window:
        come_in(window, COMPANY, onward="/uy-quyen/")
        window.look("mandates-of-a-house")
        window.page.get_by_role("link", name="Thành viên nộp hồ sơ thay tổ chức").click()
        window.look("members")
        window.press("Thêm thành viên")
        window.look("members-refused")
        assert window.page.title().startswith("Lỗi:")
        window.page.get_by_label("Số định danh").fill(MAU)
        window.page.get_by_label("Họ tên").fill(MAU_NAME)
        window.page.get_by_label("Chức vụ, công việc").fill("Giám đốc")
        window.press("Thêm thành viên")
        window.look("member-added")
    assert Membership.objects.get().number == MAU

    with at(chromium, house, eyes.PHONE) as window:
        come_in(window, MAU, onward=START)
        window.page.get_by_label(f"{COMPANY_NAME} ({COMPANY})").check(force=True)
        window.look("start-for-the-company")
        dossier = file_it(window, people, photos(tmp_path))
        assert COMPANY_NAME in window.text()

    assert dossier.submitter == Person.objects.get(national_id=MAU)
    assert (dossier.applicant_name, dossier.applicant["national_id"]) == (COMPANY_NAME, COMPANY)
    assert dossier.applicant["right_text"] == f"Tư cách giám đốc của {COMPANY_NAME}"


def test_lan_gives_a_mandate_and_her_attorney_files_until_she_ends_it(
    chromium: Browser, identity: Played, house: str, people: Cast, tmp_path: Path
) -> None:
    files = photos(tmp_path)
    with at(chromium, house, eyes.PHONE) as window:
        come_in(window, people.lan.national_id, onward="/uy-quyen/lap/")
        window.look("make")
        window.press("Lập ủy quyền")
        window.look("make-refused")
        page = window.page
        page.get_by_label("Số định danh, hoặc mã số thuế").fill(MAU)
        page.get_by_label("Họ tên, hoặc tên tổ chức").fill(MAU_NAME)
        page.get_by_label("Mã các thủ tục").fill(BIRTH)
        page.get_by_label("Đến hết ngày").fill(f"31/12/{clock.now().year + 1}")
        page.get_by_label("Kho của người ủy quyền").check(force=True)
        page.get_by_label("Văn bản ủy quyền").set_input_files(files[0])
        window.press("Lập ủy quyền")
        window.look("made")
    mandate = Mandate.objects.get()

    with at(chromium, house, eyes.PHONE) as window:
        come_in(window, MAU, onward=START)
        window.page.get_by_label(f"{LAN_NAME} (").check(force=True)
        window.look("start-for-lan")
        dossier = file_it(window, people, files)
        window.goto("/uy-quyen/")
        window.look("received")
        assert "Đang có hiệu lực" in window.text()
    assert (dossier.applicant_name, dossier.applicant["right"]) == (
        LAN_NAME,
        f"mandate:{mandate.pk}",
    )

    with at(chromium, house, eyes.DESKTOP) as window:
        come_in(window, people.lan.national_id, onward="/uy-quyen/")
        window.page.get_by_role("button", name=f"Chấm dứt ủy quyền số {mandate.pk}").click()
        window.look("ended")
        assert "Đã chấm dứt" in window.text()
    mandate.refresh_from_db()
    assert mandate.ended_at is not None


def test_quan_joins_what_a_machine_may_not(
    chromium: Browser, identity: Played, house: str, people: Cast
) -> None:
    from tests.journeys.test_first_dossier import sign_in

    Person.objects.filter(pk=people.lan.pk).update(full_name="Nguyễn Thị Liên")
    a_mandate(people.lan, MAU, MAU_NAME)
    with at(chromium, house, eyes.PHONE) as window:
        come_in(window, people.lan.national_id)
        window.look("not-joined")
        assert "Chưa đăng nhập được bằng tài khoản định danh" in window.text()

    with at(chromium, house, eyes.DESKTOP) as window:
        sign_in(window, "quan", "/quan-tri/noi-tai-khoan/")
        window.look("conflicts")
        window.page.get_by_role("link", name=LAN_NAME).click()
        window.look("conflict")
        window.page.get_by_label("Lý do").fill("Đã đối chiếu căn cước: tên trong sổ cũ ghi nhầm.")
        window.press("Nối vào tài khoản của Nguyễn Thị Liên")
        window.look("joined")

    with at(chromium, house, eyes.PHONE) as window:
        come_in(window, people.lan.national_id)
        assert "Hồ sơ của tôi" in window.text()
