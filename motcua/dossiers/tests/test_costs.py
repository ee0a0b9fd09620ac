"""What the busiest pages ask of the database: a number that does not grow with what lies in it."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions.filing import file_at_counter
from motcua.dossiers.models import Document, Dossier
from motcua.dossiers.queries import desk_list, my_dossiers
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.workflow import Status
from motcua.files.actions import store
from motcua.procedures.queries import published_terms
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, STRANGER, a_dossier, a_pdf, attach_all, fill_all

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)
SUBMISSION = 20  # BEGIN and COMMIT included; each one more costs every citizen of the country


def queries_of(deed: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)


def ready(cast: Cast) -> Dossier:
    dossier = a_dossier(cast, Status.DRAFT)
    fill_all(cast, dossier)
    attach_all(cast, dossier)
    return dossier


def like(dossier: Dossier, count: int) -> None:
    """More of the same, of other people."""
    for _ in range(count):
        twin = Dossier.objects.get(pk=dossier.pk)
        twin.pk, twin.key = None, uuid.uuid4()
        twin.reference = f"T-{twin.key.hex[:16]}"
        twin.code = twin.reference if dossier.code else None
        twin.save()


def press(client: Client, dossier: Dossier) -> None:
    response = client.post(f"/ho-so/{dossier.reference}/nop/", {"declaration": "on"})
    assert response.status_code == 302


def test_submitting_takes_few_queries_however_many_papers_there_are(cast: Cast) -> None:
    lan = signed_in(cast.lan)
    first, thin, thick = ready(cast), ready(cast), ready(cast)
    paper = thick.documents.get(pk=thick.documents.values("pk")[:1])
    for _ in range(12):
        paper.pk = None
        paper.save()
    press(lan, first)  # what a process learns once, it has learned

    few = queries_of(lambda: press(lan, thin))
    many = queries_of(lambda: press(lan, thick))

    assert (
        Document.objects.filter(dossier=thick).count()
        == Document.objects.filter(dossier=thin).count() + 12
    )
    assert few == many <= SUBMISSION


@pytest.mark.parametrize(
    ("who", "worklist"),
    [("hung", "cho-tiep-nhan"), ("hung", "qua-han"), ("hoa", "cho-phan-cong")],
)
def test_a_worklist_takes_as_many_queries_for_thirty_rows_as_for_one(
    cast: Cast, who: str, worklist: str
) -> None:
    waiting = [a_dossier(cast, status) for status in (Status.SUBMITTED, Status.ASSIGNING)]
    desk, address = desk_of(getattr(cast, who)), f"/can-bo/danh-sach/{worklist}/"
    desk.get(address)
    one = queries_of(lambda: desk.get(address))

    for dossier in waiting:
        like(dossier, 30)

    assert queries_of(lambda: desk.get(address)) == one


def test_leafing_through_a_list_meets_every_dossier_once(cast: Cast) -> None:
    like(a_dossier(cast, Status.SUBMITTED), 70)
    waiting = Dossier.objects.filter(status=Status.SUBMITTED).order_by("pk")
    for number, dossier in enumerate(waiting):
        dossier.clock_at = None if number % 2 else NOON + timedelta(hours=number // 8)
        dossier.save()

    met, cursor = [], ""
    while True:
        page = desk_list(cast.hung, "cho-tiep-nhan", cursor=cursor)
        met += page.rows
        cursor = page.next_cursor
        if not cursor:
            break

    assert sorted(row.id for row in met) == [dossier.pk for dossier in waiting]
    assert [(row.clock_at or FOREVER, row.id) for row in met] == sorted(
        (row.clock_at or FOREVER, row.id) for row in met
    )


def test_no_dossier_of_lans_is_left_out_however_many_wait_for_her(cast: Cast) -> None:
    for status in (Status.RESULT_READY, Status.PRE_SUPPLEMENT):
        like(a_dossier(cast, status), 60)
    a_dossier(cast, Status.ACCEPTED)

    met, cursor = [], ""
    while True:
        page = my_dossiers(cast.lan, cursor)
        met += [row.id for row in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break

    mine = Dossier.objects.filter(submitter=cast.lan).values_list("pk", flat=True)
    assert sorted(met) == sorted(mine)


def test_a_filing_asks_as_much_for_eleven_files_as_for_one(cast: Cast) -> None:
    terms = published_terms(BIRTH)
    slots = [slot.code for slot in terms.slots if slot.required]

    def filed(more: int) -> int:
        contents = [*((slot, a_pdf(slot)) for slot in slots),
                    *((slots[0], a_pdf(f"trang {n}")) for n in range(more))]  # fmt: skip
        kept = [(slot, "g.pdf", store(pdf, "g.pdf", cast.hung.actor)) for slot, pdf in contents]
        with CaptureQueriesContext(connection) as captured:
            file_at_counter(
                post=cast.hung, key=uuid.uuid4(), procedure_code=BIRTH, owner=STRANGER,
                answers=valid_answers(terms.form), papers=kept,
            )  # fmt: skip
        # Each kept file is locked against the sweep before; that is not of the dossier.
        ours = ("dossiers_", "procedures_")
        return sum(any(table in query["sql"] for table in ours) for query in captured)

    filed(0)  # what a process learns once, it has learned

    assert filed(0) == filed(10)


def test_looking_up_a_code_takes_two_queries_the_count_of_askings_and_the_code(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    like(dossier, 30)
    cache.clear()

    assert queries_of(lambda: Client().get("/tra-cuu/", {"ma": dossier.code or ""})) == 2


def test_a_citizens_list_takes_as_many_queries_for_thirty_rows_as_for_one(cast: Cast) -> None:
    lan = signed_in(cast.lan)
    mine = a_dossier(cast, Status.ACCEPTED)
    one = queries_of(lambda: lan.get("/ho-so/"))

    like(mine, 30)

    assert queries_of(lambda: lan.get("/ho-so/")) == one
