"""Dossiers, their papers, moves, tasks and slips."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection, models

from motcua.audit.actions import record
from motcua.core.actors import Actor
from motcua.dossiers.types import CHANNEL_NAMES, DELIVERY_NAMES, PAPER_FORM_NAMES
from motcua.dossiers.workflow import CLOSED, NEXT_TASK, TEXTS, Status, Step, next_status

OPEN = [s.value for s in Status if s not in CLOSED and s is not Status.DRAFT]


class Dossier(models.Model):
    """One request under one procedure (hồ sơ), from draft to result."""

    key = models.UUIDField("khóa chống nộp trùng", unique=True, default=uuid.uuid4)
    reference = models.CharField("số tạm", max_length=20, unique=True)
    code = models.CharField("mã hồ sơ", max_length=60, unique=True, null=True, blank=True)
    submitter = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey("people.Partner", models.PROTECT, null=True, related_name="+")
    applicant = models.JSONField("chủ hồ sơ", default=dict)
    applicant_name = models.CharField(max_length=200, blank=True)
    applicant_folded = models.CharField(max_length=200, blank=True)  # as desks type a name
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        "agencies.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    procedure_version = models.ForeignKey(
        "procedures.ProcedureVersion", models.PROTECT, related_name="+"
    )
    procedure_code = models.CharField(max_length=20)
    procedure_name = models.TextField()
    case = models.TextField("trường hợp", blank=True)
    status = models.CharField(max_length=20, choices=list(TEXTS.items()), default=Status.DRAFT)
    revision = models.IntegerField(default=0)
    outcome = models.CharField(max_length=10, blank=True)  # approve, refuse
    answers = models.JSONField("tờ khai", default=dict)
    channel = models.CharField(max_length=10, choices=list(CHANNEL_NAMES.items()))
    delivery = models.CharField(
        max_length=10, choices=list(DELIVERY_NAMES.items()), default="online"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField("hạn trả lời tiếp nhận", null=True)
    accepted_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField("hẹn trả lần đầu", null=True)
    due_at = models.DateTimeField("hẹn trả", null=True)
    clock_at = models.DateTimeField("đồng hồ đang chạy đến", null=True)
    finished_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    result_number = models.CharField(max_length=60, blank=True)
    result_on = models.DateField(null=True)
    result_digest = models.CharField(max_length=64, blank=True)
    supplement_items = models.JSONField("yêu cầu bổ sung", default=list)
    supplements_asked = models.IntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(
                fields=("agency", "status", "clock_at", "id"),
                name="dossier_desk",
                condition=models.Q(status__in=OPEN),
            ),
            models.Index(
                fields=("unit", "status", "clock_at", "id"),
                name="dossier_unit",
                condition=models.Q(status__in=OPEN, unit__isnull=False),
            ),
            models.Index(
                fields=("assignee", "status", "clock_at", "id"),
                name="dossier_assignee",
                condition=models.Q(status__in=OPEN, assignee__isnull=False),
            ),
            models.Index(
                fields=("agency", "clock_at", "id"),
                name="dossier_clock",
                condition=models.Q(status__in=OPEN),
            ),
            models.Index(fields=("submitter", "-changed_at", "-id"), name="dossier_submitter"),
            GinIndex(
                OpClass("applicant_folded", "gin_trgm_ops"),
                name="dossier_applicant",
                condition=~models.Q(status="draft"),
            ),
            models.Index(
                models.F("applicant__national_id"),
                name="dossier_identity",
                condition=~models.Q(status="draft"),
            ),
        )

    def __str__(self) -> str:
        return self.code or self.reference

    def take(self, step: Step, by: Actor, at: datetime, note: str = "", **changes: Any) -> Move:
        """Take `step`: the one place where a dossier changes its status.

        Writes the status and `changes` and nothing else, so that it cannot undo what others wrote
        meanwhile. Leaves a `Move` for people, an entry in the journal for auditors, the next
        `Task`, and the counters of the worklists.
        """
        source = Status(self.status)
        self.status = target = next_status(source, step, by.role)
        self.revision += 1
        changes["clock_at"] = self._clock(target, changes)
        for name, value in changes.items():
            setattr(self, name, value)
        self.changed_at = at
        self.save(update_fields=["status", "revision", "changed_at", *changes])
        _count(self.agency_id, source, target)
        self._hand_on(step, target, by, at)
        move = self.moves.create(
            step=step, source=source, target=target, by=by.name, by_key=by.key, at=at, note=note,
            unit_id=self.unit_id, seq=self.revision,
        )  # fmt: skip
        record(
            by, f"dossier.{step}", self.reference, at=at,
            source=source.value, target=target.value, revision=self.revision, code=self.code or "",
        )  # fmt: skip
        return move

    def _clock(self, target: Status, changes: dict[str, Any]) -> datetime | None:
        """The moment the running clock points at: the answer of the desk, then the result."""
        if target in CLOSED or target in (Status.PRE_SUPPLEMENT, Status.RESULT_READY):
            return None
        name = "answer_due_at" if target is Status.SUBMITTED else "due_at"
        clock: datetime | None = changes.get(name, getattr(self, name))
        return clock

    def _hand_on(self, step: Step, target: Status, by: Actor, at: datetime) -> None:
        """Close the open tasks and open the one that the default process puts next."""
        if self.revision > 1:
            self.tasks.filter(done_at=None).update(done_at=at, done_by=by.name, done_step=step)
        if target in NEXT_TASK:
            title, role = NEXT_TASK[target]
            self.tasks.create(
                title=title, role=role, status=target, unit_id=self.unit_id,
                assignee_id=self.assignee_id, opened_at=at, due_at=self.clock_at,
            )  # fmt: skip


class Document(models.Model):
    """A paper attached to a dossier, in a slot that the procedure names (giấy tờ đã nộp)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="documents")
    slot = models.CharField(max_length=60)
    name = models.TextField()
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=60)
    size = models.BigIntegerField()
    pages = models.IntegerField(default=1)
    form = models.CharField(
        max_length=20, choices=list(PAPER_FORM_NAMES.items()), default="electronic"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.slot}"


class Move(models.Model):
    """A step that was taken. The moves of a dossier, in order, are its control sheet."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="moves")
    seq = models.IntegerField()
    step = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.CharField("người thực hiện", max_length=200)
    by_key = models.CharField(max_length=40)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=("dossier", "seq"), name="move_seq"),)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.step}"


class Task(models.Model):
    """What somebody has to do next on a dossier (việc)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    assignee = models.ForeignKey("agencies.Post", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    done_step = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("dossier",), name="task_open", condition=models.Q(done_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.title


class Slip(models.Model):
    """A form issued on a dossier, kept exactly as it was issued (FRM-09)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    move = models.ForeignKey(Move, models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=30)  # appointment, supplement, rejection, control
    number = models.CharField(max_length=80)
    token = models.TextField()
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("move", "kind"), name="slip_once"),)

    def __str__(self) -> str:
        return self.number


class CodeCounter(models.Model):
    """The last order number that an agency gave on a day (COD-06)."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "day"), name="code_counter_day"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}: {self.last}"


class WorklistCount(models.Model):
    """How many dossiers of an agency stand in a status, written with every step."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    status = models.CharField(max_length=20)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "status"), name="worklist_count"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.status}: {self.number}"


def _count(agency_id: int, source: Status, target: Status) -> None:
    """Move one dossier from counter to counter, in a fixed order so that no two can deadlock."""
    if source is target:
        return
    changes = sorted([(source.value, -1), (target.value, 1)])
    if source is Status.DRAFT:
        changes = [(target.value, 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_worklistcount (agency_id, status, number) VALUES "
            + ", ".join(["(%s, %s, %s)"] * len(changes))
            + " ON CONFLICT (agency_id, status) DO UPDATE"
            " SET number = dossiers_worklistcount.number + EXCLUDED.number",
            [value for status, n in changes for value in (agency_id, status, n)],
        )


def next_order(agency_id: int, day: datetime) -> int:
    """The next order number of an agency on a day; safe against two desks at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_codecounter (agency_id, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + 1"
            " RETURNING last",
            [agency_id, day.date()],
        )
        row = cursor.fetchone()
        return int(row[0])
