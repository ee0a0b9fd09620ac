"""Settings from the environment."""

import runpy
from pathlib import Path

import pytest

from motcua.config import environment


def test_a_database_address_becomes_djangos_words() -> None:
    found = environment.database("postgresql://app:s%40t@db.example:5433/motcua?sslmode=require")

    assert found["HOST"] == "db.example"
    assert found["PORT"] == "5433"
    assert found["PASSWORD"] == "s@t"
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_is_a_host_too() -> None:
    found = environment.database("postgresql://motcua@/motcua?host=%2Fsrv%2Fpg")

    assert found["HOST"] == "/srv/pg"
    assert found["NAME"] == "motcua"


def test_the_secret_key_is_made_once_and_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MOTCUA_SECRET_KEY", raising=False)

    first = environment.secret_key(tmp_path)

    assert environment.secret_key(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("typed", ["https://dvc.example", "https://dvc.example/"])
def test_a_slash_at_the_end_of_the_portals_address_makes_no_difference(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_PORTAL_URL", typed)

    found = runpy.run_path(str(Path(environment.__file__).with_name("settings.py")))

    assert found["PORTAL_URL"] == "https://dvc.example"
    assert "https://dvc.example" in found["CSRF_TRUSTED_ORIGINS"]


@pytest.mark.parametrize(
    ("portal", "any_name"),
    [
        ("https://dvc.example", False),
        ("https://localhost.example", False),
        ("http://localhost:8000", True),
        ("http://cong.localhost", True),
    ],
)
def test_a_portal_in_the_world_answers_to_no_invented_name_of_this_machine(
    portal: str, any_name: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_PORTAL_URL", portal)
    monkeypatch.delenv("MOTCUA_HOSTS", raising=False)

    found = runpy.run_path(str(Path(environment.__file__).with_name("settings.py")))

    assert (".localhost" in found["ALLOWED_HOSTS"]) is any_name
    assert "127.0.0.1" in found["ALLOWED_HOSTS"]  # by which the supervisor asks
