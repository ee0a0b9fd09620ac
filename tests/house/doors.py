"""The stage on which every door is tried: Lan's dossiers, Thu's dossier elsewhere, and who knocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.agencies.models import Post
from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers.jobs import issue_slip, tell_applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.notices.actions.sending import send
from motcua.notices.models import Delivery
from motcua.notices.types import DeliveryStatus, ToPost
from motcua.people.models import Account, Partner
from motcua.testing import drafts as waiting
from motcua.testing.cast import Cast, _account, assemble
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, attach_all, fill_all
from motcua.testing.official import Official
from motcua.testing.sealed import log_of_its_own, seal_all
from motcua.workdays.queries import latest_edition
from tests.house.beside import (
    Beside,
    beside_all,
    first_page,
    message_at,
    message_of,
    seal_of,
)

ABSENT = "T-261122-ZZZZZZZZ"  # a number that was never given
NO_ROW = 999_999_999
# things inside a dossier, by number
PARTS = {
    "document_id", "paper_id", "slip_id", "approval_id", "earlier_id", "incident_id",
    "visit", "urging",
}  # fmt: skip
CITIZENS = ("lan", "thu")
WARD = ("hung", "hoa", "mai", "tam", "binh", "yen", "quan", "nga")
OFFICIALS = (*WARD, "sau", "tu")
SYSTEMS = ("partner", "rival")
EVERYBODY = ("nobody", *CITIZENS, *OFFICIALS, *SYSTEMS)
WITNESSES = (
    "dossiers",
    "audit",
    "notices",
    "files",
    "people",
    "agencies",
    "workdays",
    "law",
)  # apps that must not move
UNMOVED = ("agencies.place", "people.session")  # large; and whoever comes is seen to have come


@dataclass(frozen=True)
class Answer:
    """What came back from a knock: enough to tell two answers apart."""

    status: int
    body: bytes = field(repr=False)
    where: str
    headers: frozenset[str] = field(repr=False)
    queries: int
    traces: tuple[str, ...] = ()  # tables that were written to

    def about(self, address: str) -> Answer:
        """The same answer, sign-in leading back to no address in particular."""
        return replace(self, where=self.where.replace(quote(address, safe=""), "..."))


@dataclass
class Stage:
    """Everyone, everything of Lan's, and what Thu has at another agency."""

    cast: Cast
    clients: dict[str, Client]
    dossiers: dict[str, Dossier]
    thu: Dossier
    drafts: tuple[int, int]  # what Quân asks for: a change of the calendar, a version of the law
    register: int  # what Hùng asked for, made
    recount: int  # what Quân asked for on the present calendar; its list is ready
    beside: Beside  # what officials ask each other about dossiers

    def place(self, at: str) -> dict[str, Any]:
        """What stands in the addresses of pages about one of Lan's dossiers."""
        dossier = self.dossiers[at or "draft"]
        paper, slip = dossier.documents.first(), dossier.slips.first()
        return self.beside.places | {
            "reference": dossier.reference,
            "tile": "0/000.p/1",
            "code": BIRTH,
            "agency": self.cast.ward.code,
            "slot": paper.slot if paper else "",
            "document_id": paper.pk if paper else NO_ROW,
            "paper_id": paper.pk if paper else NO_ROW,
            "slip_id": slip.pk if slip else NO_ROW,
            "page": first_page(dossier),
            "name": "deliver",
            "worklist": "cho-tiep-nhan",
            "template": "dossier_submitted",
            "channel": "inbox",
            "year": clock.now().year + 1,
            "number": self.drafts[0],
            "profile": "ND118",
            "version": self.drafts[1],
            "form_set": "TT03_2025",
            "kind": "04",
            "register_id": self.register,
            "account_id": self.cast.hung.account_id,
            "pk": NO_ROW,  # nobody has a passkey
            "edition": latest_edition(),
            "recount_id": self.recount,
            "token": message_of(self.cast.lan.pk),
            "desk_token": message_at(self.cast.hung.pk),
            "seal": seal_of(slip) if slip else "",
        }

    def absent(self) -> dict[str, Any]:
        """What stands in the addresses of things that are not there."""
        nothing = "khongcothunay"
        return {
            "reference": ABSENT, "token": nothing, "desk_token": nothing, "seal": "khongcodaunay",
            "year": 1999, "number": NO_ROW, "profile": "ND0", "version": NO_ROW,
            "form_set": "TT0", "kind": "99", "register_id": NO_ROW, "edition": NO_ROW, "recount_id": NO_ROW,
            "agency": "H99.00", "transfer": NO_ROW, "taken_over": NO_ROW, "document": NO_ROW,
            "unit_id": NO_ROW, "tile": "9/999", "reason": "khong-co", "account_id": NO_ROW,
            "mandate_id": NO_ROW, "conflict_id": NO_ROW,
        }  # fmt: skip

    def no_part(self) -> dict[str, Any]:
        """Parts that no dossier has."""
        return dict.fromkeys(PARTS, NO_ROW)

    def foreign(self) -> dict[str, Any]:
        """Parts of Thu's dossier, to be asked for in the name of one's own."""
        paper, slip = self.thu.documents.first(), self.thu.slips.first()
        assert paper is not None
        assert slip is not None
        return self.beside.foreign | {
            "document_id": paper.pk,
            "paper_id": paper.pk,
            "slip_id": slip.pk,
        }


@contextmanager
def stage_set() -> Iterator[Stage]:
    """Set the stage, and clear everything away afterwards."""
    with transaction.atomic(), log_of_its_own():
        stage = _set()
        seal_all()  # everybody may see what seals the journal
        yield stage
        transaction.set_rollback(True)


def _set() -> Stage:
    cast = assemble()
    for name, unit in (("tam", cast.mai.unit), ("tu", cast.commune.units.get(code="CM"))):
        Post.objects.create(
            account=_account(name, name), unit=unit, agency=unit.agency, title="Công chức",
            role=Role.CASE_OFFICER, holder_name=name,
        )  # fmt: skip
    for name in SYSTEMS:
        Partner.objects.create(name=name, token_sha256=sha256(name.encode()).hexdigest())
    dossiers = {
        "draft": a_dossier(cast, Status.DRAFT),
        "sent": a_dossier(cast, Status.SUBMITTED),
        "asked": a_dossier(cast, Status.PRE_SUPPLEMENT),
        "ready": a_dossier(cast, Status.RESULT_READY),
        "brought": a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.COUNTER),
        "wired": a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.PARTNER),
    }
    Dossier.objects.filter(pk=dossiers["wired"].pk).update(
        partner=Partner.objects.get(name=SYSTEMS[0])
    )
    fill_all(cast, dossiers["draft"])
    attach_all(cast, dossiers["draft"])
    there = replace(cast, lan=cast.thu, ward=cast.commune, hung=cast.sau)
    thu = a_dossier(there, Status.ACCEPTED)
    for dossier in (dossiers["ready"], thu):
        move = dossier.moves.get(step="accept")
        issue_slip(move.pk)
        tell_applicant(move.pk)
    send(ToPost(cast.hung.pk), "answer_near", {"reference": "T-1"}, dedupe_key="alarm:0:post:0")
    Delivery.objects.filter(message_id=a_letter()).update(status=DeliveryStatus.FAILED)
    drafts = (waiting.a_calendar_draft(cast.quan), waiting.a_law_draft(cast.quan))
    assert waiting.a_form_draft(cast.quan) == drafts[1]  # one number stands in both addresses
    asked = waiting.a_register(cast.hung), waiting.a_recount(cast.quan)
    beside = beside_all(cast)
    return Stage(cast, _clients(), dossiers | beside.dossiers, thu, drafts, *asked, beside)


def a_letter() -> int:
    """The first letter there is; the post office has refused it."""
    return Delivery.objects.order_by("pk").values_list("message_id", flat=True)[0]


def _clients() -> dict[str, Client]:
    """A browser for each who knocks."""
    found = {"nobody": Client(raise_request_exception=False)}
    for name in (*CITIZENS, *OFFICIALS):
        found[name] = Official(raise_request_exception=False)
        found[name].force_login(Account.objects.get(username=name))
    for name in SYSTEMS:
        token = {"Authorization": f"Bearer {name}"}
        found[name] = Client(raise_request_exception=False, headers=token)
    return found


def every_door() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name of each address of the house → its route and what stands in it."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(tree: URLResolver, route: str, space: str) -> Iterator[tuple[str, Any]]:
    for branch in tree.url_patterns:
        here = route + str(branch.pattern)
        if isinstance(branch, URLResolver):
            inner = f"{space}{branch.namespace}:" if branch.namespace else space
            yield from _walk(branch, here, inner)
        elif isinstance(branch, URLPattern):
            name = f"{space}{branch.name}" if branch.name else here
            yield name, (here, tuple(re.findall(r"<(?:\w+:)?(\w+)>", here)))


def knock(
    client: Client,
    method: str,
    address: str,
    typed: Mapping[str, Any],
    before: Mapping[str, str] | None = None,
) -> Answer:
    """Ask for one address; whatever it did is undone, and with a photograph, told."""
    cache.clear()
    signed_in = SimpleCookie(client.cookies)
    body = {name: fresh(value) for name, value in typed.items()} if method == "post" else {}
    headers = body.pop("HEADERS", {})
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(address, body, headers=headers)
            content = b"".join(answer) if answer.streaming else answer.content
        traces = changed_since(before) if before and answer.status_code != 405 else ()
        transaction.set_rollback(True)
    client.cookies = signed_in  # whoever signed out is in again
    names = frozenset({*answer.headers, *(f"cookie {name}" for name in answer.cookies)})
    where = answer.headers.get("Location", "")
    return Answer(answer.status_code, content, where, names, len(queries), traces)


def fresh(value: Any) -> Any:
    """A file is read once: each knock brings a new one."""
    if isinstance(value, list):
        return [fresh(item) for item in value]
    if value == "FILE":
        return SimpleUploadedFile("giay-to.pdf", a_pdf("cửa"), "application/pdf")
    return json.dumps(value) if isinstance(value, dict) and "procedure_code" in value else value


def photograph() -> dict[str, str]:
    """A fingerprint of every table that a page may write to."""
    tables = [
        model._meta.db_table
        for app in WITNESSES
        for model in apps.get_app_config(app).get_models()
        if model._meta.label_lower not in UNMOVED
    ]
    asked = " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
        f' FROM "{table}" t'
        for table in [*tables, "procrastinate_jobs"]
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return dict(cursor.fetchall())


def changed_since(before: Mapping[str, str]) -> tuple[str, ...]:
    """The tables that are not as they were photographed."""
    now = photograph()
    return tuple(table for table, mark in now.items() if before[table] != mark)
