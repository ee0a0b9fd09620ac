"""P-1: submitting ready drafts through HTTP, beside bare transactions that write the same rows.

    bin/bench submit [--rounds 5] [--submissions 400] [--bare 4000] [--clients 4] [--workers 2]

A round runs, one after the other: submissions (the POST of the “Nộp hồ sơ” button), whole visits
(check page, POST, receipt), and bare transactions by pgbench with prepared statements. CPU is that
of the web processes and all PostgreSQL processes on one side, of pgbench and all PostgreSQL
processes on the other; the browsers' own is left out.
"""

import argparse
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import psycopg

from bench import meter, replay
from bench.browser import Browser
from bench.drafts import NAMED, Drafts, username
from bench.ground import Ground, ground, pgbench

WARM_UP = 40


@dataclass(frozen=True)
class Cost:
    """What a phase did and what it took."""

    done: int
    own: float  # processor seconds of the web, or of pgbench
    database: float  # processor seconds of PostgreSQL
    seconds: float

    @property
    def each(self) -> float:
        """Processor milliseconds for one."""
        return (self.own + self.database) / self.done * 1000

    def __str__(self) -> str:
        own, database = (1000 * cpu / self.done for cpu in (self.own, self.database))
        return (
            f"{self.each:7.3f} ms = {own:6.3f} + {database:5.3f}  {self.done / self.seconds:6.0f}/s"
        )


class Bench:
    """One database, one web, and the ways to load them."""

    def __init__(self, on: Ground, drafts: Drafts, web_pid: int, browsers: list[Browser]) -> None:
        self.ground, self.drafts, self.web_pid, self.browsers = on, drafts, web_pid, browsers
        self.postmaster = on.server.pid() or 0
        self.script = on.folder / "bare.sql"

    def record(self) -> list[str]:
        """Submit one draft, and write down what that wrote as the bare transaction."""
        database = self.drafts.database
        self.submissions(len(self.browsers))  # the first of the day also makes its counter
        first, (reference,) = self.drafts.more(1)
        before = replay.snapshot(database)
        self._press(self.browsers[0], reference)
        rows = replay.written(before, replay.snapshot(database))
        named = NAMED.format(n=":number::int")
        names = replay.Names(reference, first, named, ":id")
        head = "\\set n :n + 1\n\\set id :first + :client_id * :share + :n\n"
        head += "\\set number :id - :shift\n"
        self.script.write_text(head + replay.transaction(rows, names))
        return sorted(f"{'+' if old is None else '~'} {table}" for table, _, old, _ in rows)

    def submissions(self, count: int) -> Cost:
        """Press the button on so many ready drafts."""
        return self._by_browsers(count, self._press)

    def visits(self, count: int) -> Cost:
        """Check page, button, receipt, on so many ready drafts."""
        return self._by_browsers(count, self._visit)

    def bare(self, count: int) -> Cost:
        """The bare transaction on so many ready drafts."""
        clients = len(self.browsers)
        share = count // clients
        first, _ = self.drafts.more(share * clients)
        shift = first - (self.drafts.made - share * clients + 1)
        variables = {"n": -1, "first": first, "share": share, "shift": shift}
        command = [
            pgbench(), "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-t", str(share),
            "-f", str(self.script), *(f"-D{k}={v}" for k, v in variables.items()),
            self.ground.url(),
        ]  # fmt: skip
        used = os.times()
        with self._cost(share * clients, lambda: _children() - _children(used)) as cost:
            said = subprocess.run(command, capture_output=True, text=True, check=False)
        if said.returncode or f"processed: {share * clients}/" not in said.stdout:
            raise SystemExit(f"pgbench: {said.stdout}{said.stderr}")
        return cost[0]

    def compare(self) -> None:
        """Both sides wrote the same rows, or the ratio means nothing."""
        counts = self.drafts.database.execute(
            "SELECT (SELECT count(*) FROM dossiers_dossier WHERE status = 'submitted'),"
            " (SELECT count(*) FROM dossiers_move), (SELECT count(*) FROM dossiers_task),"
            " (SELECT count(*) FROM audit_entry WHERE deed = 'dossier.submit'),"
            " (SELECT count(*) FROM audit_head JOIN dossiers_dossier ON reference = subject"
            " WHERE status = 'submitted'),"
            " (SELECT count(*) FROM procrastinate_jobs),"
            " (SELECT sum(number) FROM dossiers_worklistcount)"
        ).fetchone()
        if len(set(counts or ())) != 1:
            raise SystemExit(f"The two sides did not write the same rows: {counts}")

    @staticmethod
    def _press(browser: Browser, reference: str) -> None:
        where = browser.post(f"/ho-so/{reference}/nop/", declaration="on")
        assert where.endswith("/da-nop/"), where

    @staticmethod
    def _visit(browser: Browser, reference: str) -> None:
        browser.get(f"/ho-so/{reference}/kiem-tra/")
        Bench._press(browser, reference)
        browser.get(f"/ho-so/{reference}/da-nop/")

    def _by_browsers(self, count: int, deed: Callable[[Browser, str], None]) -> Cost:
        _, references = self.drafts.more(count)
        clients = len(self.browsers)

        def work(number: int) -> None:
            for reference in references[number::clients]:
                deed(self.browsers[number], reference)

        began = meter.cpu_of(self.web_pid)
        with (
            self._cost(count, lambda: meter.cpu_of(self.web_pid) - began) as cost,
            ThreadPoolExecutor(clients) as pool,
        ):
            list(pool.map(work, range(clients)))
        return cost[0]

    @contextmanager
    def _cost(self, count: int, own: Callable[[], float]) -> Iterator[list[Cost]]:
        costs: list[Cost] = []
        database, begun = meter.cpu_of(self.postmaster), time.monotonic()
        yield costs
        seconds = time.monotonic() - begun
        costs.append(Cost(count, own(), meter.cpu_of(self.postmaster) - database, seconds))


def _children(at: os.times_result | None = None) -> float:
    at = at or os.times()
    return at.children_user + at.children_system


def _signed_in(port: int, clients: int) -> list[Browser]:
    """A browser for each citizen, signed in, at an address of its own."""
    browsers = [Browser(port, f"127.0.1.{number + 1}") for number in range(clients)]
    for number, browser in enumerate(browsers):
        browser.sign_in(username(number))
    return browsers


def measure(wanted: argparse.Namespace) -> None:
    """Prepare, warm up, run the rounds, print what they cost."""
    print(f"P-1 submit  |  {meter.machine()}", flush=True)
    with ground(wanted.keep) as on:
        on.prepared()
        with psycopg.connect(on.url(), autocommit=True) as database:
            drafts = Drafts(database, wanted.clients)
            with on.web(workers=wanted.workers) as web:
                browsers = _signed_in(web.port, wanted.clients)
                bench = Bench(on, drafts, web.pid, browsers)
                print("One submission writes: " + ", ".join(bench.record()))
                bench.submissions(WARM_UP * wanted.clients)
                bench.bare(WARM_UP * wanted.clients)
                rounds = [_round(bench, wanted, number) for number in range(wanted.rounds)]
                bench.compare()
    _conclude(rounds, wanted.json)


def _round(bench: Bench, wanted: argparse.Namespace, number: int) -> dict[str, Cost]:
    """The three phases, one after the other."""
    costs = {
        "submission": bench.submissions(wanted.submissions),
        "bare": bench.bare(wanted.bare),
        "visit": bench.visits(wanted.submissions // 2),
    }
    print(f"round {number + 1}      CPU each = own + PostgreSQL     rate")
    for name, cost in costs.items():
        print(f"  {name:<11}{cost}", flush=True)
    return costs


def _conclude(rounds: list[dict[str, Cost]], path: str) -> None:
    def spread(of: str, to: Callable[[Cost], float]) -> meter.Spread:
        return meter.Spread(tuple(to(costs[of]) / to(costs["bare"]) for costs in rounds))

    print("Median ratios to the bare transaction")
    print(f"  submission, CPU             {spread('submission', lambda c: c.each)}  (aim 35)")
    print(f"  whole visit, CPU            {spread('visit', lambda c: c.each)}")
    print(f"  submission, PostgreSQL only {spread('submission', lambda c: c.database / c.done)}")
    print(f"  submission, time            {spread('submission', lambda c: c.seconds / c.done)}")
    meter.keep_figures(path, [{k: asdict(c) for k, c in costs.items()} for costs in rounds])


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench submit", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--submissions", type=int, default=400, help="per round")
    parser.add_argument("--bare", type=int, default=4000, help="bare transactions per round")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--json", default="", help="write the figures of every round here")
    parser.add_argument("--keep", action="store_true", help="keep the database")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
