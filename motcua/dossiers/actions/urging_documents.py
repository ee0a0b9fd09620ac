"""The head of the one-stop unit signs a document that urges a slow unit; its head answers (WF-10)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from motcua.agencies.queries import (
    acting_posts,
    agency_facts,
    head_posts,
    post_contact,
    unit_names,
    whose_unit,
)
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import rules
from motcua.dossiers.events import AnswerLate, UnitAnswered, UnitUrged
from motcua.dossiers.models import UrgedLine, UrgingDocument, next_urging
from motcua.dossiers.rules import urging as judged
from motcua.dossiers.urging_documents import MOST, SlowDossier, may_answer, readable, slow_dossiers
from motcua.dossiers.urging_paper import office_of
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from motcua.agencies.models import Post

FURTHEST = 30  # days within which an answer can be asked for
LOOKED_BACK = timedelta(days=14)  # for a house whose clock stood still


@transaction.atomic
def sign_urging(
    *, post: Post, unit_id: int, chosen: Collection[str], text: str, answer_by: date
) -> UrgingDocument:
    """Ký văn bản đôn đốc: one document to one unit, by order of the head of the agency."""
    signing, by_order = judged.signers(acting_posts([post.agency_id], judged.SIGNERS))
    if post.pk not in signing:
        raise NotFound
    now = clock.now()
    refuse_if(
        rules.required_text("text", text, "Mời ghi nội dung đôn đốc.")
        + _day_wrong(post, answer_by, localdate(now))
    )
    order = next_urging(post.agency_id, localdate(now).year)  # one document at a time from here on
    rows = _chosen(post, unit_id, chosen)
    told, leaders = _recipients(post, unit_id)
    agency = agency_facts(post.agency_id)
    document = UrgingDocument.objects.create(
        agency_id=post.agency_id, unit_id=unit_id, year=localdate(now).year, order=order,
        text=text.strip(), answer_by=answer_by, signed_at=now, signer=post,
        signed_by=post.holder_name, copies=_copies(post, leaders),
        signer_title=judged.signature(agency.kind, post.title, by_order=by_order),
        unit_name=unit_names([unit_id], agency.id)[unit_id], office=asdict(office_of(agency)),
    )  # fmt: skip
    document.recipients.add(*told)
    _name(document, rows, post, now)
    publish(UnitUrged(document.pk, subject=f"urging:{document.pk}"))
    return document


def _day_wrong(post: Post, day: date, today: date) -> list[Reason]:
    """Why a unit cannot be asked to answer by this day."""
    if (day - today).days > FURTHEST:
        text = f"Hạn trả lời xa nhất là {FURTHEST} ngày kể từ hôm nay."
        return [Reason("answer_far", text, "answer_by")]
    is_open = day < today or work_calendar(post.agency_id).is_open(day)
    return judged.answer_day(day, today, is_open=is_open)


def _chosen(post: Post, unit_id: int, chosen: Collection[str]) -> list[SlowDossier]:
    """The dossiers as they were seen and ticked; refused when one of them is slow no more.

    They are looked for by their numbers: what became slow meanwhile pushes none of them out.
    """
    if not chosen:
        raise Refused([Reason("none_chosen", "Mời đánh dấu ít nhất một hồ sơ.", "chon")])
    if (number := len(set(chosen))) > MOST:
        text = (
            f"Mỗi văn bản nêu nhiều nhất {MOST} hồ sơ; anh/chị đang chọn {number}. Mời bỏ bớt, hồ sơ "
            "còn lại vào văn bản sau."
        )
        raise Refused([Reason("too_many_chosen", text, "chon")])
    rows = slow_dossiers(post, unit_id, chosen)
    if len(rows) < len(set(chosen)):
        text = (
            "Có hồ sơ đã đi tiếp hoặc đã nêu trong văn bản khác từ khi anh/chị mở trang. "
            "Mời xem lại danh sách."
        )
        raise Refused([Reason("slow_no_more", text, "chon")])
    return rows


def _recipients(post: Post, unit_id: int) -> tuple[list[int], list[int]]:
    """The heads of the unit with the leaders over it; and these leaders alone."""
    seats = acting_posts([whose_unit(unit_id)], [Role.APPROVER])
    leaders = [seat.id for seat in seats if seat.id != post.pk]
    told = [*head_posts([unit_id]).get(unit_id, ()), *leaders]
    if not told:
        text = "Đơn vị này và cơ quan của đơn vị chưa có ai để nhận văn bản đôn đốc."
        raise Refused([Reason("nobody_to_urge", text)])
    return told, leaders


def _copies(post: Post, leaders: list[int]) -> str:
    """Nơi nhận, as it stands under the document."""
    names = [f"lãnh đạo: {post_contact(each)[0]}" for each in leaders]
    return "; ".join(["Như trên", *names, f"lưu: {post.unit.name}"])


def _name(
    document: UrgingDocument, rows: list[SlowDossier], post: Post, now: datetime
) -> None:  # fmt: skip
    """Write down the dossiers of the document, and it in the journal of each of them."""
    UrgedLine.objects.bulk_create(
        UrgedLine(
            document=document, dossier_id=row.id, code=row.code, due_at=row.due_at,
            status=row.status, why=row.why,
        )
        for row in rows
    )  # fmt: skip
    for row in sorted(rows, key=lambda each: each.reference):  # the same order for every writer
        record(
            post.actor, "dossier.urging_document", row.reference, at=now,
            number=document.number, unit=document.unit_id,
        )  # fmt: skip


@transaction.atomic
def answer_document(*, post: Post, number: int, answer: str) -> UrgingDocument:
    """Trả lời văn bản đôn đốc: the head of the unit says how it stands; once."""
    mine = readable(post).filter(pk=number)
    document = mine.select_for_update(of=("self",)).first()
    if document is None or not may_answer(post, document):
        raise NotFound
    refuse_if(rules.required_text("answer", answer, "Mời ghi nội dung trả lời."))
    if document.answered_at is not None:
        text = f"{document.answered_by} đã trả lời văn bản đôn đốc này."
        raise Refused([Reason("answered_before", text, "answer")])
    document.answer, document.answered_at = answer.strip(), clock.now()
    document.answered_by = post.holder_name
    document.save(update_fields=["answer", "answered_at", "answered_by"])
    named = document.lines.order_by("dossier__reference")
    for reference in named.values_list("dossier__reference", flat=True):
        record(
            post.actor, "dossier.answer_urging", reference, at=document.answered_at,
            number=document.number,
        )  # fmt: skip
    publish(UnitAnswered(document.pk, subject=f"urging:{document.pk}"))
    return document


@transaction.atomic
def report_late_answers() -> int:
    """Báo quá hạn trả lời: the day after its last day, who signed is told that no answer came; how many.

    May run every day and at the same moment in two places: the message of a document goes out once.
    """
    today = localdate(clock.now())
    silent = UrgingDocument.objects.filter(
        answered_at=None, answer_by__lt=today, answer_by__gte=today - LOOKED_BACK
    )
    found = list(silent.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        publish(AnswerLate(pk, subject=f"urging:{pk}"))
    return len(found)
