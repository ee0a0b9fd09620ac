"""Abolition by decision; every published version holds on to the form it was published with."""

from django.db import migrations, models

from motcua.procedures.forms.generic import FORM

TITLE = "Đơn đề nghị"


def pin_the_generic_form(apps, schema_editor):
    """Until now “no form” meant the generic form of the code: give those versions that form's row."""
    versions = apps.get_model("procedures", "ProcedureVersion").objects.filter(form=None)
    versions = versions.exclude(status="draft")
    if not versions.exists():
        return
    form, _ = apps.get_model("procedures", "FormVersion").objects.get_or_create(
        form_key=FORM["form_key"],
        version=FORM["version"],
        defaults={"title": TITLE, "definition": FORM | {"title": TITLE}},
    )
    versions.update(form=form)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="abolished_on",
            field=models.DateField(blank=True, null=True, verbose_name="bãi bỏ từ ngày"),
        ),
        migrations.AddField(
            model_name="procedure",
            name="abolished_by",
            field=models.CharField(blank=True, max_length=250, verbose_name="quyết định bãi bỏ"),
        ),
        migrations.RunPython(pin_the_generic_form, migrations.RunPython.noop),
    ]
