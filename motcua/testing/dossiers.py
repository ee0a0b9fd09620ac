"""Dossiers brought to a status by the real actions, so that none can be impossible."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

from motcua.core import clock
from motcua.dossiers.actions import (
    delivery,
    drafting,
    intake,
    more_papers,
    papers,
    processing,
    settlement,
    standing_in,
)
from motcua.dossiers.actions.filing import file_at_counter, file_by_partner
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Applicant, Channel, Correction
from motcua.dossiers.workflow import Status
from motcua.people.models import Partner
from motcua.people.types import PartnerFacts
from motcua.procedures.forms.rules import merge
from motcua.procedures.queries import published_terms, terms_of
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.consulting import consulted, handed_over, visit_announced, with_the_unit
from motcua.testing.correcting import reopened

if TYPE_CHECKING:
    from motcua.procedures.types import Terms

BIRTH = "1.001193"


def a_pdf(text: str = "") -> bytes:
    """A small, valid PDF of one page that differs with `text`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 400))
    pdf.docinfo["/Title"] = text or "giay-to"
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _upload(text: str) -> BytesIO:
    file = BytesIO(a_pdf(text))
    file.name = "giay-to.pdf"
    return file


def fill_all(cast: Cast, dossier: Dossier) -> None:
    """Answer every question of the form, rightly; what came from the account stays."""
    terms = terms_of(dossier.procedure_version_id)
    known = {
        section: {key: said for key, said in given.items() if isinstance(said, str) and said}
        for section, given in dossier.answers.items()
        if isinstance(given, dict)
    }
    dossier.answers = merge(valid_answers(terms.form), known)
    dossier.save(update_fields=["answers"])
    if len(terms.cases) > 1:
        drafting.choose(citizen=cast.lan, reference=dossier.reference, case=terms.cases[0])


def attach_all(cast: Cast, dossier: Dossier) -> None:
    """Attach a paper for every required slot."""
    dossier.refresh_from_db()
    for slot in terms_of(dossier.procedure_version_id).slots:
        if slot.required and slot.case in ("", dossier.case):
            papers.attach(
                citizen=cast.lan, reference=dossier.reference, slot=slot.code,
                uploads=[_upload(f"{slot.name} {dossier.reference}")],
            )  # fmt: skip


def _submit(cast: Cast, d: Dossier) -> None:
    fill_all(cast, d)
    attach_all(cast, d)
    intake.submit_dossier(citizen=cast.lan, reference=d.reference)


def _ask(cast: Cast, d: Dossier) -> None:
    slot = terms_of(d.procedure_version_id).slots[0].code
    intake.ask_supplement(
        post=cast.hung, reference=d.reference, items=[(slot, "Ảnh mờ, không đọc được số.")]
    )


def asked_paper(dossier: Dossier) -> str:
    """The paper that Hùng or Mai asks about in these stories."""
    return terms_of(dossier.procedure_version_id).slots[0].code


def asked_more(cast: Cast, d: Dossier) -> Dossier:
    """Mai finds a paper unreadable while she examines, and asks for it again."""
    item = Correction(slot=asked_paper(d), reason="blurred", text="Mời chụp lại cả hai mặt")
    return more_papers.ask_more(post=cast.mai, reference=d.reference, items=[item])


def handed_in(cast: Cast, d: Dossier) -> Dossier:
    """What Mai asked for comes back the way the dossier came: from Lan, over the counter, the wire."""
    d.refresh_from_db()
    brought = [(asked_paper(d), "ro.pdf", a_pdf(f"bản rõ {d.reference} {d.revision}"))]
    if d.channel == Channel.COUNTER:
        return standing_in.supplement_at_counter(
            post=cast.hung, reference=d.reference, answers=d.answers, papers=brought
        )
    if d.channel == Channel.PARTNER:
        return standing_in.supplement_by_partner(
            partner=a_partner(), reference=d.reference, answers={}, papers=brought
        )
    papers.attach(
        citizen=cast.lan, reference=d.reference, slot=brought[0][0],
        uploads=[_upload(f"bản rõ {d.reference} {d.revision}")],
    )  # fmt: skip
    return intake.supplement_dossier(citizen=cast.lan, reference=d.reference)


def _stop(cast: Cast, d: Dossier) -> None:
    more_papers.stop_dossier(
        post=cast.binh, reference=d.reference, reason="Tòa án đã thụ lý vụ việc của hồ sơ này.",
        legal_basis="Nghị định số 118/2025/NĐ-CP",
    )  # fmt: skip


def _issue(cast: Cast, d: Dossier) -> None:
    settlement.issue_result(
        post=cast.yen, reference=d.reference, number=f"{d.pk}/KS", issued_on=clock.now().date(),
        upload=_upload(f"Kết quả giải quyết {d.reference}"),
    )  # fmt: skip


def found_right(dossier: Dossier) -> set[str]:
    """What Hùng ticks “Đạt” when he has looked at every paper."""
    return {slot.code for slot in terms_of(dossier.procedure_version_id).slots}


def accepted(cast: Cast, dossier: Dossier) -> Dossier:
    """Hùng looks at every paper of the dossier and accepts it."""
    return intake.accept_dossier(
        post=cast.hung, reference=dossier.reference, checked=found_right(dossier)
    )


Deed = Callable[[Cast, Dossier], object]
_TO_SUBMITTED: tuple[Deed, ...] = (_submit,)
_TO_ACCEPTED: tuple[Deed, ...] = (*_TO_SUBMITTED, accepted)
_TO_ASSIGNING: tuple[Deed, ...] = (*_TO_ACCEPTED, with_the_unit)
_TO_EXAMINING: tuple[Deed, ...] = (
    *_TO_ASSIGNING,
    lambda c, d: processing.assign_dossier(post=c.hoa, reference=d.reference, assignee_id=c.mai.pk),
)
_TO_PROPOSED: tuple[Deed, ...] = (
    *_TO_EXAMINING,
    lambda c, d: processing.examine_dossier(
        post=c.mai, reference=d.reference, note="Hồ sơ đủ, thông tin khớp."
    ),
    lambda c, d: processing.propose_dossier(
        post=c.mai, reference=d.reference, outcome="approve", note="Đề nghị đồng ý."
    ),
)
_TO_APPROVED: tuple[Deed, ...] = (
    *_TO_PROPOSED,
    lambda c, d: settlement.decide_dossier(post=c.binh, reference=d.reference),
)
_TO_READY: tuple[Deed, ...] = (*_TO_APPROVED, _issue)

_WAY: dict[Status, tuple[Deed, ...]] = {
    Status.DRAFT: (),
    Status.SUBMITTED: _TO_SUBMITTED,
    Status.PRE_SUPPLEMENT: (*_TO_SUBMITTED, _ask),
    Status.REJECTED: (
        *_TO_SUBMITTED,
        lambda c, d: intake.reject_dossier(
            post=c.hung,
            reference=d.reference,
            reason="Không thuộc thẩm quyền của phường.",
            legal_basis="Điều 13 Luật Hộ tịch",
        ),
    ),
    Status.WITHDRAWN: (
        *_TO_SUBMITTED,
        lambda c, d: intake.withdraw_dossier(citizen=c.lan, reference=d.reference),
    ),
    Status.ACCEPTED: _TO_ACCEPTED,
    Status.TRANSFERRING: (*_TO_ACCEPTED, handed_over),
    Status.ASSIGNING: _TO_ASSIGNING,
    Status.EXAMINING: _TO_EXAMINING,
    Status.CONSULTING: (*_TO_EXAMINING, consulted),
    Status.VERIFYING: (*_TO_EXAMINING, visit_announced),
    Status.SUPPLEMENT: (*_TO_EXAMINING, asked_more),
    Status.SUPPLEMENTED: (*_TO_EXAMINING, asked_more, handed_in),
    Status.STOPPED: (*_TO_EXAMINING, _stop),
    Status.PROPOSED: _TO_PROPOSED,
    Status.APPROVED: _TO_APPROVED,
    Status.REFUSED: (
        *_TO_PROPOSED,
        lambda c, d: settlement.refuse_dossier(
            post=c.binh,
            reference=d.reference,
            reason="Thông tin không khớp sổ gốc.",
            legal_basis="Điều 16 Luật Hộ tịch",
        ),
    ),
    Status.CORRECTING: (*_TO_READY, reopened),
    Status.RESULT_READY: _TO_READY,
    Status.DELIVERED: (
        *_TO_READY,
        lambda c, d: delivery.deliver_result(
            post=c.hung, reference=d.reference, receiver_name=d.applicant_name
        ),
    ),
}


# Somebody without an account: nobody but whoever filed for them can act for them.
STRANGER = Applicant("H' Hen Niê", "066194000012", phone="0912345678")
TOKEN = "a-partner-in-tests"


def a_partner() -> PartnerFacts:
    """The one partner of the tests; `TOKEN` is its token."""
    digest = sha256(TOKEN.encode()).hexdigest()
    row, _ = Partner.objects.get_or_create(name="Bưu điện Sông Hà", token_sha256=digest)
    return PartnerFacts(row.pk, row.name)


def _papers(terms: Terms) -> list[tuple[str, str, bytes]]:
    case = terms.cases[0] if terms.cases else ""
    return [
        (slot.code, "giay-to.pdf", a_pdf(slot.code))
        for slot in terms.slots
        if slot.required and slot.case in ("", case)
    ]


def filed_at_counter(
    cast: Cast, procedure: str = BIRTH, owner: Applicant = STRANGER, **late: Any
) -> Dossier:
    """A dossier that Hùng entered for somebody at his counter."""
    terms = published_terms(procedure)
    return file_at_counter(
        post=cast.hung, key=uuid.uuid4(), procedure_code=procedure, owner=owner,
        answers=valid_answers(terms.form), papers=_papers(terms),
        case=terms.cases[0] if terms.cases else "", **late,
    )  # fmt: skip


def filed_by_partner(cast: Cast, procedure: str = BIRTH, owner: Applicant = STRANGER) -> Dossier:
    """A dossier that the partner filed for somebody."""
    terms = published_terms(procedure)
    return file_by_partner(
        partner=a_partner(), key=str(uuid.uuid4()), procedure_code=procedure,
        agency_code=cast.ward.code, applicant=owner, answers=valid_answers(terms.form),
        papers=_papers(terms), case=terms.cases[0] if terms.cases else "",
    )  # fmt: skip


def a_dossier(
    cast: Cast, status: Status, procedure: str = BIRTH, channel: Channel = Channel.ONLINE
) -> Dossier:
    """A dossier at Mỹ Phước brought to `status` by the people of the cast; Lan's when it is online."""
    deeds = _WAY[status]
    if channel == Channel.ONLINE:
        published_terms(procedure)
        dossier = drafting.open_draft(
            citizen=cast.lan, procedure_code=procedure, agency_code=cast.ward.code
        )
    else:
        at_counter = channel == Channel.COUNTER
        dossier = (filed_at_counter if at_counter else filed_by_partner)(cast, procedure)
        deeds = deeds[1:]  # it is submitted
    for deed in deeds:
        dossier.refresh_from_db()
        deed(cast, dossier)
    dossier.refresh_from_db()
    return dossier


__all__ = [
    "STRANGER", "TOKEN", "a_dossier", "a_partner", "a_pdf", "accepted", "asked_more", "asked_paper",
    "attach_all", "filed_at_counter", "filed_by_partner", "fill_all", "found_right", "handed_in",
]  # fmt: skip
