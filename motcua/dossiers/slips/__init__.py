"""The papers an office hands out: the slips of the law, printed on A5 with a QR that can be checked."""

from motcua.dossiers.slips.forms import (
    AppointmentSlip,
    ControlSheet,
    Handover,
    Heading,
    Missing,
    Office,
    Owner,
    PaperLine,
    RejectionSlip,
    Slip,
    SlipKind,
    SupplementSlip,
)
from motcua.dossiers.slips.printing import render
from motcua.dossiers.slips.seal import SealedPaper, qr_payload, read_payload

__all__ = [
    "AppointmentSlip",
    "ControlSheet",
    "Handover",
    "Heading",
    "Missing",
    "Office",
    "Owner",
    "PaperLine",
    "RejectionSlip",
    "SealedPaper",
    "Slip",
    "SlipKind",
    "SupplementSlip",
    "qr_payload",
    "read_payload",
    "render",
]
