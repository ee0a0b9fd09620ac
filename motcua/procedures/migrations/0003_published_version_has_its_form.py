"""No version may be on the list without the form that its dossiers are filed with."""

from django.db import migrations, models
from django.db.models import Q

from motcua.procedures.types import VersionStatus


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_forms_and_abolition")]

    operations = [
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=Q(form__isnull=False)
                | Q(status__in=(VersionStatus.DRAFT, VersionStatus.ABOLISHED)),
                name="published_version_has_its_form",
            ),
        ),
    ]
