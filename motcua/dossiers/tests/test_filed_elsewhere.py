"""A service that moved to another portal is not filed here any more; the counter goes on, and so does what was filed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.core.errors import Refused
from motcua.dossiers.actions.drafting import open_draft
from motcua.dossiers.actions.intake import submit_dossier
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.law.models import LegalProfile
from motcua.law.queries import profile_on
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier

pytestmark = pytest.mark.django_db
MINISTRY = "https://hotich.bo.example"


def move_away(mode: str = "NATIONAL", address: str = "", code: str = BIRTH, **more: Any) -> None:
    """From 20 November on this service is filed elsewhere."""
    now = profile_on(date(2026, 11, 19))
    row = LegalProfile.objects.get(pk=now.id)
    LegalProfile.objects.create(
        code=row.code, version=row.version + 1, name=row.name, valid_from=date(2026, 11, 20),
        content=row.content | {"filed_elsewhere": [[code, mode, address]]} | more,
        status="approved", drafted_by="Quân", drafted_by_key="k", drafted_by_person="p",
        drafted_at=row.drafted_at,
    )  # fmt: skip


def begin(cast: Cast) -> Any:
    return open_draft(citizen=cast.lan, procedure_code=BIRTH, agency_code=cast.ward.code)


def test_lan_is_told_where_to_file_and_the_counter_still_takes_it(cast: Cast) -> None:
    move_away()

    with pytest.raises(Refused, match=r"Cổng Dịch vụ công quốc gia tại https://dichvucong"):
        begin(cast)

    assert a_dossier(cast, Status.ACCEPTED, channel=Channel.COUNTER).code


def test_the_page_leads_to_the_place_instead_of_a_form_that_leads_nowhere(cast: Cast) -> None:
    move_away("MINISTRY", MINISTRY)

    page = Client().get(f"/thu-tuc/{BIRTH}/").content.decode()
    start = signed_in(cast.lan).get(f"/thu-tuc/{BIRTH}/nop/").content.decode()

    for html in (page, start):
        assert "hệ thống của bộ, ngành" in html
        assert f'href="{MINISTRY}"' in html
    assert "Bắt đầu nộp hồ sơ" not in page


def test_a_draft_from_before_is_kept_but_not_sent_here(cast: Cast) -> None:
    draft = a_dossier(cast, Status.DRAFT)
    move_away()

    with pytest.raises(Refused) as refusal:
        submit_dossier(citizen=cast.lan, reference=draft.reference)

    assert [reason.code for reason in refusal.value.reasons] == ["filed_elsewhere"]
    draft.refresh_from_db()
    assert (draft.status, draft.answers != {}) == (Status.DRAFT, True)


def test_another_service_is_filed_here_as_before(cast: Cast) -> None:
    move_away(code="9.999999")

    assert begin(cast).status == Status.DRAFT


def test_one_switch_sends_all_elsewhere_but_those_that_stay(cast: Cast) -> None:
    move_away("LOCAL", portal_mode="NATIONAL")

    assert begin(cast).status == Status.DRAFT
    with pytest.raises(Refused, match="quốc gia"):
        open_draft(citizen=cast.lan, procedure_code="1.004884", agency_code=cast.ward.code)
