"""P-3 and P-4: the pages that must not slow down as dossiers pile up, at 10 thousand and 1 million.

    bin/bench lists [--small 10000] [--large 1000000] [--rounds 5] [--requests 40]

Two databases on one server, a web program for each, started as bin/run starts it. Every page is
asked for in turn of the one and of the other; a round's ratio is that of the two 95th percentiles.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench import meter
from bench.browser import Browser
from bench.filling import Lens, fill
from bench.ground import Ground, ground

WARM_UP = 15
ADDRESSES = 200  # look-ups by code are braked at 20 a minute for each address


@dataclass(frozen=True)
class Page:
    """A page under measurement: whose it is, and its address for the nth request."""

    name: str
    bar: str
    who: str
    path: Callable[["Side", int], str]


class Side:
    """One database with its web and its visitors."""

    def __init__(self, port: int, lens: Lens) -> None:
        self.port, self.lens = port, lens
        self.signed_in: dict[str, Browser] = {}
        self.strangers = [
            Browser(port, f"127.0.{2 + n // 100}.{1 + n % 100}") for n in range(ADDRESSES)
        ]
        self.second_page = ""

    def time_of(self, page: Page, number: int) -> float:
        """Seconds for one request."""
        browser = self._visitor(page.who, number)
        path = page.path(self, number)
        begun = time.perf_counter()
        browser.get(path)
        return time.perf_counter() - begun

    def _visitor(self, who: str, number: int) -> Browser:
        if not who:
            return self.strangers[number % ADDRESSES]
        if who not in self.signed_in:
            browser = Browser(self.port)
            browser.sign_in(who)
            self.signed_in[who] = browser
        return self.signed_in[who]

    def next_page(self) -> str:
        """The address of the second page of the desk's inbox."""
        if not self.second_page:
            shown = self._visitor("hung", 0).get(INBOX).decode()
            cursor = shown.partition("tiep=")[2].partition('"')[0]
            assert cursor, "the inbox has one page only"
            self.second_page = f"{INBOX}?tiep={cursor}"
        return self.second_page


INBOX = "/can-bo/danh-sach/cho-tiep-nhan/"
PAGES = (
    Page("inbox of the desk", "P-3", "hung", lambda side, n: INBOX),
    Page("inbox, next page", "P-3", "hung", lambda side, n: side.next_page()),
    Page("late dossiers", "P-3", "hung", lambda side, n: "/can-bo/danh-sach/qua-han/"),
    Page("a unit head's inbox", "P-3", "hoa", lambda side, n: "/can-bo/danh-sach/cho-phan-cong/"),
    Page("a case officer's inbox", "P-3", "mai", lambda side, n: "/can-bo/danh-sach/dang-xu-ly/"),
    Page("look-up by code", "P-4", "", lambda side, n: f"/tra-cuu/?ma={side.lens.codes[n % 1000]}"),
    Page("a citizen's dossiers", "P-4", "lan", lambda side, n: "/ho-so/"),
)


def measure(wanted: argparse.Namespace) -> None:
    """Prepare both databases, warm up, run the rounds, print what the pages took."""
    print(f"P-3, P-4 lists  |  {meter.machine()}", flush=True)
    with ground(wanted.keep) as on:
        on.prepared()
        on.copied("small")
        on.copied("large")
        small, large = (
            _filled(on, *side) for side in (("small", wanted.small), ("large", wanted.large))
        )
        with on.web("small", workers=1) as one, on.web("large", workers=1) as other:
            sides = Side(one.port, small), Side(other.port, large)
            for page in PAGES:
                _both(sides, page, range(WARM_UP))
            rounds = [_round(sides, wanted, number) for number in range(wanted.rounds)]
    _conclude(rounds, wanted.json)


def _filled(on: Ground, database: str, count: int) -> Lens:
    begun = time.monotonic()
    lens = fill(on.url(database), count)
    print(f"{count:,} dossiers made in {time.monotonic() - begun:.0f} s", flush=True)
    return lens


def _both(sides: tuple[Side, Side], page: Page, numbers: range) -> tuple[list[float], list[float]]:
    """The page's times on both sides, one request here and one there."""
    pairs = [(sides[0].time_of(page, n), sides[1].time_of(page, n)) for n in numbers]
    return [one for one, _ in pairs], [other for _, other in pairs]


Times = dict[str, tuple[list[float], list[float]]]


def _round(sides: tuple[Side, Side], wanted: argparse.Namespace, number: int) -> Times:
    numbers = range(WARM_UP + number * wanted.requests, WARM_UP + (number + 1) * wanted.requests)
    times = {page.name: _both(sides, page, numbers) for page in PAGES}
    print(f"round {number + 1}            median small, large     95th small, large (ms)")
    for name, (small, large) in times.items():
        middle = f"{1000 * median(small):8.1f} {1000 * median(large):8.1f}"
        high = f"{1000 * meter.percentile(small, 0.95):8.1f} {1000 * meter.percentile(large, 0.95):8.1f}"
        print(f"  {name:<24}{middle}     {high}", flush=True)
    return times


def _conclude(rounds: list[Times], path: str) -> None:
    print("Median ratios, large to small (aim 1.5)   95th percentile; median")
    for page in PAGES:
        sides = [times[page.name] for times in rounds]
        high = meter.Spread(
            tuple(meter.percentile(b, 0.95) / meter.percentile(a, 0.95) for a, b in sides)
        )
        middle = meter.Spread(tuple(median(b) / median(a) for a, b in sides))
        print(f"  {page.bar} {page.name:<24} {high};  {middle.middle:.2f}")
    meter.keep_figures(path, rounds)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench lists", description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=40, help="of each page, side and round")
    parser.add_argument("--json", default="", help="write the times of every request here")
    parser.add_argument("--keep", action="store_true", help="keep the databases")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
