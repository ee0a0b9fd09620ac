"""The papers an office hands out: the forms of the law, printed with a QR that can be checked.

Facts go in as plain values (`forms.py`, `lists.py`); a template says how they are laid out; a PDF
comes out. Which template is in force is asked of `motcua.dossiers.form_templates`.
"""

from motcua.dossiers.slips.forms import (
    ApologyLetter,
    AppointmentSlip,
    ControlSheet,
    Handover,
    Heading,
    Missing,
    Office,
    Owner,
    PaperLine,
    RejectionSlip,
    ReturnReceipt,
    Slip,
    SlipKind,
    StopNotice,
    SupplementSlip,
    VisitRecord,
)
from motcua.dossiers.slips.lists import (
    DossierRegister,
    ListedDossier,
    ListHeading,
    ListPaper,
    Minutes,
    RegisterRow,
    ResultList,
    TransferList,
)
from motcua.dossiers.slips.printing import render
from motcua.dossiers.slips.seal import SealedPaper, qr_payload, read_payload

__all__ = [
    "ApologyLetter",
    "AppointmentSlip",
    "ControlSheet",
    "DossierRegister",
    "Handover",
    "Heading",
    "ListHeading",
    "ListPaper",
    "ListedDossier",
    "Minutes",
    "Missing",
    "Office",
    "Owner",
    "PaperLine",
    "RegisterRow",
    "RejectionSlip",
    "ResultList",
    "ReturnReceipt",
    "SealedPaper",
    "Slip",
    "SlipKind",
    "StopNotice",
    "SupplementSlip",
    "TransferList",
    "VisitRecord",
    "qr_payload",
    "read_payload",
    "render",
]
