"""Dossiers, their papers, moves, tasks and slips, and the numbers kept about them."""

from motcua.dossiers.models.counters import CodeCounter, WorklistCount, next_order
from motcua.dossiers.models.dossier import Document, Dossier
from motcua.dossiers.models.moves import Move, Slip, Task

__all__ = [
    "CodeCounter",
    "Document",
    "Dossier",
    "Move",
    "Slip",
    "Task",
    "WorklistCount",
    "next_order",
]
