"""Keeping the law: one person drafts a version that holds from a day to come, another agrees."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, at_the_machine
from motcua.core.days import a_day
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.core.two_persons import Hand, same_hand
from motcua.law import rules, seeds
from motcua.law.events import ProfileDrafted
from motcua.law.models import LegalProfile
from motcua.law.types import ProfileStatus

OPEN_ALREADY = Reason(
    "draft_open", "Đã có một bản dự thảo đang chờ duyệt. Mời duyệt hoặc bỏ bản ấy trước."
)
SETTLED = Reason("draft_settled", "Bản này vừa được người khác duyệt hoặc bỏ. Mời xem lại.")
ENDED = Reason(
    "profile_ended",
    "Hồ sơ pháp lý này đã hết hiệu lực nên không soạn thêm. Mời soạn cho hồ sơ đang áp dụng.",
)
LONGEST = 500


@transaction.atomic
def seed_profiles() -> int:
    """Enter the profiles a house begins with; codes that are there already are left alone."""
    machine, now, made = at_the_machine(), clock.now(), 0
    for each in seeds.PROFILES:
        if LegalProfile.objects.filter(code=each["code"]).exists():
            continue
        LegalProfile.objects.create(
            **each, version=1, status=ProfileStatus.APPROVED, note="Bản khởi đầu của phần mềm",
            **_drafted(machine, machine.key), drafted_at=now,
            decided_by=machine.name, decided_by_key=machine.key, decided_at=now,
        )  # fmt: skip
        record(machine, "law.seed_profile", f"profile:{each['code']}", at=now, version=1)
        made += 1
    return made


@transaction.atomic
def draft_version(*, hand: Hand, code: str, typed: rules.Typed) -> int:
    """Soạn phiên bản mới of a profile; returns its number. It holds once another person agrees."""
    now = clock.now()
    latest = LegalProfile.objects.filter(code=code).aggregate(Max("version"))["version__max"]
    if latest is None:
        raise NotFound
    until = LegalProfile.objects.filter(code=code, status=ProfileStatus.APPROVED).aggregate(
        Max("valid_to")
    )["valid_to__max"]
    refuse_if([ENDED] if until and until < now.date() else [])
    start = a_day(*(str(typed.get(f"valid_from-{part}", "")) for part in ("day", "month", "year")))
    content, reasons = rules.content_of(typed)
    agencies, wrong = rules.agency_codes(str(typed.get("agency_codes", "")))
    name, note = (clean(str(typed.get(key, ""))) for key in ("name", "note"))
    refuse_if(
        [
            *_wanted("name", name, "Mời nhập tên của hồ sơ pháp lý.", 200),
            *_wanted("note", note, "Mời nêu văn bản làm căn cứ sửa đổi.", LONGEST),
            *rules.start_objections(start, now.date()), *wrong, *reasons,
        ]
    )  # fmt: skip
    assert start is not None  # the objections have said so
    if LegalProfile.objects.filter(code=code, status=ProfileStatus.DRAFT).exists():
        raise Refused([OPEN_ALREADY])
    try:
        with transaction.atomic():
            row = LegalProfile.objects.create(
                code=code, version=latest + 1, name=name, valid_from=start, valid_to=until, agency_codes=agencies,
                content=content, status=ProfileStatus.DRAFT, note=note, drafted_at=now,
                **_drafted(hand.actor, hand.person),
            )  # fmt: skip
    except IntegrityError as error:  # somebody drafted in the same moment
        raise Refused([OPEN_ALREADY]) from error
    facts = {"version": row.version, "valid_from": start, "note": note, "content": content}
    record(hand.actor, "law.draft_profile", f"profile:{code}", at=now, **facts)
    publish(ProfileDrafted(f"profile:{code}:{row.version}"))
    return row.version


@transaction.atomic
def approve_version(*, hand: Hand, code: str, number: int) -> None:
    """Duyệt: a version drafted by somebody else holds from its day on."""
    row = _to_settle(code, number)
    today = clock.now().date()
    refuse_if(
        [*same_hand(row.drafted_by_person, hand), *rules.start_objections(row.valid_from, today)]
    )
    _settle(row, hand, ProfileStatus.APPROVED)


@transaction.atomic
def reject_version(*, hand: Hand, code: str, number: int, reason: str) -> None:
    """Không duyệt, or the drafter takes it back: the draft is put away with the reason."""
    row = _to_settle(code, number)
    refuse_if(_wanted("reason", clean(reason), "Mời nêu lý do không duyệt.", LONGEST))
    _settle(row, hand, ProfileStatus.REJECTED, clean(reason))


def _to_settle(code: str, number: int) -> LegalProfile:
    """The draft, locked; whoever comes second is told that it is settled."""
    rows = LegalProfile.objects.select_for_update().filter(code=code, version=number)
    row = rows.first()
    if row is None:
        raise NotFound
    refuse_if([SETTLED] if row.status != ProfileStatus.DRAFT else [])
    return row


def _settle(row: LegalProfile, hand: Hand, status: ProfileStatus, reason: str = "") -> None:
    now = clock.now()
    row.status, row.reason = status, reason
    row.decided_by, row.decided_by_key, row.decided_at = hand.actor.name, hand.actor.key, now
    row.save(update_fields=["status", "reason", "decided_by", "decided_by_key", "decided_at"])
    deed = "law.approve_profile" if status is ProfileStatus.APPROVED else "law.reject_profile"
    record(hand.actor, deed, f"profile:{row.code}", at=now, version=row.version, reason=reason)


def _drafted(actor: Actor, person: str) -> dict[str, Any]:
    return {
        "drafted_by": actor.name,
        "drafted_by_key": actor.key,
        "drafted_by_person": person,
    }


def _wanted(key: str, text: str, told: str, longest: int) -> list[Reason]:
    if not text:
        return [Reason(f"{key}_missing", told, key)]
    if len(text) > longest:
        told = f"Dài {len(text)} ký tự, tối đa {longest} ký tự. Mời viết ngắn lại."
        return [Reason("too_long", told, key)]
    return []
