"""The words of an apology go: nobody sends one yet, and a keeper could not know that."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GONE = ("apology", "apology_no_account")


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take out the rows; the journal keeps the words of whoever changed them."""
    apps.get_model("notices", "Template").objects.filter(code__in=GONE).delete()


class Migration(migrations.Migration):
    """Templates that no sender asks for."""

    dependencies = [("notices", "0003_readers_without_an_account")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
