"""Keeping the catalogue of reasons: what officials pick from when they ask for corrections (INT-07).

A slip that went out keeps its words; the catalogue only says what the next ones begin with.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.text import clean, fold
from motcua.dossiers import rules
from motcua.dossiers.models import CorrectionReason

CODE_LENGTH = 40
CHANGED_MEANWHILE = Reason(
    "reason_changed",
    "Lý do vừa được người khác sửa. Mời tải lại trang để xem lời mới rồi sửa tiếp.",
    "text",
)
THERE_ALREADY = Reason("reason_there", "Danh mục đã có lý do này.", "text")


@dataclass(frozen=True)
class ReasonWords:
    """A reason as a keeper writes it: the sentence, its law, where it is offered, whether at all."""

    text: str
    legal_basis: str = ""
    for_papers: bool = True
    for_questions: bool = True
    is_active: bool = True


@transaction.atomic
def add_reason(*, keeper: Actor, words: ReasonWords) -> str:
    """Thêm lý do bổ sung, last in the list; returns its code."""
    words = _sound(words)
    code = slugify(fold(words.text))[:CODE_LENGTH].strip("-") or "ly-do"
    last = CorrectionReason.objects.aggregate(last=Max("place"))["last"] or 0
    try:
        with transaction.atomic():
            row = CorrectionReason.objects.create(code=code, place=last + 1, **asdict(words))
    except IntegrityError as error:
        raise Refused([THERE_ALREADY]) from error
    _note(keeper, row, words)
    return code


@transaction.atomic
def edit_reason(*, keeper: Actor, code: str, words: ReasonWords, seen: int | None = None) -> int:
    """Sửa lý do bổ sung; returns the new version. `seen` is the version that was read before."""
    row = CorrectionReason.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NotFound
    words = _sound(words)
    refuse_if([CHANGED_MEANWHILE] if seen not in (None, row.version) else [])
    for name, value in asdict(words).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    _note(keeper, row, words)
    return row.version


def _sound(words: ReasonWords) -> ReasonWords:
    words = replace(words, text=clean(words.text), legal_basis=clean(words.legal_basis))
    refuse_if(
        rules.unusable_reason(
            words.text, words.legal_basis, papers=words.for_papers, questions=words.for_questions
        )
    )
    return words


def _note(keeper: Actor, row: CorrectionReason, words: ReasonWords) -> None:
    record(
        keeper, "dossier.edit_reason", f"reason:{row.code}", at=clock.now(), version=row.version,
        **asdict(words),
    )  # fmt: skip
