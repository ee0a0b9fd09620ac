"""Reading the calendar."""

from dataclasses import dataclass, field
from datetime import date

from motcua.core.errors import NotFound, Reason
from motcua.workdays.models import (
    CalendarDraft,
    CalendarEdition,
    DayOff,
    OfficeHours,
    Stamp,
    SwapDay,
    WorkYear,
)
from motcua.workdays.rules import changes
from motcua.workdays.types import WorkCalendar
from motcua.workdays.types.changes import (
    CalendarRows,
    CalendarTask,
    DraftFacts,
    DraftStatus,
    EditionFacts,
)

FIRST_MONTH_TO_ASK = 10
NEEDED_BY = (12, 15)  # month and day: from then on dates are promised into January every day
EDITIONS_SHOWN = 50


@dataclass
class _Held:
    """What this process knows of the calendar of one stamp; replaced whole, never changed by another."""

    stamp: int
    rows: CalendarRows
    number: int
    calendars: dict[tuple[object, ...], WorkCalendar] = field(default_factory=dict)


_held: list[_Held] = []  # at most one


def work_calendar(agency_id: int | None = None, unit_id: int | None = None) -> WorkCalendar:
    """The calendar in force, for the whole authority or with an agency's or a unit's own hours.

    One query; read again only when something has changed. Owners of the same hours share one.
    """
    stamp = Stamp.objects.values_list("number", flat=True).first() or 0
    held = next((held for held in _held if held.stamp == stamp and stamp), None)
    if held is None:
        held = _read()
        _held[:] = [held]
    hours = changes.hours_of(held.rows.hours, owners_of(agency_id, unit_id))
    if hours not in held.calendars:
        owners = owners_of(agency_id, unit_id)
        held.calendars[hours] = changes.calendar_from(held.rows, owners, held.number)
    return held.calendars[hours]


def _read() -> _Held:
    """The tables and the number of their edition, of one moment: read again if they moved meanwhile."""
    while True:
        stamp = Stamp.objects.values_list("number", flat=True).first() or 0
        held = _Held(stamp, present_rows(), latest_edition())
        if stamp == (Stamp.objects.values_list("number", flat=True).first() or 0):
            return held


def calendar_of_edition(
    number: int, agency_id: int | None = None, unit_id: int | None = None
) -> WorkCalendar:
    """The calendar as it was in a past edition; `NotFound` when there never was one."""
    owners = owners_of(agency_id, unit_id)
    return changes.calendar_from(rows_of_edition(number), owners, number)


def rows_of_edition(number: int) -> CalendarRows:
    """Everything an edition kept."""
    row = CalendarEdition.objects.filter(number=number).first()
    if row is None:
        raise NotFound
    return CalendarRows.from_json(row.snapshot)


def latest_edition() -> int:
    """The number of the present edition; 0 before the first."""
    return CalendarEdition.objects.values_list("number", flat=True).first() or 0


def owners_of(agency_id: int | None, unit_id: int | None) -> tuple[str, ...]:
    """Whose hours count for a unit, the last first asked."""
    agency = (f"agency:{agency_id}",) if agency_id else ()
    return ("", *agency, *((f"unit:{unit_id}",) if unit_id else ()))


def present_rows() -> CalendarRows:
    """The rows of the calendar as they stand in the tables."""
    return CalendarRows(
        dict(WorkYear.objects.values_list("year", "confirmed")),
        dict(DayOff.objects.values_list("day", "name")),
        dict(SwapDay.objects.values_list("day", "name")),
        tuple(row.own for row in OfficeHours.objects.all()),
    )


def days_of(year: int) -> tuple[list[DayOff], list[SwapDay]]:
    """The exceptional days of a year: off, and worked in their place."""
    return (
        list(DayOff.objects.filter(day__year=year)),
        list(SwapDay.objects.filter(day__year=year)),
    )


def draft(number: int) -> DraftFacts:
    """One draft; `NotFound` when there is none."""
    row = CalendarDraft.objects.filter(pk=number).first()
    if row is None:
        raise NotFound
    return row.facts


def open_drafts(year: int | None = None) -> list[DraftFacts]:
    """The drafts that somebody works on or that wait for a second person, the oldest first."""
    rows = CalendarDraft.objects.filter(status__in=(DraftStatus.DRAFTING, DraftStatus.WAITING))
    rows = rows.filter(year=year) if year else rows
    return [row.facts for row in rows.order_by("pk")]


def editions() -> list[EditionFacts]:
    """The last editions, the newest first."""
    return [row.facts for row in CalendarEdition.objects.all()[:EDITIONS_SHOWN]]


def calendar_alarms(today: date) -> list[Reason]:
    """Why deadlines can no longer be counted, or are counted on a guess."""
    years = dict(WorkYear.objects.values_list("year", "confirmed"))
    alarms = []
    for year in _asked_for(today):
        if year not in years:
            text = f"Chưa có lịch làm việc năm {year}: chưa thể hẹn trả kết quả sang năm này."
            alarms.append(Reason("year_not_configured", text))
        elif not years[year] and today >= _needed_by(year):
            text = (
                f"Lịch làm việc năm {year} vẫn là lịch dự kiến, lẽ ra phải xác nhận trước "
                f"{_needed_by(year):%d/%m/%Y}."
            )
            alarms.append(Reason("year_not_confirmed", text))
    return alarms


def calendar_tasks(today: date) -> list[CalendarTask]:
    """What the keeper of the calendar still has time for: provisional years to be confirmed."""
    years = dict(WorkYear.objects.values_list("year", "confirmed"))
    return [
        CalendarTask(
            f"đối chiếu lịch năm {year} với văn bản công bố rồi xác nhận "
            "(hiện là lịch dự kiến do phần mềm tính)",
            _needed_by(year),
        )
        for year in _asked_for(today)
        if years.get(year) is False and today < _needed_by(year)
    ]


def calendar_drift() -> list[str]:
    """What somebody changed in the tables by hand: differences from the last edition, in words."""
    stamp = Stamp.objects.values_list("number", flat=True).first()
    last = CalendarEdition.objects.first()
    if stamp is None or (last is not None and last.stamp == stamp):
        return []
    before = CalendarRows.from_json(last.snapshot) if last else CalendarRows()
    told = changes.changed(before, present_rows())
    return told or ["bảng lịch đã bị ghi, nay lại như cũ"]


def _asked_for(today: date) -> list[int]:
    return [today.year] + ([today.year + 1] if today.month >= FIRST_MONTH_TO_ASK else [])


def _needed_by(year: int) -> date:
    return date(year - 1, *NEEDED_BY)
