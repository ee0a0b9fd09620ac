"""The journal of a dossier on the desk: in pages, the newest first, nothing twice and nothing lost."""

import ast
import re
from pathlib import Path

import pytest

import motcua
from motcua.audit.actions import record
from motcua.core import clock
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import page
from motcua.dossiers.web.desk_papers import ENTRIES
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
# The steps of the table; what note_change is called with; how what a second person was asked ended.
COMPOSED = {"dossier.py", "batch.py", "editing.py", "approving.py"}
# Stand in the journal of the post that looked or asked, or of the catalogue, not of a dossier.
ELSEWHERE = {"listed", "register_asked", "register_taken", "edit_reason"}
ENDED = {"approval_granted", "approval_refused", "approval_lapsed"}


def numbers(html: str) -> list[int]:
    return [int(n) for n in re.findall(r'<td class="num"[^>]*>(\d+)</td>', html)]


def test_leafing_through_the_journal_meets_every_deed_once(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    for _ in range(2 * ENTRIES):
        record(cast.hung.actor, "dossier.read", dossier.reference, at=clock.now(), what="page")
    desk, address = desk_of(cast.hung), f"{page(dossier)}nhat-ky/"

    met, where = [], "?"
    while where:
        html = desk.get(address + where).content.decode()
        assert len(numbers(html)) <= ENTRIES
        met += numbers(html)
        following = re.search(r'rel="next" href="(\?truoc=\d+)"', html)
        where = following[1] if following else ""

    assert met == list(range(met[0], 0, -1))
    assert len(met) > 2 * ENTRIES


@pytest.mark.parametrize("typed", ["x", "-1", "²", "9" * 40, "0"])
def test_a_page_that_is_none_is_the_newest(cast: Cast, typed: str) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)

    answer = desk_of(cast.hung).get(f"{page(dossier)}nhat-ky/", {"truoc": typed})

    assert answer.status_code == 200
    assert numbers(answer.content.decode())[-1] == 1


def test_lans_own_download_is_told_in_words(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    record(cast.lan.actor, "dossier.download", dossier.reference, at=clock.now(), what="result")

    shown = desk_of(cast.hung).get(f"{page(dossier)}nhat-ky/").content.decode()

    assert "Người nộp tải kết quả" in shown


def deeds_recorded() -> set[str]:
    """The name of every deed that some line of the house writes into the journal of a dossier."""
    found = {str(step) for step in Step} | ENDED
    for path in Path(motcua.__file__).parent.rglob("*.py"):
        if "tests" in path.parts or "management" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                found |= {name for arg in node.args for name in named(arg, node, path.name)}
    return found - ELSEWHERE


def named(arg: ast.expr, call: ast.Call, module: str) -> list[str]:
    """The deed that this argument of a call names."""
    if isinstance(arg, ast.JoinedStr) and ast.unparse(arg).startswith("f'dossier."):
        assert module in COMPOSED, f"{module} puts a deed together; say here which ones"
    if not isinstance(arg, ast.Constant) or not isinstance(arg.value, str):
        return []
    called = getattr(call.func, "id", "")
    if called == "note_change" and arg is call.args[2]:
        return [arg.value]
    start = "dossier."
    is_deed = called == "record" and arg.value.startswith(start)
    return [arg.value.removeprefix(start)] if is_deed else []


def test_every_deed_recorded_on_a_dossier_has_words_for_those_who_read_it(cast: Cast) -> None:
    deeds = sorted(deeds_recorded())
    assert {"attach", "save_page", "remove_document", "alarm", "read", "accept"} <= set(deeds)
    dossier = a_dossier(cast, Status.ACCEPTED)
    for deed in deeds:
        record(cast.lan.actor, f"dossier.{deed}", dossier.reference, at=clock.now())

    shown = desk_of(cast.hung).get(f"{page(dossier)}nhat-ky/").content.decode()

    assert [deed for deed in deeds if f"dossier.{deed}" in shown] == []
    assert "Sửa tờ khai" in shown
