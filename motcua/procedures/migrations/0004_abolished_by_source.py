"""What a source withdrew comes back with the source; what the authority abolished does not."""

from django.db import migrations, models

WITHDRAWN = "Cơ sở dữ liệu quốc gia về thủ tục hành chính ghi không công khai"


def mark_what_the_source_withdrew(apps, schema_editor):
    """Until now the two differed by their words only."""
    gone = apps.get_model("procedures", "Procedure").objects.filter(abolished_by=WITHDRAWN)
    gone.update(abolished_by_source=True)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0003_published_version_has_its_form")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="abolished_by_source",
            field=models.BooleanField(default=False, verbose_name="nguồn không công khai nữa"),
        ),
        migrations.RunPython(mark_what_the_source_withdrew, migrations.RunPython.noop),
    ]
