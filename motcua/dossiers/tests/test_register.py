"""Hùng asks for the register; it is made behind his back and holds what he may see, and no more."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies.models import Post
from motcua.audit.queries import entries_of
from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import register
from motcua.dossiers.actions.registers import make_register, order_register
from motcua.dossiers.models import Dossier, RegisterOrder
from motcua.dossiers.queries_files import digests_in_use
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.workflow import Status
from motcua.files.queries import read_file
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/so-theo-doi/"


def ordered(post: Post, form: str = "xlsx", **wanted: Any) -> RegisterOrder:
    """A register of this year, asked for and made."""
    today = localdate(clock.now())
    wanted = {"since": today.replace(month=1, day=1), "until": today} | wanted
    order = order_register(post=post, form=form, **wanted)
    make_register(order.pk)
    order.refresh_from_db()
    return order


def cells_of(order: RegisterOrder) -> str:
    """Everything that stands in a spreadsheet, as its file says it."""
    with ZipFile(BytesIO(read_file(order.digest))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def texts_of(order: RegisterOrder) -> str:
    """Every text of a spreadsheet."""
    with ZipFile(BytesIO(read_file(order.digest))) as book:
        return " ".join(
            book.read(name).decode() for name in book.namelist() if name.endswith(".xml")
        )


def numbers_of(post: Post, **wanted: Any) -> set[str]:
    """The dossiers that a register would list."""
    today = localdate(clock.now())
    asked = register.Wanted(**{"since": today - timedelta(days=300), "until": today} | wanted)
    return {row.code for batch in register.read_through(post, asked) for row in batch}


def test_the_register_lists_every_accepted_dossier_with_its_dates_and_hands(cast: Cast) -> None:
    delivered = a_dossier(cast, Status.DELIVERED)
    a_dossier(cast, Status.SUBMITTED)
    today = localdate(clock.now())

    [batch] = register.read_through(cast.hung, register.Wanted(today, today))

    [row] = batch
    assert (row.number, row.code, row.owner_name) == (1, delivered.code, delivered.applicant_name)
    assert row.received_at == delivered.accepted_at
    assert row.due_at == delivered.original_due_at
    assert None not in (row.sent_at, row.back_at, row.returned_at)
    assert row.note.startswith("Đã trả kết quả")


def test_a_register_is_narrowed_by_state_unit_field_and_period(cast: Cast) -> None:
    delivered, running = a_dossier(cast, Status.DELIVERED), a_dossier(cast, Status.EXAMINING)
    today = localdate(clock.now())
    both = {str(delivered.code), str(running.code)}
    field = running.procedure_version.field
    assert field is not None

    assert numbers_of(cast.hung) == both
    assert numbers_of(cast.hung, state="returned") == {delivered.code}
    assert numbers_of(cast.hung, state="running") == {running.code}
    assert numbers_of(cast.hung, state="late") == set()
    assert numbers_of(cast.hung, unit_id=cast.hoa.unit_id) == both
    assert numbers_of(cast.hung, unit_id=cast.hung.unit_id) == set()
    assert numbers_of(cast.hung, field=field.name) == both
    assert numbers_of(cast.hung, field="Đất đai") == set()
    assert numbers_of(cast.hung, until=today - timedelta(days=1)) == set()


def test_an_official_elsewhere_reads_nothing_and_a_unit_head_only_the_unit(cast: Cast) -> None:
    a_dossier(cast, Status.EXAMINING)

    assert numbers_of(cast.sau) == set()
    assert len(numbers_of(cast.hoa)) == 1


def test_batches_go_on_where_the_last_one_ended_also_in_the_same_moment(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        a_dossier(cast, Status.ACCEPTED)
    Dossier.objects.update(accepted_at=clock.now())
    monkeypatch.setattr(register, "BATCH", 2)
    today = localdate(clock.now())

    batches = list(register.read_through(cast.hung, register.Wanted(today, today)))

    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert [row.number for batch in batches for row in batch] == [1, 2, 3, 4, 5]
    assert len({row.code for batch in batches for row in batch}) == 5


def test_whose_names_were_read_and_who_took_the_file_is_journalled(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    order = ordered(cast.hung)

    register.order_of(cast.hung, order.pk)

    told = {entry.deed: entry.facts for entry in entries_of(cast.hung.actor.key)}
    assert told["dossier.register_asked"]["total"] == 1
    assert told["dossier.listed"]["shown"] == [dossier.reference]
    assert told["dossier.register_taken"]["order"] == order.pk


def test_what_begins_like_a_formula_is_a_text_in_the_spreadsheet(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    dossier.applicant = dossier.applicant | {"name": '=HYPERLINK("//x")', "address": "@SUM(1)"}
    dossier.save(update_fields=["applicant"])

    sheet = cells_of(ordered(cast.hung))

    assert "=HYPERLINK" in sheet
    assert "@SUM(1)" in sheet
    assert "<f>" not in sheet
    assert 't="str"' not in sheet


def test_the_pages_say_of_which_year_unit_and_form_they_are(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)
    order = ordered(cast.hung, "pdf", unit_id=cast.hoa.unit_id)

    with pypdfium2.PdfDocument(read_file(order.digest)) as book:
        text = " ".join(book[0].get_textpage().get_text_bounded().split())
    assert "SỔ THEO DÕI HỒ SƠ" in text
    assert "Phòng Tư pháp - Hộ tịch; mọi lĩnh vực; tiếp nhận từ 01/01/" in text
    assert "Mẫu số 07" in text
    assert dossier.applicant_name in text


def test_made_twice_is_made_once(cast: Cast) -> None:
    a_dossier(cast, Status.ACCEPTED)
    order = ordered(cast.hung)

    make_register(order.pk)

    assert RegisterOrder.objects.get().ready_at == order.ready_at


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_the_head_tells_the_number_that_follows_not_that_of_the_asking(
    cast: Cast, form: str
) -> None:
    a_dossier(cast, Status.ACCEPTED)
    today = localdate(clock.now())
    order = order_register(post=cast.hung, form=form, since=today, until=today)
    a_dossier(cast, Status.ACCEPTED)  # before the job comes to it

    make_register(order.pk)

    order.refresh_from_db()
    assert (order.total, order.done) == (2, 2)
    if form == "xlsx":
        assert "2 hồ sơ." in texts_of(order)
    else:
        with pypdfium2.PdfDocument(read_file(order.digest)) as book:
            text = " ".join(book[0].get_textpage().get_text_bounded().split())
        assert "2 hồ sơ." in text


def test_a_register_whose_job_died_is_in_nobodys_way_after_a_day(cast: Cast) -> None:
    a_dossier(cast, Status.ACCEPTED)
    today = localdate(clock.now())
    asked: dict[str, Any] = {"post": cast.hung, "form": "xlsx", "since": today, "until": today}
    dead = order_register(**asked)
    at = clock.now()
    RegisterOrder.objects.update(asked_at=at - timedelta(hours=23))
    with pytest.raises(Refused, match="đang được lập"):
        order_register(**asked)

    RegisterOrder.objects.update(asked_at=at - timedelta(hours=25))

    page = desk_of(cast.hung).get(PAGE).content.decode()
    assert "Sổ này chưa lập được. Mời yêu cầu lại." in page
    assert "Đang lập" not in page
    assert order_register(**asked).pk != dead.pk
    make_register(dead.pk)  # its job came back after all
    assert f"Tải sổ số {dead.pk}" in desk_of(cast.hung).get(PAGE).content.decode()


def test_the_file_is_kept_for_seven_days_and_then_given_to_the_sweep(cast: Cast) -> None:
    order = ordered(cast.hung)
    assert digests_in_use([order.digest]) == {order.digest}

    RegisterOrder.objects.update(ready_at=clock.now() - timedelta(days=8))

    assert digests_in_use([order.digest]) == set()
    browser = desk_of(cast.hung)
    assert "Đã quá bảy ngày" in browser.get(PAGE).content.decode()
    assert browser.get(f"{PAGE}{order.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"form": "docx"}, "not_chosen"),
        ({"unit_id": -1}, "unit_unknown"),
        ({"state": "x"}, "state_unknown"),
        ({"since": None}, "day_unreadable"),
        ({"since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "period_backward"),
        ({"since": date(2024, 1, 1), "until": date(2026, 1, 1)}, "period_too_long"),
    ],
)
def test_what_cannot_be_made_is_refused(cast: Cast, wanted: dict[str, Any], code: str) -> None:
    asked: dict[str, Any] = {"form": "pdf", "since": date(2026, 1, 1), "until": date(2026, 11, 22)}
    asked |= wanted

    with pytest.raises(Refused) as no:
        order_register(post=cast.hung, **asked)

    assert [reason.code for reason in no.value.reasons] == [code]


def test_a_register_of_too_many_dossiers_is_asked_for_in_parts(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_dossier(cast, Status.ACCEPTED)
    monkeypatch.setattr(register, "MOST", 0)

    with pytest.raises(Refused, match="nhiều nhất 0"):
        ordered(cast.hung)


def form_of(browser: Client) -> dict[str, str]:
    """The page as it opens: the whole year."""
    today = localdate(clock.now())
    parts = {"day": today.day, "month": today.month, "year": today.year}
    until = {f"until-{part}": str(n) for part, n in parts.items()}
    since = {"since-day": "1", "since-month": "1", "since-year": str(today.year)}
    return since | until | {"form": "pdf", "unit": "", "field": "", "state": ""}


def test_hung_asks_on_the_page_sees_how_far_it_is_and_takes_the_file(cast: Cast) -> None:
    a_dossier(cast, Status.ACCEPTED)
    browser = desk_of(cast.hung)

    asked = browser.post(PAGE, form_of(browser), follow=True).content.decode()
    order = RegisterOrder.objects.get()
    assert "Đang lập: 0/1 hồ sơ" in asked
    refused = browser.post(PAGE, form_of(browser))
    assert (refused.status_code, "đang được lập" in refused.content.decode()) == (422, True)
    make_register(order.pk)

    assert f"Tải sổ số {order.pk}" in browser.get(PAGE).content.decode()
    taken = browser.get(f"{PAGE}{order.pk}/")
    assert taken.content.startswith(b"%PDF")
    assert taken["Cache-Control"] == "private, no-store"


def test_a_register_is_taken_by_the_post_that_asked_and_by_no_other(cast: Cast) -> None:
    order = ordered(cast.hung)

    for post in (cast.binh, cast.sau, cast.mai):
        assert desk_of(post).get(f"{PAGE}{order.pk}/").status_code == 404
    assert desk_of(cast.mai).get(PAGE).status_code == 404


def test_what_is_typed_wrong_is_told_beside_its_field(cast: Cast) -> None:
    browser = desk_of(cast.binh)
    typed = form_of(browser) | {"since-month": "13", "unit": "một"}

    answer = browser.post(PAGE, typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#since"' in page
    assert 'href="#unit"' in page
