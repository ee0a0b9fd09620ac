"""Keeping the words of the forms: one person drafts a version, another agrees."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import at_the_machine
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.core.two_persons import Hand, same_hand
from motcua.dossiers.events import FormDrafted
from motcua.dossiers.form_templates import objections, template_on
from motcua.dossiers.models import FormTemplate
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.sets import kinds_of
from motcua.law.types import FormSet, ProfileStatus

OPEN_ALREADY = Reason(
    "draft_open",
    "Đã có một bản dự thảo của mẫu này đang chờ duyệt. Mời duyệt hoặc bỏ bản ấy trước.",
)
SAME = Reason(
    "nothing_changed", "Nội dung giống hệt bản dùng từ ngày ấy, không có gì để gửi.", "html"
)
SETTLED = Reason("draft_settled", "Bản này vừa được người khác duyệt hoặc bỏ. Mời xem lại.")
LONGEST = 500
FIRST_DAYS = {FormSet.TT01_2018: date(2018, 6, 21), FormSet.TT03_2025: date(2025, 7, 1)}


@transaction.atomic
def seed_form_templates() -> int:
    """Enter the templates a house begins with; papers that have one already are left alone."""
    machine, now, made = at_the_machine(), clock.now(), 0
    for form_set in FormSet:
        for kind in kinds_of(form_set):
            if FormTemplate.objects.filter(form_set=form_set, kind=kind).exists():
                continue
            FormTemplate.objects.create(
                form_set=form_set, kind=kind, version=1, html=builtin(form_set, kind),
                valid_from=FIRST_DAYS[form_set], status=ProfileStatus.APPROVED,
                note="Bản khởi đầu của phần mềm", drafted_by=machine.name,
                drafted_by_key=machine.key, drafted_by_person=machine.key, drafted_at=now,
                decided_by=machine.name, decided_by_key=machine.key, decided_at=now,
            )  # fmt: skip
            record(machine, "form.seed", _subject(form_set, kind), at=now, version=1)
            made += 1
    return made


@transaction.atomic
def draft_template(
    *, hand: Hand, form_set: FormSet, kind: SlipKind, html: str, valid_from: date | None, note: str
) -> int:
    """Soạn phiên bản mới of a template; returns its number. It holds once another person agrees.

    Law: FRM-09
    """
    now, html, note = clock.now(), html.replace("\r\n", "\n").strip() + "\n", clean(note)
    rows = FormTemplate.objects.filter(form_set=form_set, kind=kind)
    refuse_if([*_when(valid_from, localdate(now)), *_why(note), *_wrong(form_set, kind, html)])
    assert valid_from is not None  # the objections have said so
    latest = rows.aggregate(Max("version"))["version__max"] or 0
    then = template_on(form_set, kind, valid_from)  # not the newest: that may begin later
    refuse_if([SAME] if then.split() == html.split() else [])
    refuse_if([OPEN_ALREADY] if rows.filter(status=ProfileStatus.DRAFT).exists() else [])
    try:
        with transaction.atomic():
            row = FormTemplate.objects.create(
                form_set=form_set, kind=kind, version=latest + 1, html=html, note=note,
                valid_from=valid_from, status=ProfileStatus.DRAFT, drafted_at=now,
                drafted_by=hand.actor.name, drafted_by_key=hand.actor.key,
                drafted_by_person=hand.person,
            )  # fmt: skip
    except IntegrityError as error:  # somebody drafted in the same moment
        raise Refused([OPEN_ALREADY]) from error
    facts = {"version": row.version, "valid_from": valid_from, "note": note, "html": html}
    record(hand.actor, "form.draft", _subject(form_set, kind), at=now, **facts)
    publish(FormDrafted(f"form:{row.pk}"))
    return row.version


@transaction.atomic
def approve_template(*, hand: Hand, form_set: FormSet, kind: SlipKind, number: int) -> date:
    """Duyệt: the version holds from its day, or from today when that has passed; returns the day.

    Law: FRM-09
    """
    row = _to_settle(form_set, kind, number)
    refuse_if([*same_hand(row.drafted_by_person, hand), *_wrong(form_set, kind, row.html)])
    row.valid_from = max(row.valid_from, localdate(clock.now()))
    _settle(row, hand, ProfileStatus.APPROVED)
    return row.valid_from


@transaction.atomic
def reject_template(
    *, hand: Hand, form_set: FormSet, kind: SlipKind, number: int, reason: str
) -> None:
    """Không duyệt, or the drafter takes it back: the draft is put away with the reason."""
    row = _to_settle(form_set, kind, number)
    said = clean(reason)
    missing = Reason("reason_missing", "Mời nêu lý do không duyệt.", "reason")
    refuse_if([*([] if said else [missing]), *_too_long("reason", said)])
    _settle(row, hand, ProfileStatus.REJECTED, said)


def _wrong(form_set: FormSet, kind: SlipKind, html: str) -> list[Reason]:
    try:
        return objections(form_set, kind, html)
    except Refused as no:
        return [*no.reasons]


def _when(start: date | None, today: date) -> list[Reason]:
    if start is None:
        text = "Ngày bắt đầu dùng chưa đúng. Mời nhập ngày, tháng, năm, ví dụ 1 12 2026."
        return [Reason("start_unreadable", text, "valid_from")]
    if start < today:
        text = f"Ngày bắt đầu dùng phải từ hôm nay ({today:%d/%m/%Y}) trở đi."
        return [Reason("start_in_past", text, "valid_from")]
    return []


def _why(note: str) -> list[Reason]:
    if not note:
        return [Reason("note_missing", "Mời nêu lý do hoặc văn bản làm căn cứ sửa mẫu.", "note")]
    return _too_long("note", note)


def _too_long(key: str, text: str) -> list[Reason]:
    told = f"Dài {len(text)} ký tự, tối đa {LONGEST} ký tự. Mời viết ngắn lại."
    return [Reason("too_long", told, key)] if len(text) > LONGEST else []


def _to_settle(form_set: FormSet, kind: SlipKind, number: int) -> FormTemplate:
    """The draft, locked; whoever comes second is told that it is settled."""
    rows = FormTemplate.objects.select_for_update()
    row = rows.filter(form_set=form_set, kind=kind, version=number).first()
    if row is None:
        raise NotFound
    refuse_if([SETTLED] if row.status != ProfileStatus.DRAFT else [])
    return row


def _settle(row: FormTemplate, hand: Hand, status: ProfileStatus, reason: str = "") -> None:
    now = clock.now()
    row.status, row.reason = status, reason
    row.decided_by, row.decided_by_key, row.decided_at = hand.actor.name, hand.actor.key, now
    row.save(
        update_fields=[
            "status", "reason", "valid_from", "decided_by", "decided_by_key", "decided_at",
        ]
    )  # fmt: skip
    deed = "form.approve" if status is ProfileStatus.APPROVED else "form.reject"
    subject = _subject(FormSet(row.form_set), SlipKind(row.kind))
    record(hand.actor, deed, subject, at=now, version=row.version, reason=reason)


def _subject(form_set: FormSet, kind: SlipKind) -> str:
    return f"form:{form_set}:{kind}"
