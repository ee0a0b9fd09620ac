"""The nightly sweep asks who refers to a file; without these it would read whole tables."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('dossiers', '0004_what_was_filed'),
        ('people', '0001_initial'),
        ('procedures', '0003_published_version_has_its_form'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['digest'], name='document_digest'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('result_digest', ''), _negated=True), fields=['result_digest'], name='dossier_result'),
        ),
        migrations.AddIndex(
            model_name='slip',
            index=models.Index(fields=['digest'], name='slip_digest'),
        ),
    ]
