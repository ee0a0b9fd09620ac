"""The ledger of dates: by what each was counted, what changed them, recounts after a calendar changed."""

import django.db.models.deletion
from django.db import migrations, models

BATCH = 50_000  # numbers of dossiers, not rows
# What was counted so far is explained by the calendar as it is now, and by the law of its day.
COUNTED = """
UPDATE dossiers_dossier d
SET calendar_edition = %s, rule_version = 1, profile_id = (
    SELECT p.id FROM law_legalprofile p
    JOIN agencies_agency a ON a.id = d.agency_id
    WHERE p.status = 'approved'
      AND p.valid_from <= (d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
      AND coalesce(p.valid_to, 'infinity') >= (d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
      AND (p.agency_codes = '[]' OR EXISTS (
          SELECT FROM jsonb_array_elements_text(p.agency_codes) named(code)
          WHERE a.code = named.code OR starts_with(a.code, named.code || '.')))
    ORDER BY p.agency_codes <> '[]' DESC, p.valid_from DESC, p.version DESC LIMIT 1)
WHERE d.id BETWEEN %s AND %s AND d.accepted_at IS NOT NULL
"""


def say_by_what(apps, schema_editor):
    """Give every dossier accepted so far the edition, the rule and the profile of its count."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT max(number) FROM workdays_calendaredition")
        edition = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        last = cursor.fetchone()[0]
        for first in range(1, last + 1, BATCH):
            cursor.execute(COUNTED, [edition, first, first + BATCH - 1])


STATES = [(s, s) for s in ("counting", "ready", "moving", "done", "dropped")]
LINE_STATES = [(s, s) for s in ("waiting", "moved", "skipped")]


def _key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    """Fields of the dossier, then the tables beside it, then what is there already."""

    dependencies = [
        ("dossiers", "0008_statistics"),
        ("law", "0001_initial"),
        ("workdays", "0004_stamp_of_hours_first_edition"),
    ]

    operations = [
        migrations.AddField(
            "dossier",
            "profile",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="law.legalprofile",
            ),
        ),
        migrations.AddField("dossier", "calendar_edition", models.PositiveIntegerField(null=True)),
        migrations.AddField("dossier", "rule_version", models.PositiveSmallIntegerField(null=True)),
        migrations.CreateModel(
            name="DueChange",
            fields=[
                ("id", _key()),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("old", models.DateTimeField(null=True)),
                ("new", models.DateTimeField(null=True)),
                ("reason", models.TextField()),
                (
                    "approved_by",
                    models.CharField(blank=True, max_length=200, verbose_name="người duyệt"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_changes",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "move",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="due_change",
                        to="dossiers.move",
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="Recount",
            fields=[
                ("id", _key()),
                ("edition", models.PositiveIntegerField()),
                ("state", models.CharField(choices=STATES, max_length=10)),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_by_key", models.CharField(max_length=100)),
                ("asked_by_person", models.CharField(max_length=100)),
                ("asked_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                ("decided_by_key", models.CharField(blank=True, max_length=100)),
                ("decided_at", models.DateTimeField(null=True)),
                ("cursor", models.BigIntegerField(default=0)),
                ("to_look_at", models.PositiveIntegerField(default=0)),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0, verbose_name="sẽ đổi")),
                ("moved", models.PositiveIntegerField(default=0)),
                ("stayed", models.PositiveIntegerField(default=0, verbose_name="đã duyệt mà giữ nguyên")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="không tính lại được")),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("state__in", ("counting", "ready", "moving"))),
                        name="one_recount_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecountLine",
            fields=[
                ("id", _key()),
                ("old", models.DateTimeField()),
                ("new", models.DateTimeField()),
                ("state", models.CharField(choices=LINE_STATES, max_length=10)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.move",
                    ),
                ),
                (
                    "recount",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="dossiers.recount",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["recount", "id"], name="recount_lines")],
                "constraints": [
                    models.UniqueConstraint(fields=("recount", "dossier"), name="recounted_once")
                ],
            },
        ),
        migrations.RunPython(say_by_what, migrations.RunPython.noop),
    ]
