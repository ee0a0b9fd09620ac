"""What ông Phúc sees of a dossier that Mai asks his unit about: his question first, none of her acts."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from motcua.agencies.models import Post
from motcua.core.actors import Role
from motcua.dossiers.acts import ApprovalKind
from motcua.dossiers.models import (
    Approval,
    Consultation,
    Dossier,
    Incident,
    Station,
    Urging,
    Verification,
)
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_interlinking import MONDAY, divided
from motcua.dossiers.web.desk_steps import STEPS
from motcua.dossiers.workflow import Status, Step
from motcua.files.actions import store
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier, a_pdf
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 30, 9, tzinfo=HANOI)


def opened(client: Client, dossier: Dossier) -> str:
    answer = client.get(f"/can-bo/ho-so/{dossier.reference}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


@pytest.fixture
def asked(cast: Cast) -> Dossier:
    with time_machine.travel(NINE):
        return a_dossier(cast, Status.CONSULTING, "1.004222")


def test_phuc_reads_his_question_its_date_and_answers_at_the_top(
    cast: Cast, asked: Dossier
) -> None:
    with time_machine.travel(NINE + timedelta(hours=1)):
        shown = opened(desk_of(a_unit_asked(cast)), asked)

    box = shown[shown.index('id="quyet-dinh"') : shown.index('class="ds"')]
    assert "Nơi cư trú có tranh chấp không?" in box
    assert "Trả lời trước 17:30 " in box
    assert "Vũ Thị Mai" in box
    assert 'name="answer"' in box
    assert shown.count('name="answer"') == 1
    assert "hạn trả lời của đơn vị" in shown
    assert "Theo dõi, kết thúc lấy ý kiến" not in shown[: shown.index("Các bước")]


def test_phuc_is_offered_none_of_mais_acts_and_their_pages_are_not_there(
    cast: Cast, asked: Dossier
) -> None:
    with time_machine.travel(NINE + timedelta(hours=1)):
        phuc, mai = desk_of(a_unit_asked(cast)), desk_of(cast.mai)
        shown, hers = opened(phuc, asked), opened(mai, asked)
        place = f"/can-bo/ho-so/{asked.reference}/"
        linked = re.findall(rf'(?:href|action)="({place}[^"?]+)"', shown)
        acts = [p for p in re.findall(rf'href="({place}[^"?]+)"', hers) if p not in linked]
        answers = {path: phuc.get(path).status_code for path in acts}

    assert f"{place}de-nghi/move_date/" in answers
    assert f"{place}de-nghi/correct_code/" in answers
    assert len(answers) >= 5
    assert set(answers.values()) == {404}, answers
    assert "Đề nghị: " not in shown


def test_every_link_that_phuc_is_given_opens(cast: Cast) -> None:
    with time_machine.travel(NINE):
        asked = a_dossier(cast, Status.CONSULTING)  # one with papers
    with time_machine.travel(NINE + timedelta(hours=1)):
        phuc = desk_of(a_unit_asked(cast))
        shown = opened(phuc, asked)
        paths = set(re.findall(rf'href="(/can-bo/ho-so/{asked.reference}/[^"]+)"', shown))
        answers = {path: phuc.get(path).status_code for path in paths}

    assert paths
    assert set(answers.values()) == {200}, answers


def test_a_unit_with_a_part_reads_its_part_at_the_top(cast: Cast) -> None:
    shared = divided(cast)
    with time_machine.travel(MONDAY + timedelta(hours=1)):
        phuc = desk_of(a_unit_asked(cast))
        shown = opened(phuc, shared)
        ask = phuc.get(f"/can-bo/ho-so/{shared.reference}/de-nghi/move_date/").status_code

    box = shown[shown.index('id="quyet-dinh"') : shown.index('class="ds"')]
    assert "Đơn vị được giao việc liên thông" in box
    assert 'name="answer"' in box
    assert ask == 404


def test_an_answer_left_empty_is_refused_with_the_question_still_there(
    cast: Cast, asked: Dossier
) -> None:
    with time_machine.travel(NINE + timedelta(hours=1)):
        phuc = desk_of(a_unit_asked(cast))
        refused = phuc.post(
            f"/can-bo/ho-so/{asked.reference}/buoc/opine/", {"revision": asked.revision}
        )
    assert refused.status_code == 422
    assert "Nơi cư trú có tranh chấp không?" in unescape(refused.content.decode())


def test_what_is_ones_own_stays_as_it_was(cast: Cast, asked: Dossier) -> None:
    with time_machine.travel(NINE + timedelta(hours=1)):
        other = a_post("le", "Trần Thị Lệ", cast.hoa.unit, Role.CASE_OFFICER, "Chuyên viên")
        hers = opened(desk_of(cast.mai), asked)
        answer = desk_of(other).get(f"/can-bo/ho-so/{asked.reference}/")
    assert "Đề nghị: Dời ngày hẹn trả" in hers
    assert "Hồ sơ của đơn vị khác" not in hers
    assert answer.status_code == 404


OPEN_TO_GUESTS = {"dossier", "paper-original", "paper-image", "slip", "why"}  # to judge by
ANSWERS_AT = {"step"}  # see the last test
NEEDS_MORE = {
    "ask": [{"kind": kind} for kind in ("move_date", "correct_code", "withdraw_at_counter")],
    "station": [{"do": do} for do in ("don-doc", "thoi-cho")],
    "aside-file": [{"what": what} for what in ("y-kien", "xac-minh", "lien-thong")],
}


def put_a_file_behind(number: int, dossier: Dossier) -> None:
    """A file that is there, at a visit, at another unit's opinion and at another unit's part."""
    stored = store(a_pdf(), "b.pdf")
    file = {"pk": number, "dossier": dossier, "digest": stored.digest, "file_name": "b.pdf"}
    Verification.objects.create(**file, visit_at=NINE, announced_at=NINE)
    Consultation.objects.create(
        **file, unit=dossier.agency.units.get(is_desk=True), content="Có hộ khẩu không?",
        asked_at=NINE, asked_by="Mai", due_at=NINE,
    )  # fmt: skip
    Station.objects.create(
        **file, unit=dossier.agency.units.get(is_desk=True), order=1, task="Đối chiếu sổ.",
        amount=1, per="working_day", planned_at=NINE, planned_by="Mai",
    )  # fmt: skip


def numbers_of(dossier: Dossier, post: Post) -> dict[str, int]:
    """A number that is there for each that an address may ask for."""
    incident = Incident.objects.create(
        dossier=dossier, subject="papers", kind="lost", what="Mất.", fault="agency", is_free=True,
        reported_at=NINE,
    )  # fmt: skip
    urging = Urging.objects.create(
        pk=900_001, dossier=dossier, text="Mời làm.", urged_at=NINE, unit=post.unit
    )  # a number that nothing else has
    put_a_file_behind(urging.pk, dossier)
    asked = Approval.objects.create(
        dossier=dossier, kind=ApprovalKind.MOVE_DATE, asked_at=NINE, asked_by="Mai", revision=1
    )
    return {
        "number": urging.pk, "incident_id": incident.pk, "approval_id": asked.pk, "earlier_id": 1,
    }  # fmt: skip


def closed_addresses(dossier: Dossier, post: Post) -> list[str]:
    """Every address about this dossier that is its owners' business alone, with numbers put in."""
    found, numbers = [], numbers_of(dossier, post)
    for pattern in get_resolver().namespace_dict["desk"][1].url_patterns:
        if not isinstance(pattern, URLPattern) or pattern.name in OPEN_TO_GUESTS | ANSWERS_AT:
            continue
        if "<str:reference>" not in str(pattern.pattern):
            continue
        asked = pattern.pattern.converters
        given = {name: numbers[name] for name in asked if name in numbers}
        for more in NEEDS_MORE.get(str(pattern.name), [{}]):
            known = {"reference": dossier.reference} | given | more
            assert set(asked) == set(known), f"{pattern.name}: say here what {asked} are"
            found.append(reverse(f"desk:{pattern.name}", kwargs=known))
    return found


def test_no_page_of_those_who_settle_it_opens_to_phuc_whatever_address_he_types(
    cast: Cast, asked: Dossier
) -> None:
    with time_machine.travel(NINE + timedelta(hours=1)):
        phuc, opened = a_unit_asked(cast), {}
        his = desk_of(phuc)
        before = asked.moves.count()
        paths = closed_addresses(asked, phuc)
        for path in paths:
            codes = {his.get(path).status_code, his.post(path, {"note": "x"}).status_code}
            if 404 not in codes or codes - {404, 405}:
                opened[path] = codes

    assert len(paths) >= 30
    assert not opened, opened
    assert asked.moves.count() == before


def test_no_step_but_his_answer_is_taken_by_phuc_however_he_fills_its_form(
    cast: Cast, asked: Dossier
) -> None:
    with time_machine.travel(NINE + timedelta(hours=1)):
        phuc = desk_of(a_unit_asked(cast))
        typed = {
            "revision": asked.revision, "note": "Vì sao.", "unit": cast.hoa.unit_id,
            "post": cast.mai.pk, "outcome": "approve", "answer": "Đã rõ.",
        }  # fmt: skip
        others = [name for name in STEPS if name is not Step.OPINE]
        place, moves = f"/can-bo/ho-so/{asked.reference}/buoc/", asked.moves.count()
        answers = {str(name): phuc.post(f"{place}{name}/", typed).status_code for name in others}

    assert set(answers.values()) <= {404, 422}, answers
    assert asked.moves.count() == moves
