"""The storm: clients who file without pause, and somebody who kills what serves them."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

from motcua.procedures.types import Terms
from tests.crash.clients import Citizen, PartnerSystem
from tests.crash.ledger import Ledger
from tests.crash.making import wish
from tests.crash.server import House

SIDES = ((), (120,), (320,), (500, 90))  # the photos of one dossier; a side of 500 is 300 kB


@dataclass
class Client:
    """One citizen or partner, in a thread of their own, dossier after dossier until told to stop."""

    files: Citizen | PartnerSystem
    owner: str
    terms: Terms
    agency: str
    book: Ledger
    stop: threading.Event
    served: list[float] = field(default_factory=list)
    trouble: BaseException | None = None
    thread: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._work, daemon=True)

    def _work(self) -> None:
        """What was begun is brought to its end: a wish is given up by nobody."""
        chance = random.Random(self.owner)
        try:
            while not self.stop.is_set():
                asked, papers = wish(self.owner, self.terms, chance.choice(SIDES))
                self.files.file(asked, self.terms.form, self.agency, papers, self.book)
                self.served.append(time.monotonic())
        except BaseException as trouble:
            self.trouble = trouble


@dataclass
class Nemesis:
    """Kills a worker of the web, any of them, at any moment."""

    house: House
    chance: random.Random
    killed: list[int] = field(default_factory=list)
    mains: set[int] = field(default_factory=set)

    def rage(self, kills: int, still_good: Callable[[], bool]) -> None:
        """Kill so often, with pauses of any length up to three seconds."""
        while len(self.killed) < kills and still_good():
            time.sleep(self.chance.uniform(0.1, 3.0))
            self.strike()

    def strike(self) -> None:
        """One `kill -9`, if anybody is there at this moment."""
        main = self.house.web()
        workers = self.house.workers()
        if main is None or not workers:
            return
        self.mains.add(main)
        victim = self.chance.choice(workers)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            self.killed.append(victim)


def longest_gap(clients: list[Client]) -> float:
    """The longest time in which nobody got a receipt."""
    moments = sorted(moment for client in clients for moment in client.served)
    return max((b - a for a, b in pairwise(moments)), default=0.0)
