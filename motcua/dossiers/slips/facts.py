"""What a template can say of a paper: its facts by name, and its rows, all in words.

A name is here or it is nowhere: templates are checked against the facts of a sample.

Law: FRM-06, FRM-09
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from motcua.dossiers.slips import forms, lists, urging, words
from motcua.dossiers.slips.forms import FORM_NAMES, STANDINGS, Heading, Office
from motcua.dossiers.slips.sets import title_in
from motcua.law.types import FormSet

Texts = dict[str, str]
Paper = forms.Slip | lists.ListPaper
HANDED_IN_PERSON = ("", "Trực tiếp")
SIGN_HERE = "Ký và ghi rõ họ tên"
TO_FILL_IN = "…" * 30  # by hand, at the place
WHO_CAME = "…" * 22
THEN = "…… giờ …… phút, ngày …… tháng …… năm ………"


@dataclass(frozen=True)
class Facts:
    """Texts by name, and rows by the name of their list; each row has texts by name again."""

    texts: Texts
    rows: dict[str, list[Texts]] = field(default_factory=dict)


def facts_of(paper: Paper) -> Facts:
    """Everything a template of this kind of paper can name."""
    texts, rows = _TELLERS[type(paper)](paper)
    texts |= _head(paper.heading) | {"title": title_of(paper)}
    return Facts(
        _drawable(texts), {name: [_drawable(row) for row in found] for name, found in rows.items()}
    )


def _drawable(texts: Texts) -> Texts:
    """Letters the fonts have; a telephone number keeps together, a code may break at its dashes."""
    shown = {name: words.printable(text) for name, text in texts.items()}
    for name, text in shown.items():
        if name.endswith("_phone"):
            shown[name] = words.whole(text)
        elif name == "code":
            shown[name] = words.at_dashes(text)
    return shown


def title_of(paper: Paper) -> str:
    """The name of the paper, as printed at its head."""
    if isinstance(paper, forms.RejectionSlip) and paper.settling:
        return "Phiếu từ chối giải quyết hồ sơ"
    if isinstance(paper, forms.ApologyLetter) and paper.new_due_at is None:
        return f"Văn bản xin lỗi {LATE}"
    return title_in(paper.heading.form_set, paper.kind)


def _head(heading: Heading | lists.ListHeading) -> Texts:
    office = heading.office
    told = _office(office) | {
        "number": heading.number,
        "issued_day": words.day_in_words(heading.issued_at),
        "form_basis": heading.form_basis,
    }
    if isinstance(heading, lists.ListHeading):
        return told
    owner = heading.owner
    return told | {
        "dossier_code": heading.dossier_code,
        "request": heading.request,
        "owner_name": owner.name,
        "owner_identity": owner.identity_no,
        "owner_address": owner.address,
        "owner_phone": owner.phone,
        "owner_email": owner.email,
    }


def _office(office: Office) -> Texts:
    return {
        "office_name": office.name,
        "office_superior": office.superior,
        "office_place": office.place,
        "office_phone": office.phone,
        "office_website": office.website,
    }


Told = tuple[Texts, dict[str, list[Texts]]]


def _appointment(slip: forms.AppointmentSlip) -> Told:
    by_hand = slip.channel in HANDED_IN_PERSON
    texts = {
        "time_limit": slip.time_limit,
        "accepted_at": words.in_words(slip.accepted_at),
        "due_at": words.in_words(slip.due_at) or "theo thông báo của cơ quan giải quyết",
        "delivery": slip.delivery,
        "return_place": slip.return_place or slip.heading.office.name,
        "book": f"01/{slip.accepted_at.astimezone(words.HANOI).year}",  # one book a year (FRM-05)
        "order": slip.order,
        "filer": slip.filer,
        "filer_relation": slip.filer_relation,
        "filer_signs": SIGN_HERE if by_hand else slip.channel,
        "channel": slip.channel,
        "officer": slip.officer,
        "set_count": str(slip.set_count),
        "fee_text": slip.fee_text,
    }
    papers = [
        {"name": p.name, "form": FORM_NAMES.get(p.form, p.form), "count": str(p.count)}
        for p in slip.papers
    ]
    return texts, {"papers": papers}


def _supplement(slip: forms.SupplementSlip) -> Told:
    again = f"Yêu cầu lần thứ {slip.request_no}" if slip.request_no > 1 else ""
    texts = {
        "legal_basis": slip.legal_basis,
        "officer": slip.officer,
        "again": again,
        "stage": slip.stage,
        "wait_until": words.in_words(slip.wait_until) if slip.wait_until else "",
    }
    return texts, {"items": [{"name": item.name, "what": item.what} for item in slip.items]}


def _rejection(slip: forms.RejectionSlip) -> Told:
    texts = {
        "reason": slip.reason,
        "legal_basis": slip.legal_basis,
        "officer": slip.officer,
        "filer": slip.filer,
        "submitted_at": words.in_words(slip.submitted_at),
        "right_place": slip.right_place,
        "refused": "không giải quyết" if slip.settling else "không tiếp nhận, giải quyết",
        "signer_role": slip.signer_title or "Người ký"
        if slip.settling
        else "Người tiếp nhận hồ sơ",
    }
    return texts, {}


def _control(slip: forms.ControlSheet) -> Told:
    texts = {
        "accepted_at": words.in_words(slip.accepted_at),
        "due_at": words.in_words(slip.due_at),
        "settling_office": slip.settling_office,
        "helping_offices": slip.helping_offices,
    }
    rows = [
        {
            "giver_office": row.giver_office, "receiver_office": row.receiver_office,
            "at": words.in_words(row.at), "giver": row.giver, "receiver": row.receiver,
            "standing": STANDINGS.get(row.standing, row.standing), "note": row.note,
        }
        for row in slip.handovers
    ]  # fmt: skip
    return texts, {"handovers": rows}


# What a letter of apology is for, as each set of forms puts it; without a new date, only this.
_PROMISING = {
    FormSet.TT01_2018: "và hẹn lại ngày trả kết quả",
    FormSet.TT03_2025: "và đề nghị gia hạn thời gian giải quyết",
}
LATE = "vì chậm trả kết quả"


def _apology(slip: forms.ApologyLetter) -> Told:
    promises = slip.new_due_at is not None
    texts = {
        "received_at": words.in_words(slip.received_at),
        "promised_at": words.in_words(slip.promised_at),
        "new_due_at": words.in_words(slip.new_due_at),
        "apology_for": _PROMISING[slip.heading.form_set] if promises else LATE,
        "until_then": "" if promises else "Ông/bà được báo ngay khi có kết quả.",
        "responsible": slip.responsible,
        "reason": slip.reason,
        "return_place": slip.place if promises else "",
        "signer": slip.signer,
        "signer_title": slip.signer_title or "Người ký",
    }
    return texts, {}


def _stop(slip: forms.StopNotice) -> Told:
    texts = {
        "received_at": words.in_words(slip.received_at),
        "decided_at": words.in_words(slip.decided_at),
        "reason": slip.reason,
        "legal_basis": slip.legal_basis,
        "given_back": slip.given_back,
        "signer": slip.signer,
        "signer_title": slip.signer_title or "Người ký",
    }
    return texts, {}


def _receipt(slip: forms.ReturnReceipt) -> Told:
    texts = {
        "giver": slip.giver,
        "giver_phone": slip.giver_phone,
        "receiver": slip.receiver,
        "receiver_phone": slip.receiver_phone,
        "receiver_identity": slip.receiver_identity_no,
        "result_kind": slip.result_kind,
        "result_number": slip.result_number,
        "summary": slip.summary,
        "returned_at": words.in_words(slip.returned_at),
        "giver_signs": slip.channel if slip.is_online else SIGN_HERE,
        "receiver_signs": slip.channel or SIGN_HERE,
    }
    return texts, {}


def _visit(slip: forms.VisitRecord) -> Told:
    texts = {
        "visit_at": words.in_words(slip.visit_at),
        "place": slip.place,
        "participants": slip.participants,
        "content": slip.content,
        "presence": "Người nộp hồ sơ được mời có mặt" if slip.needs_applicant else "",
        "present": slip.present or WHO_CAME,
        "record": slip.record or "\n\n".join([TO_FILL_IN] * 6),
        "recorded_at": words.in_words(slip.recorded_at) or THEN,
        "officer": slip.officer,
    }
    return texts, {}


def _handed(paper: lists.TransferList | lists.Minutes) -> Told:
    texts = {"giver_office": paper.giver_office, "receiver_office": paper.receiver_office}
    return texts | _hands(paper), {"dossiers": [_listed(each) for each in paper.dossiers]}


def _results(paper: lists.ResultList) -> Told:
    texts = {"settling_office": paper.settling_office}
    return texts | _hands(paper), {"dossiers": [_listed(each) for each in paper.dossiers]}


def _hands(paper: lists.TransferList | lists.Minutes | lists.ResultList) -> Texts:
    return {
        "handed_at": words.in_words(paper.handed_at),
        "giver": paper.giver,
        "receiver": paper.receiver,
        "total": str(len(paper.dossiers)),
    }


def _listed(each: lists.ListedDossier) -> Texts:
    return {
        "code": each.code, "request": each.request, "owner_name": each.owner_name,
        "address": each.address, "received_at": words.short(each.received_at),
        "due_at": words.short(each.due_at), "time_limit": each.time_limit, "unit": each.unit,
        "set_count": str(each.set_count), "papers": each.papers, "result": each.result,
        "fee_mark": "X" if each.has_fee else "", "post_mark": "X" if each.by_post else "",
        "note": each.note,
    }  # fmt: skip


def _register(paper: lists.DossierRegister) -> Told:
    texts = {"year": paper.year, "scope": paper.scope, "total": str(paper.total or len(paper.rows))}
    return texts, {"rows": [register_row(row) for row in paper.rows]}


def register_row(row: lists.RegisterRow) -> Texts:
    """One line of the register in words; the spreadsheet writes the same."""
    return {
        "number": str(row.number), "code": row.code, "request": row.request,
        "set_count": str(row.set_count), "owner_name": row.owner_name, "contact": row.contact,
        "received_at": words.short(row.received_at), "due_at": words.short(row.due_at),
        "sent_at": words.short(row.sent_at), "back_at": words.short(row.back_at),
        "returned_at": words.short(row.returned_at), "giver": row.giver,
        "receiver": row.receiver, "delivery": row.delivery, "note": row.note,
    }  # fmt: skip


_TELLERS: dict[type, Callable[[Any], Told]] = {
    forms.AppointmentSlip: _appointment,
    forms.SupplementSlip: _supplement,
    forms.RejectionSlip: _rejection,
    forms.ControlSheet: _control,
    forms.ApologyLetter: _apology,
    forms.StopNotice: _stop,
    forms.ReturnReceipt: _receipt,
    forms.VisitRecord: _visit,
    **dict.fromkeys((lists.TransferList, lists.Minutes), _handed),
    lists.ResultList: _results,
    lists.DossierRegister: _register,
    lists.UrgingPaper: urging.told,
}
