"""The papers leave the desk with a list that both sides confirm, by the hour that the law sets."""

from datetime import datetime

import pytest
import time_machine
from django.utils.timezone import localtime
from pypdfium2 import PdfDocument

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import handing_over, processing
from motcua.dossiers.control_facts import control_sheet
from motcua.dossiers.models import Dossier, TransferLine, TransferList
from motcua.dossiers.queries import desk_dossier, desk_list, dossier_page
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_costs import queries_of
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked, handed_over
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db


def brought(cast: Cast, number: int = 1) -> list[Dossier]:
    return [a_dossier(cast, Status.ACCEPTED, channel=Channel.COUNTER) for _ in range(number)]


def on_a_list(cast: Cast, dossiers: list[Dossier]) -> TransferList:
    chosen = [(d.reference, d.revision) for d in dossiers]
    done = handing_over.hand_over(post=cast.hung, unit_id=cast.hoa.unit_id, chosen=chosen)
    assert not done.left
    return TransferList.objects.get(pk=done.id)


def test_hung_hands_three_dossiers_to_hoas_unit_on_one_numbered_list(cast: Cast) -> None:
    dossiers = brought(cast, 3)

    first, second = on_a_list(cast, dossiers[:2]), on_a_list(cast, dossiers[2:])

    year = localtime(first.given_at).year
    assert (first.number, second.number) == (f"01/{year}/BGHS", f"02/{year}/BGHS")
    assert first.given_by == cast.hung.holder_name
    assert first.lines.count() == 2
    for dossier in dossiers:
        dossier.refresh_from_db()
        assert dossier.status == Status.TRANSFERRING
        assert dossier.unit_id == cast.hoa.unit_id
        assert deeds_on(dossier.reference)[-1] == "dossier.hand_over"


def test_each_desk_and_each_year_counts_its_own_lists(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 12, 30, 9, tzinfo=HANOI)):
        old = on_a_list(cast, brought(cast))
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=HANOI)):
        new = on_a_list(cast, brought(cast))

    assert (old.number, new.number) == ("01/2026/BGHS", "01/2027/BGHS")


def test_hoa_takes_one_over_and_turns_the_other_back_with_a_reason(cast: Cast) -> None:
    one, other = brought(cast, 2)
    paper = on_a_list(cast, [one, other])

    handing_over.take_over(post=cast.hoa, reference=one.reference)
    handing_over.turn_back(post=cast.hoa, reference=other.reference, note="Thiếu bản chính")

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.status, one.unit_id) == (Status.ASSIGNING, cast.hoa.unit_id)
    assert (other.status, other.unit_id) == (Status.ACCEPTED, cast.hung.unit_id)
    taken, back = paper.lines.order_by("pk")
    assert (taken.is_taken, taken.settled_by) == (True, cast.hoa.holder_name)
    assert (back.is_taken, back.reason) == (False, "Thiếu bản chính")
    again = on_a_list(cast, [other])
    assert again.pk != paper.pk


def test_nothing_is_turned_back_without_a_word_why(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.TRANSFERRING)

    with pytest.raises(Refused) as no:
        handing_over.turn_back(post=cast.hoa, reference=dossier.reference, note="  ")
    assert no.value.reasons[0].field == "note"
    assert TransferLine.objects.get(dossier=dossier).settled_at is None


def test_what_somebody_moved_meanwhile_stays_and_the_others_go(cast: Cast) -> None:
    one, other = brought(cast, 2)
    handed_over(cast, other)

    done = handing_over.hand_over(
        post=cast.hung,
        unit_id=cast.hoa.unit_id,
        chosen=[(one.reference, one.revision), (other.reference, other.revision), ("T-X", 1)],
    )

    assert done.given == [one.reference]
    assert done.left[other.reference][0].code == "changed_meanwhile"
    assert done.left["T-X"] == (handing_over.GONE,)


def test_papers_do_not_go_by_the_connection_and_what_came_by_wire_does(cast: Cast) -> None:
    paper, wire = brought(cast)[0], a_dossier(cast, Status.ACCEPTED)
    hers = cast.hoa.unit_id

    with pytest.raises(Refused) as no:
        processing.transfer_dossier(post=cast.hung, reference=paper.reference, unit_id=hers)
    processing.transfer_dossier(post=cast.hung, reference=wire.reference, unit_id=hers)

    assert no.value.reasons[0].code == "papers_by_list"
    assert Step.TRANSFER not in desk_dossier(cast.hung, paper.reference).steps
    wire.refresh_from_db()
    assert wire.status == Status.ASSIGNING


def test_neither_a_unit_of_another_agency_nor_one_without_a_head_is_handed_anything(
    cast: Cast,
) -> None:
    dossier = brought(cast)[0]

    for unit in (cast.sau.unit_id, cast.binh.unit_id, 0):
        with pytest.raises(Refused):
            handing_over.hand_over_one(post=cast.hung, reference=dossier.reference, unit_id=unit)
    assert not TransferList.objects.exists()


def test_another_head_neither_takes_it_over_nor_reads_the_list(cast: Cast) -> None:
    dossier = brought(cast)[0]
    paper, phuc = on_a_list(cast, [dossier]), a_unit_asked(cast)

    with pytest.raises(NotFound):
        handing_over.take_over(post=phuc, reference=dossier.reference)
    for stranger in (phuc, cast.mai, cast.sau):
        assert desk_of(stranger).get(f"/can-bo/ban-giao/{paper.pk}/").status_code == 404
    assert desk_of(cast.hoa).get(f"/can-bo/ban-giao/{paper.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("accepted", "limit"),
    [
        (datetime(2026, 11, 23, 9, 0), datetime(2026, 11, 23, 17, 30)),
        (datetime(2026, 11, 23, 15, 0), datetime(2026, 11, 23, 17, 30)),
        # V17: after 15:00 the start of the next working day, and 24/11 is a holiday
        (datetime(2026, 11, 23, 15, 20), datetime(2026, 11, 25, 7, 30)),
    ],
)
def test_the_desks_clock_runs_to_the_hour_of_the_hand_over(
    cast: Cast, accepted: datetime, limit: datetime
) -> None:
    with time_machine.travel(accepted.replace(tzinfo=HANOI), tick=False):
        dossier = a_dossier(cast, Status.ACCEPTED, "1.004222", channel=Channel.COUNTER)
        row = desk_list(cast.hung, "cho-chuyen").rows[0]
        sheet = control_sheet(dossier, "https://x.example/q")
        handed_over(cast, dossier)

    assert dossier.transfer_due_at is not None
    assert localtime(dossier.transfer_due_at).replace(tzinfo=None) == limit
    assert row.clock_at == dossier.clock_at == dossier.transfer_due_at
    assert f"{limit:%H:%M ngày %d/%m/%Y}" in sheet.handovers[-1].note
    assert TransferLine.objects.get(dossier=dossier).must_by == dossier.transfer_due_at


def test_once_the_unit_has_it_the_clock_runs_to_the_result_again(cast: Cast) -> None:
    dossier = brought(cast)[0]
    handed_over(cast, dossier)
    handing_over.take_over(post=cast.hoa, reference=dossier.reference)

    dossier.refresh_from_db()
    assert dossier.clock_at == dossier.due_at


def test_hung_ticks_two_in_his_list_and_hoa_confirms_both_on_their_page(cast: Cast) -> None:
    dossiers, hung, hoa = brought(cast, 2), desk_of(cast.hung), desk_of(cast.hoa)
    ticked = [f"{d.reference}@{d.revision}" for d in dossiers]
    assert "Lập giấy bàn giao" in hung.get("/can-bo/danh-sach/cho-chuyen/").content.decode()

    first = hung.post("/can-bo/ban-giao/lap/", {"chon": ticked})
    assert first.status_code == 200
    assert (dossiers[0].code or "?") in first.content.decode()
    unsaid = hung.post("/can-bo/ban-giao/lap/", {"chon": ticked, "confirm": "1"})
    assert unsaid.status_code == 422
    made = hung.post(
        "/can-bo/ban-giao/lap/", {"chon": ticked, "confirm": "1", "unit": cast.hoa.unit_id}
    )
    waiting = desk_list(cast.hoa, "cho-nhan-ban-giao")
    assert waiting.worklist.number == 2
    ticked = [f"{row.reference}@{row.revision}" for row in waiting.rows]
    assert hoa.get(made["Location"]).status_code == 200
    hoa.post(made["Location"], {"chon": ticked, "do": "take"})

    assert desk_list(cast.hoa, "cho-phan-cong").worklist.number == 2
    assert "Đã xác nhận đủ" in hung.get("/can-bo/ban-giao/").content.decode()


def letters(text: str) -> str:
    """Letters and digits alone: narrow columns put spaces and hyphens in between."""
    return "".join(ch for ch in text if ch.isalnum())


def words_of(pdf: bytes) -> str:
    """All that is printed."""
    with PdfDocument(pdf) as document:
        return letters("".join(page.get_textpage().get_text_bounded() for page in document))


def test_the_list_is_printed_to_be_signed_by_both(cast: Cast) -> None:
    one, other = brought(cast, 2)
    paper = on_a_list(cast, [one, other])
    handing_over.take_over(post=cast.hoa, reference=one.reference)
    handing_over.turn_back(post=cast.hoa, reference=other.reference, note="Thiếu bản chính")
    place = f"/can-bo/ban-giao/{paper.pk}/ban-in/"

    printed = desk_of(cast.hung).get(place)

    assert printed["Content-Disposition"].startswith("attachment")
    text = words_of(printed.content)
    for said in (paper.number, one.code, other.code, cast.hoa.holder_name, "Thiếu bản chính"):
        assert said is not None
        assert letters(said) in text
    assert desk_of(cast.mai).get(place).status_code == 404


def test_a_list_of_twenty_costs_as_many_queries_to_read_as_one_of_two(cast: Cast) -> None:
    few, many = on_a_list(cast, brought(cast, 2)), on_a_list(cast, brought(cast, 8))
    hoa = desk_of(cast.hoa)
    hoa.get(f"/can-bo/ban-giao/{few.pk}/")

    def cost(paper: TransferList) -> int:
        return queries_of(lambda: hoa.get(f"/can-bo/ban-giao/{paper.pk}/"))

    assert cost(many) == cost(few)
    one = queries_of(lambda: hoa.get("/can-bo/ban-giao/"))
    on_a_list(cast, brought(cast, 1))
    assert queries_of(lambda: hoa.get("/can-bo/ban-giao/")) == one


def test_lan_reads_that_her_dossier_is_being_handed_over(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.TRANSFERRING)

    page = dossier_page(cast.lan, dossier.reference)

    assert page.status_text == "Đang bàn giao"
    assert [item.title for item in page.timeline][-5:-2] == [
        "Bàn giao cho đơn vị giải quyết",
        "Nhận bàn giao hồ sơ",
        "Thẩm định hồ sơ",
    ]
