"""Lists and pages of dossiers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.dossiers import access, by_clock, display
from motcua.dossiers.letters import LISTS
from motcua.dossiers.models import Alarm, Dossier, Slip, WorklistCount
from motcua.dossiers.models.alarms import unheard
from motcua.dossiers.pages import DeskDossier, DeskPage, DossierPage, DossierRow, RowPage, Worklist
from motcua.dossiers.rules import is_code, is_temporary
from motcua.dossiers.steps_open import steps_for
from motcua.dossiers.succession import Differences, differences
from motcua.dossiers.types import AlarmCount, AlarmKind, AlarmLevel, Paper, PublicStatus
from motcua.dossiers.workflow import CLOSED, PERCENT, TEXTS, Status
from motcua.files.queries import open_file
from motcua.people.acting import refuse_ended

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.people.models import Person

S = Status
PAGE, COUNT_TO = 25, 99
TO_DO = (S.PRE_SUPPLEMENT, S.SUPPLEMENT, S.RESULT_READY, S.DRAFT)  # the citizen's, in this order
TO_DO_MOST = 50
LONGEST_WARNING = timedelta(days=30)  # eight working hours, even with a long Tết between
OPEN = [s for s in Status if s not in CLOSED and s is not Status.DRAFT]

# key → title, statuses; the clock lists cut across statuses (WF-18)
WORKLISTS: dict[str, tuple[str, tuple[Status, ...]]] = {
    "cho-tiep-nhan": ("Chờ tiếp nhận", (S.SUBMITTED,)),
    "cho-bo-sung": ("Chờ bổ sung", (S.PRE_SUPPLEMENT,)),
    "cho-chuyen": ("Chờ chuyển", (S.ACCEPTED,)),
    "cho-nhan-ban-giao": ("Chờ nhận bàn giao", (S.TRANSFERRING,)),
    "cho-phan-cong": ("Chờ phân công", (S.ASSIGNING,)),
    "dang-xu-ly": ("Đang xử lý", (S.EXAMINING, S.CONSULTING, S.VERIFYING)),
    "cho-y-kien": ("Chờ cho ý kiến", (S.CONSULTING,)),
    "lien-thong": ("Việc liên thông", ()),
    "yeu-cau-bo-sung": ("Yêu cầu bổ sung khi giải quyết", (S.SUPPLEMENT,)),
    "da-bo-sung": ("Đã bổ sung, chờ kiểm tra", (S.SUPPLEMENTED,)),
    "cho-duyet": ("Chờ duyệt", (S.PROPOSED,)),
    "cho-ban-hanh": ("Chờ ban hành", (S.APPROVED, S.REFUSED)),
    "dinh-chinh": ("Đang đính chính kết quả", (S.CORRECTING,)),
    "cho-tra": ("Chờ trả kết quả", (S.RESULT_READY,)),
    "dung-xu-ly": ("Dừng xử lý", (S.STOPPED,)),
    "sap-den-han": ("Sắp đến hạn", ()),
    "qua-han": ("Quá hạn", ()),
    **{key: (found.title, ()) for key, found in LISTS.items()},
}
HOME = {
    "desk_officer": "cho-tiep-nhan",
    "unit_head": "cho-phan-cong",
    "case_officer": "dang-xu-ly",
    "approver": "cho-duyet",
    "registrar": "cho-ban-hanh",
}


def track(code: str) -> PublicStatus:
    """What anybody may know by a code or a temporary number: how far it is (CH-13).

    It is called what it was asked for: neither number tells the other. A draft is nobody's business.
    """
    code = code.strip().upper()
    if not (is_code(code) or is_temporary(code)):
        raise NotFound
    rows = Dossier.objects.exclude(status=Status.DRAFT).values_list("status", flat=True)
    named = {"code" if is_code(code) else "reference": code}
    found = rows.filter(**named).first() or rows.filter(former_codes__code=code).first()
    if found is None:
        raise NotFound
    return PublicStatus(code, TEXTS[Status(found)], PERCENT[Status(found)])


def open_alarms() -> list[AlarmCount]:
    """The alarms about dossiers that still wait, by kind and level, as the keeper reads them."""
    rows = (
        Alarm.objects.filter(closed_at=None)
        .values("kind", "level")
        .annotate(number=Count("pk"), untold=Count("pk", filter=unheard(clock.now())))
        .order_by("kind", "level")
    )
    return [
        AlarmCount(AlarmKind(r["kind"]), AlarmLevel(r["level"]), r["number"], r["untold"])
        for r in rows
    ]


def my_dossiers(citizen: Person, cursor: str = "") -> RowPage:
    """The citizen's dossiers: what the agency waits for, results, drafts, then the latest.

    Of each kind that waits the latest stand first; the others come in their turn with the rest.
    """
    rows = access.dossiers_of(citizen).select_related("assignee", "unit")
    first = [
        dossier
        for status in TO_DO
        for dossier in rows.filter(status=status).order_by("-changed_at", "-id")[:TO_DO_MOST]
    ]
    page = _keyset(rows.exclude(pk__in=[dossier.pk for dossier in first]), cursor)
    shown = [] if cursor else display.rows(first, clock.now())
    return RowPage(shown + page.rows, page.next_cursor)


def drafts_of(citizen: Person, procedure_code: str) -> list[DossierRow]:
    """The drafts the citizen already has of a procedure."""
    rows = access.dossiers_of(citizen).filter(status=S.DRAFT, procedure_code=procedure_code)
    rows = rows.select_related("assignee", "unit").order_by("-changed_at")
    return display.rows(rows[:5], clock.now())


def _keyset(rows: QuerySet[Dossier], cursor: str) -> RowPage:
    """Newest first, by (changed_at, id)."""
    if cursor:
        at, pk = display.read_cursor(cursor)
        rows = rows.extra(where=["(changed_at, dossiers_dossier.id) < (%s, %s)"], params=[at, pk])
    found = list(rows.order_by("-changed_at", "-id")[: PAGE + 1])
    more = found[PAGE - 1] if len(found) > PAGE else None
    return RowPage(
        display.rows(found[:PAGE], clock.now()),
        display.cursor(more.changed_at, more.pk) if more else "",
    )


def dossier_page(citizen: Person, reference: str) -> DossierPage:
    """The citizen's own dossier, whole."""
    return display.page(access.to_see(access.dossiers_of(citizen), reference))


def carried_over(citizen: Person, older: str, newer: str) -> Differences:
    """What to look at in a draft that was begun with the answers of an older one."""
    return differences(dossier_page(citizen, older), dossier_page(citizen, newer))


def filed_by(partner_id: int, reference: str) -> DossierPage:
    """A dossier that a partner's system filed, as it handed it in."""
    return display.page(access.to_see(access.dossiers_from(partner_id), reference), at_desk=True)


def desk_list(
    post: Post, worklist: str = "", filters: dict[str, str] | None = None, cursor: str = ""
) -> DeskPage:
    """A worklist of the official, by what is left of the clock; counters beside it.

    Whose names were shown is journalled (SEC-06).
    """
    key = worklist if is_theirs(post, worklist) else HOME.get(post.role, "cho-tiep-nhan")
    now = clock.now()
    rows = _narrowed(listed(post, key, now), filters or {})
    found = _by_clock(rows.select_related("assignee", "unit"), cursor)
    more = found[PAGE - 1] if len(found) > PAGE else None
    lists = desk_counters(post)
    shown = display.rows(found[:PAGE], now, post)
    access.note_shown(post, key, shown)
    return DeskPage(
        next(w for w in lists if w.key == key),
        lists,
        shown,
        display.cursor(by_clock.moment_of(more) or "infinity", more.pk) if more else "",
    )


def _by_clock(rows: QuerySet[Dossier], cursor: str) -> list[Dossier]:
    """A page and one more of `rows` after `cursor`; those whose clock stands still come last.

    Each part is one that an index can start in the middle of, however long the list.
    """
    parts = [rows]
    if cursor:
        at, pk = display.read_cursor(cursor)
        still = by_clock.still(rows)
        parts = [still.filter(pk__gt=pk)]
        if at != "infinity":
            parts = [by_clock.after(rows, at, pk), still]
    found: list[Dossier] = []
    for part in parts:
        if len(found) <= PAGE:
            found += part.order_by(*by_clock.in_order(rows))[: PAGE + 1 - len(found)]
    return found


def listed(post: Post, key: str, now: datetime) -> QuerySet[Dossier]:
    """What stands in a worklist of this post: a head reads here what others ask of the unit."""
    if key in LISTS:
        return LISTS[key].rows(access.dossiers_at(post), now)
    if (asked := access.asked_in(post, key)) is not None:
        return asked
    return in_list(access.dossiers_at(post), key, now)


def is_theirs(post: Post, key: str) -> bool:
    """Whether there is such a worklist, and the post has it."""
    return key in WORKLISTS and (key not in LISTS or post.role in LISTS[key].roles)


def in_list(rows: QuerySet[Dossier], key: str, now: datetime) -> QuerySet[Dossier]:
    """Those of `rows` that stand in a worklist."""
    if key == "qua-han":
        return rows.filter(status__in=OPEN, clock_at__lt=now)
    if key == "sap-den-han":
        warned = (now - LONGEST_WARNING, now)
        return rows.filter(status__in=OPEN, clock_at__gte=now, warn_at__range=warned)
    return rows.filter(status__in=WORKLISTS[key][1])


def _narrowed(rows: QuerySet[Dossier], filters: dict[str, str]) -> QuerySet[Dossier]:
    if channel := filters.get("channel"):
        rows = rows.filter(channel=channel)
    if procedure := filters.get("procedure"):
        rows = rows.filter(procedure_code=procedure)
    if text := filters.get("text", "").strip():
        rows = rows.filter(display.matches(text))
    return rows


def desk_counters(post: Post) -> list[Worklist]:
    """Every worklist with its counter; the agency's from rollups, a person's own counted to 99."""
    now = clock.now()
    numbers = dict(
        WorklistCount.objects.filter(agency_id=post.agency_id).values_list("status", "number")
    )
    whole = post.role in access.WHOLE_AGENCY
    lists = []
    for key, (title, statuses) in WORKLISTS.items():
        if not is_theirs(post, key):
            continue
        if statuses and whole:
            number = sum(numbers.get(s.value, 0) for s in statuses)
            lists.append(Worklist(key, title, number, statuses))
            continue
        number = listed(post, key, now)[: COUNT_TO + 1].count()
        lists.append(Worklist(key, title, min(number, COUNT_TO), statuses, number > COUNT_TO))
    return lists


def desk_dossier(post: Post, reference: str) -> DeskDossier:
    """A dossier on the official's screen; looking at it is journalled."""
    dossier = access.to_read(access.shown_to(post), reference, post)
    return display.desk(dossier, steps_for(post, dossier), post)


def result_file(
    citizen: Person, reference: str, *, is_taken: bool = True
) -> tuple[str, str, bytes]:
    """Name, kind and content of the result, for its owner; the download is journalled (ST-16).

    Whoever only asks for the headers has not taken it.
    """
    dossier = access.to_see(access.dossiers_of(citizen), reference)
    refuse_ended(citizen, dossier.applicant, dossier.procedure_code)
    found = display.result(dossier)
    if is_taken:
        record(citizen.actor, "dossier.download", dossier.reference, at=clock.now(), what="result")
    return found


def result_file_at(post: Post, reference: str) -> tuple[str, str, bytes]:
    """Name, kind and content of the result, for an official; the reading is journalled."""
    return display.result(access.to_read(access.dossiers_at(post), reference, post, "result"))


def paper_of(citizen: Person, reference: str, document_id: int) -> Paper:
    """One paper of the citizen's own dossier."""
    return display.paper_in(access.to_see(access.dossiers_of(citizen), reference), document_id)


def paper_at(post: Post, reference: str, document_id: int) -> Paper:
    """One paper of a dossier an official may see; the reading is journalled."""
    dossier = access.to_read(access.shown_to(post), reference, post, f"document:{document_id}")
    return display.paper_in(dossier, document_id, at_desk=True)


def slip_file(citizen: Person, reference: str, slip_id: int) -> tuple[str, bytes]:
    """Name and content of a slip, exactly as issued, for the owner of the dossier."""
    return _slip(access.to_see(access.dossiers_of(citizen), reference), slip_id)


def slip_file_at(post: Post, reference: str, slip_id: int) -> tuple[str, bytes]:
    """Name and content of a slip, for an official."""
    return _slip(access.to_read(access.shown_to(post), reference, post, f"slip:{slip_id}"), slip_id)


def _slip(dossier: Dossier, slip_id: int) -> tuple[str, bytes]:
    slip = Slip.objects.filter(dossier=dossier, pk=slip_id).first()
    if slip is None:
        raise NotFound
    with open_file(slip.digest) as file:
        return f"{slip.number.replace('/', '-')}.pdf", file.read()
