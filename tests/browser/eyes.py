"""Looking at pages with a real browser: faults of accessibility, broken policy, weight, pictures.

with eyes.browser() as chromium, eyes.look(chromium) as sight:
    sight.goto(url)
    assert sight.faults() == []
    assert sight.broken == []
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--font-render-hinting=none",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1366, "height": 768}
KB = 1024


class Sight:
    """A page under observation: what it weighed and what its policy stopped."""

    def __init__(self, page: Page, cdp: CDPSession) -> None:
        self.page = page
        self.cdp = cdp
        self.broken: list[str] = []
        self.weights: dict[str, float] = {}
        self._kinds: dict[str, str] = {}
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.broken.append(f"script error: {error}"))
        page.on("request", lambda request: self._ask(request.url))
        cdp.send("Network.enable")
        cdp.on("Network.responseReceived", self._answer)
        cdp.on("Network.loadingFinished", self._loaded)

    def _hear(self, kind: str, text: str) -> None:
        if "Content Security Policy" in text or (kind == "error" and "status of 4" not in text):
            self.broken.append(text)

    def _ask(self, url: str) -> None:
        if url.rstrip("/").endswith("/csp"):
            self.broken.append("policy report sent")

    def _answer(self, event: dict[str, Any]) -> None:
        self._kinds[event["requestId"]] = event["type"]

    def _loaded(self, event: dict[str, Any]) -> None:
        kind = self._kinds.get(event["requestId"], "Other")
        self.weights[kind] = self.weights.get(kind, 0) + event["encodedDataLength"] / KB

    @property
    def weight(self) -> float:
        """Kilobytes received since the last `forget`."""
        return sum(self.weights.values())

    def forget(self) -> None:
        """Start weighing again."""
        self.weights.clear()

    def goto(self, url: str) -> None:
        """Open `url` and wait until nothing moves."""
        self.page.goto(url, wait_until="networkidle")
        self.say_why()

    def say_why(self) -> None:
        """An official who is asked why they open a dossier says it and goes on."""
        asked = self.page.locator("select[name=reading_why]")
        if asked.count():
            asked.select_option("leading")
            self.page.get_by_role("button", name="Xem hồ sơ", exact=True).click()
            self.page.wait_for_load_state("networkidle")

    def faults(self) -> list[str]:
        """What axe-core objects to, one line each. Injected past the page's policy, by the debugger."""
        self.cdp.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
        question = f"""axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(found =>
            JSON.stringify(found.violations.map(v => v.nodes.map(n =>
                v.id + ': ' + n.target.join(' ') + ' – ' + n.failureSummary.split('\\n').slice(1).join(' ')
            )).flat()))"""
        answer = self.cdp.send(
            "Runtime.evaluate",
            {"expression": question, "awaitPromise": True, "returnByValue": True},
        )
        found: list[str] = json.loads(answer["result"]["value"])
        return found

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the window."""
        wider: bool = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return wider

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """A screenshot of the page."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=whole)


@contextmanager
def browser() -> Iterator[Browser]:
    """A chromium of this machine; nothing is downloaded."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def look(
    chromium: Browser, *, size: ViewportSize = PHONE, scripts: bool = True, cookies: Any = ()
) -> Iterator[Sight]:
    """A fresh window, with an empty cache, of the size of a phone unless told otherwise."""
    is_phone = size["width"] < 600
    context = chromium.new_context(
        viewport=size,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=scripts,
        is_mobile=is_phone,
        has_touch=is_phone,
    )
    if cookies:
        context.add_cookies(list(cookies))
    try:
        page = context.new_page()
        yield Sight(page, context.new_cdp_session(page))
    finally:
        context.close()
