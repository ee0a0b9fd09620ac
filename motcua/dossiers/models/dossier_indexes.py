"""The indexes of the dossiers: for worklists, for people who search, for the watch."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from motcua.dossiers.models.watched import CLOCKLESS, LOOSE
from motcua.dossiers.workflow import CLOSED, RUNNING, Status

OPEN = [s.value for s in Status if s not in CLOSED and s is not Status.DRAFT]
COUNTED = [s.value for s in Status if s in RUNNING]
INDEXES: tuple[models.Index, ...] = (
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
    models.Index(
        fields=("agency", "warn_at"),
        name="dossier_warn",
        condition=models.Q(status__in=OPEN),
    ),
    models.Index(
        fields=("warn_at", "id"),
        name="dossier_unanswered",
        condition=models.Q(status=Status.SUBMITTED),
    ),
    models.Index(
        fields=("result_digest",),
        name="dossier_result",
        condition=~models.Q(result_digest=""),
    ),
    models.Index(fields=("submitter", "-changed_at", "-id"), name="dossier_submitter"),
    models.Index(
        fields=("agency", "accepted_at", "id"),
        name="dossier_register",
        condition=models.Q(accepted_at__isnull=False),
    ),
    models.Index(
        fields=("finished_at", "id"),
        name="dossier_finished",
        condition=models.Q(finished_at__isnull=False),
    ),
    models.Index(  # whose letter of apology must be drafted
        fields=("due_at", "id"),
        name="dossier_promised",
        condition=models.Q(due_at__isnull=False, finished_at__isnull=True),
    ),
    models.Index(  # the watch: which clocks have begun to run out
        fields=("status", "warn_at", "id"),
        name="dossier_running_out",
        condition=models.Q(status__in=OPEN, warn_at__isnull=False),
    ),
    models.Index(  # the watch: what has lain where it is for how long, and until when it may
        fields=("status", "since_at", "id"),
        include=("due_at", "step_due_at", "clock_at"),
        name="dossier_stood",
        condition=models.Q(status__in=OPEN),
    ),
    models.Index(  # the watch: whose officer is to finish a step soon
        fields=("step_warn_at", "id"),
        name="dossier_step_due",
        condition=models.Q(step_warn_at__isnull=False),
    ),
    models.Index(
        fields=("id",),
        name="dossier_clockless",
        condition=models.Q(status__in=CLOCKLESS, clock_at__isnull=True),
    ),
    models.Index(fields=("id",), name="dossier_loose", condition=LOOSE),
    models.Index(  # which calendar the running dossiers were counted on
        fields=("calendar_edition",),
        name="dossier_edition",
        condition=models.Q(status__in=COUNTED, due_at__isnull=False),
    ),
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
