"""What is done before the house opens is done again when, and only when, it has to be."""

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from motcua.config import database, prepare
from motcua.config.durable import forgetful
from motcua.config.postgres import DatabaseTrouble

SEED = "motcua/notices/seeds.py"
TABLE = "motcua/dossiers/migrations/0001_initial.py"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (SEED, TABLE, "motcua/workdays/seeds.py", "uv.lock", "docs/map.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("as it was")
    return tmp_path


def _done(tree: Path) -> dict[str, str]:
    return {
        step.command: prepare.fingerprint(step.depends_on, tree) for step in prepare.STEPS
    }  # fmt: skip


def test_nothing_is_due_when_nothing_has_changed(tree: Path) -> None:
    done = _done(tree)

    (tree / "docs/map.md").write_text("another word")

    assert prepare.due(done, root=tree) == []


def test_a_changed_seed_is_sown_again_and_nothing_else_is(tree: Path) -> None:
    done = _done(tree)

    (tree / SEED).write_text("a new text")

    assert prepare.due(done, root=tree) == ["seed_notices"]


def test_an_upgrade_brings_a_migration_and_it_is_run(tree: Path) -> None:
    done = _done(tree)

    (tree / TABLE).with_name("0002_more.py").write_text("a new table")

    assert prepare.due(done, root=tree) == ["migrate"]


def test_a_seed_that_was_taken_away_or_renamed_counts_as_a_change(tree: Path) -> None:
    done = _done(tree)

    (tree / SEED).rename(tree / "motcua/notices/seeds_2.py")

    assert prepare.due(done, root=tree) == ["seed_notices"]


def test_everything_is_due_in_a_new_database_the_cast_only_if_wanted(tree: Path) -> None:
    commands = [step.command for step in prepare.STEPS]

    assert prepare.due({}, root=tree) == commands
    assert prepare.due({}, root=tree, demo=False) == [c for c in commands if c != "seed_demo"]


def test_every_step_depends_on_files_that_exist() -> None:
    for step in (*prepare.STEPS, prepare.STATIC):
        for pattern in step.depends_on:
            found = any(path.is_file() for path in database.BASE_DIR.glob(pattern))
            assert found or "seeds*" in pattern, f"{step.command}: {pattern}"
        assert prepare.fingerprint(step.depends_on) != prepare.fingerprint(())


@pytest.mark.django_db
def test_what_was_done_is_written_in_the_database_itself() -> None:
    """A backup restored from before the upgrade brings back what was known then."""
    connection.ensure_connection()
    inside: Any = connection.connection
    with inside.cursor() as cursor:
        step = prepare.STEPS[0]
        assert step.command not in prepare.done_here(cursor)

        prepare.write_down(cursor, step)
        prepare.write_down(cursor, step)

        assert prepare.done_here(cursor) == {
            step.command: prepare.fingerprint(step.depends_on)
        }  # fmt: skip


def test_a_server_that_forgets_is_named() -> None:
    durable = {"fsync": "on", "synchronous_commit": "local", "full_page_writes": "on"}

    assert forgetful(durable) == []
    assert forgetful(durable | {"fsync": "off"}) == [("fsync", "off")]
    assert forgetful(durable | {"synchronous_commit": "off"}) == [("synchronous_commit", "off")]


@pytest.mark.slow
def test_a_start_after_the_first_does_only_what_changed(tmp_path: Path) -> None:
    with database.throwaway() as address:
        environment = {
            **os.environ, "DATABASE_URL": address, "MOTCUA_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
            "PYTHONPATH": str(database.BASE_DIR),
        }  # fmt: skip
        assert prepare.prepare(tmp_path, environment, print)
        with psycopg.connect(address, autocommit=True) as opened:
            assert prepare.due(prepare.done_here(opened)) == []
            opened.execute("UPDATE house_prepared SET fingerprint = '' WHERE step = 'seed_notices'")
            opened.execute("DELETE FROM notices_template WHERE code = 'dossier_submitted'")

        assert prepare.prepare(tmp_path, environment, print)

        with psycopg.connect(address) as opened:
            assert prepare.due(prepare.done_here(opened)) == []
            found = opened.execute(
                "SELECT count(*) FROM notices_template WHERE code = 'dossier_submitted'"
            ).fetchone()
        assert found is not None
        assert found[0] > 0
        forgets = f"{address}&options=-c%20synchronous_commit%3Doff"
        with pytest.raises(DatabaseTrouble, match="synchronous_commit = off"):
            prepare.prepare(tmp_path, environment | {"DATABASE_URL": forgets}, print)
