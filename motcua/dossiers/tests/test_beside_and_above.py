"""What a rule refuses at the desk stands beside its field and at the top; what was typed is kept."""

from datetime import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from motcua.dossiers.actions.urging import urge
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 9, tzinfo=HANOI)
FIVE_DAYS = "1.004884"
DAY = {"day": "01/01/2026", "hour": "09:30"}
FAR = {"day": "31/12/2026", "hour": "09:30"}


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


def refused(client: Client, path: str, typed: dict[str, Any], field: str) -> None:
    answer = client.post(path, typed)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    beside = page.split(f'id="{field}_error"')[1].split("</p>")[0]
    said = beside.rpartition("</span>")[2].strip()
    assert said
    assert page.count(said) >= 2
    for each in typed.values():
        assert str(each) in page


def examined(cast: Cast, status: Status = Status.EXAMINING) -> tuple[Dossier, str]:
    dossier = a_dossier(cast, status, FIVE_DAYS)
    return dossier, f"/can-bo/ho-so/{dossier.reference}/"


@pytest.mark.parametrize("when", [DAY, FAR])
def test_a_new_date_gone_by_or_too_far(cast: Cast, when: dict[str, str]) -> None:
    dossier, here = examined(cast)
    typed = {"revision": dossier.revision, "reason": "Chờ xác minh thêm.", **when}
    refused(desk_of(cast.mai), f"{here}de-nghi/move_date/", typed, "viec-day")
    refused(desk_of(cast.binh), f"{here}thu-xin-loi/", typed | {"do": "sign"}, "viec-day")


def test_a_code_that_is_none(cast: Cast) -> None:
    dossier, here = examined(cast)
    typed = {"revision": dossier.revision, "code": "H99.31-SAI", "reason": "Gõ nhầm."}
    refused(desk_of(cast.hung), f"{here}de-nghi/correct_code/", typed, "viec-code")


def test_an_apology_owed_for_papers_that_the_office_lost(cast: Cast) -> None:
    _, here = examined(cast)
    typed = {"kind": "lost", "what": "Bản chính giấy chứng sinh", "fault": "agency", "apology": ""}
    refused(desk_of(cast.mai), f"{here}su-co/", typed, "su-co-apology")


def test_an_asking_refused_without_a_word_why(cast: Cast) -> None:
    dossier, here = examined(cast)
    typed = {
        "revision": dossier.revision,
        "reason": "Chờ xác minh.",
        "day": "04/12/2026",
        "hour": "09:30",
    }
    assert desk_of(cast.mai).post(f"{here}de-nghi/move_date/", typed).status_code == 302
    asked = dossier.approvals.get()
    refused(desk_of(cast.binh), f"{here}duyet/{asked.pk}/", {"do": "refuse"}, "viec-answer")


def test_a_decision_against_the_proposal_without_a_reason(cast: Cast) -> None:
    dossier, here = examined(cast, Status.PROPOSED)
    typed = {"revision": dossier.revision, "reason": "", "legal_basis": "Điều 16", "note": ""}
    refused(desk_of(cast.binh), f"{here}buoc/refuse/", typed, "refuse-reason")


def test_an_answer_to_an_urging_that_says_nothing(cast: Cast) -> None:
    dossier, here = examined(cast)
    urge(post=cast.binh, reference=dossier.reference, note="Đề nghị khẩn trương.")
    number = dossier.urgings.get().pk
    answer = desk_of(cast.mai).post(f"{here}don-doc/{number}/", {"answer": " "})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'href="#urging-{number}"' in page
    assert page.count("Mời ghi nội dung trả lời.") == 2


def test_papers_made_good_without_a_word_how(cast: Cast) -> None:
    dossier, here = examined(cast)
    typed = {"kind": "lost", "what": "Bản chính", "fault": "agency", "apology": "Xin lỗi."}
    mai = desk_of(cast.mai)
    assert mai.post(f"{here}su-co/", typed).status_code == 302
    number = dossier.incidents.get().pk
    answer = mai.post(f"{here}su-co/{number}/khac-phuc/", {"how": ""})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert f'id="how-{number}-error"' in page
    assert page.count("Mời ghi đã khắc phục thế nào.") == 2
