"""What a dossier should be by its journal: the steps told there, one after the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Told:
    """One step as the journal tells it."""

    seq: int
    source: str
    target: str
    revision: int
    result: str = ""  # the fingerprint of the result that it issued
    due: datetime | str | None = None  # the promised date that it set; "" if it took it away


@dataclass(frozen=True)
class Row:
    """A dossier as its row says it is."""

    status: str
    revision: int
    result: str
    due: datetime | None = None


def difference(steps: Iterable[Told], row: Row, first: str) -> str:
    """In what the row is not what the steps lead to, from the status `first` on; empty if it is.

    Law: SEC-06
    """
    here, number, issued = first, 0, ""
    due: datetime | str | None = None  # nothing is told of a date set before the journal named it
    for step in steps:
        if step.source != here or step.revision != number + 1:
            return (
                f"mục #{step.seq} nối từ {step.source} lần {step.revision - 1}, nhưng các mục trước "
                f"dẫn đến {here} lần {number}"
            )
        here, number, issued = step.target, step.revision, step.result or issued
        due = due if step.due is None else step.due
    if (row.status, row.revision) != (here, number):
        return (
            f"hồ sơ đang ghi {row.status} lần {row.revision}, nhật ký dẫn đến {here} lần {number}"
        )
    if issued and row.result != issued:
        return "tệp kết quả không phải tệp đã ban hành"
    if due is not None and (row.due or "") != due:
        return f"hồ sơ đang hẹn trả {row.due or 'không ngày nào'}, nhật ký hẹn {due or 'không ngày nào'}"
    return ""
