"""Mai needs more while she examines: one slip, the clock stands, what comes is looked at, it goes on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import intake, more_papers
from motcua.dossiers.models import CorrectionItem, Dossier
from motcua.dossiers.queries import desk_counters, desk_dossier, my_dossiers
from motcua.dossiers.types import Channel, Correction
from motcua.dossiers.workflow import Status, Step
from motcua.law.models import LegalProfile
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, asked_more, asked_paper, handed_in
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, tzinfo=HANOI)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY) as now:
        yield now


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    """Lan's dossier on Mai's table, taken in on Monday at nine."""
    return a_dossier(cast, Status.EXAMINING)


def ask(cast: Cast, dossier: Dossier, **changes: Any) -> Dossier:
    item = Correction(slot=asked_paper(dossier), reason="blurred")
    told: dict[str, Any] = {"post": cast.mai, "reference": dossier.reference, "items": [item]}
    asked = more_papers.ask_more(**(told | changes))
    dossier.refresh_from_db()
    return asked


def near(moment: datetime | None, other: datetime) -> bool:
    """Whether it is the same moment, but for the seconds that the test takes."""
    return moment is not None and abs(moment - other) < MINUTE


def codes(refusal: Any) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def with_law(dossier: Dossier, **limits: int) -> None:
    """The law of this dossier, with other limits."""
    assert dossier.profile_id is not None
    law = LegalProfile.objects.get(pk=dossier.profile_id)
    content = law.content | {"limits": law.content["limits"] | limits}
    fresh = LegalProfile.objects.create(
        **{
            field.name: getattr(law, field.name)
            for field in LegalProfile._meta.fields
            if field.name not in ("id", "content", "version")
        },
        version=99,
        content=content,
    )
    Dossier.objects.filter(pk=dossier.pk).update(profile=fresh)
    dossier.refresh_from_db()


# The slip


def test_asking_stops_the_clock_and_keeps_what_was_promised_first(
    cast: Cast, examined: Dossier
) -> None:
    promised = examined.due_at

    ask(cast, examined)

    assert (examined.status, examined.due_at, examined.clock_at) == (Status.SUPPLEMENT, None, None)
    assert examined.original_due_at == promised
    [change] = examined.due_changes.all()
    assert (change.old, change.new) == (promised, None)
    assert "Chờ người nộp bổ sung" in change.reason


def test_the_slip_says_of_each_item_what_why_and_by_which_law(
    cast: Cast, examined: Dossier
) -> None:
    ask(cast, examined)

    [item] = examined.supplement_items
    assert item["text"] == "Ảnh chụp mờ, không đọc được"
    assert item["legal_basis"]
    row = CorrectionItem.objects.get(dossier=examined)
    assert (row.slot, row.reason, row.resolved_at) == (asked_paper(examined), "blurred", None)
    assert row.move.step == Step.ASK_MORE


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Correction(slot="p01"), "deficiency_empty"),
        (Correction(slot="khong-co", text="Mờ."), "correction_unknown"),
        (Correction(question="khong.co", text="Sai."), "correction_unknown"),
    ],
)
def test_a_slip_that_says_nothing_or_of_nothing_is_refused(
    cast: Cast, examined: Dossier, item: Correction, code: str
) -> None:
    if item.slot == "p01":
        item = Correction(slot=asked_paper(examined))
    with pytest.raises(Refused) as refusal:
        ask(cast, examined, items=[item])

    assert codes(refusal) == [code]
    with pytest.raises(Refused):
        ask(cast, examined, items=[])
    examined.refresh_from_db()
    assert examined.status == Status.EXAMINING


def test_the_same_thing_is_not_listed_twice(cast: Cast, examined: Dossier) -> None:
    item = Correction(slot=asked_paper(examined), reason="blurred")

    with pytest.raises(Refused) as refusal:
        ask(cast, examined, items=[item, item])

    assert codes(refusal) == ["correction_twice"]


def test_papers_are_asked_for_within_three_working_days(
    cast: Cast, examined: Dossier, monday: time_machine.Traveller
) -> None:
    monday.move_to(MONDAY + 4 * DAY)
    with pytest.raises(Refused) as refusal:
        ask(cast, examined)
    assert codes(refusal) == ["asking_too_late"]
    assert "03/12/2026" in refusal.value.reasons[0].text

    monday.move_to(MONDAY + 3 * DAY)
    assert ask(cast, examined).status == Status.SUPPLEMENT


def test_the_law_of_a_sector_may_allow_it_later_and_is_named_on_the_slip(
    cast: Cast, examined: Dossier, monday: time_machine.Traveller
) -> None:
    monday.move_to(MONDAY + 4 * DAY)

    ask(cast, examined, sector_basis="Điều 27 Luật Xây dựng")

    move = examined.moves.last()
    assert move is not None
    assert move.note == "Điều 27 Luật Xây dựng"


# What comes back


@pytest.mark.parametrize("channel", [Channel.ONLINE, Channel.COUNTER, Channel.PARTNER])
def test_the_desk_has_eight_working_hours_from_the_handing_in(cast: Cast, channel: Channel) -> None:
    dossier = a_dossier(cast, Status.SUPPLEMENTED, channel=channel)

    assert dossier.status == Status.SUPPLEMENTED
    assert dossier.answer_due_at == dossier.clock_at
    assert near(dossier.clock_at, MONDAY + DAY)
    assert Step.RESUME in desk_dossier(cast.hung, dossier.reference).steps


def test_found_full_the_time_counts_anew_from_the_moment_of_handing_in(
    cast: Cast, examined: Dossier, monday: time_machine.Traveller
) -> None:
    first = examined.due_at
    ask(cast, examined)
    monday.move_to(MONDAY + 7 * DAY)
    handed_in(cast, examined)
    monday.move_to(MONDAY + 8 * DAY)

    more_papers.resume_dossier(post=cast.hung, reference=examined.reference)

    examined.refresh_from_db()
    assert first is not None
    assert examined.status == Status.EXAMINING
    assert near(examined.due_at, first + 7 * DAY)
    assert examined.original_due_at == first
    assert examined.supplement_items == []
    assert CorrectionItem.objects.get(dossier=examined).resolved_at is not None
    change = examined.due_changes.last()
    assert change is not None
    assert (change.old, change.new) == (first, examined.due_at)


def test_what_still_lacks_is_the_same_request_and_the_rest_is_closed(
    cast: Cast, examined: Dossier
) -> None:
    papers = [d.slot for d in examined.documents.all()][:2]
    items = [Correction(slot=slot, reason="blurred") for slot in dict.fromkeys(papers)]
    ask(cast, examined, items=items)
    handed_in(cast, examined)
    place = items[-1].slot
    for nothing in ({}, {"khong-co": ""}):
        with pytest.raises(Refused):
            more_papers.say_lacking(post=cast.hung, reference=examined.reference, lacking=nothing)

    more_papers.say_lacking(
        post=cast.hung, reference=examined.reference, lacking={place: "Vẫn thiếu mặt sau."}
    )

    examined.refresh_from_db()
    assert (examined.status, examined.due_at) == (Status.SUPPLEMENT, None)
    assert [item["slot"] for item in examined.supplement_items] == [place]
    assert "Vẫn thiếu mặt sau." in examined.supplement_items[0]["text"]
    assert more_papers.times_asked(examined) == 1
    still = CorrectionItem.objects.filter(dossier=examined, resolved_at=None)
    assert [item.slot for item in still] == [place]


def test_a_double_click_hands_in_once(cast: Cast, examined: Dossier) -> None:
    ask(cast, examined)
    handed_in(cast, examined)

    intake.supplement_dossier(citizen=cast.lan, reference=examined.reference)

    assert examined.moves.filter(step=Step.HAND_IN).count() == 1


# When nothing comes


def test_it_is_stopped_only_when_the_applicants_time_is_over(
    cast: Cast, examined: Dossier, monday: time_machine.Traveller
) -> None:
    with_law(examined, supplement_wait_days=5)
    ask(cast, examined)
    until = datetime(2026, 12, 7, 17, 30, tzinfo=HANOI)
    assert examined.supply_by == examined.clock_at == until
    stop: dict[str, Any] = {"post": cast.binh, "reference": examined.reference}
    why: dict[str, Any] = {"reason": "Không bổ sung.", "legal_basis": "Nghị định số 118/2025/NĐ-CP"}

    monday.move_to(until - MINUTE)
    with pytest.raises(Refused) as refusal:
        more_papers.stop_dossier(**stop, **why)
    assert codes(refusal) == ["still_time_to_supply"]
    monday.move_to(until + MINUTE)
    with pytest.raises(Refused) as refusal:
        more_papers.stop_dossier(**stop, reason=" ", legal_basis="")
    assert codes(refusal) == ["reason_missing", "legal_basis_missing"]

    more_papers.stop_dossier(**stop, **why)

    examined.refresh_from_db()
    assert (examined.status, examined.clock_at) == (Status.STOPPED, None)


def test_the_lists_of_the_desk_and_of_lan_show_them(cast: Cast) -> None:
    asked = a_dossier(cast, Status.SUPPLEMENT)
    a_dossier(cast, Status.SUPPLEMENTED)
    a_dossier(cast, Status.STOPPED)

    counted = {each.key: each.number for each in desk_counters(cast.hung)}

    assert [counted[key] for key in ("yeu-cau-bo-sung", "da-bo-sung", "dung-xu-ly")] == [1, 1, 1]
    first = my_dossiers(cast.lan).rows[0]
    assert (first.reference, first.to_do) == (asked.reference, "Bổ sung nội dung được yêu cầu")


def test_only_whom_it_is_assigned_to_asks(cast: Cast, examined: Dossier) -> None:
    for post in (cast.hung, cast.hoa, cast.binh):
        with pytest.raises(Refused):
            ask(cast, examined, post=post)
    with pytest.raises(NotFound):
        ask(cast, examined, post=cast.sau)
    assert asked_more(cast, examined).status == Status.SUPPLEMENT
