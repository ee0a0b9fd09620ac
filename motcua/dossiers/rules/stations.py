"""Judgements about a plan of interlinked settling: is it sound, and whose turn is it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from motcua.core.errors import Reason
from motcua.dossiers.stations import LONGEST, MOST, Per, Planned
from motcua.workdays.types import local

Plan = Mapping[int, Planned]  # by the number of the line


def plan_reasons(
    plan: Plan,
    places: Mapping[int, str],
    lead_unit: int,
    begun: Collection[int] = (),
    taken: Collection[int] = (),
) -> list[Reason]:
    """Everything wrong with a plan, each with its line.

    `begun` are the numbers of stations that run or are over already, `taken` the units that still
    have one of them. What is over takes no room: however often it is planned anew, it can be again.

    Law: WF-04, WF-05, WF-06
    """
    if not any(not line.is_lead for line in plan.values()) and not begun:
        text = "Chưa có đơn vị phối hợp nào. Mời anh/chị chọn ít nhất một đơn vị."
        return [Reason("nobody_planned", text, f"unit-{min(plan, default=1)}")]
    if len(plan) + len(taken) > MOST:
        text = f"Mỗi hồ sơ có nhiều nhất {MOST} dòng liên thông cùng lúc."
        return [Reason("plan_long", text, "plan")]
    found, seen = [], set(taken)
    for number, line in plan.items():
        found += _unit_reasons(number, line, places, lead_unit, seen)
        found += _limit_reasons(number, line)
        found += _need_reasons(number, line, plan, begun)
        seen.add(line.unit_id)
    return [*found, *_lead_reasons(plan), *_cycle_reasons(plan)]


def _unit_reasons(
    number: int, line: Planned, places: Mapping[int, str], lead_unit: int, seen: Collection[int]
) -> list[Reason]:
    where, found = f"unit-{number}", []
    if line.is_lead and line.unit_id != lead_unit:
        text = f"Dòng {number}: chủ trì phải là đơn vị đang giải quyết hồ sơ."
        found.append(Reason("lead_elsewhere", text, where))
    elif not line.is_lead and line.unit_id == lead_unit:
        text = f"Dòng {number}: đơn vị đang giải quyết hồ sơ là chủ trì, không phối hợp với mình."
        found.append(Reason("lead_as_member", text, where))
    elif not line.is_lead and line.unit_id not in places:
        text = f"Dòng {number}: mời anh/chị chọn một đơn vị trong danh sách, đang có người nhận."
        found.append(Reason("unit_unknown", text, where))
    elif line.unit_id in seen:
        name = places.get(line.unit_id, "đơn vị này")
        text = f"Dòng {number}: {name} đã có ở dòng khác. Mỗi đơn vị một dòng."
        found.append(Reason("unit_twice", text, where))
    if not line.task.strip():
        text = f"Dòng {number}: mời anh/chị ghi việc phải làm."
        found.append(Reason("task_missing", text, f"task-{number}"))
    return found


def _limit_reasons(number: int, line: Planned) -> list[Reason]:
    found = []
    if not 1 <= line.amount <= LONGEST:
        text = f"Dòng {number}: mời anh/chị ghi thời hạn là một số nguyên từ 1 đến {LONGEST}."
        found.append(Reason("limit_missing", text, f"amount-{number}"))
    if line.per not in set(Per):
        text = f"Dòng {number}: mời anh/chị chọn thời hạn tính bằng giờ hay ngày làm việc."
        found.append(Reason("limit_unit_missing", text, f"per-{number}"))
    return found


def _need_reasons(number: int, line: Planned, plan: Plan, begun: Collection[int]) -> list[Reason]:
    for need in sorted(line.needs):
        text = ""
        if need == number:
            text = "không chờ kết quả của chính mình."
        elif need not in plan and need not in begun:
            text = f"không có dòng {need} để chờ kết quả."
        elif need in plan and plan[need].is_lead:
            text = "không chờ được đơn vị chủ trì: chủ trì chờ kết quả của mọi đơn vị."
        if text:
            return [Reason("need_wrong", f"Dòng {number}: {text}", f"needs-{number}")]
    return []


def _lead_reasons(plan: Plan) -> list[Reason]:
    leads = [number for number, line in plan.items() if line.is_lead]
    if not leads:
        last = max(plan, default=1)
        text = f"Dòng {last}: chưa dòng nào là chủ trì. Mời anh/chị chọn đơn vị chủ trì."
        return [Reason("lead_missing", text, f"role-{last}")]
    return [
        Reason("lead_twice", f"Dòng {number}: chỉ một đơn vị chủ trì.", f"role-{number}")
        for number in leads[1:]
    ]


def _cycle_reasons(plan: Plan) -> list[Reason]:
    """A reason when lines wait for one another in a ring, with the lines of the ring."""
    needs = {number: line.needs & plan.keys() - {number} for number, line in plan.items()}
    stuck = set(needs)
    while free := {number for number in stuck if not needs[number] & stuck}:
        stuck -= free
    ring = set(stuck)  # without those that only wait for the ring
    while outer := {n for n in ring if not any(n in needs[other] for other in ring)}:
        ring -= outer
    if not ring:
        return []
    named = ", ".join(f"dòng {number}" for number in sorted(ring))
    first = min(ring)
    text = f"Dòng {first}: {named} chờ nhau thành vòng, không dòng nào bắt đầu được."
    return [Reason("needs_ring", text, f"needs-{first}")]


def needs_of(plan: Plan, begun: Collection[int] = ()) -> dict[int, frozenset[int]]:
    """What each line waits for; the lead waits for every other one, of this plan and begun before.

    Law: WF-04, WF-05
    """
    others = frozenset({n for n, line in plan.items() if not line.is_lead} | set(begun))
    return {number: others if line.is_lead else line.needs for number, line in plan.items()}


def one_after_another(plan: Plan, begun: Collection[int] = ()) -> dict[int, Planned]:
    """The plan as papers go: each line waits for the one before it, the lead comes last.

    Law: WF-04
    """
    members = [number for number, line in sorted(plan.items()) if not line.is_lead]
    before = dict(zip(members[1:], members[:-1], strict=True))
    if members and begun:
        before[members[0]] = max(begun)
    return {
        number: Planned(
            line.unit_id, line.task, line.amount, line.per, line.is_lead,
            frozenset({before[number]} if number in before else ()),
        )
        for number, line in plan.items()
    }  # fmt: skip


def ready(
    needs: Mapping[int, Iterable[int]], over: Collection[int], begun: Collection[int]
) -> list[int]:
    """The stations that can begin now: all that they wait for is over, and they have not begun.

    Law: WF-04, WF-05
    """
    return sorted(n for n, wanted in needs.items() if n not in begun and set(wanted) <= set(over))


def another_unit(plan: Plan, waiting: Mapping[int, int]) -> list[Reason]:
    """A reason for each line that was told to one unit and names another now.

    Law: WF-05
    """
    return [
        Reason(
            "unit_replaced",
            f"Dòng {number}: việc này đã báo cho đơn vị khác. Mời anh/chị để trống dòng này (đơn vị "
            "ấy được báo thôi chờ) và ghi đơn vị mới ở một dòng mới.",
            f"unit-{number}",
        )
        for number, line in sorted(plan.items())
        if waiting.get(number, line.unit_id) != line.unit_id
    ]


def past_the_date(
    foreseen: Mapping[int, datetime], overall_due: datetime | None, now: datetime
) -> list[Reason]:
    """A reason for each line that would end after the result is due; none when that is over already.

    Law: WF-05, DL-09
    """
    if overall_due is None or overall_due <= now:
        return []
    return [
        Reason(
            "past_the_date",
            f"Dòng {number}: theo kế hoạch đến {local(due):%H:%M ngày %d/%m/%Y} mới xong, sau hẹn trả "
            f"kết quả ({local(overall_due):%H:%M ngày %d/%m/%Y}).",
            f"amount-{number}",
        )
        for number, due in sorted(foreseen.items())
        if due > overall_due
    ]


def parts_after(ends: Iterable[tuple[str, datetime]], new: datetime) -> list[Reason]:
    """A reason for each unit that was given longer than to the earlier date a result shall have.

    Law: WF-05, DL-09
    """
    return [
        Reason(
            "parts_after",
            f"{unit} được giao đến {due:%H:%M ngày %d/%m/%Y}, sau ngày hẹn mới. Mời anh/chị chọn "
            "ngày muộn hơn, hoặc thôi chờ đơn vị này trước.",
            "new_due_at",
        )
        for unit, due in ends
        if due > new
    ]


def still_open(waiting: Collection[str]) -> list[Reason]:
    """A reason when a dossier is proposed while others still work on their part of it.

    Law: WF-05
    """
    if not waiting:
        return []
    text = (
        f"Còn chờ kết quả liên thông của {'; '.join(waiting)}. Mời anh/chị chờ, đôn đốc, hoặc "
        "thôi chờ và ghi lý do."
    )
    return [Reason("stations_open", text)]
