"""What waiting for papers does to the date is said alike to Mai, to Lan and in the notice."""

import pytest
from django.core.management import call_command

from motcua.dossiers import jobs, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.tests.test_due_dates import FIVE_DAYS
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, asked_paper
from motcua.workdays.types import ClockRule, Method, TimeLimit, Unit, Waiting

AGAIN = "Thời hạn giải quyết tính lại từ đầu (5 ngày làm việc) kể từ khi bổ sung đủ."
GOES_ON = "Thời hạn giải quyết tạm dừng trong lúc chờ và tính tiếp khi bổ sung đủ."


def said_everywhere(cast: Cast) -> list[str]:
    """What Mai reads before she asks and after, what both read then, and what Lan is told."""
    dossier: Dossier = a_dossier(cast, Status.EXAMINING, FIVE_DAYS)
    where, mai = f"/can-bo/ho-so/{dossier.reference}/yeu-cau-bo-sung/", desk_of(cast.mai)
    paper = asked_paper(dossier)
    before = text_of(mai.get(where))
    sent = {"revision": dossier.revision, "muc": paper, f"ly-do-{paper}": "blurred"}
    after = text_of(mai.post(where, sent, follow=True))
    lan = signed_in(cast.lan)
    pages = [text_of(lan.get(f"/ho-so/{dossier.reference}/{each}")) for each in ("", "bo-sung/")]
    pages.append(text_of(mai.get(f"/can-bo/ho-so/{dossier.reference}/")))
    move = dossier.moves.latest("seq")
    jobs.tell_applicant(move.pk)
    told = Message.objects.filter(dedupe_key__startswith=f"move:{move.pk}").first()
    assert told is not None
    return [before, after, *pages, told.body]


@pytest.mark.django_db
def test_the_decree_begins_the_count_again_and_everybody_reads_so(cast: Cast) -> None:
    assert all(AGAIN in each and GOES_ON not in each for each in said_everywhere(cast))


@pytest.mark.django_db
def test_where_the_law_of_the_field_only_suspends_everybody_reads_that(cast: Cast) -> None:
    call_command("waiting_rule", FIVE_DAYS, "--supplement", "pause", "--by-decision", "9/QĐ-UBND")

    assert all(GOES_ON in each and AGAIN not in each for each in said_everywhere(cast))


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (TimeLimit(8, Unit.WORKING_HOUR, Method.HOUR), "(8 giờ làm việc)"),
        (TimeLimit(1, Unit.WORKING_DAY, Method.IN_DAY), "(trong ngày làm việc)"),
        (None, "không quy định thời hạn"),
    ],
)
def test_every_kind_of_limit_has_its_words(limit: TimeLimit | None, words: str) -> None:
    assert words in rules.while_supplementing(ClockRule(limit, on_supplement=Waiting.RESTART))
