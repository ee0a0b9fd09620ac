"""What a keeper switches in the law of the day is what happens: counting, codes, levels."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from motcua.agencies.models import Agency
from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers.actions.at_once import settle_at_once
from motcua.dossiers.actions.measuring import count_usual_times
from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import code_front, is_code
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.tests.test_at_once import DECISION, a_file
from motcua.dossiers.tests.test_usual_times import history
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.law.models import LegalProfile
from motcua.law.queries import profile_on
from motcua.law.types import CodeFormat
from motcua.procedures.actions.succeeding import set_at_once
from motcua.procedures.queries import published_terms
from motcua.procedures.queries.samples import sample_receipt
from motcua.procedures.rules import limit_under
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, accepted, found_right
from motcua.workdays.types import HANOI, Method, TimeLimit

pytestmark = pytest.mark.django_db
FIVE_DAYS = "1.004884"
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
OLD = "000.10.08.H15"
NO_COMMUNES = {"levels": ["ministry", "province"]}


def the_law_says(**changed: Any) -> None:
    """From 20 November on."""
    row = LegalProfile.objects.get(pk=profile_on(date(2026, 11, 19)).id)
    LegalProfile.objects.create(
        code=row.code, version=row.version + 1, name=row.name, valid_from=date(2026, 11, 20),
        content=row.content | changed, status="approved", drafted_by="Quân", drafted_by_key="k",
        drafted_by_person="p", drafted_at=row.drafted_at,
    )  # fmt: skip


def has_an_old_code(cast: Cast) -> None:
    Agency.objects.filter(pk=cast.ward.pk).update(old_code=OLD)


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("counting", "hour"), [("DAY", (17, 30)), ("HOUR", (9, 0)), ("DAY_AS_8H", (9, 0))]
)
def test_five_days_end_at_closing_or_at_the_hour_as_the_law_counts_them(
    cast: Cast, counting: str, hour: tuple[int, int]
) -> None:
    the_law_says(counting=counting)

    dossier = a_dossier(cast, Status.ACCEPTED, FIVE_DAYS)

    assert dossier.due_at == datetime(2026, 12, 1, *hour, tzinfo=HANOI)  # 24/11 is a holiday
    assert not list(differing_dates())


@pytest.mark.parametrize("counting", ["DAY", "DAY_AS_8H"])
@pytest.mark.parametrize("hour", [(9, 0), (15, 20)])
@pytest.mark.parametrize("code", [BIRTH, FIVE_DAYS])
def test_the_sample_receipt_promises_what_the_counter_would(
    cast: Cast, code: str, hour: tuple[int, int], counting: str
) -> None:
    the_law_says(counting=counting)
    with time_machine.travel(datetime(2026, 11, 23, *hour, tzinfo=HANOI), tick=False):
        dossier = a_dossier(cast, Status.ACCEPTED, code)

        sample = sample_receipt(published_terms(code), clock.now())

    assert (sample.received_at, sample.due_at) == (dossier.accepted_at, dossier.due_at)
    assert sample.due_at is not None


def test_a_procedure_with_a_way_of_counting_of_its_own_keeps_it(cast: Cast) -> None:
    the_law_says(counting="DAY_AS_8H")
    law, terms = profile_on(date(2026, 11, 22)), published_terms(FIVE_DAYS)
    own = replace(terms, time_limit=TimeLimit(1, method=Method.IN_DAY), case_limits=())

    assert limit_under(law, own, "") == own.time_limit
    assert limit_under(law, replace(own, time_limit=None), "") is None
    assert limit_under(law, replace(own, time_limit=TimeLimit(5)), "") == TimeLimit(
        5, method=Method.DAY_AS_8H
    )


def test_codes_begin_with_the_old_identifier_while_the_law_asks_for_it(cast: Cast) -> None:
    has_an_old_code(cast)
    first = a_dossier(cast, Status.ACCEPTED)
    the_law_says(code_format="OLD")

    second = a_dossier(cast, Status.ACCEPTED)

    assert str(first.code).startswith(f"{cast.ward.code}-")
    assert str(second.code).startswith(f"{OLD}-")
    assert str(second.code).endswith("-0002")  # one order for the day, whatever stands in front
    assert is_code(str(second.code))
    found = Client().get("/tra-cuu/", {"ma": str(second.code)}).content.decode()
    assert f"Hồ sơ <strong>{second.code}</strong>" in found


def test_what_is_settled_at_once_bears_such_a_code_too(cast: Cast) -> None:
    set_at_once(code=BIRTH, at_once=True, decision=DECISION)
    has_an_old_code(cast)
    the_law_says(code_format="OLD")
    dossier = a_dossier(cast, Status.SUBMITTED, channel=Channel.COUNTER)

    done = settle_at_once(
        post=cast.hung, reference=dossier.reference, checked=found_right(dossier), number="7/CT",
        issued_on=date.today(), upload=a_file(), signed_by="Lê Thanh Bình",
    )  # fmt: skip

    assert str(done.code).startswith(f"{OLD}-")


@pytest.mark.parametrize("old", ["", "H99", "000.10.08", f"{OLD}-1"])
def test_an_agency_without_an_old_identifier_keeps_its_own(old: str) -> None:
    assert code_front("H99.31", old, CodeFormat.OLD_IDENTIFIER) == "H99.31"
    assert code_front("H99.31", OLD, CodeFormat.IDENTIFIER) == "H99.31"


def test_an_old_code_of_a_very_busy_day_is_found_too() -> None:
    assert is_code(f"{OLD}-261122-10000")


def refusal_of(deed: Any) -> list[str]:
    with pytest.raises(Refused) as no:
        deed()
    return [reason.code for reason in no.value.reasons]


def test_agencies_of_a_level_that_is_no_more_are_not_offered_and_take_nothing_in(
    cast: Cast,
) -> None:
    draft, brought = a_dossier(cast, Status.DRAFT), a_dossier(cast, Status.SUBMITTED)
    page = f"/thu-tuc/{BIRTH}/nop/"
    assert cast.ward.name in signed_in(cast.lan).get(page).content.decode()

    the_law_says(**NO_COMMUNES)

    assert cast.ward.name not in _offered(cast, page)
    assert refusal_of(lambda: a_dossier(cast, Status.DRAFT)) == ["agency_not_receiving"]
    assert refusal_of(lambda: a_dossier(cast, Status.SUBMITTED, channel=Channel.COUNTER)) == [
        "level_gone"
    ]
    assert refusal_of(lambda: a_dossier(cast, Status.SUBMITTED, channel=Channel.PARTNER)) == [
        "agency_not_receiving"
    ]
    with pytest.raises(Refused, match="chỉ còn “Từ chối tiếp nhận”"):
        accepted(cast, brought)
    assert refusal_of(lambda: _sent(cast, draft)) == ["level_gone"]
    assert Dossier.objects.get(pk=brought.pk).code is None


def test_how_long_agencies_took_that_are_no_more_is_offered_to_nobody(cast: Cast) -> None:
    history(cast.ward, [20] * 20)
    count_usual_times(datetime(2026, 11, 21, 2, 29, tzinfo=HANOI))
    page = f"/thu-tuc/{BIRTH}/?co-quan={cast.ward.code}"
    assert "kể từ khi tiếp nhận" in Client().get(page).content.decode()

    the_law_says(**NO_COMMUNES)

    shown = Client().get(page).content.decode()
    assert "kể từ khi tiếp nhận" not in shown
    assert f'<option value="{cast.ward.code}"' not in shown


def _offered(cast: Cast, page: str) -> str:
    """The choices of the page, not what it says of drafts begun before."""
    html = signed_in(cast.lan).get(page).content.decode()
    return "".join(part for part in html.split("<") if part.startswith(("label", "option")))


def _sent(cast: Cast, draft: Dossier) -> None:
    from motcua.dossiers.actions.intake import submit_dossier

    submit_dossier(citizen=cast.lan, reference=draft.reference)
