"""Procedures whose result is given at once, while the applicant waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_abolished_by_source")]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="at_once",
            field=models.BooleanField(
                default=False, verbose_name="trả kết quả ngay khi nhận hồ sơ"
            ),
        ),
    ]
