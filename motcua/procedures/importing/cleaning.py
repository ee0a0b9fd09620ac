"""The judgements both source shapes share: codes, durations, money, papers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from motcua.core.text import clean, fold
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.types import Detail, Duration, Fee, Slot

CODE = re.compile(r"^\d\.\d{6}$")
_UNITS = {
    "ngay lam viec": "working_day",
    "ngay": "calendar_day",
    "gio": "working_hour",
    "gio lam viec": "working_hour",
    "thang": "month",
}
_CAP = re.compile(r"\b(toi da|khong qua|muc tran|khong vuot qua)\b")
_HEADING = re.compile(
    r"^(giay to phai|thanh phan ho so|luu y|ho so|a thanh phan|ho so gom|ghi chu|cach thuc)"
)
_SHOWN = re.compile(r"phai xuat trinh|xuat trinh|luu y|ghi chu")
_CONDITIONAL = re.compile(
    r"\b(neu co|neu|truong hop|doi voi|hoac|uy quyen|xuat trinh|mot trong cac|mot trong so)\b"
)
_LEADING = re.compile(r"^[\s*+\-–—•]+|^\(?[a-zđivx0-9]{1,4}[).]\s+", re.IGNORECASE)
_SETS = re.compile(r"so (?:luong|bo)(?: ho so)?\W{0,4}0?(\d)\b(?: ?\(?\w+\)?)? ?bo\b")
_MONEY = re.compile(r"\d[\d., ]*")
MIN_MONEY = 1000  # no fee in law is below a thousand đồng
MAX_LIMIT = 3660


@dataclass(frozen=True)
class RawPaper:
    """A paper as the source lists it."""

    name: str
    case: str
    originals: int
    copies: int
    code: str = ""
    replaced_by: str = ""
    form_name: str = ""
    form_url: str = ""


def text(value: Any) -> str:
    """A clean string, whatever the source put there."""
    return "" if value is None else clean(str(value))


def texts(values: Any) -> tuple[str, ...]:
    """Clean strings of a list that may be null, each once."""
    return tuple(dict.fromkeys(filter(None, (text(value) for value in values or ()))))


def duration(value: Any, unit: Any, where: str, flaws: Flaws) -> Duration | None:
    """A time limit; without a unit it is counted in working days, and that is reported.

    Law: CAT-17, DL-01
    """
    number = count(value)
    if number is None or number <= 0:
        return None
    if number > MAX_LIMIT:
        flaws.note(where, "Thời hạn quá lớn", "Bỏ thời hạn, giữ lời ghi", f"{value} {unit}")
        return None
    named = fold(text(unit))
    if named in _UNITS:
        return Duration(number, _UNITS[named])
    problem = "Thời hạn không có đơn vị" if not named else "Đơn vị thời hạn không rõ"
    flaws.note(where, problem, "Tính theo ngày làm việc", f"{value} {text(unit)}".strip())
    return Duration(number, "working_day")


def count(value: Any) -> int | None:
    """A whole number, or none when there is none to read."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value)
    found = re.match(r"\s*(\d{1,9})", str(value))
    return int(found.group(1)) if found else None


def money(value: Any) -> int | None:
    """Đồng from 100000, "1.000.000", "10,000 đồng" or "không"; none when unreadable."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    plain = text(value)
    if fold(plain) in {"", "khong", "mien phi", "khong thu"}:
        return 0
    found = _MONEY.search(plain)
    return int(re.sub(r"\D", "", found.group())[:15]) if found else None


def fee(amount: int, note: str, kind: str, where: str, flaws: Flaws) -> Fee:
    """A fee; an impossible amount or a cap is kept, marked and reported."""
    if 0 < amount < MIN_MONEY:
        flaws.note(
            where, "Số tiền dưới 1.000 đồng", "Giữ số liệu, đánh dấu cần kiểm tra",
            f"{amount} {note}",
        )  # fmt: skip
        return Fee(amount, note, kind, doubtful=True)
    if _CAP.search(fold(note)):
        flaws.note(where, "Mức trần lẫn với mức thu", "Ghi là mức tối đa", note)
        return Fee(amount, note, "cap")
    return Fee(amount, note, kind)


def slots(papers: Iterable[RawPaper], flaws: Flaws) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """The papers to file, and the notes that stood among them.

    A paper with neither originals nor copies is a note (a flaw of the source); a paper that the
    text itself makes conditional is not required of everyone.

    Law: CAT-06
    """
    kept: list[Slot] = []
    notes: list[str] = []
    seen: set[tuple[str, str]] = set()
    for paper in papers:
        name = _LEADING.sub("", paper.name).strip() or paper.name
        if not name or (name, paper.case) in seen:
            if name:
                flaws.note("documents", "Giấy tờ lặp lại", "Giữ một lần", name)
            continue
        seen.add((name, paper.case))
        if paper.originals <= 0 and paper.copies <= 0:
            flaws.note("documents", "Giấy tờ 0 bản chính, 0 bản sao", "Chuyển thành ghi chú", name)
            notes.append(name)
            continue
        kept.append(_slot(paper, name, len(kept) + 1))
    return tuple(kept), tuple(notes)


def _slot(paper: RawPaper, name: str, number: int) -> Slot:
    """One slot: its case when the heading really is a case, required when nothing says “if”."""
    heading = fold(_LEADING.sub("", paper.case)).rstrip(" :")
    is_case = bool(heading) and not _HEADING.match(heading) and "uy quyen" not in heading
    optional = (
        bool(_SHOWN.search(heading))
        or "uy quyen" in heading
        or bool(_CONDITIONAL.search(fold(re.split(r"[;.(]", name, maxsplit=1)[0])[:160]))
    )
    return Slot(
        code=f"p{number:02d}",
        name=name,
        case=_LEADING.sub("", paper.case).rstrip(" :") if is_case else "",
        required=not optional,
        originals=max(0, paper.originals),
        copies=max(0, paper.copies),
        note="" if is_case or not heading else paper.case.strip(" *:-"),
        paper_code=paper.code,
        replaced_by=paper.replaced_by,
        form_name=paper.form_name,
        form_url=paper.form_url,
    )


def sets_in(told: Iterable[str]) -> int:
    """How many sets of the dossier are asked for, where a note says so; 0 when none does.

    Law: CAT-01
    """
    for line in told:
        if found := _SETS.search(fold(line)):
            return int(found.group(1))
    return 0


_NEEDED = (
    ("agencies", "Thiếu cơ quan thực hiện"),
    ("kind", "Thiếu loại thủ tục"),
    ("ministry_code", "Thiếu mã bộ"),
    ("channels", "Thiếu cách thức thực hiện"),
    ("slots", "Thiếu thành phần hồ sơ"),
    ("results", "Thiếu kết quả"),
    ("legal_bases", "Thiếu căn cứ pháp lý"),
    ("steps", "Thiếu trình tự"),
    ("levels", "Thiếu cấp thực hiện"),
    ("field", "Thiếu lĩnh vực"),
    ("subjects", "Thiếu đối tượng"),
)


def check_missing(detail: Detail, flaws: Flaws) -> None:
    """Report every basic component that the source left empty (CAT-01)."""
    for name, problem in _NEEDED:
        if not getattr(detail, name):
            flaws.note(name, problem, "Nhập, để trống")


def usable(code: str, name: str, flaws: Flaws) -> bool:
    """Whether the record can stand for a procedure at all.

    Law: CAT-04
    """
    if not CODE.match(code):
        flaws.note("code", "Mã thủ tục sai dạng N.NNNNNN", "Không nhập bản ghi này", code)
        return False
    if not name:
        flaws.note("name", "Thiếu tên thủ tục", "Không nhập bản ghi này")
        return False
    return True
