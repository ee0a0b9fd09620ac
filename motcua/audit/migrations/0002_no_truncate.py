"""TRUNCATE passes by row triggers, so it has a trigger of its own.

A test database is emptied between tests: there, and only there, TRUNCATE passes unless the
session asks for the real thing with `SET motcua.strict = 'on'`.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_database() LIKE 'test\\_%'
       AND coalesce(current_setting('motcua.strict', true), '') <> 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The journal only grows: TRUNCATE on % is refused.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER journal_never_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate();
CREATE TRIGGER journal_heads_never_emptied BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate();
CREATE FUNCTION audit_head_only_advances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.subject <> OLD.subject OR NEW.seq < OLD.seq THEN
        RAISE EXCEPTION 'The journal only grows: % on audit_head is refused.', TG_OP;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_heads_only_advance BEFORE UPDATE OR DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_head_only_advances();
"""
BACKWARD = """
DROP TRIGGER journal_heads_only_advance ON audit_head;
DROP TRIGGER journal_heads_never_emptied ON audit_head;
DROP TRIGGER journal_never_emptied ON audit_entry;
DROP FUNCTION audit_head_only_advances();
DROP FUNCTION audit_refuse_truncate();
"""


class Migration(migrations.Migration):
    """Refuse TRUNCATE on the journal."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
