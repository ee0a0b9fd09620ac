"""The checklist of papers: what an official marked beside each, on the dossier page and at the counter.

A paper is `check-<code>`: yes (Đạt) or no (Chưa đạt). One tick may stand for all that have no mark
of their own. Nothing is ever marked beforehand; the rule that every paper needs its mark lives in
the action.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from motcua.core.errors import Reason
from motcua.core.text import clean
from motcua.dossiers.web.desk_forms import LEGAL_BASIS_HINT, LONGEST, Line, StepForm, too_long

ALL_RIGHT = "all-right"
MARKS, MARKS_MOST = "counter_marks", 20  # dossiers whose marks a session remembers
DEFICIENCIES = (
    "Thiếu giấy tờ này",
    "Ảnh chụp mờ, không đọc được",
    "Thiếu trang",
    "Thiếu chữ ký hoặc con dấu",
    "Giấy tờ đã hết hạn",
    "Thông tin không khớp với tờ khai",
    "Chưa được công chứng, chứng thực",
)


def found_right(typed: Mapping[str, Any], papers: Iterable[str]) -> set[str]:
    """The papers marked “Đạt”, one by one or all at once; a mark of its own counts more."""
    others = "yes" if typed.get(ALL_RIGHT) else ""
    return {code for code in papers if (typed.get(f"check-{code}") or others) == "yes"}


def found_wrong(typed: Mapping[str, Any], papers: Iterable[str]) -> list[str]:
    """The papers marked “Chưa đạt”."""
    return [code for code in papers if typed.get(f"check-{code}") == "no"]


def beside_papers(reasons: Iterable[Reason]) -> dict[str, str]:
    """What is said beside a paper, by its code."""
    found: dict[str, str] = {}
    for reason in reasons:
        if reason.code.startswith(("paper_", "document_")):
            found[reason.field] = f"{found.get(reason.field, '')} {reason.text}".strip()
    return found


def keep_marks(request: HttpRequest, reference: str, papers: Iterable[str]) -> None:
    """Remember what this official marked before the dossier could be opened, until it is."""
    codes = list(papers)
    right, wrong = found_right(request.POST, codes), found_wrong(request.POST, codes)
    marks = dict.fromkeys(sorted(right), "yes") | dict.fromkeys(wrong, "no")
    if marks:
        earlier = list(request.session.get(MARKS, {}).items())[-MARKS_MOST + 1 :]
        request.session[MARKS] = dict(earlier) | {reference: marks}


def marks_kept(request: HttpRequest, reference: str) -> dict[str, str]:
    """What this official marked at the counter of the papers of this dossier."""
    marks: dict[str, str] = request.session.get(MARKS, {}).get(reference, {})
    return marks


class AcceptForm(StepForm):
    """Tiếp nhận: nothing to type; the checklist above it says which papers are right."""

    def __init__(self, *args: Any, slots: Sequence[tuple[str, str]] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.papers = [code for code, _ in slots]

    def clean(self) -> dict[str, Any]:
        """The papers found right; refuses what the same page calls incomplete."""
        if found_wrong(self.data, self.papers):
            raise forms.ValidationError(
                "Trong danh mục kiểm tra còn giấy tờ “Chưa đạt”. Mời anh/chị bấm Yêu cầu bổ sung, "
                "hoặc sửa lại thành “Đạt” rồi bấm Tiếp nhận."
            )
        return self.cleaned_data | {"checked": found_right(self.data, self.papers)}


class SupplementForm(StepForm):
    """Yêu cầu bổ sung: every deficiency in one go, read from the checklist."""

    legal_basis = Line("Căn cứ pháp lý", required=False, help_text=LEGAL_BASIS_HINT)

    def __init__(self, *args: Any, slots: Sequence[tuple[str, str]] = (), **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.slots = slots

    def clean(self) -> dict[str, Any]:
        """Collect the papers marked “Chưa đạt”, each with its sentence."""
        items = [
            (slot, text) for slot, _ in self.slots if (text := self._deficiency(slot)) is not None
        ]
        if other := clean(self.data.get("other", "")):
            items.append(("", other))
            if len(other) > LONGEST:
                self.add_error(None, too_long("Nội dung khác cần bổ sung", LONGEST))
        for slot, name in self.slots:
            if any(to == slot and len(text) > LONGEST for to, text in items):
                self.add_error(None, too_long(name, LONGEST))
            if (slot, "") in items:
                self.add_error(None, f"Mời anh/chị cho biết “{name}” chưa đạt ở điểm nào.")
        if not items:
            self.add_error(
                None,
                "Mời anh/chị đánh dấu “Chưa đạt” và ghi lý do ở ít nhất một giấy tờ, "
                "hoặc ghi nội dung khác cần bổ sung, rồi bấm Yêu cầu bổ sung.",
            )
        return self.cleaned_data | {"items": items}

    def _deficiency(self, slot: str) -> str | None:
        """What is wrong with the paper in `slot`: `None` when it is not marked, empty when not said."""
        if self.data.get(f"check-{slot}") != "no":
            return None
        said = (clean(self.data.get(f"{part}-{slot}", "")) for part in ("why", "more"))
        return ". ".join(part.rstrip(".") for part in said if part)
