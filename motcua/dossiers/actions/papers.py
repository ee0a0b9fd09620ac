"""The papers of a dossier: files are kept first, then put into a slot, and taken out again.

Files are kept before the row of the dossier is locked: looking at them may last.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from django.db import transaction

from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.dossiers import rules
from motcua.dossiers.actions.editing import editable, note_change, seen_editable
from motcua.dossiers.models import Document, Dossier
from motcua.dossiers.types import PaperForm
from motcua.dossiers.workflow import Status
from motcua.files.actions import Content, hold, join_photos, store, store_all, time_for
from motcua.files.types import StoredFile
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.people.models import Person
    from motcua.procedures.types import Slot

PAPERS_MAX = 60
Papers = Sequence[tuple[str, str, Content | StoredFile]]  # slot, file name, content
Kept = Sequence[tuple[str, StoredFile]]  # slot, file


class Upload(Protocol):
    """A file somebody sent: what the web framework hands over."""

    name: str | None

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`."""

    def seek(self, offset: int, /) -> object:
        """Go to this byte."""


def keep_all(papers: Papers, by: Actor) -> Kept:
    """Keep the files of many slots within one budget of time; what is kept already stays."""
    until = time_for()
    hold({content.digest for _, _, content in papers if isinstance(content, StoredFile)})
    return [
        (slot, content if isinstance(content, StoredFile) else store(content, name, by, until))
        for slot, name, content in papers
    ]


@transaction.atomic
def attach(
    *, citizen: Person, reference: str, slot: str, uploads: Sequence[Upload]
) -> list[Document]:
    """Đính kèm giấy tờ: keep each photo or PDF and put it in the slot of the procedure."""
    place = _slot(seen_editable(citizen, reference), slot)
    if not uploads:
        text = "Chưa có tệp nào. Mời ông/bà chụp ảnh hoặc chọn tệp rồi bấm “Tải lên”."
        raise Refused([Reason("file_missing", text, field="file")])
    until = time_for()
    stored = store_all([(u.name or "tep", u) for u in uploads], citizen.actor, until)
    if len(stored) > 1 and all(file.kind.startswith("image/") for file in stored):
        name = f"{stored[0].name}.pdf"
        stored = [join_photos([file.digest for file in stored], name, citizen.actor, until)]

    dossier = editable(citizen, reference)
    if dossier.status != Status.DRAFT:
        opened = rules.opened_by(dossier.supplement_items)
        refuse_if(rules.closed_papers({slot: place.name}, {slot}, opened))
    documents = put_papers(dossier, place.code, stored)
    note_change(dossier, citizen.actor, "attach", slot=slot, files=len(documents))
    return documents


def _slot(dossier: Dossier, code: str) -> Slot:
    """The slot of this code in the dossier's case."""
    for slot in terms_of(dossier.procedure_version_id).slots:
        if slot.code == code:
            refuse_if(rules.other_case(slot, dossier.case))
            return slot
    raise NotFound


def put_papers(
    dossier: Dossier, slot_code: str, files: Sequence[StoredFile], form: str = PaperForm.ELECTRONIC
) -> list[Document]:
    """Add kept files to a slot of a dossier that the caller has locked."""
    return put_all(dossier, [(slot_code, file) for file in files], form)


def put_all(dossier: Dossier, kept: Kept, form: str) -> list[Document]:
    """Put kept files into their slots, asking the database once however many they are.

    A file that is in the slot already stays there once: the first sending may have gone through
    unheard.
    """
    places = {slot.code: slot for slot in terms_of(dossier.procedure_version_id).slots}
    refuse_if(rules.unknown_papers(list(places.values()), {code for code, _ in kept}))
    refuse_if(
        [
            reason
            for code in dict.fromkeys(code for code, _ in kept)
            for reason in rules.other_case(places[code], dossier.case)
        ]
    )
    there = {(d.slot, d.digest): d for d in dossier.documents.filter(removed_at=None)}
    new = {(code, f.digest): f for code, f in kept if (code, f.digest) not in there}
    refuse_if(rules.too_many_papers(len(there) + len(new), PAPERS_MAX))
    fresh = Document.objects.bulk_create(
        Document(
            dossier=dossier, slot=code, name=places[code].name, file_name=f.name[:255],
            digest=f.digest, kind=f.kind, size=f.size, pages=f.pages, form=form,
            added_at=clock.now(),
        )
        for (code, _), f in new.items()
    )  # fmt: skip
    there |= {(d.slot, d.digest): d for d in fresh}
    return [there[code, file.digest] for code, file in kept]


@transaction.atomic
def remove_document(*, citizen: Person, reference: str, document_id: int) -> None:
    """Bỏ một giấy tờ: out of a draft for good; later only where the desk asked, and on record."""
    dossier = editable(citizen, reference)
    document = dossier.documents.filter(pk=document_id, removed_at=None).first()
    if document is None:
        raise NotFound
    if dossier.status == Status.DRAFT:
        document.delete()
        return
    take_out(dossier, [document_id])
    note_change(dossier, citizen.actor, "remove_document", slot=document.slot, paper=document.pk)


def take_out(dossier: Dossier, document_ids: Collection[int]) -> None:
    """Take papers out of what will be handed in again; the desk keeps what it was given before."""
    asked = {item["slot"] for item in dossier.supplement_items}
    for document in dossier.documents.filter(pk__in=document_ids, removed_at=None):
        unsent = rules.unsent(document.added_at, dossier.filed_at)
        if document.slot not in asked and not unsent:
            text = (
                f"Giấy tờ “{document.name}” đã nộp và không thuộc phần cơ quan đề nghị bổ sung "
                "nên không bỏ được."
            )
            raise Refused([Reason("document_not_asked", text, field=document.slot)])
        document.removed_at = clock.now()
        document.save(update_fields=["removed_at"])


def carry_papers(older: Dossier, fresh: Dossier, slots: Sequence[Slot]) -> None:
    """Put the papers of `older` where the new terms ask for a paper of the same name.

    By name, not by code: a new version may ask for another paper in the same place.
    """
    papers = list(older.documents.filter(removed_at=None))
    hold({paper.digest for paper in papers})
    asked = {slot.name: slot.code for slot in slots if slot.case in ("", fresh.case)}
    Document.objects.bulk_create(
        Document(
            dossier=fresh, slot=asked[p.name], name=p.name, file_name=p.file_name, digest=p.digest,
            kind=p.kind, size=p.size, pages=p.pages, form=p.form, added_at=clock.now(),
        )
        for p in papers if p.name in asked
    )  # fmt: skip


def out_of_case(dossier: Dossier) -> list[str]:
    """Take the papers of other cases out of a draft; the names of those that went."""
    slots = terms_of(dossier.procedure_version_id).slots
    others = [slot.code for slot in slots if slot.case not in ("", dossier.case)]
    gone = dossier.documents.filter(slot__in=others)
    names = list(dict.fromkeys(gone.values_list("name", flat=True)))
    gone.delete()
    return names
