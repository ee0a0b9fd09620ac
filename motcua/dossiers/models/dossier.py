"""The dossier itself and its papers."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import pgtrigger
from django.db import models

from motcua.audit.actions import record
from motcua.core.actors import Actor
from motcua.dossiers.models.alarms import close_alarms, withdraw_warnings
from motcua.dossiers.models.asides import settle_asides
from motcua.dossiers.models.clocks import STEP_OVER, WITH_OFFICER, clock_of, moments_told
from motcua.dossiers.models.counters import count_move
from motcua.dossiers.models.dossier_indexes import INDEXES
from motcua.dossiers.models.journalled import STEP_IS_JOURNALLED
from motcua.dossiers.models.ledger import note_change
from motcua.dossiers.models.moves import Move
from motcua.dossiers.models.rollups import Counts, count_year, counted
from motcua.dossiers.types import CHANNEL_NAMES, DELIVERY_NAMES, PAPER_FORM_NAMES
from motcua.dossiers.workflow import BESIDE, NEXT_TASK, TEXTS, Status, Step, next_status
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import working_hours_before
from motcua.workdays.types import WorkCalendar


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
    # What the applicant is changing after the desk asked; the desk goes on seeing what was filed.
    draft_answers = models.JSONField("tờ khai đang sửa", null=True)
    page_turns = models.JSONField("thứ tự lưu trang", null=True)  # see turns.py
    content_digest = models.CharField(max_length=64, blank=True)  # what a key was first used for
    channel = models.CharField(max_length=10, choices=list(CHANNEL_NAMES.items()))
    delivery = models.CharField(
        max_length=10, choices=list(DELIVERY_NAMES.items()), default="online"
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Since when, and by which step, it lies where it lies; acts beside the process leave it there.
    since_at = models.DateTimeField("ở chỗ này từ")
    since_revision = models.IntegerField(default=0)
    submitted_at = models.DateTimeField("giờ tiếp nhận chính thức", null=True)
    filed_at = models.DateTimeField("nộp lần gần nhất", null=True)
    answer_due_at = models.DateTimeField("hạn trả lời tiếp nhận", null=True)
    accepted_at = models.DateTimeField(null=True)
    transfer_due_at = models.DateTimeField("hạn bàn giao", null=True)
    original_due_at = models.DateTimeField("hẹn trả lần đầu", null=True)
    legal_due_at = models.DateTimeField("mốc xét đúng hạn", null=True)  # see legal_events
    due_at = models.DateTimeField("hẹn trả", null=True)
    # By what its dates were counted: the law when it was filed, then when it was accepted.
    profile = models.ForeignKey(
        "law.LegalProfile", models.PROTECT, null=True, related_name="+", db_index=False
    )
    calendar_edition = models.PositiveIntegerField(null=True)
    rule_version = models.PositiveSmallIntegerField(null=True)
    clock_at = models.DateTimeField("đồng hồ đang chạy đến", null=True)
    warn_at = models.DateTimeField("bắt đầu nhắc", null=True)
    step_due_at = models.DateTimeField("hạn hoàn thành bước", null=True)  # set by the head (ST-07)
    step_warn_at = models.DateTimeField("bắt đầu nhắc về bước", null=True)
    finished_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    result_number = models.CharField(max_length=60, blank=True)
    result_on = models.DateField(null=True)
    result_digest = models.CharField(max_length=64, blank=True)
    supplement_items = models.JSONField("yêu cầu bổ sung", default=list)
    supplements_asked = models.IntegerField(default=0)
    supply_by = models.DateTimeField("chờ bổ sung đến", null=True)

    correct_by = models.DateTimeField("hạn cấp lại kết quả", null=True)

    at_hand: WorkCalendar | None = None  # its calendar, where the caller has read it already

    class Meta:
        indexes = INDEXES
        # Whoever writes past `take` and the journal is stopped at commit (docs/decisions/0021).
        triggers = [
            pgtrigger.Trigger(
                name="step_is_journalled",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.AnyChange("status", "revision"),
                func=STEP_IS_JOURNALLED,
            )
        ]

    def __str__(self) -> str:
        return self.code or self.reference

    def take(
        self,
        step: Step,
        by: Actor,
        at: datetime,
        note: str = "",
        facts: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Move:
        """Take `step`: the one place where a dossier changes its status.

        Writes the status and `changes` and nothing else, so that it cannot undo what others wrote
        meanwhile. Leaves a `Move` for people, an entry in the journal for auditors, the next
        `Task`, the counters of the worklists. `facts` (what was filed, why) stay with the move.
        """
        source, was, promised = Status(self.status), counted(self), (self.due_at, self.accepted_at)
        held_by = self.unit_id, self.assignee_id
        self.status = target = next_status(source, step, by.role)
        self.revision += 1
        changes |= self._of_itself(step, target, at, changes)
        for name, value in changes.items():
            setattr(self, name, value)
        self.changed_at = at
        self.save(update_fields=["status", "revision", "changed_at", *changes])
        self._count(source, was)
        self._hand_on(step, target, by, at)
        close_alarms(self, source, by, at)
        withdraw_warnings(self, held_by, at)
        settle_asides(self, source, by, at, is_redated="due_at" in changes)
        move = self.moves.create(
            step=step, source=source, target=target, by=by.name, by_key=by.key, at=at, note=note,
            unit_id=by.unit_id, to_unit_id=self.unit_id, seq=self.revision,
            facts=self.as_it_was() | (facts or {}),
        )  # fmt: skip
        note_change(self, move, promised, facts or {})
        record(
            by, f"dossier.{step}", self.reference, at=at, source=source.value, target=target.value,
            revision=self.revision, code=self.code or "", **self._settled(changes),
        )  # fmt: skip
        return move

    def _settled(self, changes: dict[str, Any]) -> dict[str, Any]:
        """What this step promises or issues, for the journal: the date, the result's fingerprint."""
        issued = {"result": self.result_digest} if "result_digest" in changes else {}
        return issued | ({"due_at": self.due_at or ""} if "due_at" in changes else {})

    def _of_itself(
        self, step: Step, target: Status, at: datetime, changes: dict[str, Any]
    ) -> dict[str, Any]:
        """What a step writes besides: the clock, since when it lies there, that a step's date is over."""
        found: dict[str, Any] = self.clock_for(target, changes)
        if self.step_due_at and target not in WITH_OFFICER:
            found |= STEP_OVER
        if step not in BESIDE:
            found |= {"since_at": at, "since_revision": self.revision}
        return found

    def _count(self, source: Status, was: Counts) -> None:
        """Keep the figures: lengths of the worklists first, then those of the year, always so."""
        count_move(self.agency_id, source, Status(self.status))
        count_year(was, counted(self))

    def clock_for(self, target: Status, changes: dict[str, Any]) -> dict[str, datetime | None]:
        """What the running clock points at (the desk's answer, then the result), when to warn."""
        clock, hours = clock_of(target, lambda name: changes.get(name, getattr(self, name)))
        if clock is None:
            return {"clock_at": None, "warn_at": None}
        if clock == self.clock_at:
            return {}
        calendar = self.at_hand
        if calendar is None:
            calendar = work_calendar(self.agency_id, changes.get("unit_id", self.unit_id))
        return {"clock_at": clock, "warn_at": working_hours_before(clock, hours, calendar)}

    def as_it_was(self) -> dict[str, Any]:
        """What later slips and letters about this move must not read from a dossier that went on."""
        dated = moments_told(lambda name: getattr(self, name))
        return dated | {"applicant": self.applicant} | ({"code": self.code} if self.code else {})

    def _hand_on(self, step: Step, target: Status, by: Actor, at: datetime) -> None:
        """Close the open tasks and open the one that the default process puts next.

        After a step beside the process the same task goes on, to the date as it is now.
        """
        if step in BESIDE:
            self.tasks.filter(done_at=None).update(due_at=self.step_due_at or self.clock_at)
            return
        if self.revision > 1:
            self.tasks.filter(done_at=None).update(done_at=at, done_by=by.name, done_step=step)
        if target in NEXT_TASK:
            title, role = NEXT_TASK[target]
            self.tasks.create(
                title=title, role=role, status=target, unit_id=self.unit_id,
                assignee_id=self.assignee_id, opened_at=at,
                due_at=self.step_due_at or self.clock_at,
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
        indexes = (models.Index(fields=("digest",), name="document_digest"),)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.slot}"
