"""The date by which a result is judged, beside the one that is promised (DL-11)."""

from django.db import migrations, models

BATCH = 50_000  # numbers of dossiers, not rows
# Without a date that officials gave, what is promised is what the law wanted. With one since the
# count last began: what was promised before it, which the move before it has kept.
JUDGED = """
UPDATE dossiers_dossier d SET legal_due_at = CASE WHEN d.due_at IS NULL THEN NULL ELSE coalesce((
    SELECT (before.facts ->> 'due_at')::timestamptz
    FROM dossiers_move given JOIN dossiers_move before
      ON before.dossier_id = given.dossier_id AND before.seq = given.seq - 1
    WHERE given.dossier_id = d.id AND given.step IN ('extend', 'move_date') AND given.seq > (
        SELECT coalesce(max(m.seq), 0) FROM dossiers_move m
        WHERE m.dossier_id = d.id AND m.step = 'resume')
    ORDER BY given.seq LIMIT 1), d.due_at) END
WHERE d.id BETWEEN %s AND %s AND d.accepted_at IS NOT NULL
"""
# The figures of the year were counted against the first promise.
FIGURES = """
UPDATE dossiers_yearcount y SET on_time = y.on_time + other.n, late = y.late - other.n
FROM (
    SELECT agency_id, unit_id, channel,
           extract(year FROM finished_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::smallint AS year,
           sum(CASE WHEN finished_at <= legal_due_at THEN 1 ELSE -1 END) AS n
    FROM dossiers_dossier
    WHERE finished_at IS NOT NULL AND status NOT IN ('rejected', 'withdrawn', 'stopped')
      AND (finished_at <= legal_due_at) <> (finished_at <= original_due_at)
    GROUP BY 1, 2, 3, 4
) other
WHERE y.agency_id = other.agency_id AND y.unit_id IS NOT DISTINCT FROM other.unit_id
  AND y.channel = other.channel AND y.year = other.year
"""


def judge(apps, schema_editor):
    """Give every dossier accepted so far the date by which it is judged."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        last = cursor.fetchone()[0]
        for first in range(1, last + 1, BATCH):
            cursor.execute(JUDGED, [first, first + BATCH - 1])
        cursor.execute(FIGURES)


class Migration(migrations.Migration):
    """The fields, then what is there already."""

    dependencies = [("dossiers", "0020_form_templates")]

    operations = [
        migrations.AddField(
            "dossier",
            "legal_due_at",
            models.DateTimeField(null=True, verbose_name="mốc xét đúng hạn"),
        ),
        migrations.AddField("recountline", "legal_old", models.DateTimeField(null=True)),
        migrations.AddField("recountline", "legal_new", models.DateTimeField(null=True)),
        migrations.AddField("recountline", "revision", models.IntegerField(default=-1)),
        migrations.RunPython(judge, migrations.RunPython.noop),
    ]
