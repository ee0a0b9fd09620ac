"""The private PostgreSQL: started by whoever needs it, restarted after a crash, never downgraded."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from motcua.config import database, postgres
from motcua.config.database import Server
from motcua.config.postgres import DatabaseTrouble

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="motcua-test-") as folder:
        os.chmod(folder, 0o755)
        private = Server(Path(folder) / "pg")
        yield private
        private.stop()


def test_it_starts_knows_its_letters_and_stops_with_its_last_user(server: Server) -> None:
    with server.used() as address:
        with server.used(), psycopg.connect(address) as opened:
            row = opened.execute("SELECT lower('ĐẶNG THỊ ƯỚC')").fetchone()
        assert row == ("đặng thị ước",)
        assert server.answers()

    assert not server.answers()


def test_what_was_committed_is_there_after_a_kill(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url, autocommit=True) as opened:
        opened.execute("CREATE TABLE kept (name text)")
        opened.execute("INSERT INTO kept VALUES ('Đặng Thị Ước')")
    pid = server.pid()
    assert pid is not None

    os.kill(pid, signal.SIGKILL)
    server.start()

    with psycopg.connect(server.url) as opened:
        assert opened.execute("SELECT lower(name) FROM kept").fetchone() == ("đặng thị ước",)


def test_its_log_tells_of_an_error_and_not_of_whose_data(server: Server) -> None:
    with server.used() as address, psycopg.connect(address, autocommit=True) as opened:
        opened.execute("CREATE TABLE kept (name text PRIMARY KEY)")
        for _ in range(2):
            try:
                opened.execute("INSERT INTO kept VALUES ('Đặng Thị Ước')")
            except psycopg.errors.UniqueViolation as clash:
                assert "Đặng Thị Ước" in str(clash)
        opened.execute("SELECT pg_sleep(1.1), 'Đặng Thị Ước'")

    said = server.log.read_text()
    assert "duplicate key value violates unique constraint" in said
    assert "Đặng" not in said


def test_data_of_another_major_version_are_refused_with_the_way_out(server: Server) -> None:
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(DatabaseTrouble, match="pg_upgrade"):
        server.start()


def test_a_dump_brings_back_what_was_there_and_a_broken_one_changes_nothing(
    server: Server, tmp_path: Path
) -> None:
    server.start()
    with psycopg.connect(server.url, autocommit=True) as opened:
        opened.execute("CREATE TABLE kept (name text)")
        opened.execute("INSERT INTO kept VALUES ('Đặng Thị Ước')")
    database.dump(server.url, tmp_path / "all.dump")
    with psycopg.connect(server.url, autocommit=True) as opened:
        opened.execute("UPDATE kept SET name = 'ai đó'")
        opened.execute("CREATE TABLE later (name text)")
    (tmp_path / "half.dump").write_bytes((tmp_path / "all.dump").read_bytes()[:-20])

    with pytest.raises(DatabaseTrouble):
        database.restore(server.url, tmp_path / "half.dump")
    with psycopg.connect(server.url) as opened:
        assert opened.execute("SELECT name FROM kept").fetchall() == [("ai đó",)]
    database.restore(server.url, tmp_path / "all.dump")

    with psycopg.connect(server.url) as opened:
        assert opened.execute("SELECT name FROM kept").fetchall() == [("Đặng Thị Ước",)]


def test_a_long_path_gets_a_short_socket() -> None:
    deep = Server(Path("/") / ("a" * 60) / ("b" * 60) / "pg")

    assert len(str(deep.sockets / ".s.PGSQL.5432")) < 107


def test_a_supported_postgresql_is_found() -> None:
    assert postgres.major_version(postgres.find_pg_bin()) in postgres.SUPPORTED
