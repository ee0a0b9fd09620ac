"""Dossiers that others file for a person: an official at the counter, a partner's system."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.agencies.queries import agency_by_code, receiving_agencies
from motcua.audit.actions import record_reading
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.dossiers import rules
from motcua.dossiers.actions.drafting import (
    new_reference,
    only_once,
    owned_by,
    owner_of_account,
    under,
)
from motcua.dossiers.actions.intake import send_in
from motcua.dossiers.actions.papers import Kept, Papers, keep_all, put_all
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Applicant, Channel, Delivery, PaperForm
from motcua.dossiers.workflow import Step
from motcua.people.queries import person_by_national_id
from motcua.people.types import PartnerFacts
from motcua.procedures.forms.checks import CHECKS
from motcua.procedures.forms.filling import normalised
from motcua.procedures.queries import published_terms

if TYPE_CHECKING:
    from motcua.agencies.models import Post


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
) -> Dossier:
    """Nhận trực tiếp: an official enters the dossier of a person standing there (RCV-03).

    The form sent twice is filed once; the same form with other content is refused.
    """
    owner = _tidy(owner)
    kept = keep_all(papers, post.actor)
    digest = digest_of([procedure_code, asdict(owner), answers, case, delivery], kept)
    unique = only_once(f"counter:{post.agency_id}:{key}")
    if (known := _filed_before(unique, digest, "key")) is not None:
        return known
    refuse_if(
        [
            *rules.required_text(
                "owner_name", owner.name, "Mời nhập họ tên chủ hồ sơ như trên giấy tờ."
            ),
            *rules.owner_number(owner.national_id, "national_id"),
        ]
    )
    terms = published_terms(procedure_code)
    dossier = _new(
        unique, owner, **under(terms, case), agency_id=post.agency_id, content_digest=digest,
        answers=normalised(terms.form, answers), channel=Channel.COUNTER, delivery=delivery,
    )  # fmt: skip
    put_all(dossier, kept, PaperForm.PHOTOCOPY)
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
) -> Dossier:
    """Nhận từ hệ thống đối tác: same key and content, same receipt; other content is refused."""
    actor, owner = hand_of(partner), _tidy(applicant)
    kept = keep_all(papers, actor)
    digest = digest_of([procedure_code, agency_code, asdict(owner), answers, case], kept)
    unique = only_once(f"{partner.id}:{key}")
    if (known := _filed_before(unique, digest, "Idempotency-Key")) is not None:
        return known
    terms = published_terms(procedure_code)
    agency = agency_by_code(agency_code)
    if agency.id not in {a.id for a in receiving_agencies(terms.levels)}:
        text = "Cơ quan này không nhận thủ tục này."
        raise Refused([Reason("agency_not_receiving", text, field="agency_code")])
    refuse_if(
        [
            *rules.required_text("applicant.name", owner.name, "Thiếu họ tên chủ hồ sơ."),
            *rules.owner_number(owner.national_id, "applicant.national_id"),
        ]
    )
    dossier = _new(
        unique, owner, **under(terms, case), agency_id=agency.id, content_digest=digest,
        answers=normalised(terms.form, answers), channel=Channel.PARTNER, partner_id=partner.id,
    )  # fmt: skip
    put_all(dossier, kept, PaperForm.ELECTRONIC)
    return send_in(dossier, terms, Step.SUBMIT, actor)


@transaction.atomic
def owner_by_number(post: Post, number: str) -> Applicant | None:
    """Lấy thông tin chủ hồ sơ: who has this identity number, as we know them; the look is journalled.

    Law: RCV-07
    """
    person = person_by_national_id(CHECKS["person_or_enterprise"].tidy(number))
    if person is None:
        return None
    record_reading(post.actor, f"person:{person.id}", at=clock.now(), what="counter")
    return owner_of_account(person)


def hand_of(partner: PartnerFacts) -> Actor:
    """The partner's system, acting."""
    return Actor(Role.PARTNER, f"partner:{partner.id}", partner.name)


def _filed_before(key: uuid.UUID, digest: str, field: str) -> Dossier | None:
    """What this key was first used for; refused when it was something else."""
    known = Dossier.objects.filter(key=key).first()
    if known is not None and known.content_digest != digest:
        text = (
            f"Khóa này đã dùng cho hồ sơ {known.code or known.reference} có nội dung khác. "
            "Mời xem hồ sơ đó, rồi dùng khóa mới (mở lại trang nhập) cho hồ sơ khác."
        )
        raise Refused([Reason("idempotency_conflict", text, field=field)])
    return known


def _tidy(owner: Applicant) -> Applicant:
    """The owner with the number as machines write it."""
    return replace(owner, national_id=CHECKS["person_or_enterprise"].tidy(owner.national_id))


def _new(key: uuid.UUID, owner: Applicant, **columns: Any) -> Dossier:
    """A dossier to be sent at once; a person we know finds it among their own (hồ sơ của tôi)."""
    now = clock.now()
    person = person_by_national_id(owner.national_id)
    return Dossier.objects.create(
        key=key, reference=new_reference(now), submitter_id=person.id if person else None,
        **owned_by(owner), created_at=now, changed_at=now, **columns,
    )  # fmt: skip


def digest_of(said: list[Any], kept: Kept) -> str:
    """A fingerprint of what was sent: the words in any order, the papers in theirs."""
    files = [(slot, file.digest) for slot, file in kept]
    return sha256(json.dumps([said, files], sort_keys=True, default=str).encode()).hexdigest()
