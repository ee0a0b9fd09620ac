"""Web workers are killed while people file: whatever was promised to them is there, whole, once."""

import random
import threading
import time
from hashlib import sha256

import pytest

from motcua.dossiers.models import Dossier
from motcua.files.actions import sweep_orphans
from motcua.notices.models import Message
from motcua.people.models import Partner
from motcua.procedures.queries import published_terms
from motcua.testing.cast import Cast
from tests.crash.checker import examine
from tests.crash.clients import Citizen, PartnerSystem
from tests.crash.ledger import Ledger
from tests.crash.making import CERTIFIED_COPY, DEATH, citizens, sign_in
from tests.crash.server import House, children, in_session
from tests.crash.snapshot import TROUBLED, Snapshot, look, number, until_quiet
from tests.crash.storm import Client, Nemesis, longest_gap

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

KILLS = 20
LONGEST_PAUSE = 15.0  # seconds without a receipt for anybody; on a busy machine
PEOPLE, PARTNERS = 5, 2
TOKEN = "ma-truy-cap-cua-doi-tac"


def all_clients(stage: Cast, house: House, book: Ledger, stop: threading.Event) -> list[Client]:
    """Citizens who type page after page and send photos, and partners who send all at once."""
    copy, death, ward = published_terms(CERTIFIED_COPY), published_terms(DEATH), stage.ward.code
    clients = []
    for i, person in enumerate(citizens(PEOPLE, with_mail=PEOPLE)):
        browser = Citizen.signed_in(house.port, *sign_in(person))
        terms = death if i == 0 else copy
        clients.append(Client(browser, person.actor.key, terms, ward, book, stop))
    for i in range(PARTNERS):
        token = f"{TOKEN}-{i}"
        partner = Partner.objects.create(
            name=f"Đối tác {i}", token_sha256=sha256(token.encode()).hexdigest()
        )
        system = PartnerSystem(house.port, token)
        clients.append(
            Client(system, f"partner:{partner.pk}", death if i else copy, ward, book, stop)
        )
    return clients


def all_downloaded(clients: list[Client], kept: Snapshot) -> int:
    """Every paper of the citizens, read by its owner through the page; how many there were."""
    browsers = {c.owner: c.files for c in clients if isinstance(c.files, Citizen)}
    read = 0
    for dossier in kept.dossiers:
        browser = browsers.get(dossier.owner)
        for paper in dossier.papers if browser else ():
            assert browser is not None
            content = browser.paper(dossier.reference, paper.id)
            assert sha256(content).hexdigest() == paper.digest
            read += 1
    return read


def forgotten(house: House, main: int, patience: float = 20.0) -> list[int]:
    """Processes of the web that outlived for good whoever they belonged to."""
    until = time.monotonic() + patience
    while True:
        workers = house.workers()
        theirs = {main, *workers, *(pid for worker in workers for pid in children(worker))}
        left = sorted(set(in_session(main)) - theirs)
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.2)  # the reader of files ends when it notices that nobody asks any more


def weather(clients: list[Client], nemesis: Nemesis, stop: threading.Event) -> float:
    """Let the storm pass, and those who were under way arrive; how long it took."""
    begun = time.monotonic()
    for client in clients:
        client.thread.start()
    nemesis.rage(KILLS, lambda: all(client.trouble is None for client in clients))
    stop.set()
    for client in clients:
        client.thread.join(120)
    assert [client.trouble for client in clients if client.trouble] == []
    assert not any(client.thread.is_alive() for client in clients)
    return time.monotonic() - begun


def test_twenty_killed_workers_lose_nothing_double_nothing_and_leave_nothing_torn(
    stage: Cast, house: House, book: Ledger
) -> None:
    stop = threading.Event()
    clients = all_clients(stage, house, book, stop)
    nemesis = Nemesis(house, random.Random())

    took = weather(clients, nemesis, stop)

    assert len(nemesis.killed) == KILLS
    assert len(nemesis.mains) == 1, "the process over the workers did not survive"
    assert all(client.served for client in clients)
    assert longest_gap(clients) < LONGEST_PAUSE
    house.until_whole()
    assert forgotten(house, nemesis.mains.pop()) == []
    until_quiet()
    assert number(TROUBLED) == 0
    sweep_orphans(older_than=0)  # what a killed worker left between disk and commit
    kept, promised = look(), Ledger.read(book.path)
    found = examine(promised, kept)
    assert found == [], "\n".join(str(one) for one in found)
    assert promised.asked.keys() == promised.receipts.keys()
    of_citizens = [d for d in kept.dossiers if d.owner.startswith("person:")]
    told = Dossier.objects.filter(submitter__isnull=False).count()
    assert told == len(kept.dossiers)  # partners file for Lan, who has an account, too
    assert Message.objects.count() == 2 * told  # in the portal, and by e-mail
    assert len(house.letters) == told
    assert all_downloaded(clients, kept) == sum(len(d.papers) for d in of_citizens)
    assert "Traceback" not in house.said(), house.said()
    print(
        f"\n{KILLS} kills in {took:.1f} s: {len(kept.dossiers)} dossiers acknowledged, "
        f"{sum(len(d.papers) for d in kept.dossiers)} papers, "
        f"{sum(c.files.caller.retries for c in clients)} requests asked again, "
        f"longest pause {longest_gap(clients):.1f} s"
    )
