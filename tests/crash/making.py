"""What the clients of the storm have to file: forms filled in, photos and PDFs made."""

import os
import uuid
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image

from motcua.core import clock
from motcua.dossiers.actions.drafting import new_reference, open_draft
from motcua.dossiers.models import Document, Dossier
from motcua.files.actions import store
from motcua.people.models import Account, Person
from motcua.procedures.forms.filling import normalised
from motcua.procedures.forms.types import FieldType
from motcua.procedures.queries import published_terms
from motcua.procedures.types import Terms
from motcua.testing.answers import valid_answers
from motcua.testing.cast import PASSWORD
from motcua.testing.dossiers import a_pdf
from tests.crash.clients import Paper
from tests.crash.ledger import Asked, new_mark

CERTIFIED_COPY = "2.000815"  # a generic form of three pages and one paper
DEATH = "1.000656"  # a form of its own, six pages


def citizens(number: int, with_mail: int) -> list[Person]:
    """People with accounts, the first ones with an e-mail address; Lan and Thu are left in peace."""
    people = []
    for i in range(number):
        name = f"nguoi-nop-{i}"
        account = Account.objects.create(username=name, email=f"{name}@songha.example")
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
        people.append(
            Person.objects.create(
                account=account,
                national_id=f"0791950{i:05}",
                full_name="Nguyễn Văn Nộp",
                phone="0912345678",
                email=account.email if i < with_mail else "",
            )
        )
    return people


def sign_in(person: Person) -> tuple[str, str]:
    """What this person types to sign in."""
    assert person.account is not None
    return person.account.username, PASSWORD


def answers_with(mark: str, terms: Terms) -> dict[str, Any]:
    """The whole form answered rightly, with `mark` in a place where anything may be written."""
    answers = valid_answers(terms.form)
    for section in terms.form.sections:
        for field in section.fields:
            free = field.type in (FieldType.TEXT, FieldType.TEXTAREA) and not field.check
            if free and not section.repeat and not field.uppercase and not field.when:
                answers[section.key][field.key] = f"Theo {mark}"
                return normalised(terms.form, answers)
    raise LookupError(f"{terms.procedure_code} has no free text.")


def photo(side: int) -> bytes:
    """A JPEG of noise: nobody has another like it, and it does not shrink."""
    out = BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(out, "JPEG", quality=90)
    return out.getvalue()


def heavy_pdf(mark: str, size: int) -> bytes:
    """A PDF of one page that weighs `size` bytes."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 400))
    pdf.docinfo["/Title"] = mark
    pdf.pages[0].Contents = pdf.make_stream(b"% " + os.urandom(size).hex().encode()[:size] + b"\n")
    out = BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def wish(owner: str, terms: Terms, sides: Sequence[int]) -> tuple[Asked, list[Paper]]:
    """One dossier to file: each required paper as a PDF, and photos with sides of these lengths."""
    mark = new_mark()
    required = [slot.code for slot in terms.slots if slot.required]
    papers = [(slot, "giay-to.pdf", heavy_pdf(mark, 60_000)) for slot in required]
    papers += [(terms.slots[0].code, f"anh-{side}.jpg", photo(side)) for side in sides]
    prints = [(slot, sha256(content).hexdigest()) for slot, _, content in papers]
    return Asked(mark, owner, terms.procedure_code, answers_with(mark, terms), prints), papers


def ready_drafts(
    number: int, people: Sequence[Person], agency_code: str
) -> list[tuple[Asked, str]]:
    """Wishes with the numbers of drafts that lack nothing but the click; the people take turns."""
    terms = published_terms(CERTIFIED_COPY)
    slot = next(slot for slot in terms.slots if slot.required)
    model = open_draft(
        citizen=people[0], procedure_code=terms.procedure_code, agency_code=agency_code
    )
    Dossier.objects.filter(pk=model.pk).delete()
    drafts, stored, wishes = [], [], []
    for i in range(number):
        mark, owner = new_mark(), people[i % len(people)]
        draft = _copy(model, owner)
        draft.answers = answers_with(mark, terms)
        drafts.append(draft)
        stored.append(store(a_pdf(mark), "giay-to.pdf", owner.actor))
        prints = [(slot.code, stored[-1].digest)]
        wishes.append(Asked(mark, owner.actor.key, terms.procedure_code, draft.answers, prints))
    drafts = Dossier.objects.bulk_create(drafts)
    Document.objects.bulk_create(
        Document(
            dossier=draft, slot=slot.code, name=slot.name, file_name=file.name, digest=file.digest,
            kind=file.kind, size=file.size, pages=file.pages, added_at=clock.now(),
        )
        for draft, file in zip(drafts, stored, strict=True)
    )  # fmt: skip
    return [(wish, draft.reference) for wish, draft in zip(wishes, drafts, strict=True)]


def _copy(model: Dossier, owner: Person) -> Dossier:
    """The same draft once more, for `owner`, with a key and a number of its own."""
    values = {f.attname: getattr(model, f.attname) for f in Dossier._meta.concrete_fields}
    values |= {
        "id": None,
        "key": uuid.uuid4(),
        "reference": new_reference(clock.now()),
        "submitter_id": owner.pk,
    }
    return Dossier(**values)
