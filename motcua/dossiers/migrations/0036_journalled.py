"""A dossier whose status or revision changes without its entry in the journal is refused at commit."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    """See the operations."""

    dependencies = [("dossiers", "0036_stood_index"), ("audit", "0003_sealing")]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='dossier',
            trigger=pgtrigger.compiler.Trigger(name='step_is_journalled', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."status" IS DISTINCT FROM (NEW."status"))', constraint='CONSTRAINT', func="\nPERFORM 1 FROM audit_entry\nWHERE subject = NEW.reference AND xact = pg_current_xact_id()\n    AND convert_from(body, 'UTF8')::jsonb @> jsonb_build_object(\n        'facts', jsonb_build_object('target', NEW.status, 'revision', NEW.revision))\nORDER BY seq DESC LIMIT 1;\nIF NOT FOUND THEN\n    RAISE EXCEPTION 'The journal does not tell how dossier % came to % (revision %).',\n        NEW.reference, NEW.status, NEW.revision USING ERRCODE = 'integrity_constraint_violation';\nEND IF;\nRETURN NULL;\n", hash='689603c7650ab999435d948055ae505e5249d322', operation='UPDATE', pgid='pgtrigger_step_is_journalled_9cf9b', table='dossiers_dossier', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
