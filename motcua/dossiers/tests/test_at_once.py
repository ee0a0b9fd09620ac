"""A procedure whose result is given at once: taken in and settled in one step, at the counter."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import statistics
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.at_once import settle_at_once
from motcua.dossiers.jobs import issue_slip, tell_applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.procedures.actions.succeeding import set_at_once
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import published_terms
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, found_right

DECISION = "15/QĐ-UBND ngày 02/01/2026"

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(cast: Cast) -> Dossier:
    set_at_once(code=BIRTH, at_once=True, decision=DECISION)
    return a_dossier(cast, Status.SUBMITTED, channel=Channel.COUNTER)


def a_file() -> BytesIO:
    file = BytesIO(a_pdf("Bản sao chứng thực"))
    file.name = "ket-qua.pdf"
    return file


def settled(cast: Cast, dossier: Dossier, **changed: object) -> Dossier:
    told = {
        "post": cast.hung, "reference": dossier.reference, "checked": found_right(dossier),
        "number": "7/CT", "issued_on": clock.now().date(), "upload": a_file(),
        "signed_by": "Lê Thanh Bình, Phó Chủ tịch",
    }  # fmt: skip
    return settle_at_once(**(told | changed))  # type: ignore[arg-type]


def why_not(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_hung_takes_it_in_and_settles_it_in_one_step(cast: Cast, brought: Dossier) -> None:
    settled(cast, brought)

    brought.refresh_from_db()
    move = brought.moves.get(step=Step.SETTLE_AT_ONCE)
    assert (brought.status, brought.result_number) == (Status.RESULT_READY, "7/CT")
    assert brought.accepted_at == brought.finished_at == move.at
    assert brought.code
    assert brought.unit_id == cast.hung.unit_id
    assert "Lê Thanh Bình" in move.note
    assert {paper["slot"] for paper in move.facts["checked"]} <= found_right(brought)
    assert brought.clock_at is None


def test_its_clock_starts_and_ends_at_that_moment_and_it_was_on_time(
    cast: Cast, brought: Dossier
) -> None:
    settled(cast, brought)

    brought.refresh_from_db()
    assert brought.original_due_at is not None
    assert brought.finished_at is not None
    assert brought.original_due_at > brought.finished_at
    found = statistics.of_agency(cast.ward.pk, brought.finished_at.year)
    assert (found.received, found.solved, found.on_time, found.waiting) == (1, 1, 1, 0)
    assert statistics.differences() == []


def test_no_receipt_is_printed_unless_the_applicant_wants_one(cast: Cast, brought: Dossier) -> None:
    other = a_dossier(cast, Status.SUBMITTED)
    settled(cast, brought)
    settled(cast, other, wants_slip=True)
    for dossier in (brought, other):
        issue_slip(dossier.moves.get(step=Step.SETTLE_AT_ONCE).pk)
    assert not brought.slips.exists()
    assert other.slips.get().kind == "01"
    assert not desk_dossier(cast.hung, brought.reference).page.awaits_slip


def test_what_acceptance_asks_for_is_asked_for_here_too(cast: Cast, brought: Dossier) -> None:
    with pytest.raises(Refused) as refusal:
        settled(cast, brought, checked=set())
    assert set(why_not(refusal)) == {"paper_unchecked"}

    tomorrow = (clock.now() + timedelta(days=1)).date()
    with pytest.raises(Refused) as refusal:
        settled(cast, brought, number=" ", signed_by="", issued_on=tomorrow)
    assert [r.field for r in refusal.value.reasons] == ["number", "signed_by", "issued_on"]

    with pytest.raises(Refused) as refusal:
        settled(cast, brought, upload=None)
    assert why_not(refusal) == ["file_missing"]
    brought.refresh_from_db()
    assert brought.status == Status.SUBMITTED


def test_a_procedure_that_promises_a_date_is_not_settled_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    assert Step.SETTLE_AT_ONCE not in desk_dossier(cast.hung, dossier.reference).steps
    with pytest.raises(Refused) as refusal:
        settled(cast, dossier)
    assert why_not(refusal) == ["not_at_once"]


def test_it_may_still_be_accepted_like_any_other(cast: Cast, brought: Dossier) -> None:
    intake.accept_dossier(post=cast.hung, reference=brought.reference, checked=found_right(brought))
    brought.refresh_from_db()
    assert brought.status == Status.ACCEPTED


def test_the_page_offers_it_and_takes_it(cast: Cast, brought: Dossier, client: Client) -> None:
    client.force_login(cast.hung.account)
    here = f"/can-bo/ho-so/{brought.reference}/"
    assert "Giải quyết ngay" in client.get(here).content.decode()
    typed = {
        "revision": brought.revision, "all-right": "yes", "number": "7/CT", "signed_by": "Bình",
        "issued_on": f"{clock.now():%d/%m/%Y}", "wants_slip": "on",
    }  # fmt: skip
    assert client.post(f"{here}buoc/settle_at_once/", typed).status_code == 422
    typed["upload"] = a_file()
    assert client.post(f"{here}buoc/settle_at_once/", typed).status_code == 302
    brought.refresh_from_db()
    assert brought.status == Status.RESULT_READY
    assert brought.moves.get(step=Step.SETTLE_AT_ONCE).facts["wants_slip"] is True


def test_lan_is_told_that_it_is_done(cast: Cast) -> None:
    set_at_once(code=BIRTH, at_once=True, decision=DECISION)
    dossier = a_dossier(cast, Status.SUBMITTED)
    settled(cast, dossier)
    tell_applicant(dossier.moves.get(step=Step.SETTLE_AT_ONCE).pk)
    body = Message.objects.filter(recipient=cast.lan, channel="inbox").latest("pk").body
    assert "giải quyết ngay" in body
    assert "7/CT" in body


def test_the_authority_decides_which_procedures_are_and_old_dossiers_keep_their_version(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    before = a_dossier(cast, Status.SUBMITTED)
    call_command("at_once", BIRTH, "--by-decision", DECISION)
    assert "trả kết quả ngay, từ phiên bản" in capsys.readouterr().out
    assert published_terms(BIRTH).at_once
    assert Step.SETTLE_AT_ONCE not in desk_dossier(cast.hung, before.reference).steps

    versions = ProcedureVersion.objects.filter(procedure__code=BIRTH).count()
    call_command("at_once", BIRTH, "--by-decision", DECISION)  # said twice, done once
    assert ProcedureVersion.objects.filter(procedure__code=BIRTH).count() == versions
    call_command("at_once", BIRTH, "--no", "--by-decision", DECISION)
    assert not published_terms(BIRTH).at_once
    for code, decision in (("9.999999", DECISION), (BIRTH, " ")):
        with pytest.raises(CommandError):
            call_command("at_once", code, "--by-decision", decision)
