"""Saves of a page are numbered by the browser, so that a late one undoes nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0005_files_in_use'),
    ]

    operations = [
        migrations.AddField(
            model_name='dossier',
            name='page_turns',
            field=models.JSONField(null=True, verbose_name='thứ tự lưu trang'),
        ),
    ]
