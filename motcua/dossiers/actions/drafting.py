"""Before the counter: a draft is opened, filled in, and its papers are attached."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection, transaction

from motcua.agencies import queries as places
from motcua.agencies.queries import agency_by_code, place_name, receiving_agencies
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.text import fold
from motcua.dossiers import access
from motcua.dossiers.models import Document, Dossier
from motcua.dossiers.types import Applicant, Channel, Delivery
from motcua.dossiers.workflow import EDITABLE, Status
from motcua.files.actions import join_photos, store
from motcua.people.queries import person_facts
from motcua.procedures.forms.filling import read_page
from motcua.procedures.forms.prefilling import prefill
from motcua.procedures.queries import published_terms, terms_of

if TYPE_CHECKING:
    from motcua.people.models import Person

_SPACE = uuid.UUID("6f5b0a52-6c0f-4d0e-9a57-3f6f6a0c0001")
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
PAPERS_MAX = 60


class Upload(Protocol):
    """A file somebody sent: what the web framework hands over."""

    name: str | None

    def read(self) -> bytes:
        """Its bytes."""


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
    *, citizen: Person, procedure_code: str, agency_code: str, form_key: str = ""
) -> Dossier:
    """Bắt đầu hồ sơ: open a draft, prefilled with what the account already knows.

    The same `form_key` again (a double click, a retry after a lost connection) is the same draft.
    """
    key = uuid.uuid4()
    if form_key:
        named = only_once(f"form:{citizen.pk}:{procedure_code}:{agency_code}:{form_key}")
        known = Dossier.objects.filter(key=named).first()
        if known is not None and known.status == Status.DRAFT:
            return known
        key = key if known else named  # the form was left open in a tab and is used once more
    return _new_draft(citizen, key, procedure_code, agency_code)


def _new_draft(citizen: Person, key: uuid.UUID, procedure_code: str, agency_code: str) -> Dossier:
    now = clock.now()
    terms = published_terms(procedure_code)
    agency = agency_by_code(agency_code)
    if agency.id not in {a.id for a in receiving_agencies(terms.levels)}:
        text = "Cơ quan này không nhận thủ tục này. Mời ông/bà chọn một nơi nộp trong danh sách."
        raise Refused([Reason("agency_not_receiving", text, field="agency")])
    answers, _ = prefill(terms.form, person_facts(citizen.pk))
    return Dossier.objects.create(
        key=key,
        reference=new_reference(now),
        submitter=citizen,
        **owned_by(account_of(citizen)),
        agency_id=agency.id,
        procedure_version_id=terms.version_id,
        procedure_code=terms.procedure_code,
        procedure_name=terms.procedure_name,
        case=terms.cases[0] if len(terms.cases) == 1 else "",
        answers=answers,
        channel=Channel.ONLINE,
        created_at=now,
        changed_at=now,
    )


def account_of(citizen: Person) -> Applicant:
    """The citizen as the owner of a dossier, from the account."""
    facts = person_facts(citizen.pk)
    address = ", ".join(p for p in (facts.address_detail, place_name(facts.commune_code)) if p)
    return Applicant(facts.full_name, facts.national_id, address, facts.phone, facts.email)


def owned_by(owner: Applicant) -> dict[str, Any]:
    """The columns of a dossier that say whose it is."""
    return {
        "applicant": asdict(owner),
        "applicant_name": owner.name,
        "applicant_folded": fold(owner.name)[:200],
    }


def editable(citizen: Person, reference: str) -> Dossier:
    """The citizen's own dossier, locked, while it may still be filled in."""
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    if dossier.status not in EDITABLE:
        text = "Hồ sơ đã nộp nên không sửa được nữa. Mời ông/bà xem tiến trình của hồ sơ."
        raise Refused([Reason("dossier_not_editable", text)])
    return dossier


@transaction.atomic
def save_page(
    *, citizen: Person, reference: str, page_key: str, data: Mapping[str, Any]
) -> tuple[Dossier, list[Reason]]:
    """Lưu một trang tờ khai: keep everything typed, right or wrong, and say what is wrong."""
    dossier = editable(citizen, reference)
    form = terms_of(dossier.procedure_version_id).form
    if page_key not in {page.key for page in form.pages}:
        raise NotFound
    answers, reasons = read_page(
        form, page_key, data, dossier.answers, today=clock.now().date(), places=places
    )
    dossier.answers, dossier.changed_at = answers, clock.now()
    dossier.save(update_fields=["answers", "changed_at"])
    return dossier, reasons


@transaction.atomic
def choose(
    *, citizen: Person, reference: str, case: str | None = None, delivery: str | None = None
) -> Dossier:
    """Chọn trường hợp và cách nhận kết quả: what the applicant picks beside the form."""
    dossier = editable(citizen, reference)
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
    return dossier


@transaction.atomic
def attach(
    *, citizen: Person, reference: str, slot: str, uploads: Sequence[Upload]
) -> list[Document]:
    """Đính kèm giấy tờ: store each photo or PDF and put it in the slot of the procedure."""
    dossier = editable(citizen, reference)
    if not uploads:
        text = "Chưa có tệp nào. Mời ông/bà chụp ảnh hoặc chọn tệp rồi bấm “Tải lên”."
        raise Refused([Reason("file_missing", text, field="file")])
    return put_papers(dossier, slot, [(u.name or "tep", u.read()) for u in uploads])


def put_papers(
    dossier: Dossier, slot_code: str, files: Sequence[tuple[str, bytes]], form: str = "electronic"
) -> list[Document]:
    """Store files and add them to a slot of a dossier that the caller has locked.

    A file that is in the slot already stays there once: the first sending may have gone through
    unheard.
    """
    terms = terms_of(dossier.procedure_version_id)
    slot = next((s for s in terms.slots if s.code == slot_code), None)
    if slot is None:
        raise NotFound
    here = dossier.documents.filter(removed_at=None).count()
    if here + len(files) > PAPERS_MAX:
        text = f"Một hồ sơ nhận tối đa {PAPERS_MAX} tệp. Mời ông/bà ghép các ảnh vào một tệp PDF."
        refuse_if([Reason("too_many_files", text, field="file")])
    stored = [store(content, name) for name, content in files]
    if len(stored) > 1 and all(file.kind.startswith("image/") for file in stored):
        stored = [join_photos([file.digest for file in stored], f"{stored[0].name}.pdf")]
    there = {d.digest: d for d in dossier.documents.filter(slot=slot.code, removed_at=None)}
    fresh = Document.objects.bulk_create(
        Document(
            dossier=dossier, slot=slot.code, name=slot.name, file_name=f.name[:255],
            digest=f.digest, kind=f.kind, size=f.size, pages=f.pages, form=form,
            added_at=clock.now(),
        )
        for f in {f.digest: f for f in stored if f.digest not in there}.values()
    )  # fmt: skip
    there |= {d.digest: d for d in fresh}
    return [there[f.digest] for f in stored]


@transaction.atomic
def remove_document(*, citizen: Person, reference: str, document_id: int) -> None:
    """Bỏ một giấy tờ: take it out of the draft; after submission the paper stays on record."""
    dossier = editable(citizen, reference)
    document = dossier.documents.filter(pk=document_id, removed_at=None).first()
    if document is None:
        raise NotFound
    if dossier.status == Status.DRAFT:
        document.delete()
        return
    document.removed_at = clock.now()
    document.save(update_fields=["removed_at"])


@transaction.atomic
def discard_draft(*, citizen: Person, reference: str) -> None:
    """Xóa bản nháp: a draft belongs to whoever wrote it, and may go without a trace."""
    dossier = editable(citizen, reference)
    if dossier.status != Status.DRAFT:
        raise Refused([Reason("not_a_draft", "Hồ sơ đã nộp thì không xóa được, chỉ rút được.")])
    dossier.documents.all().delete()
    dossier.delete()
