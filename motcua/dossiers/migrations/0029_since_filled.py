"""Since when, and by which step, a dossier lies where it lies: by its last move in the process.

In batches, each on its own, and only then must the column be full. Interrupted, it goes on where
it was.
"""

import sys
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

BATCH = 20_000  # numbers of dossiers, not rows
MANY = 200_000  # from here on whoever waits is told how far it is
BESIDE = ["extend", "urge", "apologise", "move_date", "correct_code", "recount"]
SINCE = """
UPDATE dossiers_dossier d SET
    since_at = coalesce(last.at, CASE WHEN d.status = 'draft' THEN d.created_at ELSE d.changed_at END),
    since_revision = coalesce(last.seq, d.revision)
FROM dossiers_dossier here LEFT JOIN LATERAL (
    SELECT m.at, m.seq FROM dossiers_move m
    WHERE m.dossier_id = here.id AND m.step <> ALL(%(beside)s) ORDER BY m.seq DESC LIMIT 1
) last ON true
WHERE d.id = here.id AND here.id BETWEEN %(first)s AND %(until)s AND here.since_at IS NULL
"""
# The alarms that stand were named after the last step of any kind: they stay the same alarms.
OF_A_STAY = ["answer", "asked_long", "unassigned", "step", "unsigned", "unissued", "uncollected",
             "unowned", "gone", "no_clock"]  # fmt: skip
ALARMS = """
UPDATE dossiers_alarm a SET occasion = d.since_revision
FROM dossiers_dossier d
WHERE d.id = a.dossier_id AND a.closed_at IS NULL AND a.kind = ANY(%(kinds)s)
  AND a.occasion > d.since_revision AND a.occasion <= d.revision
  AND NOT EXISTS (
    SELECT 1 FROM dossiers_alarm other
    WHERE other.dossier_id = a.dossier_id AND other.kind = a.kind AND other.level = a.level
      AND (other.occasion = d.since_revision
           OR other.occasion > a.occasion AND other.closed_at IS NULL))
"""


def look_back(apps: Any, schema_editor: Any) -> None:
    """Every dossier by its moves; says how far it is when there are many."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        last = cursor.fetchone()[0]
        for first in range(1, last + 1, BATCH):
            until = first + BATCH - 1
            cursor.execute(SINCE, {"beside": BESIDE, "first": first, "until": until})
            if last >= MANY:
                sys.stdout.write(f"\n    hồ sơ {min(until, last)}/{last}")
                sys.stdout.flush()
        cursor.execute(ALARMS, {"kinds": OF_A_STAY})


class Migration(migrations.Migration):
    """What is there already, and that no dossier may be without it."""

    atomic = False
    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0029_since")]

    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(look_back, migrations.RunPython.noop, atomic=False),
        # Proved without a lock first: then the column is made full without reading the table.
        migrations.RunSQL(
            [
                "ALTER TABLE dossiers_dossier DROP CONSTRAINT IF EXISTS dossier_since_known",
                "ALTER TABLE dossiers_dossier ADD CONSTRAINT dossier_since_known"
                " CHECK (since_at IS NOT NULL) NOT VALID",
                "ALTER TABLE dossiers_dossier VALIDATE CONSTRAINT dossier_since_known",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "dossier", "since_at", models.DateTimeField(verbose_name="ở chỗ này từ")
        ),
        migrations.RunSQL(
            "ALTER TABLE dossiers_dossier DROP CONSTRAINT IF EXISTS dossier_since_known",
            migrations.RunSQL.noop,
        ),
    ]
