"""What the environment says about the sign-in of citizens."""

from pathlib import Path

import pytest

from motcua.config import citizens

SSO = "MOTCUA_SSO"


@pytest.fixture
def vneid(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv(SSO, "vneid")
    monkeypatch.setenv(f"{SSO}_VNEID_ISSUER", "https://sso.songha.example")
    monkeypatch.setenv(f"{SSO}_VNEID_CLIENT_ID", "motcua")
    monkeypatch.setenv(f"{SSO}_VNEID_SECRET", "bi-mat")
    return monkeypatch


def test_without_a_word_there_is_no_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SSO, raising=False)

    assert citizens.services() == []


def test_a_service_is_read_whole(vneid: pytest.MonkeyPatch) -> None:
    (found,) = citizens.services()

    assert found == {
        "id": "vneid", "name": "VNeID", "discovery": "", "client_id": "motcua",
        "issuer": "https://sso.songha.example", "client_secret": "bi-mat",
    }  # fmt: skip


def test_a_secret_may_stand_in_a_file(vneid: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("trong-tep\n")
    vneid.setenv(f"{SSO}_VNEID_SECRET_FILE", str(tmp_path / "secret"))

    assert citizens.services()[0]["client_secret"] == "trong-tep"


@pytest.mark.parametrize(
    ("name", "value"),
    [(f"{SSO}_VNEID_ISSUER", ""), (f"{SSO}_VNEID_SECRET", ""), (SSO, "V/N")],
)
def test_what_lacks_stops_the_house_from_opening(
    vneid: pytest.MonkeyPatch, name: str, value: str
) -> None:
    vneid.setenv(name, value)

    with pytest.raises(ValueError, match=SSO):
        citizens.services()
