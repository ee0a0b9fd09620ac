"""Mai asks other units: each with its own deadline, inside that of the dossier, which does not stop."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.agencies.models import Unit
from motcua.audit.queries import deeds_on
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import consulting, processing
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.queries import desk_dossier, desk_list, dossier_page
from motcua.dossiers.queries_files import digests_in_use
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_costs import queries_of
from motcua.dossiers.types import Asking
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked, an_asking
from motcua.testing.dossiers import a_dossier, a_pdf
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=HANOI)
FIVE_DAYS = "1.004222"


@pytest.fixture
def asked(cast: Cast) -> Dossier:
    with time_machine.travel(MONDAY):
        return a_dossier(cast, Status.CONSULTING, FIVE_DAYS)


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    with time_machine.travel(MONDAY):
        return a_dossier(cast, Status.EXAMINING, FIVE_DAYS)


def ask(cast: Cast, dossier: Dossier, *asked: Asking) -> Dossier:
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        return consulting.consult(post=cast.mai, reference=dossier.reference, asked=asked)


def opine(cast: Cast, dossier: Dossier, answer: str = "Không có tranh chấp.") -> None:
    consulting.opine(post=a_unit_asked(cast), reference=dossier.reference, answer=answer)


def two_units(cast: Cast) -> tuple[Unit, Unit]:
    """The office, and a land unit with its head."""
    land = Unit.objects.create(agency=cast.ward, code="DD", name="Phòng Kinh tế")
    a_post("quy", "Mai Văn Quý", land, Role.UNIT_HEAD, "Trưởng phòng")
    return a_unit_asked(cast).unit, land


def test_each_unit_is_asked_its_own_question_until_its_own_day(
    cast: Cast, examined: Dossier
) -> None:
    office, land = two_units(cast)
    ask(
        cast, examined,
        Asking(office.pk, "Nơi cư trú?", date(2026, 12, 1)),
        Asking(land.pk, "Đất có tranh chấp?", date(2026, 12, 3)),
    )  # fmt: skip

    examined.refresh_from_db()
    first, second = examined.consultations.all()
    assert examined.status == Status.CONSULTING
    assert (first.content, second.content) == ("Nơi cư trú?", "Đất có tranh chấp?")
    assert localtime(first.due_at) == datetime(2026, 12, 1, 17, 30, tzinfo=HANOI)
    assert localtime(second.due_at) == datetime(2026, 12, 3, 17, 30, tzinfo=HANOI)
    assert deeds_on(examined.reference)[-1] == "dossier.consult"


def test_the_overall_clock_runs_on_while_others_are_asked(cast: Cast, examined: Dossier) -> None:
    due, clock_at = examined.due_at, examined.clock_at
    ask(cast, examined, an_asking(cast, examined))
    opine(cast, examined)
    consulting.close_consult(post=cast.mai, reference=examined.reference)

    examined.refresh_from_db()
    assert (examined.due_at, examined.clock_at) == (due, clock_at)
    assert examined.status == Status.EXAMINING


def test_an_opinion_due_on_the_day_of_the_result_is_due_no_later_than_it(
    cast: Cast, examined: Dossier
) -> None:
    assert examined.due_at is not None
    noon = localtime(examined.due_at).replace(hour=11, minute=0)
    Dossier.objects.filter(pk=examined.pk).update(due_at=noon)
    ask(cast, examined, Asking(a_unit_asked(cast).unit_id, "Nơi cư trú?", noon.date()))

    assert Consultation.objects.get().due_at == noon


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 27), "Dòng 2: hạn cho ý kiến 27/11/2026 đã qua"),
        (date(2026, 12, 5), "Dòng 2: hạn cho ý kiến 05/12/2026 là ngày nghỉ"),
        (date(2026, 12, 31), "Dòng 2: hạn cho ý kiến 31/12/2026 sau hạn trả kết quả"),
    ],
)
def test_a_day_past_off_or_after_the_result_is_refused_with_its_line(
    cast: Cast, examined: Dossier, day: date, said: str
) -> None:
    office, land = two_units(cast)
    Dossier.objects.filter(pk=examined.pk).update(due_at=datetime(2026, 12, 8, 17, tzinfo=HANOI))

    with pytest.raises(Refused) as no:
        ask(
            cast, examined,
            Asking(office.pk, "Nơi cư trú?", date(2026, 12, 1)), Asking(land.pk, "Đất?", day),
        )  # fmt: skip

    (reason,) = no.value.reasons
    assert reason.text.startswith(said)
    assert reason.field == "due-2"
    assert not Consultation.objects.exists()


def test_after_the_offices_have_closed_nobody_is_asked_for_today(
    cast: Cast, examined: Dossier
) -> None:
    asking = Asking(a_unit_asked(cast).unit_id, "Nơi cư trú?", MONDAY.date())
    with time_machine.travel(MONDAY.replace(hour=18)), pytest.raises(Refused) as no:
        consulting.consult(post=cast.mai, reference=examined.reference, asked=[asking])
    assert no.value.reasons[0].field == "due-1"


Lines = Callable[[Cast], list[Asking]]
DAY = date(2026, 12, 1)
BAD: list[tuple[Lines, str]] = [
    (lambda c: [], "unit-1"),
    (lambda c: [Asking(c.hoa.unit_id, "Hỏi chính mình", DAY)], "unit-1"),
    (lambda c: [Asking(c.hung.unit_id, "Hỏi bộ phận một cửa", DAY)], "unit-1"),
    (lambda c: [Asking(a_unit_asked(c).unit_id, "  ", DAY)], "content-1"),
    (lambda c: [Asking(a_unit_asked(c).unit_id, "Một lần", DAY)] * 2, "unit-2"),
]


@pytest.mark.parametrize(("lines", "field"), BAD)
def test_a_line_that_asks_nobody_nothing_or_twice_is_refused(
    cast: Cast, examined: Dossier, lines: Lines, field: str
) -> None:
    with pytest.raises(Refused) as no:
        ask(cast, examined, *lines(cast))
    assert [reason.field for reason in no.value.reasons] == [field]


def test_phuc_sees_the_dossier_only_while_he_is_asked(cast: Cast, examined: Dossier) -> None:
    phuc, page = desk_of(a_unit_asked(cast)), f"/can-bo/ho-so/{examined.reference}/"
    assert phuc.get(page).status_code == 404

    ask(cast, examined, an_asking(cast, examined))
    assert phuc.get(page).status_code == 200
    assert examined.applicant_name in phuc.get("/can-bo/danh-sach/cho-y-kien/").content.decode()
    assert desk_list(a_unit_asked(cast), "cho-y-kien").worklist.number == 1
    assert "dossier.read" in deeds_on(examined.reference)

    opine(cast, examined)
    assert phuc.get(page).status_code == 404
    assert desk_list(a_unit_asked(cast), "cho-y-kien").worklist.number == 0


def test_when_mai_no_longer_waits_the_door_closes_too(cast: Cast, asked: Dossier) -> None:
    phuc = desk_of(a_unit_asked(cast))
    consulting.close_consult(post=cast.mai, reference=asked.reference, note="Đã rõ qua hồ sơ")

    assert phuc.get(f"/can-bo/ho-so/{asked.reference}/").status_code == 404
    with pytest.raises(NotFound):
        opine(cast, asked)


def test_phuc_reads_and_answers_and_can_do_nothing_else(cast: Cast, asked: Dossier) -> None:
    phuc = a_unit_asked(cast)

    assert desk_dossier(phuc, asked.reference).steps == [Step.OPINE]
    assert Step.OPINE not in desk_dossier(cast.hoa, asked.reference).steps
    with pytest.raises(NotFound):
        processing.assign_dossier(post=phuc, reference=asked.reference, assignee_id=cast.mai.pk)
    with pytest.raises(NotFound):
        consulting.opine(post=cast.hoa, reference=asked.reference, answer="Tự trả lời")


def test_a_unit_that_was_not_asked_finds_nothing(cast: Cast, asked: Dossier) -> None:
    _, land = two_units(cast)
    quy = land.agency.posts.get(unit=land)

    assert desk_of(quy).get(f"/can-bo/ho-so/{asked.reference}/").status_code == 404
    with pytest.raises(NotFound):
        consulting.opine(post=quy, reference=asked.reference, answer="Không ai hỏi")


def test_an_answer_with_its_paper_is_read_by_mai_and_kept_from_the_sweep(
    cast: Cast, asked: Dossier
) -> None:
    paper = BytesIO(a_pdf("y kien"))
    paper.name = "y-kien.pdf"
    consulting.opine(
        post=a_unit_asked(cast), reference=asked.reference, answer="Đồng ý", upload=paper
    )

    row = Consultation.objects.get()
    mai, place = desk_of(cast.mai), f"/can-bo/ho-so/{asked.reference}/y-kien/{row.pk}/tep-kem/"
    assert digests_in_use([row.digest]) == {row.digest}
    assert mai.get(place).content.startswith(b"%PDF")
    assert "Đồng ý" in mai.get(f"/can-bo/ho-so/{asked.reference}/").content.decode()
    for stranger in (a_unit_asked(cast), cast.sau):
        assert desk_of(stranger).get(place).status_code == 404


def test_mai_goes_on_without_an_answer_only_with_a_word_why(cast: Cast, asked: Dossier) -> None:
    with pytest.raises(Refused) as no:
        consulting.close_consult(post=cast.mai, reference=asked.reference)
    assert "Văn phòng" in no.value.reasons[0].text

    consulting.close_consult(post=cast.mai, reference=asked.reference, note="Đã hỏi qua điện thoại")
    row = Consultation.objects.get()
    assert row.closed_at is not None
    assert row.replied_at is None


def test_lan_reads_in_plain_words_that_another_unit_is_asked_and_not_what(
    cast: Cast, asked: Dossier, lan: object
) -> None:
    page = dossier_page(cast.lan, asked.reference)
    assert page.status_text == "Đang lấy ý kiến"
    assert "Lấy ý kiến đơn vị khác" in [item.title for item in page.timeline]
    text = lan.get(f"/ho-so/{asked.reference}/").content.decode()  # type: ignore[attr-defined]
    assert "tranh chấp" not in text


def test_mai_fills_the_page_line_by_line_and_nothing_typed_is_lost(
    cast: Cast, examined: Dossier
) -> None:
    office, _ = two_units(cast)
    place = f"/can-bo/ho-so/{examined.reference}/lay-y-kien/"
    typed = {
        "revision": examined.revision, "lines": 2, "unit-1": office.pk,
        "content-1": "Nơi cư trú?", "due-1": "32/12/2026", "content-2": "", "due-2": "",
    }  # fmt: skip
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        mai = desk_of(cast.mai)
        assert mai.get(place).status_code == 200
        wrong = mai.post(place, typed)
        more = mai.post(place, typed | {"more": "1"})
        right = mai.post(place, typed | {"due-1": "1/12/2026"})

    assert wrong.status_code == 422
    assert "Nơi cư trú?" in wrong.content.decode()
    assert 'id="unit-3"' in more.content.decode()
    assert right.status_code == 302
    assert Consultation.objects.get().unit == office


def test_the_list_of_what_others_ask_costs_as_much_for_ten_as_for_one(cast: Cast) -> None:
    with time_machine.travel(MONDAY):
        a_dossier(cast, Status.CONSULTING, FIVE_DAYS)
        phuc = desk_of(a_unit_asked(cast))
        phuc.get("/can-bo/danh-sach/cho-y-kien/")
        one = queries_of(lambda: phuc.get("/can-bo/danh-sach/cho-y-kien/"))
        for _ in range(4):
            a_dossier(cast, Status.CONSULTING, FIVE_DAYS)
        assert queries_of(lambda: phuc.get("/can-bo/danh-sach/cho-y-kien/")) == one
