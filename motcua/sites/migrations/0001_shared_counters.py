"""What all processes count together: tables without a log, because a crash may forget them."""

from django.db import migrations

FORWARDS = """
CREATE UNLOGGED TABLE house_throttle (
    who text PRIMARY KEY,
    minute bigint NOT NULL,
    times integer NOT NULL
);
CREATE UNLOGGED TABLE house_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX house_cache_expires ON house_cache (expires);
"""
BACKWARDS = "DROP TABLE house_throttle; DROP TABLE house_cache;"


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
