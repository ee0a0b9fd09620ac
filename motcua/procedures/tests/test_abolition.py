"""Bãi bỏ: off the list at once, told with its decision, while submitted dossiers go on."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.core import clock
from motcua.core.errors import NotFound, Refused
from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.importing.sources import readings
from motcua.procedures.models import Procedure
from motcua.procedures.queries import find, published_terms, search, terms_of
from motcua.procedures.tests.records import a_file, a_packet, a_record
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
KITES, BEES = "1.000002", "1.000001"
DECISION = "Quyết định 9/QĐ-UBND ngày 20/11/2026"


@pytest.fixture(autouse=True)
def _no_index_of_another_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its revision may be the same: a test's publications are taken back after it."""
    monkeypatch.setattr(search, "_current", [])


def imported(folder: Path, *records: Any, publish: bool = True) -> Tally:
    return import_readings(readings(a_file(folder, *records)), publish=publish)


def test_the_page_says_since_when_and_by_which_decision(tmp_path: Path, client: Client) -> None:
    imported(tmp_path, a_record())
    call_command("abolish_procedure", BEES, "--by-decision", DECISION)

    page = client.get(f"/thu-tuc/{BEES}/")

    text = page.content.decode()
    assert page.status_code == 410
    assert f"đã bãi bỏ từ ngày {clock.now():%d/%m/%Y}" in text
    assert DECISION in text
    assert "/nop/" not in text
    for place in ("niem-yet", "ho-so-mau"):
        assert client.get(f"/thu-tuc/{BEES}/{place}/").status_code == 404
    assert BEES not in [found.code for found in find("nuôi ong").found]


def test_lan_cannot_begin_what_is_abolished(tmp_path: Path, client: Client, cast: Cast) -> None:
    imported(tmp_path, a_record())
    assert cast.lan.account
    client.force_login(cast.lan.account)
    assert client.get(f"/thu-tuc/{BEES}/nop/").status_code == 200

    abolish_procedure(code=BEES, decision=DECISION)

    assert client.get(f"/thu-tuc/{BEES}/nop/").status_code == 404
    assert client.post(f"/thu-tuc/{BEES}/nop/", {"agency": cast.ward.code}).status_code == 404


def test_what_was_filed_under_it_goes_on(tmp_path: Path) -> None:
    imported(tmp_path, a_record())
    version = published_terms(BEES).version_id

    abolish_procedure(code=BEES, decision=DECISION)

    assert terms_of(version).procedure_code == BEES


@pytest.mark.parametrize(
    ("decision", "days", "code"),
    [
        ("  ", 0, "decision_missing"),
        (DECISION * 10, 0, "decision_too_long"),
        (DECISION, 1, "abolished_later"),
        (DECISION, -400, "abolished_long_ago"),
    ],
)
def test_an_abolition_needs_a_decision_and_a_day_that_has_come(
    tmp_path: Path, decision: str, days: int, code: str
) -> None:
    imported(tmp_path, a_record())
    day = clock.now().date() + timedelta(days=days)

    with pytest.raises(Refused) as refused:
        abolish_procedure(code=BEES, decision=decision, on=day)

    assert [reason.code for reason in refused.value.reasons] == [code]
    assert published_terms(BEES)


def test_the_command_tells_what_is_wrong(tmp_path: Path) -> None:
    imported(tmp_path, a_record())
    with pytest.raises(CommandError, match="Không có thủ tục"):
        call_command("abolish_procedure", "9.999999", "--by-decision", DECISION)
    call_command("abolish_procedure", BEES, "--by-decision", DECISION)
    with pytest.raises(CommandError, match="bãi bỏ từ trước"):
        call_command("abolish_procedure", BEES, "--by-decision", DECISION)


def test_the_same_content_imported_again_does_not_bring_it_back(tmp_path: Path) -> None:
    imported(tmp_path, a_record())
    abolish_procedure(code=BEES, decision=DECISION)

    again = imported(tmp_path, a_record())

    assert (again.unchanged, again.published) == (1, 0)
    with pytest.raises(NotFound):
        published_terms(BEES)


def test_what_the_source_hides_is_kept_as_a_draft_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, a_packet(TRANGTHAI="0"), a_record())

    call_command("import_procedures", str(path), "--publish")

    told = capsys.readouterr().out
    assert "công bố 1, chờ đến ngày 0, nguồn không công khai 1, bãi bỏ 0" in told
    assert "Nguồn ghi là không công khai" in told
    assert [v.status for v in Procedure.objects.get(code=KITES).versions.all()] == ["draft"]
    with pytest.raises(NotFound):
        published_terms(KITES)


def test_what_the_source_hides_later_leaves_the_list_until_it_is_public_again(
    tmp_path: Path, client: Client
) -> None:
    imported(tmp_path, a_packet())
    hidden = a_packet(TRANGTHAI="0")

    assert imported(tmp_path, hidden, publish=False).abolished == 0
    assert published_terms(KITES)
    assert imported(tmp_path, hidden).abolished == 1

    assert "ghi không công khai" in client.get(f"/thu-tuc/{KITES}/").content.decode()
    assert imported(tmp_path, hidden).abolished == 0
    imported(tmp_path, a_packet())
    assert published_terms(KITES)
