"""bin/manage: Django's commands with the database running, and `bin/manage db …` for itself."""

import os
import sys

from motcua.config import database
from motcua.config.postgres import DatabaseTrouble

WITHOUT_DATABASE = {
    "collectstatic",
    "makemessages",
    "compilemessages",
    "help",
    "--version",
    "simulate",
}


def main(words: list[str]) -> None:
    """Run one command, starting the private PostgreSQL for its duration when it is not running."""
    if words[:1] == ["db"]:
        sys.exit(database.main(words[1:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    from django.core.management import execute_from_command_line

    line = ["bin/manage", *words]
    if not words or words[0] in WITHOUT_DATABASE:
        execute_from_command_line(line)
        return
    with database.running() as address:
        os.environ["DATABASE_URL"] = address
        execute_from_command_line(line)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DatabaseTrouble as trouble:
        sys.exit(str(trouble))
