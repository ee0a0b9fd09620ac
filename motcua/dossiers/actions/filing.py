"""Dossiers that others file for a person: an official at the counter, a partner's system."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.agencies.queries import agency_by_code
from motcua.audit.actions import record_reading
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.dossiers import late_entries, rules
from motcua.dossiers.actions.checking import content_faults
from motcua.dossiers.actions.drafting import (
    new_reference,
    only_once,
    owned_by,
    owner_of_account,
    under,
)
from motcua.dossiers.actions.intake import send_in
from motcua.dossiers.actions.papers import PAPERS_MAX, Kept, Papers, keep_all, put_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.readings import whose_post
from motcua.dossiers.taking_in import receiving_now
from motcua.dossiers.types import Applicant, Channel, Delivery, PaperForm, PaperReception
from motcua.dossiers.workflow import Step
from motcua.people.queries import person_by_national_id
from motcua.people.types import PartnerFacts, PersonFacts
from motcua.procedures.forms.checks import CHECKS
from motcua.procedures.forms.filling import normalised
from motcua.procedures.queries import published_terms

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.agencies.types import AgencyFacts
    from motcua.procedures.types import Terms


PAGE_USED = (
    "Hồ sơ {} đã nộp từ trang này với nội dung khác. "
    "Nếu đây là hồ sơ khác, mời anh/chị bấm Nộp lần nữa."
)
KEY_USED = (
    "Khóa này đã dùng cho hồ sơ {} có nội dung khác. "
    "Mời xem hồ sơ đó, rồi dùng khóa mới cho hồ sơ khác."
)


@transaction.atomic
def file_at_counter(  # noqa: PLR0913 - one argument for each thing on the counter
    *,
    post: Post,
    key: uuid.UUID,
    procedure_code: str,
    owner: Applicant,
    answers: Mapping[str, Any],
    papers: Papers,
    case: str = "",
    delivery: str = Delivery.COUNTER,
    late: PaperReception | None = None,
) -> Dossier:
    """Nhận trực tiếp: an official enters the dossier of a person standing there (RCV-03).

    `late` is when it was received on paper, where it is entered only now (RCV-22).
    The form sent twice is filed once; the same form with other content is refused.
    """
    owner = _tidy(owner)
    kept = keep_all(papers, post.actor)
    said = [procedure_code, asdict(owner), answers, case, delivery]
    digest = digest_of([*said, asdict(late)] if late else said, kept)
    unique = only_once(f"counter:{post.agency_id}:{key}")
    if (known := _filed_before(unique, digest, "key", PAGE_USED)) is not None:
        return known
    terms = published_terms(procedure_code)
    given = normalised(terms.form, answers)
    known_person = person_by_national_id(owner.national_id)
    faults = [*_owner_faults(owner, known_person), *_content_faults(terms, given, case, kept)]
    refuse_if([*faults, *late_entries.faults(late, post, clock.now())])
    dossier = _new(
        unique, owner, known_person, **under(terms, case), agency_id=post.agency_id,
        content_digest=digest, answers=given, channel=Channel.COUNTER, delivery=delivery,
    )  # fmt: skip
    put_all(dossier, kept, PaperForm.PHOTOCOPY)
    if late:
        late_entries.keep(dossier, late, post.actor, clock.now())
    return send_in(dossier, terms, Step.SUBMIT, post.actor)


@transaction.atomic
def file_by_partner(  # noqa: PLR0913 - one argument for each field of the message
    *,
    partner: PartnerFacts,
    key: str,
    procedure_code: str,
    agency_code: str,
    applicant: Applicant,
    answers: Mapping[str, Any],
    papers: Papers,
    case: str = "",
    delivery: str = "",
) -> Dossier:
    """Nhận từ hệ thống đối tác: same key and content, same receipt; other content is refused.

    A number of somebody with another name is not told apart from one that nobody has: the dossier
    is filed and belongs to no account (decision 0010).
    """
    actor, owner = hand_of(partner), _tidy(applicant)
    kept = keep_all(papers, actor)
    said = [procedure_code, agency_code, asdict(owner), answers, case]
    digest = digest_of([*said, delivery] if delivery else said, kept)
    unique = only_once(f"{partner.id}:{key}")
    if (known := _filed_before(unique, digest, "Idempotency-Key")) is not None:
        return known
    terms, agency, given = _sent_where(procedure_code, agency_code, owner, answers, case, kept)
    person = person_by_national_id(owner.national_id)
    if _of_another(owner, person):
        person = None
    dossier = _new(
        unique, owner, person, **under(terms, case), agency_id=agency.id, content_digest=digest,
        answers=given, channel=Channel.PARTNER, partner_id=partner.id,
        delivery=rules.way_of_delivery(delivery, person is not None),
    )  # fmt: skip
    put_all(dossier, kept, PaperForm.ELECTRONIC)
    return send_in(dossier, terms, Step.SUBMIT, actor)


def _sent_where(
    procedure_code: str,
    agency_code: str,
    owner: Applicant,
    answers: Mapping[str, Any],
    case: str,
    kept: Kept,
) -> tuple[Terms, AgencyFacts, dict[str, Any]]:
    """The terms, the agency and the answers of what a partner sends; refuses all that is wrong."""
    reasons = [
        *rules.required_text("applicant.name", owner.name, "Thiếu họ tên chủ hồ sơ."),
        *rules.owner_number(owner.national_id, "applicant.national_id"),
    ]
    terms, agency = _terms_named(procedure_code), _agency_named(agency_code)
    given: dict[str, Any] = {}
    if terms is None:
        text = "Không có thủ tục đang áp dụng mang mã này."
        reasons.append(Reason("procedure_unknown", text, field="procedure_code"))
    if agency is None:
        text = "Không có cơ quan mang mã này."
        reasons.append(Reason("agency_unknown", text, field="agency_code"))
    elif terms and agency.id not in {a.id for a in receiving_now(terms.levels)}:
        text = "Cơ quan này không nhận thủ tục này."
        reasons.append(Reason("agency_not_receiving", text, field="agency_code"))
    if terms is not None:
        reasons += rules.not_over_the_wire(terms.min_identity_level)
        given = normalised(terms.form, answers)
        reasons += _content_faults(terms, given, case, kept)
    if reasons or terms is None or agency is None:
        raise Refused(reasons)
    return terms, agency, given


def _terms_named(code: str) -> Terms | None:
    try:
        return published_terms(code)
    except NotFound:
        return None


def _agency_named(code: str) -> AgencyFacts | None:
    try:
        return agency_by_code(code)
    except NotFound:
        return None


def _content_faults(terms: Terms, answers: dict[str, Any], case: str, kept: Kept) -> list[Reason]:
    """Everything wrong with what is filed in one go: the form, the case, the papers."""
    sent = {slot for slot, _ in kept}
    return [
        *content_faults(terms, answers, case, sent, clock.now()),
        *(r for slot in terms.slots if slot.code in sent for r in rules.other_case(slot, case)),
        *rules.unknown_papers(terms.slots, sent),
        *rules.too_many_papers(len({(slot, file.digest) for slot, file in kept}), PAPERS_MAX),
    ]


def _owner_faults(owner: Applicant, known: PersonFacts | None) -> list[Reason]:
    """What is wrong with the person at the counter: no name, no such number, another's number."""
    missing = "Mời nhập họ tên chủ hồ sơ như trên giấy tờ."
    return [
        *rules.required_text("owner_name", owner.name, missing),
        *rules.owner_number(owner.national_id, "national_id"),
        *_of_another(owner, known),
    ]


def _of_another(owner: Applicant, person: PersonFacts | None) -> list[Reason]:
    return rules.another_person(owner.name, person.full_name) if person else []


@transaction.atomic
def owner_by_number(post: Post, number: str) -> Applicant | None:
    """Lấy thông tin chủ hồ sơ: who has this identity number, as we know them.

    The look is journalled, in the chain of the person found, or of the post when nobody was: who
    tries numbers out leaves a trace. Law: RCV-07, SEC-06
    """
    number = CHECKS["person_or_enterprise"].tidy(number)
    if not number:
        return None
    person = person_by_national_id(number)
    subject = f"person:{person.id}" if person else post.actor.key
    facts = {} if person else {"found": False, "number_ends": number[-3:]}
    where = whose_post(post)
    record_reading(post.actor, subject, at=clock.now(), what="counter", **where, **facts)
    return owner_of_account(person) if person else None


def hand_of(partner: PartnerFacts) -> Actor:
    """The partner's system, acting."""
    return Actor(Role.PARTNER, f"partner:{partner.id}", partner.name)


def _filed_before(
    key: uuid.UUID, digest: str, field: str, conflict: str = KEY_USED
) -> Dossier | None:
    """What this key was first used for; refused when it was something else."""
    known = Dossier.objects.filter(key=key).first()
    if known is not None and known.content_digest != digest:
        text = conflict.format(known.code or known.reference)
        raise Refused([Reason("idempotency_conflict", text, field=field)])
    return known


def _tidy(owner: Applicant) -> Applicant:
    """The owner with the number as machines write it."""
    return replace(owner, national_id=CHECKS["person_or_enterprise"].tidy(owner.national_id))


def _new(key: uuid.UUID, owner: Applicant, person: PersonFacts | None, **columns: Any) -> Dossier:
    """A dossier to be sent at once; a person we know finds it among their own (hồ sơ của tôi)."""
    now = clock.now()
    return Dossier.objects.create(
        key=key, reference=new_reference(now), submitter_id=person.id if person else None,
        **owned_by(owner), created_at=now, changed_at=now, since_at=now, **columns,
    )  # fmt: skip


def digest_of(said: list[Any], kept: Kept) -> str:
    """A fingerprint of what was sent: the words in any order, the papers in theirs."""
    files = [(slot, file.digest) for slot, file in kept]
    return sha256(json.dumps([said, files], sort_keys=True, default=str).encode()).hexdigest()
