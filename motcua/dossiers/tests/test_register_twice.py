"""A register that two workers make at the same moment is made whole, and once."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers.actions import registers
from motcua.dossiers.models import RegisterOrder
from motcua.dossiers.slips import spreadsheet
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_register import cells_of
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def test_the_second_spoils_nothing_and_the_first_to_end_is_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    today = clock.now().date()
    order = registers.order_register(post=cast.hung, form="xlsx", since=today, until=today)
    write, begun = spreadsheet.write_xlsx, list[Path]()

    def slowly(path: Path, *rest: Any) -> Any:
        begun.append(path)
        if len(begun) == 1:  # while the first writes, the second begins and ends
            registers.make_register(order.pk)
        return write(path, *rest)

    monkeypatch.setattr(spreadsheet, "write_xlsx", slowly)
    registers.make_register(order.pk)

    assert len(set(begun)) == 2
    order.refresh_from_db()
    assert str(dossier.code) in cells_of(order)
    assert order.ready_at is not None
    assert not list((Path(settings.FILES_ROOT) / "drafts").glob("register-*"))
    first = order.digest
    registers.make_register(order.pk)
    assert RegisterOrder.objects.get().digest == first


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_on_a_first_register_ask_for_one(cast: Cast) -> None:
    today, together, found = clock.now().date(), threading.Barrier(2), list[str]()

    def click() -> None:
        together.wait(timeout=10)
        try:
            registers.order_register(post=cast.hung, form="pdf", since=today, until=today)
            found.append("made")
        except Refused as no:
            found.append(no.reasons[0].code)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(timeout=20)

    assert sorted(found) == ["made", "register_under_way"]


def test_the_page_of_registers_asks_no_dossier_which_fields_there_are(cast: Cast) -> None:
    a_dossier(cast, Status.ACCEPTED)
    with CaptureQueriesContext(connection) as asked:
        page = desk_of(cast.hung).get("/can-bo/so-theo-doi/")

    assert "Hộ tịch" in page.content.decode()
    assert not [q["sql"] for q in asked if "DISTINCT" in q["sql"] and "_dossier" in q["sql"]]
