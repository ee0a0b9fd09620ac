"""Dossiers, their papers, moves, tasks, slips and alarms, and the numbers kept about them."""

from motcua.dossiers.models.alarms import Alarm
from motcua.dossiers.models.counters import CodeCounter, WorklistCount, next_order
from motcua.dossiers.models.dossier import Document, Dossier
from motcua.dossiers.models.moves import Move, Slip, Task
from motcua.dossiers.models.registers import RegisterOrder
from motcua.dossiers.models.rollups import SolvingTime, UsualTime, YearCount
from motcua.dossiers.models.templates import FormTemplate

__all__ = [
    "Alarm",
    "CodeCounter",
    "Document",
    "Dossier",
    "FormTemplate",
    "Move",
    "RegisterOrder",
    "Slip",
    "SolvingTime",
    "Task",
    "UsualTime",
    "WorklistCount",
    "YearCount",
    "next_order",
]
