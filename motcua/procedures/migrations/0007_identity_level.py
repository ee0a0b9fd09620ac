"""The level of identity a service asks of who files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_own_waiting")]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="min_identity_level",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "Mức 1"), (2, "Mức 2")],
                default=1,
                verbose_name="mức độ định danh tối thiểu",
            ),
        ),
    ]
