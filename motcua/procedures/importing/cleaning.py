"""The judgements both source shapes share: codes, papers, sets, what is missing or too long."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from motcua.core.text import fold
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.types import Detail, FormFile, Slot

CODE = re.compile(r"^\d\.\d{6}$")
_HEADING = re.compile(
    r"^(giay to phai|thanh phan ho so|luu y|ho so|a thanh phan|ho so gom|ghi chu|cach thuc)"
)
_SHOWN = re.compile(r"phai xuat trinh|xuat trinh|luu y|ghi chu")
_CONDITIONAL = re.compile(
    r"\b(neu co|neu|truong hop|doi voi|hoac|uy quyen|xuat trinh|mot trong cac|mot trong so)\b"
)
_LEADING = re.compile(r"^[\s*+\-–—•]+|^\(?[a-zđivx0-9]{1,4}[).]\s+", re.IGNORECASE)
_SETS = re.compile(
    r"so (?:luong|bo)(?: ho so)?\W{0,4}0?(\d{1,2})\b(?: ?\([^()]{1,20}\)| \w+)? ?bo\b"
)
_BO = re.compile(
    r"\bb[oộ]\b", re.IGNORECASE
)  # seen quickly, so that few lines are looked at closely
_NUMBERS = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")


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


@dataclass(frozen=True)
class Papers:
    """What the source asks for in papers: slots, the notes among them, forms that go with no slot."""

    slots: tuple[Slot, ...]
    notes: tuple[str, ...]
    form_files: tuple[FormFile, ...] = ()


def slots(papers: Iterable[RawPaper], flaws: Flaws) -> Papers:
    """The papers to file, the notes that stood among them, and the forms that go with a note.

    A paper with neither originals nor copies is a note (a flaw of the source); a paper that the
    text itself makes conditional is not required of everyone.

    Law: CAT-06
    """
    kept: list[Slot] = []
    notes: list[str] = []
    files: list[FormFile] = []
    seen: set[tuple[str, str]] = set()
    for paper in papers:
        name = (
            _LEADING.sub("", paper.name).strip() or paper.name or _named_by_its_form(paper, flaws)
        )
        if not name:
            continue
        if (name, paper.case) in seen:
            flaws.note("documents", "Giấy tờ lặp lại", "Giữ một lần", name)
            continue
        seen.add((name, paper.case))
        if paper.originals <= 0 and paper.copies <= 0:
            flaws.note("documents", "Giấy tờ 0 bản chính, 0 bản sao", "Chuyển thành ghi chú", name)
            notes.append(name)
            if paper.form_name or paper.form_url or paper.code:
                files.append(FormFile(paper.form_name or name, paper.form_url, paper.code))
            continue
        kept.append(_slot(paper, name, len(kept) + 1))
    return Papers(tuple(kept), tuple(notes), tuple(files))


def _named_by_its_form(paper: RawPaper, flaws: Flaws) -> str:
    """What a paper without a name may be called; none when the source says nothing of it."""
    told = [paper.form_name, paper.code, paper.replaced_by, paper.form_url]
    if name := next(filter(None, told), ""):
        problem = "Giấy tờ không có tên"
        flaws.note("documents", problem, "Gọi theo mẫu đơn hoặc mã của nó", " ".join(told))
    elif paper.originals or paper.copies:
        flaws.note("documents", "Giấy tờ không có tên", "Bỏ qua", paper.case)
    return name


def empty_cases(cases: Iterable[tuple[str, bool]], flaws: Flaws) -> list[str]:
    """Notes of the cases (trường hợp) that ask for no paper at all.

    Law: CAT-06
    """
    found = []
    for case, has_papers in cases:
        if case and not has_papers:
            flaws.note("documents", "Trường hợp không có giấy tờ nào", "Chuyển thành ghi chú", case)
            found.append(case)
    return found


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
        if _BO.search(line) and (found := _SETS.search(fold(line))):
            return int(found.group(1))
    return 0


def sets_of(said: str, flaws: Flaws) -> int:
    """How many sets a field of its own asks for: “2”, “02 (hai) bộ” or “hai”; 0 when unreadable.

    Law: CAT-01
    """
    folded = fold(said)
    if found := re.fullmatch(r"(\d{1,2})\b.{0,30}", folded):
        return int(found.group(1))
    word = folded.partition(" ")[0]
    if word in _NUMBERS:
        return _NUMBERS.index(word)
    if said:
        done = "Giữ lời ghi ở lưu ý về giấy tờ"
        flaws.note("SOBOHOSO", "Không đọc được số bộ hồ sơ", done, said)
    return 0


# The columns by which lists are narrowed are short; the page shows the whole text.
FIELD_SIZE, LEVEL_SIZE, SUBJECT_SIZE, CODE_SIZE = 250, 40, 120, 40
_SIZES = (
    ("field", FIELD_SIZE), ("field_code", CODE_SIZE), ("ministry_code", CODE_SIZE),
    ("levels", LEVEL_SIZE), ("subjects", SUBJECT_SIZE), ("decision", FIELD_SIZE),
)  # fmt: skip


def check_sizes(detail: Detail, flaws: Flaws) -> None:
    """Report what is too long for the column that lists are narrowed by (CAT-05)."""
    for name, size in _SIZES:
        given = getattr(detail, name)
        for value in (given,) if isinstance(given, str) else given:
            if len(value) > size:
                done = f"Xếp nhóm theo {size} chữ đầu, trang thủ tục giữ nguyên"
                flaws.note(name, "Nội dung quá dài", done, value)


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
