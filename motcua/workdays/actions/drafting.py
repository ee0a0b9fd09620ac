"""Changing the calendar in the back office: one person drafts and sends, another agrees or does not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.core.two_persons import Hand, same_hand
from motcua.workdays import seeds
from motcua.workdays.actions.editions import make_edition, put, rows_alone
from motcua.workdays.events import CalendarSent
from motcua.workdays.models import CalendarDraft
from motcua.workdays.queries import calendar_drift, latest_edition, present_rows
from motcua.workdays.rules import changes
from motcua.workdays.types.changes import CalendarRows, Change, ChangeKind, DraftStatus

YEARS_AHEAD = 5
LONGEST = 500
CHANGED_MEANWHILE = Reason(
    "draft_changed", "Đề nghị vừa thay đổi. Mời tải lại trang, xem lại rồi làm tiếp."
)
CALENDAR_MOVED = Reason(
    "calendar_moved",
    "Lịch vừa có một thay đổi khác được duyệt. Mời xem lại đề nghị trên lịch mới rồi duyệt.",
)
NOT_YOURS = Reason("not_drafter", "Chỉ người soạn mới sửa, gửi hoặc bỏ được đề nghị này.")
EMPTY = Reason("draft_empty", "Đề nghị chưa có dòng nào. Mời thêm thay đổi rồi gửi.")


@transaction.atomic
def open_draft(*, hand: Hand, year: int) -> int:
    """Soạn đề nghị: the person's own draft for `year`, begun now if there is none; its number.

    The draft of a year that has no calendar begins with what is known of that year.
    """
    now = clock.now()
    if not now.year <= year <= now.year + YEARS_AHEAD:
        text = f"Chỉ soạn được lịch từ năm {now.year} đến năm {now.year + YEARS_AHEAD}."
        raise Refused([Reason("year_out_of_reach", text, "year")])
    first = [] if year in present_rows().years else _whole_year(year)
    row, fresh = CalendarDraft.objects.get_or_create(
        year=year, drafted_by_person=hand.person, status=DraftStatus.DRAFTING,
        defaults={
            "drafted_by": hand.actor.name, "drafted_by_key": hand.actor.key, "drafted_at": now,
            "changes": [each.to_json() for each in first],
        },
    )  # fmt: skip
    if fresh:
        record(hand.actor, "calendar.draft", f"calendar:{year}", at=now, draft=row.pk)
    return row.pk


@transaction.atomic
def add_changes(*, hand: Hand, number: int, revision: int, changed: Sequence[Change]) -> None:
    """Thêm dòng: refused, with the line that is wrong, when the draft would not hold together."""
    row = _own(hand, number, revision)
    lines = [*row.asked, *(replace(each, name=clean(each.name)) for each in changed)]
    _refuse_faults(lines, present_rows(), row.year)
    _write(row, lines)


@transaction.atomic
def remove_change(*, hand: Hand, number: int, revision: int, line: int) -> None:
    """Bỏ dòng: the line with this number, counted from 1."""
    row = _own(hand, number, revision)
    if not 1 <= line <= len(row.changes):
        raise NotFound
    _write(row, [each for place, each in enumerate(row.asked, 1) if place != line])


@transaction.atomic
def send_draft(*, hand: Hand, number: int, revision: int, note: str) -> None:
    """Gửi duyệt: from now on only another person decides; the grounds go with it."""
    row, now = _own(hand, number, revision), clock.now()
    refuse_if([*([] if row.changes else [EMPTY]), *_wanted("note", note, "căn cứ của thay đổi")])
    _refuse_faults(row.asked, present_rows(), row.year)
    row.status, row.sent_at, row.note = DraftStatus.WAITING, now, clean(note)
    row.save(update_fields=["status", "sent_at", "note"])
    facts = {"draft": row.pk, "note": row.note, "changes": row.changes}
    record(hand.actor, "calendar.send", f"calendar:{row.year}", at=now, **facts)
    publish(CalendarSent(f"calendar:{row.pk}:{row.revision}"))


@transaction.atomic
def take_back(*, hand: Hand, number: int, drop: bool = False) -> None:
    """Rút lại để sửa, or drop for good: by the drafter, as long as nobody has decided."""
    row, now = _locked(number), clock.now()
    open_now = row.status == DraftStatus.WAITING or (drop and row.status == DraftStatus.DRAFTING)
    refuse_if([] if open_now else [CHANGED_MEANWHILE])
    refuse_if([] if row.drafted_by_person == hand.person else [NOT_YOURS])
    other = CalendarDraft.objects.filter(
        year=row.year, drafted_by_person=hand.person, status=DraftStatus.DRAFTING
    )
    refuse_if([_open_another(row.year)] if not drop and other.exists() else [])
    row.status = DraftStatus.DROPPED if drop else DraftStatus.DRAFTING
    row.revision += 1
    _put_back(row)
    deed = "calendar.drop" if drop else "calendar.take_back"
    record(hand.actor, deed, f"calendar:{row.year}", at=now, draft=row.pk)


def _open_another(year: int) -> Reason:
    text = f"Ông/bà đang soạn một đề nghị khác cho năm {year}. Mời gửi hoặc bỏ đề nghị ấy."
    return Reason("draft_open", text)


def _put_back(row: CalendarDraft) -> None:
    """Keep the row; in another tab the drafter may have begun another in the same moment."""
    try:
        with transaction.atomic():
            row.save(update_fields=["status", "revision"])
    except IntegrityError as error:
        raise Refused([_open_another(row.year)]) from error


@transaction.atomic
def approve_draft(*, hand: Hand, number: int, revision: int, edition: int) -> int:
    """Duyệt: another person agrees to what they saw, on the calendar they saw it on; the new edition."""
    before = rows_alone()
    row, now = _to_decide(number, revision), clock.now()
    refuse_if(same_hand(row.drafted_by_person, hand))
    refuse_if([CALENDAR_MOVED] if edition != latest_edition() else [])
    refuse_if([_drifted(drift)] if (drift := calendar_drift()) else [])
    _refuse_faults(row.asked, before, row.year)
    put(before, changes.applied(before, row.asked))
    made = make_edition(at=now, by=hand.actor.name, before=before, draft_id=row.pk)
    _decide(row, hand, DraftStatus.APPROVED)
    facts = {"draft": row.pk, "edition": made, "changes": row.changes}
    record(hand.actor, "calendar.approve", f"calendar:{row.year}", at=now, **facts)
    return made


@transaction.atomic
def reject_draft(*, hand: Hand, number: int, revision: int, reason: str) -> None:
    """Không duyệt: another person says why; the calendar stays as it is."""
    row, now = _to_decide(number, revision), clock.now()
    refuse_if([*same_hand(row.drafted_by_person, hand), *_wanted("reason", reason, "lý do không duyệt")])  # fmt: skip
    _decide(row, hand, DraftStatus.REJECTED, clean(reason))
    facts = {"draft": row.pk, "reason": row.reason}
    record(hand.actor, "calendar.reject", f"calendar:{row.year}", at=now, **facts)


def _whole_year(year: int) -> list[Change]:
    off, swapped = seeds.known_days(year)
    return [
        Change(ChangeKind.ENTER, date(year, 1, 1)),
        *(Change(ChangeKind.DAY_OFF, day, name) for day, name in off),
        *(Change(ChangeKind.SWAP_DAY, day, name) for day, name in swapped),
    ]


def _locked(number: int) -> CalendarDraft:
    row = CalendarDraft.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def _own(hand: Hand, number: int, revision: int) -> CalendarDraft:
    """The draft, for the one who writes it, as it was last seen."""
    row = _locked(number)
    refuse_if([] if row.drafted_by_person == hand.person else [NOT_YOURS])
    same = row.status == DraftStatus.DRAFTING and row.revision == revision
    refuse_if([] if same else [CHANGED_MEANWHILE])
    return row


def _to_decide(number: int, revision: int) -> CalendarDraft:
    row = _locked(number)
    same = row.status == DraftStatus.WAITING and row.revision == revision
    refuse_if([] if same else [CHANGED_MEANWHILE])
    return row


def _decide(row: CalendarDraft, hand: Hand, status: DraftStatus, reason: str = "") -> None:
    row.status, row.reason, row.decided_at = status, reason, clock.now()
    row.decided_by, row.decided_by_key = hand.actor.name, hand.actor.key
    row.save(update_fields=["status", "reason", "decided_at", "decided_by", "decided_by_key"])


def _write(row: CalendarDraft, lines: Sequence[Change]) -> None:
    row.changes, row.revision = [each.to_json() for each in lines], row.revision + 1
    row.save(update_fields=["changes", "revision"])


def _refuse_faults(lines: Sequence[Change], rows: CalendarRows, year: int) -> None:
    refuse_if(changes.objections(lines, rows, year, clock.now().date()))


def _drifted(drift: Sequence[str]) -> Reason:
    text = (
        f"Bảng lịch đã bị sửa ngoài hệ thống ({'; '.join(drift[:3])}). Mời trả về bản đã duyệt "
        "bằng lệnh bin/manage work_calendar NĂM --restore rồi duyệt lại."
    )
    return Reason("calendar_drift", text)


def _wanted(field: str, text: str, what: str) -> list[Reason]:
    size = len(clean(text))
    if not size:
        return [Reason(f"{field}_missing", f"Mời nêu {what}.", field)]
    told = f"Dài {size} ký tự, tối đa {LONGEST} ký tự. Mời viết ngắn lại."
    return [Reason("too_long", told, field)] if size > LONGEST else []
