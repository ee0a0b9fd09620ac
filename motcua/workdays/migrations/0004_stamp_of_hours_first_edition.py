"""Office hours move the stamp too; a house that has a calendar already gets its first edition."""

from django.db import migrations
from django.utils import timezone

FORWARD = (
    "CREATE TRIGGER calendar_moves_stamp AFTER INSERT OR UPDATE OR DELETE"
    " ON workdays_officehours FOR EACH STATEMENT EXECUTE FUNCTION workdays_move_stamp();"
)
BACKWARD = "DROP TRIGGER calendar_moves_stamp ON workdays_officehours;"


def keep_first_edition(apps, schema_editor):
    """What stands in the tables now is edition 1."""
    model = lambda name: apps.get_model("workdays", name)  # noqa: E731
    stamp = model("Stamp").objects.first()
    if stamp is None or not model("WorkYear").objects.exists():
        return
    days = lambda name: {  # noqa: E731
        day.isoformat(): text for day, text in model(name).objects.values_list("day", "name")
    }
    years = model("WorkYear").objects.values_list("year", "confirmed")
    model("CalendarEdition").objects.create(
        number=1,
        snapshot={
            "years": {str(year): confirmed for year, confirmed in years},
            "days_off": days("DayOff"),
            "swapped_in": days("SwapDay"),
            "hours": [],
        },
        stamp=stamp.number,
        made_at=timezone.now(),
        made_by="Nâng cấp phần mềm",
        changed=["Lịch đang dùng khi nâng cấp"],
    )


class Migration(migrations.Migration):
    """Install the trigger, keep the first edition."""

    dependencies = [("workdays", "0003_drafts_editions_hours")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(keep_first_edition, migrations.RunPython.noop),
    ]
