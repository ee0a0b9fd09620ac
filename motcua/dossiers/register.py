"""Sổ theo dõi hồ sơ: the dossiers an official may see, one line each, read through from end to end.

Law: FRM-01, FRM-05, FRM-07, FRM-08
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason
from motcua.dossiers import access, readings
from motcua.dossiers.models import Dossier, Move, RegisterOrder
from motcua.dossiers.rules.reading import NOTE_LONGEST
from motcua.dossiers.slips.lists import RegisterRow
from motcua.dossiers.types import DELIVERY_NAMES, Delivery
from motcua.dossiers.workflow import TEXTS, Status, Step
from motcua.procedures.queries import terms_of
from motcua.workdays.rules.points import time_points
from motcua.workdays.types import HANOI

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post

BATCH = 500
GIVEN_UP = timedelta(days=1)
MOST = 50_000  # a year of a large agency; more is asked for by parts
LONGEST = 366  # days: a register is of one year (FRM-05)
KEPT = timedelta(days=7)
SHOWN_ORDERS = 10
STATES = {
    "": "Mọi trạng thái",
    "running": "Đang giải quyết",
    "late": "Đang giải quyết, đã quá hạn",
    "ready": "Có kết quả, chờ trả",
    "returned": "Đã trả kết quả",
    "correcting": "Đang đính chính kết quả",
    "ended": "Kết thúc mà không có kết quả",
}
SENT, BACK, RETURNED = (Step.TRANSFER, "hand_over"), (Step.ISSUE,), (Step.DELIVER,)
_HELD = (Status.RESULT_READY, Status.DELIVERED, Status.CORRECTING)
_ENDED = ("rejected", "withdrawn", "stopped")
_READ = (
    "id", "code", "reference", "procedure_name", "procedure_version_id", "applicant",
    "accepted_at", "due_at", "original_due_at", "legal_due_at", "finished_at", "delivered_at",
    "delivery", "status", "late_entry__received_at",
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Which dossiers a register shows: accepted from `since` to `until`, both included."""

    since: date
    until: date
    unit_id: int | None = None
    field: str = ""
    state: str = ""

    def as_json(self) -> dict[str, Any]:
        """As an order keeps it."""
        return asdict(self) | {"since": self.since.isoformat(), "until": self.until.isoformat()}


def wanted_from(kept: dict[str, Any]) -> Wanted:
    """What an order asked for."""
    days = {key: date.fromisoformat(kept[key]) for key in ("since", "until")}
    return Wanted(**(kept | days))


def period_objections(since: date | None, until: date | None) -> list[Reason]:
    """Why no register can be made of this period."""
    reasons = []
    for key, day in (("since", since), ("until", until)):
        if day is None:
            text = "Ngày chưa đúng. Mời nhập ngày, tháng, năm, ví dụ 1 1 2026."
            reasons.append(Reason("day_unreadable", text, key))
    if since is None or until is None:
        return reasons
    if until < since:
        text = "Ngày cuối phải từ ngày đầu trở đi."
        return [Reason("period_backward", text, "until")]
    if (until - since).days >= LONGEST:
        text = "Mỗi sổ nhiều nhất một năm. Mời chọn khoảng ngắn hơn."
        return [Reason("period_too_long", text, "until")]
    return []


def usual_names() -> int:
    """How many names a register may list without a reason: those that an hour's work shows."""
    return int(settings.READING_LIMITS["listed_hour"])


def reason_objections(total: int, reason: str) -> list[Reason]:
    """Why a register of so many names is not made without a reason (S-24)."""
    usual = usual_names()
    if len(reason) > NOTE_LONGEST:
        text = f"Lý do dài tối đa {NOTE_LONGEST} ký tự. Mời anh/chị viết ngắn lại."
        return [Reason("reason_long", text, "reason")]
    if total > usual and not reason:
        text = f"Sổ có {total} hồ sơ, mức thường là {usual}. Mời anh/chị ghi lý do cần sổ này."
        return [Reason("reason_missing", text, "reason")]
    return []


def chosen(post: Post, wanted: Wanted) -> QuerySet[Dossier]:
    """The dossiers of a register: accepted ones that the post may see, in the order of acceptance."""
    start = datetime.combine(wanted.since, datetime.min.time(), HANOI)
    end = datetime.combine(wanted.until + timedelta(days=1), datetime.min.time(), HANOI)
    rows = access.dossiers_at(post).filter(accepted_at__gte=start, accepted_at__lt=end)
    if wanted.unit_id is not None:
        rows = rows.filter(unit_id=wanted.unit_id)
    if wanted.field:
        rows = rows.filter(procedure_version__field__name=wanted.field)
    return rows.filter(_in_state(wanted.state))


def _in_state(state: str) -> Q:
    running = ~Q(status__in=(*_HELD, *_ENDED))
    return {
        "running": running,
        "late": running & Q(legal_due_at__lt=clock.now()),
        "ready": Q(status=Status.RESULT_READY),
        "returned": Q(status=Status.DELIVERED),
        "correcting": Q(status=Status.CORRECTING),
        "ended": Q(status__in=_ENDED),
    }.get(state, Q())


def read_through(post: Post, wanted: Wanted) -> Iterator[list[RegisterRow]]:
    """The lines of a register, a batch at a time, each starting where the last one ended.

    Whose names were read is journalled with every batch (SEC-06).
    """
    rows, number, after = chosen(post, wanted).order_by("accepted_at", "id"), 1, (None, 0)
    while True:
        page = rows
        if after[0] is not None:
            page = rows.extra(
                where=["(accepted_at, dossiers_dossier.id) > (%s, %s)"], params=[*after]
            )
        found = list(page.values(*_READ)[:BATCH])
        if not found:
            return
        shown = [row["reference"] for row in found]
        record(
            post.actor, "dossier.listed", post.actor.key, at=clock.now(), what="register",
            shown=shown,
        )  # fmt: skip
        yield _lines(found, number)
        number += len(found)
        after = (found[-1]["accepted_at"], found[-1]["id"])


def _lines(found: list[dict[str, Any]], number: int) -> list[RegisterRow]:
    moves: dict[tuple[int, str], tuple[datetime, str]] = {}
    steps = (*SENT, *BACK, *RETURNED)
    told = Move.objects.filter(dossier_id__in=[row["id"] for row in found], step__in=steps)
    for dossier_id, step, at, by in told.order_by("seq").values_list(
        "dossier_id", "step", "at", "by"
    ):
        moves[dossier_id, "sent" if step in SENT else step] = (at, by)
    return [_line(row, n, moves) for n, row in enumerate(found, start=number)]


def _line(
    row: dict[str, Any], number: int, moves: dict[tuple[int, str], tuple[datetime, str]]
) -> RegisterRow:
    owner, nobody = row["applicant"], (None, "")
    sent, back = moves.get((row["id"], "sent"), nobody), moves.get((row["id"], Step.ISSUE), nobody)
    returned = moves.get((row["id"], Step.DELIVER), nobody)
    contact = ", ".join(str(owner.get(key)) for key in ("address", "phone") if owner.get(key))
    return RegisterRow(
        number=number,
        code=row["code"] or row["reference"],
        request=row["procedure_name"],
        owner_name=str(owner.get("name", "")),
        contact=contact,
        received_at=row["accepted_at"],
        due_at=row["original_due_at"] or row["due_at"],
        sent_at=sent[0],
        back_at=back[0],
        returned_at=row["delivered_at"] or returned[0],
        giver=returned[1] if row["delivery"] != Delivery.ONLINE else "",
        delivery=DELIVERY_NAMES[Delivery(row["delivery"])],
        set_count=terms_of(row["procedure_version_id"]).sets or 1,
        note=_note(row),
        points=_points(row),
    )


def _points(row: dict[str, Any]) -> int | None:
    """The points of its result (DL-12); nothing while there is none, or the law sets no time."""
    legal, end = row["legal_due_at"], row["finished_at"]
    return time_points(legal, end) if legal and end and row["status"] not in _ENDED else None


def _note(row: dict[str, Any]) -> str:
    """How the dossier stands, and whether its date was moved or missed."""
    notes = [TEXTS[Status(row["status"])]]
    first, due, end = row["original_due_at"], row["due_at"], row["finished_at"]
    legal = row["legal_due_at"]
    if first and due and due > first:
        notes.append(f"hẹn lại {localtime(due):%d/%m/%Y}")
    if legal and (end or clock.now()) > legal and row["status"] not in _ENDED:
        notes.append("quá hạn")
    if row["late_entry__received_at"]:
        notes.append("nhập muộn")
    return "; ".join(notes)


def orders_of(post: Post) -> list[RegisterOrder]:
    """The registers this post asked for last."""
    return list(RegisterOrder.objects.filter(post=post)[:SHOWN_ORDERS])


def order_of(post: Post, order_id: int) -> RegisterOrder:
    """A register that is ready, asked for by this post; the taking of it is journalled.

    The first time, the names in it count as those of a list do (S-24).
    """
    order = RegisterOrder.objects.filter(post=post, pk=order_id).first()
    if order is None or not is_kept(order):
        raise NotFound
    now = clock.now()
    with transaction.atomic(savepoint=False):
        if RegisterOrder.objects.filter(pk=order.pk, taken_at=None).update(taken_at=now):
            readings.count(post, now, listed=order.total)
        record(
            post.actor, "dossier.register_taken", post.actor.key, at=now,
            order=order.pk, scope=order.scope, total=order.total, note=order.reason,
        )  # fmt: skip
    return order


def is_kept(order: RegisterOrder) -> bool:
    """Whether the file is ready and not yet thrown away."""
    return order.ready_at is not None and order.ready_at > clock.now() - KEPT


def is_given_up(order: RegisterOrder) -> bool:
    """Whether the job that made it has died: nobody waits a day for a register."""
    return order.ready_at is None and order.asked_at < clock.now() - GIVEN_UP


def is_under_way(post: Post) -> bool:
    """Whether a register that this post asked for is still being made."""
    running = RegisterOrder.objects.filter(post=post, ready_at=None)
    return any(not is_given_up(order) for order in running)


def files_kept(digests: Collection[str]) -> set[str]:
    """Those of these files that a register not yet thrown away is in."""
    rows = RegisterOrder.objects.filter(digest__in=list(digests)).exclude(digest="")
    rows = rows.filter(ready_at__gt=clock.now() - KEPT)
    return set(rows.values_list("digest", flat=True))
