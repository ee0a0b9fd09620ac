"""Dossiers that others file for a person: an official at the counter, a partner's system."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.agencies.queries import agency_by_code, receiving_agencies
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.dossiers import rules
from motcua.dossiers.actions.drafting import new_reference, only_once, owned_by, put_papers
from motcua.dossiers.actions.intake import send_in
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Applicant, Channel, Delivery, PaperForm
from motcua.dossiers.workflow import Step
from motcua.people.types import PartnerFacts
from motcua.procedures.forms.filling import normalised
from motcua.procedures.queries import published_terms

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.procedures.types import Terms

Papers = Sequence[tuple[str, str, bytes]]  # slot, file name, content


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
    """Nhận trực tiếp: an official enters the dossier of a person standing there (RCV-03)."""
    unique = only_once(f"counter:{post.agency_id}:{key}")
    if (known := Dossier.objects.filter(key=unique).first()) is not None:
        return known
    refuse_if(
        rules.required_text("owner_name", owner.name, "Mời nhập họ tên chủ hồ sơ như trên giấy tờ.")
    )
    terms = published_terms(procedure_code)
    dossier = _draft(unique, terms, post.agency_id, owner, answers, case)
    dossier.channel, dossier.delivery = Channel.COUNTER, delivery
    dossier.save(update_fields=["channel", "delivery"])
    _put_all(dossier, papers, PaperForm.PHOTOCOPY)
    return send_in(dossier, terms, Step.SUBMIT, post.actor, clock.now())


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
    unique = only_once(f"{partner.id}:{key}")
    content = _content(procedure_code, agency_code, applicant, answers, papers, case)
    if (known := Dossier.objects.filter(key=unique).first()) is not None:
        if known.applicant.get("content") != content:
            text = "Khóa này đã dùng cho một hồ sơ có nội dung khác. Mời dùng khóa mới."
            raise Refused([Reason("idempotency_conflict", text, field="Idempotency-Key")])
        return known
    terms = published_terms(procedure_code)
    agency = agency_by_code(agency_code)
    if agency.id not in {a.id for a in receiving_agencies(terms.levels)}:
        text = "Cơ quan này không nhận thủ tục này."
        raise Refused([Reason("agency_not_receiving", text, field="agency_code")])
    refuse_if(rules.required_text("applicant.name", applicant.name, "Thiếu họ tên chủ hồ sơ."))
    dossier = _draft(unique, terms, agency.id, applicant, answers, case)
    dossier.applicant = {**asdict(applicant), "content": content}
    dossier.channel, dossier.partner_id = Channel.PARTNER, partner.id
    dossier.save(update_fields=["applicant", "channel", "partner_id"])
    _put_all(dossier, papers, PaperForm.ELECTRONIC)
    actor = Actor(Role.PARTNER, f"partner:{partner.id}", partner.name)
    return send_in(dossier, terms, Step.SUBMIT, actor, clock.now())


def _draft(
    key: uuid.UUID,
    terms: Terms,
    agency_id: int,
    owner: Applicant,
    answers: Mapping[str, Any],
    case: str,
) -> Dossier:
    now = clock.now()
    return Dossier.objects.create(
        key=key,
        reference=new_reference(now),
        **owned_by(owner),
        agency_id=agency_id,
        procedure_version_id=terms.version_id,
        procedure_code=terms.procedure_code,
        procedure_name=terms.procedure_name,
        case=case or (terms.cases[0] if len(terms.cases) == 1 else ""),
        answers=normalised(terms.form, answers),
        channel=Channel.COUNTER,
        created_at=now,
        changed_at=now,
    )


def _put_all(dossier: Dossier, papers: Papers, form: PaperForm) -> None:
    for slot, name, content in papers:
        put_papers(dossier, slot, [(name, content)], form)


def _content(
    procedure: str, agency: str, applicant: Applicant, answers: Any, papers: Papers, case: str
) -> str:
    digests = [(slot, sha256(content).hexdigest()) for slot, _, content in papers]
    whole = [procedure, agency, asdict(applicant), answers, digests, case]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()
