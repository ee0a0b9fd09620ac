"""The log over all chains: leaves, checkpoints, who vouched for them, and the keys that signed.

An entry also keeps which transaction wrote it: by that a dossier that changes is held to its entry.
The column comes without a default and gets one after, so that no row of a large table is rewritten;
what was written before has none.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

XACT = """
ALTER TABLE audit_entry ADD COLUMN xact xid8;
ALTER TABLE audit_entry ALTER COLUMN xact SET DEFAULT pg_current_xact_id();
"""
NO_XACT = "ALTER TABLE audit_entry DROP COLUMN xact;"
TABLES = ("leaf", "checkpoint", "cosignature", "timestamp", "logkey")
NEVER_EMPTIED = "\n".join(
    f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON audit_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate();"
    for table in TABLES
)
MAY_BE_EMPTIED = "\n".join(f"DROP TRIGGER {t}_never_emptied ON audit_{t};" for t in TABLES)


class Migration(migrations.Migration):
    """See the operations."""

    dependencies = [("audit", "0002_no_truncate")]

    operations = [
        migrations.RunSQL(XACT, NO_XACT),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(unique=True)),
                ('root', models.BinaryField()),
                ('note', models.BinaryField()),
                ('settled', models.BigIntegerField()),
                ('is_whole', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(max_length=300)),
                ('line', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='LogKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vkey', models.CharField(max_length=300, unique=True)),
                ('from_size', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.CreateModel(
            name='Outsider',
            fields=[
                ('name', models.CharField(max_length=300, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
                ('trouble', models.TextField(blank=True)),
                ('refuses', models.BooleanField(default=False)),
                ('since', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='TimeStamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checkpoint',
            trigger=pgtrigger.compiler.Trigger(name='checkpoints_only_grow', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e61e7d248e36dadf028b16900774c645189c3e1', operation='UPDATE OR DELETE', pgid='pgtrigger_checkpoints_only_grow_2b5b3', table='audit_checkpoint', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='cosignature',
            name='checkpoint',
            field=models.ForeignKey(on_delete=models.PROTECT, related_name='cosignatures', to='audit.checkpoint'),
        ),
        migrations.AddField(
            model_name='leaf',
            name='entry',
            field=models.OneToOneField(db_constraint=False, on_delete=models.DO_NOTHING, related_name='leaf', to='audit.entry'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logkey',
            trigger=pgtrigger.compiler.Trigger(name='log_keys_only_grow', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b148da94bee1dc2b18c59806b89a5bacd851da4', operation='UPDATE OR DELETE', pgid='pgtrigger_log_keys_only_grow_eb5df', table='audit_logkey', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='timestamp',
            name='checkpoint',
            field=models.ForeignKey(on_delete=models.PROTECT, related_name='timestamps', to='audit.checkpoint'),
        ),
        migrations.AddConstraint(
            model_name='cosignature',
            constraint=models.UniqueConstraint(fields=('witness', 'checkpoint'), name='cosigned_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cosignature',
            trigger=pgtrigger.compiler.Trigger(name='cosignatures_only_grow', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8424b7e28284728e9e692570542ce24451ab4d92', operation='UPDATE OR DELETE', pgid='pgtrigger_cosignatures_only_grow_fc092', table='audit_cosignature', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='leaves_only_grow', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='918eaaabb516846cae5e3dc45d8b8b6815dbbab3', operation='UPDATE OR DELETE', pgid='pgtrigger_leaves_only_grow_656db', table='audit_leaf', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timestamp',
            trigger=pgtrigger.compiler.Trigger(name='timestamps_only_grow', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5bc3cca3c97f856d0be50fd51314a3e1c42392ed', operation='UPDATE OR DELETE', pgid='pgtrigger_timestamps_only_grow_fb8a2', table='audit_timestamp', when='BEFORE')),
        ),
        migrations.RunSQL(NEVER_EMPTIED, MAY_BE_EMPTIED),
    ]
