"""What ông Phúc does not read of a dossier he does a part of, and by which date his lists stand."""

from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.agencies.models import Unit
from motcua.core.actors import Role
from motcua.dossiers.actions import consulting, processing, visiting
from motcua.dossiers.actions.papers import Upload
from motcua.dossiers.actions.urging import urge
from motcua.dossiers.desk_queries import neighbours
from motcua.dossiers.guests import questions_to
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.dossiers.queries import PAGE, desk_list
from motcua.dossiers.tests.conftest import a_right_file, desk_of
from motcua.dossiers.tests.test_interlinking import MONDAY, divided
from motcua.dossiers.types import Asking
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked, a_visit
from motcua.testing.dossiers import a_dossier
from motcua.testing.linking import linked
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)
OPINION, FOUND, HURRY = "Đất ấy đang tranh chấp.", "Hồ sơ có dấu tẩy xóa.", "Mời làm gấp hồ sơ này."
SEEN = "Không có ai ở nhà."


@pytest.fixture
def shared(cast: Cast) -> Dossier:
    """Phúc does a part of it; Mai wrote what she found, was urged, asked another unit, went to see."""
    dossier = divided(cast)
    unit = Unit.objects.create(agency=cast.ward, code="KT", name="Phòng Kinh tế")
    other = a_post("tan", "Phan Văn Tân", unit, Role.UNIT_HEAD, "Trưởng phòng")
    number = dossier.reference
    with time_machine.travel(LATER):
        processing.examine_dossier(post=cast.mai, note=FOUND, reference=number)
        urge(post=cast.binh, note=HURRY, reference=number)
        day = localtime(dossier.due_at or LATER).date()
        consulting.consult(
            post=cast.mai, asked=[Asking(unit.pk, "Đất của ai?", day)], reference=number
        )
        file: Upload = a_right_file("ý kiến")
        consulting.opine(post=other, answer=OPINION, upload=file, reference=number)
        consulting.close_consult(post=cast.mai, reference=number)
        visiting.verify(post=cast.mai, visit=a_visit(), reference=number)
    with time_machine.travel(LATER + timedelta(hours=5)):
        visiting.record_verification(
            post=cast.mai, record=SEEN, present="Vũ Thị Mai", upload=a_right_file("biên bản"),
            reference=number,
        )  # fmt: skip
    dossier.refresh_from_db()
    return dossier


def test_phuc_reads_neither_opinions_nor_visits_nor_notes_that_are_not_his(
    cast: Cast, shared: Dossier
) -> None:
    with time_machine.travel(LATER + timedelta(hours=6)):
        place = f"/can-bo/ho-so/{shared.reference}/"
        opinion, visit = Consultation.objects.get().pk, Verification.objects.get().pk
        files = [
            f"{place}y-kien/{opinion}/tep-kem/", f"{place}xac-minh/{visit}/tep-kem/",
            f"{place}xac-minh/{visit}/bien-ban/",
        ]  # fmt: skip
        mai, phuc = desk_of(cast.mai), desk_of(a_unit_asked(cast))
        hers, his = (unescape(who.get(place).content.decode()) for who in (mai, phuc))
        opened = [[who.get(file).status_code for file in files] for who in (mai, phuc)]

    for said in (OPINION, FOUND, HURRY, SEEN):
        assert said in hers
        assert said not in his
    assert "Thẩm định" in his  # that it was examined, he may know
    assert opened == [[200, 200, 200], [404, 404, 404]]


def test_his_list_stands_by_the_limit_of_his_part(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        early, late = (a_dossier(cast, Status.EXAMINING, "1.004222") for _ in range(2))
        linked(cast, late)
        Dossier.objects.filter(pk=late.pk).update(step_due_at=MONDAY + timedelta(days=2))
    with time_machine.travel(LATER):
        linked(cast, early)
        Dossier.objects.filter(pk=early.pk).update(clock_at=MONDAY + timedelta(days=1))
        phuc = a_unit_asked(cast)
        rows = desk_list(phuc, "lien-thong").rows
        shown = unescape(desk_of(phuc).get("/can-bo/danh-sach/lien-thong/").content.decode())
        beside = neighbours(phuc, late.reference, "lien-thong")

    part = late.stations.get(order=1)
    assert [row.reference for row in rows] == [late.reference, early.reference]
    assert beside.after == (early.code or "")
    assert rows[0].clock_at == part.due_at
    assert rows[0].step_due_at is None
    assert rows[0].left is not None
    assert rows[0].left.working is not None
    assert rows[0].left.working < timedelta(hours=3)
    assert f"{localtime(part.due_at):%H:%M %d/%m/%Y}" in shown
    assert "hạn trả lời của đơn vị" in shown
    assert "xong bước" not in shown


def test_mais_own_list_stands_by_the_date_of_the_dossier(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        dossier = a_dossier(cast, Status.EXAMINING, "1.004222")
        linked(cast, dossier)
        (row,) = desk_list(cast.mai, "lien-thong").rows
    assert row.clock_at == dossier.due_at
    assert not row.is_part


def test_the_second_page_goes_on_where_the_first_one_ended(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.PAGE", 1)
    assert PAGE > 1
    with time_machine.travel(MONDAY):
        made = [a_dossier(cast, Status.EXAMINING, "1.004222") for _ in range(3)]
        for dossier in made:
            linked(cast, dossier)
        phuc, seen, place = a_unit_asked(cast), [], ""
        for _ in made:
            page = desk_list(phuc, "lien-thong", cursor=place)
            seen += [row.reference for row in page.rows]
            place = page.next_cursor
    assert sorted(seen) == sorted(dossier.reference for dossier in made)
    assert place == ""


def test_what_is_left_of_his_question_is_counted_by_the_working_day_before(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 9, tzinfo=HANOI)):  # a Friday
        asked = a_dossier(cast, Status.CONSULTING, "1.004222")
        phuc = a_unit_asked(cast)
        Consultation.objects.update(due_at=MONDAY + timedelta(hours=2))
        (question,) = questions_to(phuc, asked.reference)
    with time_machine.travel(datetime(2026, 11, 27, 15, tzinfo=HANOI)):
        (later,) = questions_to(phuc, asked.reference)

    assert question.left is not None
    assert later.left is not None
    assert (question.left.tone, later.left.tone) == ("ok", "soon")
