"""What the pages' tests share: Lan signed in, and a dossier of hers at some points of its way."""

from dataclasses import asdict
from io import BytesIO

import pytest
from django.test import Client

from motcua.agencies.models import Post
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Applicant
from motcua.dossiers.workflow import Status
from motcua.people.models import Person
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf
from motcua.testing.official import Official


def signed_in(person: Person) -> Client:
    client = Client()
    assert person.account is not None
    client.force_login(person.account)
    return client


def desk_of(post: Post) -> Client:
    """A browser in which this official has signed in, who says why where the desk asks."""
    client = Official(raise_request_exception=False)
    client.force_login(post.account)
    return client


def as_if_filed_for(dossier: Dossier, owner: Applicant, filer: Person | None = None) -> None:
    """Put down `owner` as its owner from the first move on, and `filer` as who filed it."""
    Dossier.objects.filter(pk=dossier.pk).update(
        applicant=asdict(owner), applicant_name=owner.name, submitter=filer
    )
    for move in dossier.moves.all():
        move.facts["applicant"] = asdict(owner)
        move.save(update_fields=["facts"])


def a_right_file(text: str = "Kết quả đúng") -> BytesIO:
    """The right result, as a file."""
    file = BytesIO(a_pdf(text))
    file.name = "dung.pdf"
    return file


@pytest.fixture
def lan(cast: Cast) -> Client:
    return signed_in(cast.lan)


@pytest.fixture
def draft(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.DRAFT)


@pytest.fixture
def examined(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.EXAMINING)


@pytest.fixture
def delivered(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.DELIVERED)
