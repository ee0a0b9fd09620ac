"""A move keeps what was true at it; an applicant's changes wait beside what was filed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0003_unit_lists'),
        ('people', '0001_initial'),
        ('procedures', '0001_initial'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='slip',
            name='token',
        ),
        migrations.AddField(
            model_name='dossier',
            name='content_digest',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='dossier',
            name='draft_answers',
            field=models.JSONField(null=True, verbose_name='tờ khai đang sửa'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='filed_at',
            field=models.DateTimeField(null=True, verbose_name='nộp lần gần nhất'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='warn_at',
            field=models.DateTimeField(null=True, verbose_name='bắt đầu nhắc'),
        ),
        migrations.AddField(
            model_name='move',
            name='facts',
            field=models.JSONField(default=dict, verbose_name='như lúc đó'),
        ),
        migrations.AddField(
            model_name='move',
            name='to_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='submitted_at',
            field=models.DateTimeField(null=True, verbose_name='giờ tiếp nhận chính thức'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', ['submitted', 'pre_supplement', 'accepted', 'assigning', 'examining', 'proposed', 'approved', 'refused', 'result_ready'])), fields=['agency', 'warn_at'], name='dossier_warn'),
        ),
        migrations.RunSQL(
            "UPDATE dossiers_dossier SET filed_at = submitted_at, "
            "warn_at = clock_at - interval '16 hours' WHERE submitted_at IS NOT NULL;"
            "UPDATE dossiers_move SET to_unit_id = unit_id;",
            migrations.RunSQL.noop,
            elidable=True,
        ),
    ]
