"""The figures of each unit and year, written with every step; how long things usually take."""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 50_000  # numbers of dossiers, not rows
COUNT = """
INSERT INTO dossiers_yearcount
    (agency_id, unit_id, channel, year, received, solved, on_time, late, closed)
SELECT d.agency_id, d.unit_id, d.channel,
       extract(year FROM fact.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::smallint,
       sum(fact.received), sum(fact.solved), sum(fact.on_time), sum(fact.late), sum(fact.closed)
FROM dossiers_dossier d CROSS JOIN LATERAL (VALUES
    (d.accepted_at, 1, 0, 0, 0, 0),
    (CASE WHEN d.status NOT IN ('rejected', 'withdrawn') THEN d.finished_at END, 0, 1,
     (d.finished_at <= d.original_due_at AND d.original_due_at IS NOT NULL)::int,
     (d.finished_at > d.original_due_at AND d.original_due_at IS NOT NULL)::int, 0),
    (CASE WHEN d.status IN ('rejected', 'withdrawn') THEN d.changed_at END, 0, 0, 0, 0, 1)
) AS fact(at, received, solved, on_time, late, closed)
WHERE d.id BETWEEN %s AND %s AND d.accepted_at IS NOT NULL AND fact.at IS NOT NULL
GROUP BY 1, 2, 3, 4
ON CONFLICT (agency_id, unit_id, year, channel) DO UPDATE SET
    received = dossiers_yearcount.received + EXCLUDED.received,
    solved = dossiers_yearcount.solved + EXCLUDED.solved,
    on_time = dossiers_yearcount.on_time + EXCLUDED.on_time,
    late = dossiers_yearcount.late + EXCLUDED.late,
    closed = dossiers_yearcount.closed + EXCLUDED.closed
"""


def count_what_is_there(apps, schema_editor):
    """The figures of every dossier accepted before there were figures."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        last = cursor.fetchone()[0]
        for first in range(1, last + 1, BATCH):
            cursor.execute(COUNT, [first, first + BATCH - 1])


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0007_alarms'),
        ('people', '0001_initial'),
        ('procedures', '0003_published_version_has_its_form'),
    ]

    operations = [
        migrations.CreateModel(
            name='SolvingTime',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='dossiers.dossier')),
                ('finished_at', models.DateTimeField(db_index=True)),
                ('worked', models.DurationField()),
            ],
        ),
        migrations.CreateModel(
            name='UsualTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure_code', models.CharField(max_length=20)),
                ('case', models.TextField(blank=True)),
                ('n', models.IntegerField()),
                ('low', models.DurationField()),
                ('mid', models.DurationField()),
                ('high', models.DurationField()),
                ('data_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='YearCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(max_length=10)),
                ('received', models.BigIntegerField(default=0)),
                ('solved', models.BigIntegerField(default=0)),
                ('on_time', models.BigIntegerField(default=0)),
                ('late', models.BigIntegerField(default=0)),
                ('closed', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('finished_at__isnull', False)), fields=['finished_at', 'id'], name='dossier_finished'),
        ),
        migrations.AddField(
            model_name='usualtime',
            name='agency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='yearcount',
            name='agency',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='yearcount',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AddIndex(
            model_name='usualtime',
            index=models.Index(fields=['agency', 'procedure_code'], name='usual_time'),
        ),
        migrations.AddConstraint(
            model_name='yearcount',
            constraint=models.UniqueConstraint(fields=('agency', 'unit', 'year', 'channel'), name='year_count', nulls_distinct=False),
        ),
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
    ]
