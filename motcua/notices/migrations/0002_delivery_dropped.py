"""A letter somebody has looked at may be dropped."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="status",
            field=models.CharField(
                choices=[
                    ("queued", "queued"),
                    ("sent", "sent"),
                    ("failed", "failed"),
                    ("dropped", "dropped"),
                ],
                default="queued",
                max_length=10,
            ),
        ),
    ]
