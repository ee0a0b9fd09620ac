"""Nothing is accepted before an official has found every paper right, on whichever page it is accepted."""

import re
from typing import Any

import pytest
from django.test import Client

from motcua.core.errors import Refused
from motcua.dossiers import rules
from motcua.dossiers.actions.bulk import accept_unopened
from motcua.dossiers.actions.intake import accept_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import a_counter_filing, right_in_bulk, tick
from motcua.dossiers.tests.test_desk_pages import page, press, text_of
from motcua.dossiers.web.desk_checklist import found_right
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.procedures.types import Slot
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, accepted

pytestmark = pytest.mark.django_db
BUILDING = "1.013225"  # two papers required, one that may be left out
COUNTER = f"/can-bo/nop-tai-quay/{BIRTH}/"
ASKS = "Mời anh/chị đánh dấu Đạt hoặc Chưa đạt cho"


@pytest.fixture
def hung(cast: Cast) -> Client:
    return desk_of(cast.hung)


@pytest.fixture
def house(cast: Cast) -> Dossier:
    """Lan's dossier for building a house, waiting at the desk."""
    return a_dossier(cast, Status.SUBMITTED, BUILDING)


def required(dossier: Dossier) -> list[Slot]:
    return [slot for slot in terms_of(dossier.procedure_version_id).slots if slot.required]


def status_of(dossier: Dossier) -> str:
    dossier.refresh_from_db()
    return dossier.status


# The rule


def test_what_is_required_or_was_handed_in_is_looked_at_and_nothing_of_another_case() -> None:
    born, proxy = Slot("p01", "Giấy chứng sinh"), Slot("p02", "Giấy ủy quyền", required=False)
    abroad = Slot("p03", "Giấy tờ nước ngoài", case="Sinh ở nước ngoài")
    slots = [born, proxy, abroad]

    assert rules.papers_to_check(slots, "", set()) == [born]
    assert rules.papers_to_check(slots, "", {"p02", "p03"}) == [born, proxy]
    assert rules.papers_to_check(slots, "Sinh ở nước ngoài", {"p03"}) == [born, abroad]


def test_each_paper_without_its_mark_is_named_and_a_name_like_a_paragraph_is_cut() -> None:
    papers = [Slot("p01", "Giấy chứng sinh"), Slot("p02", "Văn bản " * 60)]

    one = rules.unchecked(papers, {"p02"})
    both = rules.unchecked(papers, set())

    assert [(r.field, r.text) for r in one] == [("p01", f"{ASKS} “Giấy chứng sinh”.")]
    assert [r.field for r in both] == ["p01", "p02"]
    assert len(both[1].text) < 180
    assert rules.unchecked(papers, {"p01", "p02", "khong-co"}) == []


def test_no_action_accepts_what_nobody_found_right(cast: Cast, house: Dossier) -> None:
    first, second = required(house)
    for checked in (set(), {first.code}, {"khong-co"}):
        with pytest.raises(Refused) as refusal:
            accept_dossier(post=cast.hung, reference=house.reference, checked=checked)
        assert refusal.value.reasons[-1].field == second.code
    assert status_of(house) == Status.SUBMITTED


def test_the_move_keeps_who_found_which_paper_right(cast: Cast, house: Dossier) -> None:
    accepted(cast, house)

    move = house.moves.get(step=Step.ACCEPT)
    assert move.by == cast.hung.holder_name
    assert move.facts["checked"] == [
        {"slot": slot.code, "name": slot.name} for slot in required(house)
    ]


# The page of the dossier


def test_hung_is_told_which_papers_lack_a_mark_beside_them_and_above(
    hung: Client, house: Dossier
) -> None:
    first, second = required(house)

    answer = press(hung, house, Step.ACCEPT, **{f"check-{first.code}": "yes", "other": "gõ dở"})

    shown = text_of(answer)
    assert answer.status_code == 422
    assert f'<a href="#check-{second.code}">{ASKS} “{second.name}”.</a>' in shown
    assert f'id="check-{second.code}-error"' in shown
    assert f'id="check-{second.code}"' in shown
    assert f'id="check-{first.code}-error"' not in shown
    assert re.search(rf'name="check-{first.code}" value="yes" checked', shown)
    assert "gõ dở</textarea>" in shown
    assert status_of(house) == Status.SUBMITTED


def test_nothing_is_marked_right_beforehand(hung: Client, house: Dossier) -> None:
    shown = text_of(hung.get(page(house)))

    assert "Tất cả giấy tờ đều đạt" in shown
    assert 'value="yes" checked' not in shown


def test_one_tick_stands_for_all_papers_and_the_optional_one_left_out_needs_none(
    hung: Client, house: Dossier
) -> None:
    assert press(hung, house, Step.ACCEPT, **{"all-right": "yes"}).status_code == 302
    assert status_of(house) == Status.ACCEPTED
    checked = house.moves.get(step=Step.ACCEPT).facts["checked"]
    assert [paper["slot"] for paper in checked] == [slot.code for slot in required(house)]


def test_one_tick_for_all_does_not_outvote_a_paper_marked_wrong(
    hung: Client, house: Dossier
) -> None:
    wrong = {"all-right": "yes", f"check-{required(house)[1].code}": "no"}

    answer = press(hung, house, Step.ACCEPT, **wrong)

    assert answer.status_code == 422
    assert "còn giấy tờ “Chưa đạt”" in text_of(answer)
    assert re.search(r'name="all-right" value="yes" checked', text_of(answer))
    assert status_of(house) == Status.SUBMITTED
    assert found_right({"all-right": "yes", "check-a": "no"}, ["a", "b"]) == {"b"}


def test_an_optional_paper_that_was_handed_in_needs_its_mark(hung: Client, house: Dossier) -> None:
    optional = next(s for s in terms_of(house.procedure_version_id).slots if not s.required)
    paper = house.documents.order_by("id").first()
    assert paper is not None
    paper.pk, paper.slot = None, optional.code
    paper.save(force_insert=True)
    marks = {f"check-{slot.code}": "yes" for slot in required(house)}

    assert press(hung, house, Step.ACCEPT, **marks).status_code == 422
    marks[f"check-{optional.code}"] = "yes"
    assert press(hung, house, Step.ACCEPT, **marks).status_code == 302


def test_the_journal_page_names_the_papers_found_right(
    cast: Cast, hung: Client, house: Dossier
) -> None:
    accepted(cast, house)

    shown = text_of(hung.get(f"{page(house)}nhat-ky/"))

    assert f"Đã kiểm tra, đạt: {'; '.join(slot.name for slot in required(house))}" in shown


# Many at once


def test_in_bulk_only_what_was_ticked_as_right_is_accepted(
    cast: Cast, hung: Client, house: Dossier
) -> None:
    other = a_dossier(cast, Status.SUBMITTED)
    order = right_in_bulk(house) | {"chon": tick(house, other), "confirm": "1"}

    done = text_of(hung.post("/can-bo/hang-loat/", order))

    assert (status_of(house), status_of(other)) == (Status.ACCEPTED, Status.SUBMITTED)
    assert "xong 1, còn 1 hồ sơ chưa làm được" in done
    assert "Chưa đánh dấu “Tất cả đạt”" in done


def test_in_bulk_the_papers_are_in_sight_and_no_tick_at_all_is_asked_for_again(
    hung: Client, house: Dossier
) -> None:
    order: dict[str, Any] = {"do": "accept", "chon": tick(house)}

    shown = text_of(hung.post("/can-bo/hang-loat/", order))
    again = hung.post("/can-bo/hang-loat/", order | {"confirm": "1"})

    for slot in required(house):
        assert slot.name in shown
    assert f'name="dat" value="{house.reference}" aria-label' in shown
    assert again.status_code == 422
    assert "Chưa hồ sơ nào được đánh dấu" in text_of(again)
    assert status_of(house) == Status.SUBMITTED


def test_the_action_for_many_refuses_a_dossier_without_its_tick(cast: Cast, house: Dossier) -> None:
    with pytest.raises(Refused) as refusal:
        accept_unopened(
            post=cast.hung, reference=house.reference, revision=house.revision, found_right=False
        )

    assert refusal.value.reasons[0].code == "papers_unchecked"


# At the counter


@pytest.mark.parametrize(
    ("mark", "said"), [("", ASKS), ("no", "đang đánh dấu Chưa đạt. Mời anh/chị bấm “Nộp")]
)
def test_the_counter_accepts_only_what_hung_ticked_while_typing(
    hung: Client, mark: str, said: str
) -> None:
    unticked = {**a_counter_filing(accept="1"), "check-p01": mark}

    answer = hung.post(COUNTER, unticked)

    shown = text_of(answer)
    assert answer.status_code == 422
    assert said in shown
    assert 'href="#check-p01"' in shown
    assert 'id="paper-p01-error"' in shown
    assert 'name="kept"' in shown
    assert "066192000001" in shown
    assert not Dossier.objects.filter(channel="counter").exists()


def test_the_counter_files_without_ticks_what_is_accepted_later(hung: Client) -> None:
    answer = hung.post(COUNTER, {**a_counter_filing(send="1"), "check-p01": ""})

    assert answer.status_code == 302
    assert Dossier.objects.get(channel="counter").status == Status.SUBMITTED


def test_one_tick_for_all_works_at_the_counter_too(hung: Client) -> None:
    typed = {**a_counter_filing(accept="1"), "check-p01": "", "all-right": "yes"}

    assert hung.post(COUNTER, typed).status_code == 302
    assert Dossier.objects.get(channel="counter").status == Status.ACCEPTED


def test_what_a_bulk_page_lacks_leads_to_the_box_that_mends_it(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    order = {"do": "accept", "chon": [f"{dossier.reference}@{dossier.revision}"], "confirm": "1"}

    shown = text_of(desk_of(cast.hung).post("/can-bo/hang-loat/", order))

    assert f'<a href="#dat-{dossier.reference}">Chưa hồ sơ nào' in shown
    assert f'id="dat-{dossier.reference}" name="dat"' in shown
