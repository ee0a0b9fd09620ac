"""What the database asks of a dossier that changed: that the journal tells of it."""

# At commit, for each change: an entry of this very transaction must name the new status and revision.
# Entries keep the number of their transaction, which savepoints share. The entries of a transaction
# are the last of their chain (it holds the lock of the head), so that the first row read is the one,
# by the unique index of subject and number.
STEP_IS_JOURNALLED = """
PERFORM 1 FROM audit_entry
WHERE subject = NEW.reference AND xact = pg_current_xact_id()
    AND convert_from(body, 'UTF8')::jsonb @> jsonb_build_object(
        'facts', jsonb_build_object('target', NEW.status, 'revision', NEW.revision))
ORDER BY seq DESC LIMIT 1;
IF NOT FOUND THEN
    RAISE EXCEPTION 'The journal does not tell how dossier % came to % (revision %).',
        NEW.reference, NEW.status, NEW.revision USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NULL;
"""
