"""A word that stands in every box of a dossier stands in no log, no address and no page of faults.

Lan fills a whole form with words that occur nowhere else, Hùng asks her for more with such a word,
Mai and Bình write some, things go wrong on the way; all of it with every logger speaking (S-23).
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from motcua.config.logs import Discreet
from motcua.dossiers.jobs import issue_slip, tell_applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.people.models import Person
from motcua.procedures.forms.types import Answers, Field, FieldType, FormDefinition
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, accepted
from motcua.testing.official import Official

pytestmark = pytest.mark.django_db
CANARY = "Zyxquv"  # followed by the letters of a number: no word of any language
PLACES = re.compile(r"(?:href|action|src)=\"([^\"]*)\"")
TAKEN = "079190000001"  # Lan's number
SECRETS = re.compile(f"{CANARY}|{TAKEN}|Nguyễn Thị Lan|0967313", re.IGNORECASE)


def canary(number: int) -> str:
    """A word that people can be called."""
    return CANARY + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


@pytest.fixture
def spoken() -> Iterator[io.StringIO]:
    """Everything that any logger says, as the house writes it down."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Discreet(settings.LOGGING["formatters"]["line"]["format"]))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(before)


def planted(form: FormDefinition) -> Answers:
    """Right answers, with a canary wherever a person writes words of their own."""
    answers, number = valid_answers(form), 0
    for section in form.sections:
        rows = answers.get(section.key) or {}
        for row in rows if isinstance(rows, list) else [rows]:
            for field in section.fields:
                if said := _word(field, number := number + 1):
                    row[field.key] = said
    assert number > 10
    return answers


def _word(field: Field, number: int) -> Any:
    if field.type is FieldType.PHONE:
        return f"0967313{number:03}"
    if field.type is FieldType.EMAIL:
        return f"{canary(number)}@songha.example"
    free = field.check in ("", "person_name") and not field.options
    if free and field.type in (FieldType.TEXT, FieldType.TEXTAREA):
        return canary(number)[: field.max_length]
    return None


class Watched:
    """A browser that remembers every address it was shown or sent to."""

    def __init__(self, client: Client) -> None:
        self.client, self.addresses = client, list[str]()

    def see(self, answer: Any) -> Any:
        self.addresses.append(answer.headers.get("Location", ""))
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            self.addresses += PLACES.findall(answer.content.decode())
        return answer

    def get(self, address: str) -> Any:
        return self.see(self.client.get(address))

    def post(self, address: str, typed: dict[str, Any]) -> Any:
        return self.see(self.client.post(address, typed))


def at(person: Any, kind: type[Client] = Client) -> Watched:
    client = kind(raise_request_exception=False)
    client.force_login(person.account)
    return Watched(client)


def fill_and_send(lan: Watched, draft: Dossier) -> None:
    """Every page, every paper, and the button."""
    here, terms = f"/ho-so/{draft.reference}", terms_of(draft.procedure_version_id)
    answers = planted(terms.form)
    for page in terms.form.pages:
        lan.post(f"{here}/khai/{page.key}/", as_post(terms.form, page.key, answers))
        lan.post(f"{here}/khai/{page.key}/", {"x": canary(900)})  # refused: all that is missing
        lan.post(f"{here}/khai/{page.key}/", as_post(terms.form, page.key, answers))
    for n, slot in enumerate(terms.slots):
        name, content = f"{canary(700 + n)}.pdf", a_pdf(canary(800 + n))
        lan.post(
            f"{here}/giay-to/{slot.code}/",
            {"files": SimpleUploadedFile(name, content, "application/pdf")},
        )
        broken = SimpleUploadedFile(name, canary(850).encode(), "application/pdf")
        lan.post(f"{here}/giay-to/{slot.code}/", {"files": broken})
    for step in ("khai", "kiem-tra", "in"):
        lan.get(f"{here}/{step}/")
    lan.post(f"{here}/nop/", {"declaration": "yes"})


def test_what_people_write_stands_in_no_log_no_address_and_no_page_of_faults(
    cast: Cast, spoken: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan, hung, mai = at(cast.lan), at(cast.hung, Official), at(cast.mai, Official)
    draft = a_dossier(cast, Status.DRAFT)

    fill_and_send(lan, draft)
    draft.refresh_from_db()
    assert draft.status == Status.SUBMITTED
    assert CANARY in str(draft.answers)
    here = f"/can-bo/ho-so/{draft.reference}/"
    assert CANARY in hung.get(here).content.decode()
    hung.post(f"{here}buoc/reject/", {"reason": canary(901), "revision": "x"})
    accepted(cast, draft)
    move = draft.moves.get(step="accept")
    issue_slip(move.pk)
    tell_applicant(move.pk)
    lan.get(f"/ho-so/{draft.reference}/")
    mai.post(f"{here}buoc/examine/", {"note": canary(902), "revision": "0"})
    faults = [lan.get("/khong-co-gi/"), _broken(hung, here, monkeypatch)]

    assert faults[1].status_code == 500
    for answer in faults:
        assert not SECRETS.search(answer.content.decode())
    leaks = [
        place for each in (lan, hung, mai) for place in each.addresses if SECRETS.search(place)
    ]
    assert leaks == []
    assert spoken.getvalue().count("\n") > 5  # somebody did speak
    assert "Internal Server Error" in spoken.getvalue()
    assert SECRETS.findall(spoken.getvalue()) == []


def _broken(hung: Watched, here: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The database refuses a row in the middle of a request, and says which value it was."""

    def clash(*args: Any, **typed: Any) -> None:
        with transaction.atomic():
            Person.objects.create(national_id=TAKEN, full_name=canary(903))

    monkeypatch.setattr("motcua.dossiers.web.desk_dossier.desk_queries.neighbours", clash)
    return hung.post(f"{here}buoc/reject/", {"reason": canary(904), "revision": "x"})


def test_what_the_database_says_of_a_clash_is_left_out_of_the_log(cast: Cast) -> None:
    try:
        with transaction.atomic():
            Person.objects.create(national_id=TAKEN, full_name=canary(1))
    except IntegrityError as clash:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "Hỏng", None, (type(clash), clash, clash.__traceback__)
        )
    assert TAKEN in logging.Formatter().format(record)

    written = Discreet().format(record)

    assert TAKEN not in written
    assert "duplicate key value violates unique constraint" in written
    assert "Traceback" in written
