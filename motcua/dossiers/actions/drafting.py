"""Before the counter: a draft is opened, filled in, thrown away."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from motcua.agencies import queries as places
from motcua.agencies.queries import agency_by_code, place_name
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.text import fold
from motcua.dossiers import access, rules
from motcua.dossiers.actions.corrections import held_to_slip
from motcua.dossiers.actions.editing import editable
from motcua.dossiers.actions.papers import carry_papers, out_of_case
from motcua.dossiers.models import Dossier
from motcua.dossiers.taking_in import receiving_now
from motcua.dossiers.turns import Turn, after, is_late
from motcua.dossiers.types import Applicant, Channel, Delivery
from motcua.dossiers.workflow import Status
from motcua.law.queries import filing_place
from motcua.people.acting import refuse_uncovered
from motcua.people.queries import NOBODY, person_facts
from motcua.procedures.forms.filling import merge, normalised, read_page
from motcua.procedures.forms.prefilling import prefill
from motcua.procedures.queries import published_terms, terms_of
from motcua.workdays.types import local

if TYPE_CHECKING:
    from motcua.people.models import Person
    from motcua.people.parties import Behalf
    from motcua.people.types import PersonFacts
    from motcua.procedures.types import Terms

ALWAYS_TOLD = ("name", "national_id", "address", "phone", "email")
_SPACE = uuid.UUID("6f5b0a52-6c0f-4d0e-9a57-3f6f6a0c0001")
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference(at: datetime) -> str:
    """A temporary number nobody can guess: T-, the day, eight letters and digits (COD-07)."""
    tail = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"T-{at:%y%m%d}-{tail}"


def only_once(name: str) -> uuid.UUID:
    """The dossier key that `name` stands for; until commit, whoever has the same name waits here."""
    key = uuid.uuid5(_SPACE, name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int >> 65])
    return key


@transaction.atomic
def open_draft(
    *, citizen: Person, procedure_code: str, agency_code: str, form_key: str = "",
    like: str = "", level: int = 1, right: str = "",
) -> Dossier:  # fmt: skip
    """Bắt đầu hồ sơ: open a draft, prefilled with what the account already knows.

    The same `form_key` again (a double click, a retry after a lost connection) is the same draft.
    `like` is a draft of the citizen's whose answers and papers are carried over, when its terms
    were replaced. `level` is how surely we know who they are; `right` says for whom else they file.
    """
    asked = published_terms(procedure_code).min_identity_level
    refuse_if(rules.identity_too_low(level, asked))
    behalf = refuse_uncovered(citizen, right, procedure_code) if right else None
    key = uuid.uuid4()
    if form_key:
        name = f"form:{citizen.pk}:{procedure_code}:{agency_code}:{form_key}"
        name += f":{right}" if right else ""
        for turn in count():  # a form left open in a tab is used once more after it was sent
            key = only_once(f"{name}:{turn}" if turn else name)
            known = Dossier.objects.filter(key=key).first()
            if known is None:
                break
            if known.status == Status.DRAFT:
                return known
    return _new_draft(citizen, key, procedure_code, agency_code, like, behalf)


def _new_draft(
    citizen: Person, key: uuid.UUID, procedure_code: str, agency_code: str, like: str,
    behalf: Behalf | None,
) -> Dossier:  # fmt: skip
    now = clock.now()
    terms = published_terms(procedure_code)
    agency = agency_by_code(agency_code)
    if agency.id not in {a.id for a in receiving_now(terms.levels)}:
        text = "Cơ quan này không nhận thủ tục này. Mời ông/bà chọn một nơi nộp trong danh sách."
        raise Refused([Reason("agency_not_receiving", text, field="agency")])
    refuse_if(rules.filed_elsewhere(filing_place(procedure_code, local(now).date(), agency_code)))
    only_once(f"drafts:{citizen.pk}")
    own = access.dossiers_of(citizen).filter(status=Status.DRAFT)
    refuse_if(rules.too_many_drafts(own.count()))
    # What the account knows is about the filer, not about whom they file for.
    answers, _ = prefill(terms.form, NOBODY if behalf else person_facts(citizen.pk))
    older = own.filter(reference=like, procedure_code=procedure_code).first() if like else None
    if older is not None:
        answers = merge(answers, normalised(terms.form, older.answers))
    case = older.case if older is not None and older.case in terms.cases else ""
    fresh = Dossier.objects.create(
        key=key,
        reference=new_reference(now),
        submitter=citizen,
        **owned_by(owner_by(behalf) if behalf else account_of(citizen)),
        agency_id=agency.id,
        **under(terms, case),
        answers=answers,
        channel=Channel.ONLINE,
        delivery=older.delivery if older is not None else Delivery.ONLINE,
        created_at=now,
        changed_at=now,
        since_at=now,
    )
    if older is not None:
        carry_papers(older, fresh, terms.slots)
    return fresh


def under(terms: Terms, case: str = "") -> dict[str, Any]:
    """The columns of a dossier that say under which terms it is filed."""
    return {
        "procedure_version_id": terms.version_id,
        "procedure_code": terms.procedure_code,
        "procedure_name": terms.procedure_name,
        "case": case or (terms.cases[0] if len(terms.cases) == 1 else ""),
    }


def account_of(citizen: Person) -> Applicant:
    """The citizen as the owner of a dossier, from the account."""
    return owner_of_account(person_facts(citizen.pk))


def owner_of_account(facts: PersonFacts) -> Applicant:
    """A person we know as the owner of a dossier."""
    address = ", ".join(p for p in (facts.address_detail, place_name(facts.commune_code)) if p)
    return Applicant(facts.full_name, facts.national_id, address, facts.phone, facts.email)


def owner_by(right: Behalf) -> Applicant:
    """The owner of a dossier that somebody else files by right."""
    return Applicant(
        right.name, right.number, right.address, right.phone, right.email, right.right, right.what,
        right.result_store,
    )  # fmt: skip


def owned_by(owner: Applicant) -> dict[str, Any]:
    """The columns of a dossier that say whose it is."""
    return {
        "applicant": {
            name: said for name, said in asdict(owner).items() if said or name in ALWAYS_TOLD
        },
        "applicant_name": owner.name,
        "applicant_folded": fold(owner.name)[:200],
    }


@transaction.atomic
def save_page(
    *,
    citizen: Person,
    reference: str,
    page_key: str,
    data: Mapping[str, Any],
    turn: Turn | None = None,
) -> tuple[Dossier, list[Reason]]:
    """Lưu một trang tờ khai: keep everything typed, right or wrong, and say what is wrong.

    Once the desk has the dossier, it goes on seeing what was handed in until it is handed in again;
    the journal tells then which pages changed, not each save while somebody types. A save that arrives after a newer one of the same loaded page is left aside.
    """
    dossier = editable(citizen, reference)
    form = terms_of(dossier.procedure_version_id).form
    if page_key not in {page.key for page in form.pages}:
        raise NotFound
    if turn is not None:
        turns = dossier.page_turns or {}
        if is_late(turns, page_key, turn):
            return dossier, []
        dossier.page_turns = after(turns, page_key, turn)
    before = dossier.answers if dossier.draft_answers is None else dossier.draft_answers
    answers, reasons = read_page(
        form, page_key, data, before, today=clock.now().date(), places=places
    )
    answers, reasons = held_to_slip(dossier, form, page_key, answers, reasons)
    name = "answers" if dossier.status == Status.DRAFT else "draft_answers"
    setattr(dossier, name, answers)
    dossier.changed_at = clock.now()
    dossier.save(update_fields=[name, "changed_at", "page_turns"])
    return dossier, reasons


@transaction.atomic
def choose(
    *, citizen: Person, reference: str, case: str | None = None, delivery: str | None = None
) -> list[str]:
    """Chọn trường hợp và cách nhận kết quả: what the applicant picks beside the form.

    Papers that belong to another case go out; their names come back, to be told.
    """
    dossier = editable(citizen, reference)
    if dossier.status != Status.DRAFT:
        text = "Hồ sơ đã nộp nên không chọn lại được. Mời ông/bà chỉ bổ sung phần được đề nghị."
        raise Refused([Reason("not_a_draft", text)])
    if case is not None:
        if case not in terms_of(dossier.procedure_version_id).cases:
            text = "Trường hợp này không có trong thủ tục. Mời ông/bà chọn lại."
            raise Refused([Reason("case_unknown", text, field="case")])
        dossier.case = case
    if delivery is not None:
        if delivery not in set(Delivery):
            text = "Mời ông/bà chọn một cách nhận kết quả trong danh sách."
            raise Refused([Reason("delivery_unknown", text, field="delivery")])
        dossier.delivery = delivery
    dossier.changed_at = clock.now()
    dossier.save(update_fields=["case", "delivery", "changed_at"])
    return out_of_case(dossier) if case is not None else []


@transaction.atomic
def discard_draft(*, citizen: Person, reference: str) -> None:
    """Xóa bản nháp: a draft belongs to whoever wrote it, and may go without a trace."""
    dossier = editable(citizen, reference)
    if dossier.status != Status.DRAFT:
        raise Refused([Reason("not_a_draft", "Hồ sơ đã nộp thì không xóa được, chỉ rút được.")])
    dossier.documents.all().delete()
    dossier.delete()
