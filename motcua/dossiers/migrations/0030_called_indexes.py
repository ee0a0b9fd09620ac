"""Indexes on tables that grow: letters that wait, late entries, jobs given up; made while others work."""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

WAITING = models.Q(("state__in", ["drafted", "signed"]))


def made_anew(name: str) -> migrations.RunSQL:
    """What an interrupted attempt left behind is of no use."""
    return migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    """See the operations."""

    atomic = False
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("dossiers", "0030_called"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations: ClassVar[list[Operation]] = [
        made_anew("apology_waiting"),
        AddIndexConcurrently(
            "apology",
            models.Index(condition=WAITING, fields=["dossier"], name="apology_waiting"),
        ),
        made_anew("late_entry_entered"),
        AddIndexConcurrently(
            "lateentry", models.Index(fields=["entered_at"], name="late_entry_entered")
        ),
        made_anew("motcua_jobs_given_up"),
        migrations.RunSQL(  # of the queue, whose tables have no model of ours
            "CREATE INDEX CONCURRENTLY motcua_jobs_given_up"
            " ON procrastinate_events (at, id) WHERE type = 'failed'",
            "DROP INDEX CONCURRENTLY IF EXISTS motcua_jobs_given_up",
        ),
    ]
