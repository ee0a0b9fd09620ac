"""What people see of a result that went wrong: Lan on her page, anybody who holds it, the desk."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers.actions import incidents
from motcua.dossiers.incident_queries import Standing, check_result
from motcua.dossiers.jobs import tell_applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_list, track
from motcua.dossiers.tests.conftest import a_right_file, signed_in
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.correcting import APOLOGY, reissued, reopened, three_days_on
from motcua.testing.official import opened, says_why
from motcua.workdays.types import HANOI

FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> object:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


def test_anybody_learns_that_the_old_result_no_longer_counts_and_no_name(
    cast: Cast, delivered: Dossier, client: Client
) -> None:
    code, number = delivered.code or "", delivered.result_number
    page = f"/kiem-tra-ket-qua/?ma={code.lower()}&so={number.lower()}"
    assert check_result(code, f" {number} ").standing is Standing.VALID
    assert "chưa bị thay thế" in client.get(page).content.decode()

    reopened(cast, delivered)
    assert check_result(code, number).standing is Standing.CORRECTING
    assert "đang được đính chính" in client.get(page).content.decode()

    reissued(cast, delivered, a_right_file())
    assert check_result(code, number).standing is Standing.REPLACED
    assert check_result(code, "99/ks").standing is Standing.VALID
    shown = client.get(page).content.decode()
    assert "đã được thay thế" in shown
    assert "99/KS" in shown
    assert delivered.applicant_name not in shown
    assert client.get(f"/kiem-tra-ket-qua/?ma={code}&so=1/XX").status_code == 404
    assert client.get(f"/kiem-tra-ket-qua/?ma={code}&so=").status_code == 422


def test_whoever_holds_the_first_learns_that_the_second_is_being_put_right_too(
    cast: Cast, delivered: Dossier, client: Client
) -> None:
    code, first = delivered.code or "", delivered.result_number
    page = f"/kiem-tra-ket-qua/?ma={code}&so={first}"
    reopened(cast, delivered)
    reissued(cast, delivered, a_right_file())
    assert not check_result(code, first).new_is_correcting
    assert "cũng" not in client.get(page).content.decode()

    reopened(cast, delivered)

    assert check_result(code, first).new_is_correcting
    assert check_result(code, "99/KS").standing is Standing.CORRECTING
    assert "cũng <strong>đang được đính chính" in client.get(page).content.decode()


def test_a_refusal_is_never_shown_as_a_result_that_counts(
    cast: Cast, delivered: Dossier, client: Client
) -> None:
    page = f"/kiem-tra-ket-qua/?ma={delivered.code}&so={delivered.result_number}"
    assert "từ chối" not in client.get(page).content.decode()
    Dossier.objects.filter(pk=delivered.pk).update(outcome="refuse")

    shown = client.get(page).content.decode()

    assert check_result(delivered.code or "", delivered.result_number).is_refusal
    assert "Thông báo từ chối giải quyết số" in shown
    assert "Cơ quan đã từ chối giải quyết hồ sơ này" in shown
    assert "Kết quả này do cơ quan ban hành" not in shown
    reopened(cast, delivered)
    assert "Thông báo này đang được đính chính" in client.get(page).content.decode()


def test_lan_is_told_what_went_wrong_and_then_that_the_right_one_is_there(
    cast: Cast, delivered: Dossier
) -> None:
    reopened(cast, delivered)
    reissued(cast, delivered, a_right_file())
    for step in (Step.REOPEN, Step.REISSUE):
        tell_applicant(delivered.moves.get(step=step).pk)

    told = [m.body for m in Message.objects.filter(recipient=cast.lan, channel="inbox")][-2:]
    told.sort(key=lambda body: "đã cấp kết quả" in body)
    assert APOLOGY in told[0]
    assert "không phải trả phí" in told[0]
    assert "số 99/KS" in told[1]
    assert "không còn giá trị" in told[1]


def test_lan_sees_the_correction_on_her_page(cast: Cast, delivered: Dossier) -> None:
    reopened(cast, delivered)
    client = signed_in(cast.lan)
    page = client.get(f"/ho-so/{delivered.reference}/").content.decode()
    for said in ("Đang đính chính kết quả", APOLOGY, "không phải trả phí", "chưa dùng bản"):
        assert said in page
    assert track(delivered.code or "").percent == 85

    reissued(cast, delivered, a_right_file())
    page = client.get(f"/ho-so/{delivered.reference}/").content.decode()
    assert "đã được thay thế" in page
    earlier = delivered.earlier_results.get().pk
    answer = client.get(f"/ho-so/{delivered.reference}/ket-qua-cu/{earlier}/")
    assert answer.status_code == 200


def test_the_registrar_has_it_in_a_list_and_only_she_can_issue_it_again(
    cast: Cast, delivered: Dossier
) -> None:
    reopened(cast, delivered)

    row = desk_list(cast.yen, "dinh-chinh").rows[0]

    assert row.reference == delivered.reference
    assert row.left is not None
    assert Step.REISSUE in opened(cast.yen, delivered.reference).steps
    for post in (cast.hung, cast.binh):
        assert Step.REISSUE not in opened(post, delivered.reference).steps
        with pytest.raises(Refused):
            incidents.reissue_result(
                post=post, reference=delivered.reference, number="1", upload=a_right_file(),
                issued_on=clock.now().date(),
            )  # fmt: skip


def test_at_the_desk_it_is_asked_on_a_page_and_decided_on_another(
    cast: Cast, delivered: Dossier, client: Client
) -> None:
    here, until = f"/can-bo/ho-so/{delivered.reference}/", three_days_on(delivered)
    client.force_login(cast.hung.account)
    says_why(cast.hung, delivered.reference)
    typed = {
        "revision": delivered.revision, "incident": "wrong", "fault": "agency", "apology": "",
        "reason": "Sai tên.", "day": f"{until:%d/%m/%Y}", "hour": "16:30",
    }  # fmt: skip
    refused = client.post(f"{here}de-nghi/reopen/", typed)
    assert refused.status_code == 422
    assert "phải xin lỗi" in refused.content.decode()
    assert client.post(f"{here}de-nghi/reopen/", typed | {"apology": APOLOGY}).status_code == 302

    client.force_login(cast.binh.account)
    asked = delivered.approvals.get().pk
    assert APOLOGY in client.get(f"{here}duyet/{asked}/").content.decode()
    assert client.post(f"{here}duyet/{asked}/", {"do": "grant"}).status_code == 302

    client.force_login(cast.yen.account)
    delivered.refresh_from_db()
    typed = {
        "revision": delivered.revision, "number": "99/KS", "upload": a_right_file(),
        "issued_on": f"{clock.now():%d/%m/%Y}",
    }  # fmt: skip
    assert client.post(f"{here}buoc/reissue/", typed).status_code == 302
    delivered.refresh_from_db()
    assert delivered.status == Status.RESULT_READY
    earlier = delivered.earlier_results.get().pk
    assert client.get(f"{here}ket-qua-cu/{earlier}/").status_code == 200
    assert client.get(f"{here}ket-qua-cu/{earlier + 1}/").status_code == 404
