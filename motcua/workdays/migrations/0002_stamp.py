"""The stamp moves by itself whenever the calendar changes, whoever changes it."""

from django.db import migrations

TABLES = ("workdays_workyear", "workdays_dayoff", "workdays_swapday")
FORWARD = """
CREATE SEQUENCE workdays_stamp_numbers;
CREATE FUNCTION workdays_move_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO workdays_stamp (id, number) OVERRIDING SYSTEM VALUE
    VALUES (1, nextval('workdays_stamp_numbers'))
    ON CONFLICT (id) DO UPDATE SET number = nextval('workdays_stamp_numbers');
    RETURN NULL;
END $$;
""" + "".join(
    f"CREATE TRIGGER calendar_moves_stamp AFTER INSERT OR UPDATE OR DELETE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION workdays_move_stamp();\n"
    for table in TABLES
)
BACKWARD = (
    "".join(f"DROP TRIGGER calendar_moves_stamp ON {table};\n" for table in TABLES)
    + "DROP FUNCTION workdays_move_stamp();\nDROP SEQUENCE workdays_stamp_numbers;\n"
)


class Migration(migrations.Migration):
    """Install the stamp."""

    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
