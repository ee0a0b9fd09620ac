"""Ready drafts: one made by the real actions, and as many copies of it as are wanted."""

import os
from typing import Any

import psycopg

from bench.browser import PASSWORD

# Number n as letters and digits of the kind that temporary numbers have.
NAMED = "'T-261122-' || upper(translate(lpad(to_hex({n}), 8, '0'), '01', 'xy'))"


class Drafts:
    """Drafts of several citizens, handed out by number; nothing about them is special."""

    def __init__(self, database: psycopg.Connection[Any], citizens: int) -> None:
        self.database = database
        self.template, self.first_citizen = _made_by_the_house(citizens)
        self.citizens = citizens
        self.made = 0

    def more(self, count: int) -> tuple[int, list[str]]:
        """So many new drafts: the id of the first, and their references in the order of ids.

        Draft number i of them belongs to citizen number i modulo the number of citizens.
        """
        start = self.made + 1
        start += -start % self.citizens
        columns = self._columns()
        given = {
            "reference": NAMED.format(n="g"),
            "key": "gen_random_uuid()",
            "submitter_id": f"{self.first_citizen} + mod(g, {self.citizens})",
        }
        shown = ", ".join(given.get(column, f'd."{column}"') for column in columns)
        into = ", ".join(f'"{column}"' for column in columns)
        self.database.execute(
            f"INSERT INTO dossiers_dossier ({into}) SELECT {shown}"
            " FROM dossiers_dossier d, generate_series(%s::int, %s::int) g"
            " WHERE d.id = %s ORDER BY g",
            [start, start + count - 1, self.template],
        )
        self.made = start + count - 1
        rows = self.database.execute(
            "SELECT id, reference FROM dossiers_dossier ORDER BY id DESC LIMIT %s", [count]
        ).fetchall()[::-1]
        self._attach_papers(rows[0][0])
        return rows[0][0], [reference for _, reference in rows]

    def _attach_papers(self, first: int) -> None:
        self.database.execute(
            "INSERT INTO dossiers_document (dossier_id, slot, name, file_name, digest, kind, size,"
            " pages, form, added_at) SELECT d.id, p.slot, p.name, p.file_name, p.digest, p.kind,"
            " p.size, p.pages, p.form, p.added_at FROM dossiers_dossier d, dossiers_document p"
            " WHERE d.id >= %s AND p.dossier_id = %s ORDER BY d.id, p.id",
            [first, self.template],
        )
        self.database.execute("ANALYZE dossiers_dossier, dossiers_document")

    def _columns(self) -> list[str]:
        row = self.database.execute("SELECT * FROM dossiers_dossier LIMIT 0")
        return [column.name for column in row.description or () if column.name != "id"]


def username(number: int) -> str:
    """What citizen `number` signs in with."""
    return f"cong-dan-{number}"


def _made_by_the_house(citizens: int) -> tuple[int, int]:
    """A birth registration filled in with its papers, and the first of these citizens; their ids."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.db import connection

    from motcua.dossiers.workflow import Status
    from motcua.people.models import Account, Person
    from motcua.testing.cast import assemble
    from motcua.testing.dossiers import a_dossier, attach_all, fill_all

    cast = assemble()
    password = make_password(PASSWORD)
    accounts = [
        Account.objects.create(username=username(n), password=password) for n in range(citizens)
    ]
    persons = [
        Person.objects.create(
            account=account, national_id=f"0792{n:08}", full_name=f"Nguyễn Thị Số {n}"
        )
        for n, account in enumerate(accounts)
    ]
    draft = a_dossier(cast, Status.DRAFT)
    fill_all(cast, draft)
    attach_all(cast, draft)
    connection.close()
    return draft.pk, persons[0].pk
