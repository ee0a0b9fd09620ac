"""A database of the last release can be brought on: nothing applied there waits for something new.

`released_migrations.txt` names our migrations as released; bring it up to date with each release.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

RELEASED = (Path(__file__).parent / "released_migrations.txt").read_text().split()


@pytest.mark.django_db
def test_a_database_of_the_last_release_takes_the_new_migrations() -> None:
    applied = MigrationRecorder(connection).applied_migrations()
    for app, name in applied:
        is_ours = apps.get_app_config(app).name.startswith("motcua.")
        if is_ours and f"{app}.{name}" not in RELEASED:
            MigrationRecorder(connection).record_unapplied(app, name)
    left = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    assert set(RELEASED) <= left

    MigrationLoader(connection).check_consistent_history(connection)
