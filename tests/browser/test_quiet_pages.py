"""The pages that few people open: no fault, nothing wider than a phone, nothing too small for a finger."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from motcua.core import clock
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.notices import queries
from motcua.notices.actions import sending
from motcua.notices.models import Delivery
from motcua.notices.types import ToPerson
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser
FINGER = 44
# What stands in a sentence may be as small as its letters (WCAG 2.5.8, “inline”).
SMALL = """least => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .map(part => part.closest('label') || document.querySelector(`label[for="${part.id}"]`)
        && ['checkbox', 'radio'].includes(part.type) && part.parentElement || part)
    .filter(part => getComputedStyle(part).display !== 'inline' && part.checkVisibility())
    .map(part => [part, part.getBoundingClientRect()])
    .filter(([part, box]) => box.width > 1 && box.height > 1 && Math.ceil(box.height) < least)
    .map(([part, box]) => `${part.tagName} ${part.innerText || part.name} ${Math.round(box.height)} px`)"""
QUAN_TEMPLATE = "/quan-tri/mau/dossier_submitted/email/"


def judge_all(
    chromium: Browser, house: str, paths: Iterable[str], cookies: Any = ()
) -> dict[str, list[str]]:
    """Every page on a desktop and on a phone; where something is wrong, what."""
    found = {}
    for path in paths:
        wrong = judge(chromium, f"{house}{path}", cookies, eyes.DESKTOP)
        wrong += judge_on_a_phone(chromium, f"{house}{path}", cookies)
        if wrong:
            found[path] = wrong
    return found


def judge_on_a_phone(chromium: Browser, url: str, cookies: Any) -> list[str]:
    """As `judge`, and what a finger would miss."""
    with eyes.look(chromium, cookies=cookies) as sight:
        sight.goto(url)
        small: list[str] = sight.page.evaluate(SMALL, FINGER)
        found = [*sight.faults(), *sight.broken, *small]
        return [*found, "scrolls sideways"] if sight.scrolls_sideways() else found


def a_letter_that_did_not_leave(people: Cast) -> None:
    facts = {"reference": "T-261122-7K3M9Q2P", "procedure": "Đăng ký khai sinh", "link": "/ho-so/"}
    sending.send(ToPerson(people.lan.pk), "dossier_submitted", facts, dedupe_key="move:1")
    Delivery.objects.update(
        at=clock.now() - timedelta(hours=25),
        to="nguyen.hoang.thi.bich.ngoc.1987.kinh-doanh@thudientu.example",
        trouble="550 5.1.1: Recipient address rejected: User unknown in virtual mailbox table",
    )


def test_what_anybody_may_read_and_print(chromium: Browser, house: str, people: Cast) -> None:
    procedure = f"/thu-tuc/{BIRTH}"
    shown = [f"{procedure}/", f"{procedure}/niem-yet/", f"{procedure}/ho-so-mau/"]
    others = [
        "/tim/?q=xyzxyz",
        "/tra-cuu/?ma=abc",
        "/hoi-dap/",
        "/so-do-cong/",
        "/niem-yet/",
        "/niem-yet/?linh-vuc=H%E1%BB%99%20t%E1%BB%8Bch",
        "/tai-khoan/dang-ky/",
    ]

    assert judge_all(chromium, house, [*shown, *others, f"{procedure}/to-khai/"]) == {}


def test_what_lan_opens_now_and_then(chromium: Browser, house: str, people: Cast) -> None:
    sent = f"/ho-so/{a_dossier(people, Status.SUBMITTED).reference}"
    a_letter_that_did_not_leave(people)
    token = queries.inbox(ToPerson(people.lan.pk)).rows[0].token
    inbox = ["/thong-bao/", f"/thong-bao/{token}/"]
    account = ["/tai-khoan/thong-bao/", "/tai-khoan/doi-mat-khau/", "/tai-khoan/dang-xuat/"]
    dossier = [f"{sent}/", f"{sent}/da-nop/", f"{sent}/rut/", f"{sent}/in/"]

    cookies = signed_in(chromium, house, "lan")

    assert judge_all(chromium, house, [*inbox, *account, *dossier], cookies) == {}


def test_what_hung_opens_beside_his_lists(chromium: Browser, house: str, people: Cast) -> None:
    asked = a_dossier(people, Status.PRE_SUPPLEMENT)
    Dossier.objects.filter(pk=asked.pk).update(channel=Channel.COUNTER, submitter=None)
    here = f"/can-bo/ho-so/{asked.reference}"
    found = ["/can-bo/tim/", "/can-bo/tim/?q=lan", "/can-bo/tim/?q=khong+ai", "/can-bo/vi-tri/"]

    cookies = signed_in(chromium, house, "hung")

    assert (
        judge_all(chromium, house, [*found, f"{here}/bo-sung/", f"{here}/nhat-ky/"], cookies) == {}
    )


def test_what_hung_is_asked_before_a_step_on_many(
    chromium: Browser, house: str, people: Cast
) -> None:
    for _ in range(2):
        a_dossier(people, Status.SUBMITTED)
    cookies = signed_in(chromium, house, "hung")
    for size in (eyes.PHONE, eyes.DESKTOP):
        with eyes.look(chromium, size=size, cookies=cookies) as sight:
            sight.goto(f"{house}/can-bo/")
            for box in sight.page.locator("table[data-inbox] input[type=checkbox]").all():
                box.check()
            sight.page.get_by_role("button", name="Tiếp nhận đã chọn").click()
            assert "2 hồ sơ" in sight.page.locator("h1").inner_text()
            assert [*sight.faults(), *sight.broken] == []
            assert not sight.scrolls_sideways()


def test_the_pages_of_the_keeper(chromium: Browser, house: str, people: Cast) -> None:
    a_letter_that_did_not_leave(people)
    paths = ["/quan-tri/", "/quan-tri/thu/", "/quan-tri/mau/", QUAN_TEMPLATE]
    reasons = "/quan-tri/ly-do-bo-sung/"
    paths += [reasons, f"{reasons}them/", f"{reasons}ly-do/blurred/"]

    assert judge_all(chromium, house, paths, signed_in(chromium, house, "quan")) == {}


def test_the_keeper_is_told_beside_the_box_what_is_wrong_with_a_template(
    chromium: Browser, house: str, people: Cast
) -> None:
    with eyes.look(chromium, cookies=signed_in(chromium, house, "quan")) as sight:
        sight.goto(f"{house}{QUAN_TEMPLATE}")
        sight.page.fill("#subject", "")
        sight.page.fill("#body", "Kính gửi {{ten_sai}}")
        sight.page.get_by_role("button", name="Lưu mẫu").click()
        sight.page.wait_for_load_state("networkidle")

        assert "tiêu đề" in sight.page.locator("#subject-error").inner_text()
        assert "{{ten_sai}}" in sight.page.locator("#body-error").inner_text()
        assert [*sight.faults(), *sight.broken] == []
