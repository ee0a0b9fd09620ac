"""Dossiers, their papers, moves, tasks, slips and alarms, and the numbers kept about them."""

from motcua.dossiers.models.alarms import Alarm, WatchMark
from motcua.dossiers.models.apologies import Apology
from motcua.dossiers.models.approvals import Approval
from motcua.dossiers.models.calls import PhoneCall
from motcua.dossiers.models.consulting import Consultation, Urging, Verification
from motcua.dossiers.models.corrections import CorrectionItem, CorrectionReason
from motcua.dossiers.models.counters import CodeCounter, WorklistCount, next_order
from motcua.dossiers.models.dossier import Document, Dossier
from motcua.dossiers.models.explanations import Explanation
from motcua.dossiers.models.former_codes import FormerCode
from motcua.dossiers.models.incidents import EarlierResult, Incident
from motcua.dossiers.models.late_entries import LateEntry
from motcua.dossiers.models.ledger import DueChange, Recount, RecountLine
from motcua.dossiers.models.moves import Move, Slip, Task
from motcua.dossiers.models.readings import MassReading, Reading, ReadingTally
from motcua.dossiers.models.registers import RegisterOrder
from motcua.dossiers.models.rollups import SolvingTime, UsualTime, YearCount
from motcua.dossiers.models.stations import Station
from motcua.dossiers.models.templates import FormTemplate
from motcua.dossiers.models.transfers import TransferLine, TransferList, next_list
from motcua.dossiers.models.urging_documents import UrgedLine, UrgingDocument, next_urging

__all__ = [
    "Alarm",
    "Apology",
    "Approval",
    "CodeCounter",
    "Consultation",
    "CorrectionItem",
    "CorrectionReason",
    "Document",
    "Dossier",
    "DueChange",
    "EarlierResult",
    "Explanation",
    "FormTemplate",
    "FormerCode",
    "Incident",
    "LateEntry",
    "MassReading",
    "Move",
    "PhoneCall",
    "Reading",
    "ReadingTally",
    "Recount",
    "RecountLine",
    "RegisterOrder",
    "Slip",
    "SolvingTime",
    "Station",
    "Task",
    "TransferLine",
    "TransferList",
    "UrgedLine",
    "Urging",
    "UrgingDocument",
    "UsualTime",
    "Verification",
    "WatchMark",
    "WorklistCount",
    "YearCount",
    "next_list",
    "next_order",
    "next_urging",
]
