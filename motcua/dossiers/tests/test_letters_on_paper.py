"""A letter is sent when somebody can read it; for who has no address the desk prints it."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.audit.models import Entry
from motcua.core.errors import Refused
from motcua.dossiers import approval_jobs, jobs, letters
from motcua.dossiers.actions import apologies
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.tests.conftest import as_if_filed_for, desk_of
from motcua.dossiers.tests.test_apologies import (
    FRIDAY,
    MARRIAGE,
    REASON,
    at,
    due_of,
    later,
    opening_before,
    running,
    sign,
    why_not,
)
from motcua.dossiers.tests.test_handing_over import letters as plain
from motcua.dossiers.tests.test_handing_over import words_of
from motcua.dossiers.types import Applicant, Channel
from motcua.dossiers.workflow import Status
from motcua.files.queries import open_file
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

__all__ = ["running"]
pytestmark = pytest.mark.django_db
HEN = Applicant("H' Hen Niê", "066194000012")  # neither e-mail nor telephone


@pytest.fixture
def hens(cast: Cast) -> Dossier:
    with at(FRIDAY):
        dossier = a_dossier(cast, Status.EXAMINING, MARRIAGE, Channel.COUNTER)
    as_if_filed_for(dossier, HEN)
    dossier.refresh_from_db()
    return dossier


def told(dossier: Dossier) -> None:
    """What follows a letter, twice."""
    move = dossier.moves.last()
    assert move is not None
    for _ in range(2):
        jobs.issue_slip(move.pk)
        approval_jobs.tell_by_letter(move.pk)


def test_what_hen_cannot_be_told_stays_to_be_printed_until_hung_has_sent_the_paper(
    cast: Cast, hens: Dossier
) -> None:
    hung, here = desk_of(cast.hung), f"/can-bo/ho-so/{hens.reference}/"
    waiting = "/can-bo/danh-sach/thu-gui-giay/"
    with at(FRIDAY + timedelta(hours=1)):
        sign(cast, hens, later(hens))
        told(hens)

    assert not Message.objects.exists()
    assert Apology.objects.get().state == "signed"
    assert str(hens.code) in hung.get(waiting).content.decode()
    assert "Đã gửi thư giấy" in hung.get(here).content.decode()
    assert desk_of(cast.sau).post(f"{here}thu-xin-loi/da-gui/").status_code == 404
    hung.post(f"{here}thu-xin-loi/da-gui/")

    letter = Apology.objects.get()
    assert (letter.state, letter.sent_at is not None) == ("sent", True)
    assert str(hens.code) not in hung.get(waiting).content.decode()
    with pytest.raises(Refused) as again:
        apologies.note_posted(post=cast.hung, reference=hens.reference)
    assert why_not(again) == ["no_letter"]


def test_an_apology_without_a_new_date_has_its_paper_too(cast: Cast, hens: Dossier) -> None:
    with at(due_of(hens) + timedelta(hours=1)):
        apologies.apologise(post=cast.binh, reference=hens.reference, reason=REASON)
        told(hens)

    slip, letter = hens.slips.get(kind="04"), Apology.objects.get()
    assert (letter.state, letter.number) == ("signed", slip.number)
    with open_file(slip.digest) as file:
        text = words_of(file.read())
    for said in ("vì chậm trả kết quả", REASON, cast.binh.holder_name, "báo ngay khi có kết quả"):
        assert plain(said) in text
    for unsaid in ("gia hạn", "sẽ được trả vào lúc"):
        assert plain(unsaid) not in text


def test_when_the_promises_are_used_up_binh_is_not_sent_to_promise_again(
    cast: Cast, running: Dossier
) -> None:
    with at(FRIDAY + timedelta(hours=1)):
        sign(cast, running, later(running))
        with pytest.raises(Refused) as refusal:
            apologies.apologise(post=cast.binh, reference=running.reference, reason=REASON)

    assert why_not(refusal) == ["promised_before"]


def test_why_a_draft_was_dropped_stays_with_the_letter_and_out_of_the_journal(
    cast: Cast, running: Dossier
) -> None:
    with at(opening_before(running)):
        apologies.draft_letters()
        apologies.drop_letter(post=cast.binh, reference=running.reference, reason="Chiều nay ký.")

    assert Apology.objects.get().reason == "Chiều nay ký."
    entry = Entry.objects.get(deed="dossier.letter_dropped")
    assert "Chiều nay ký." not in str(json.loads(bytes(entry.body)))


def test_another_round_that_read_before_the_draft_was_written_drafts_nothing(
    cast: Cast, running: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(opening_before(running)):
        apologies.draft_letters()
        stale = Dossier.objects.filter(pk=running.pk)  # as it was read before the other's commit
        monkeypatch.setattr(apologies, "about_to_be_late", lambda now: stale)
        assert apologies.draft_letters() == 0

    assert Apology.objects.count() == 1


def test_a_round_reads_the_calendar_once_for_many_dossiers(cast: Cast, running: Dossier) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert apologies.draft_letters() == 0
        return len(found)

    with at(opening_before(running) - timedelta(minutes=1)):  # its day, not its hour
        one = cost()
    with at(FRIDAY):
        for _ in range(2):
            a_dossier(cast, Status.EXAMINING, MARRIAGE)
    with at(opening_before(running) - timedelta(minutes=1)):
        assert cost() == one


def test_a_round_looks_at_nothing_whose_letter_is_not_due_that_day(
    cast: Cast, running: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[Dossier] = []
    monkeypatch.setattr(apologies, "_is_time", lambda each, *_: looked_at.append(each))

    with at(opening_before(running) - timedelta(days=1)):
        apologies.draft_letters()
    assert looked_at == []

    with at(opening_before(running)):
        apologies.draft_letters()
    assert looked_at == [running]


def test_the_late_are_looked_for_where_nothing_is_finished_and_counted_to_a_bound(
    cast: Cast, running: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at(FRIDAY):
        a_dossier(cast, Status.EXAMINING, MARRIAGE)
    monkeypatch.setattr(letters, "MOST", 1)

    with at(due_of(running) + timedelta(days=3)):
        assert letters.late_unapologised() == 1
        rows = letters.late_without_letter(Dossier.objects.all(), due_of(running))
    assert '"finished_at" IS NULL' in str(rows.query)
