"""What a law of its own field makes of a wait for papers or money."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields; blank is what every version said so far."""

    dependencies = [("procedures", "0005_at_once")]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="on_supplement",
            field=models.CharField(
                blank=True, default="", max_length=10, verbose_name="khi chờ bổ sung"
            ),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="on_payment",
            field=models.CharField(
                blank=True, default="", max_length=10, verbose_name="khi chờ nộp tiền"
            ),
        ),
    ]
