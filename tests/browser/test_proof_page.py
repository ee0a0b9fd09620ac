"""The page that judges a proof, opened from the disk in a real chromium with no network at all."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import VECTORS
from motcua.tlog.tests.altering import whole
from motcua.verify.page import PAGE_NAME, page
from motcua.verify.told import words
from tests.browser import eyes

pytestmark = pytest.mark.browser

CASES: list[dict[str, Any]] = json.loads((VECTORS / "proofs.json").read_text("utf-8"))["cases"]
NAMES = {"spoilt": "failed", "rubbish": "unreadable"}
TOLD = """() => Object.fromEntries([...document.querySelectorAll('#steps li')]
    .map(({dataset}) => [dataset.step, [dataset.outcome, dataset.reason]]))"""


@pytest.fixture
def address(tmp_path: Path) -> str:
    (tmp_path / PAGE_NAME).write_bytes(page())
    return (tmp_path / PAGE_NAME).as_uri()


@pytest.fixture
def sight(chromium: Browser, address: str) -> Iterator[eyes.Sight]:
    with eyes.look(chromium) as found:
        asked: list[str] = []
        found.page.on("request", lambda request: asked.append(request.url))
        found.goto(address)
        yield found
        assert asked == [address]


def judge(shown: Page, content: bytes, trusted: str = "") -> str:
    """Give the page a file, as a person does; the name of its verdict."""
    shown.evaluate("delete document.getElementById('result').dataset.verdict")
    shown.evaluate("trusted => document.getElementById('keys').value = trusted", trusted)
    file = {"name": "ho-so.dvcproof", "mimeType": "application/json", "buffer": content}
    shown.locator("#file").set_input_files([file])  # type: ignore[list-item]
    shown.locator("#result[data-verdict]").wait_for()
    return str(shown.locator("#result").get_attribute("data-verdict"))


def content_of(case: dict[str, Any]) -> bytes:
    return base64.b64decode(case["base64"]) if "base64" in case else case["content"].encode()


def test_the_page_judges_every_vector_as_the_program_does(sight: eyes.Sight) -> None:
    for case in CASES:
        verdict = judge(sight.page, content_of(case), case["trusted"])

        own = case["steps"].get("signature") == ["own-key", ""]
        assert verdict == NAMES.get(case["kind"], "own-key" if own else "holds"), case["name"]
        assert sight.page.evaluate(TOLD) == case["steps"], case["name"]
    assert sight.broken == []


def test_lan_sees_what_was_written_and_every_step(sight: eyes.Sight) -> None:
    proof = a_proof.proof(a_proof.chain(1, 3, 4), stamp=a_proof.token())
    judge(sight.page, json.dumps(proof).encode())

    text = sight.page.inner_text("#result")
    assert "Mục 1: Nộp hồ sơ" in text
    assert "08:15:00 23/04/2026 – Nguyễn Thị Lan" in text.replace(", ", " ")
    assert "Mục 2: không thuộc phần ông/bà được đọc" in text
    assert words()["said"]["time.ok"] in text
    assert "06:37:09 23/11/2026" in text.replace(", ", " ")
    assert a_proof.LOG.verifier.fingerprint[:4] in text
    assert sight.page.evaluate("document.activeElement.id") == "result"
    milliseconds = float(sight.page.locator("#result").get_attribute("data-milliseconds") or "nan")
    assert milliseconds < 500, "50 on a quiet machine"


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP])
def test_the_page_has_no_fault_before_and_after(
    chromium: Browser, address: str, size: Any, tmp_path: Path
) -> None:
    with eyes.look(chromium, size=size) as sight:
        sight.goto(address)
        assert sight.faults() == []
        for name, content in (("good", json.dumps(whole()).encode()), ("bad", b"x")):
            judge(sight.page, content)
            for summary in sight.page.locator("summary").all():
                if summary.is_visible():
                    summary.click()
            assert sight.faults() == []
            assert not sight.scrolls_sideways()
            sight.picture(tmp_path / f"{name}.png")
        assert sight.broken == []


def test_a_line_that_is_no_key_is_told_beside_the_field(sight: eyes.Sight) -> None:
    sight.page.locator("summary").first.click()
    sight.page.locator("#keys").fill("đây không phải khóa")
    file = {"name": "x", "mimeType": "text/plain", "buffer": b"x"}
    sight.page.locator("#file").set_input_files([file])  # type: ignore[list-item]

    sight.page.get_by_text("Có dòng không phải là khóa").wait_for()
    assert sight.page.locator("#keys").input_value() == "đây không phải khóa"
    assert not sight.page.locator("#result").is_visible()


def test_words_in_a_proof_are_words_and_never_markup(sight: eyes.Sight) -> None:
    entry = a_proof.Shown(
        77, a_proof.body(1, "<img src=x onerror=alert(1)>", "<script>alert(2)</script>"), bytes(16)
    )
    chain = a_proof.Chain(a_proof.SUBJECT, 1, bytes(32), (entry,))
    proof = a_proof.proof(chain, among=a_proof.log_with([entry]))

    assert judge(sight.page, json.dumps(proof).encode()) == "own-key"
    assert "<script>alert(2)</script>" in sight.page.inner_text("#entries")
    assert sight.page.locator("#entries img, #entries script").count() == 0


def test_a_browser_without_ed25519_says_so_and_still_finds_a_changed_word(
    chromium: Browser, address: str
) -> None:
    with eyes.look(chromium) as sight:
        sight.page.add_init_script(
            "SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('unknown'))"
        )
        sight.goto(address)
        cases = {case["name"]: case for case in CASES}

        assert judge(sight.page, content_of(cases["one act, both keys known"])) == "unsure"
        assert "Trình duyệt này không kiểm tra được chữ ký" in sight.page.inner_text("#result")
        assert judge(sight.page, content_of(cases["a word of an entry changed"])) == "failed"
