"""When nothing reaches Lan, Hùng is told to phone her, and sees it on her dossier."""

from typing import Any

import pytest
from django.test import Client

from motcua.agencies.models import Post
from motcua.audit.queries import deeds_on
from motcua.core import clock
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.calling import ask_to_phone, unreached_by
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.workflow import Status
from motcua.notices.actions import sending
from motcua.notices.actions.delivering import deliver
from motcua.notices.actions.wording import seed_templates
from motcua.notices.models import Delivery, Message, Unreached
from motcua.notices.ports import mailer
from motcua.notices.queries import inbox
from motcua.notices.types import DeliveryStatus, ToAddress, ToPost
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
PHONE = "Mời gọi điện cho người nộp hồ sơ"


def out_of_reach(cast: Cast) -> Unreached:
    return Unreached.objects.create(
        person=cast.lan, opened_at=clock.now(), failures=3, trouble="Không có hộp thư này."
    )


def told(post: Post) -> list[str]:
    return [row.subject for row in inbox(ToPost(post.pk)).rows if row.subject.startswith(PHONE)]


def test_the_desk_of_each_open_dossier_is_asked_once_to_phone(cast: Cast) -> None:
    open_one, closed = a_dossier(cast, Status.ACCEPTED), a_dossier(cast, Status.WITHDRAWN)
    found = out_of_reach(cast)

    ask_to_phone(found.pk)
    ask_to_phone(found.pk)

    assert told(cast.hung) == [f"{PHONE} {open_one.code}"]
    assert told(cast.sau) == []
    assert not Message.objects.filter(body__contains=closed.reference).exists()
    assert not Message.objects.filter(
        template_code="phone_the_person", body__contains="Lan"
    ).exists()


def test_nobody_is_asked_once_lan_has_been_reached(cast: Cast) -> None:
    a_dossier(cast, Status.ACCEPTED)
    found = out_of_reach(cast)
    Unreached.objects.update(closed_at=clock.now())

    ask_to_phone(found.pk)

    assert told(cast.hung) == []


def test_a_desk_without_officers_leaves_it_to_who_leads_the_agency(cast: Cast) -> None:
    a_dossier(cast, Status.ACCEPTED)
    Post.objects.filter(pk=cast.hung.pk).update(is_active=False)

    ask_to_phone(out_of_reach(cast).pk)

    assert len(told(cast.binh)) == 1


def test_hung_sees_it_on_the_dossier_until_a_message_arrives(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    hung = Client()
    hung.login(username="hung", password=PASSWORD)
    address = f"/can-bo/ho-so/{dossier.reference}/"
    assert "Mời gọi điện" not in hung.get(address).content.decode()

    out_of_reach(cast)
    page = hung.get(address).content.decode()
    assert "Mời gọi điện" in page
    assert "Không có hộp thư này." in page

    Unreached.objects.update(closed_at=clock.now())
    assert "Mời gọi điện" not in hung.get(address).content.decode()


def test_a_call_that_was_answered_ends_what_hung_is_asked_and_one_before_it_does_not(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    said = {"reference": dossier.reference, "to": "person", "note": "Đã báo."}
    note_call(post=cast.hung, outcome="told", **said)
    out_of_reach(cast)
    dossier.refresh_from_db()
    assert unreached_by(dossier)

    note_call(post=cast.hung, outcome="no_answer", **said)
    assert unreached_by(dossier)
    note_call(post=cast.hung, outcome="told", **said)
    assert unreached_by(dossier) is None
    page = desk_of(cast.hung).get(f"/can-bo/ho-so/{dossier.reference}/").content.decode()
    assert "Mời gọi điện" not in page
    assert unreached_by(a_dossier(cast, Status.SUBMITTED))  # of another they have heard nothing


def test_somebody_without_an_account_is_found_by_the_news_that_was_lost(cast: Cast) -> None:
    seed_templates()
    dossier = a_dossier(cast, Status.ACCEPTED)
    told_to = dossier.applicant | {"email": "me@example.vn"}
    Dossier.objects.filter(pk=dossier.pk).update(submitter=None, applicant=told_to)
    post: Any = mailer()
    post.refused.add("me@example.vn")

    for move in dossier.moves.all()[:2]:
        sending.send(
            ToAddress("me@example.vn", "Trần Thị Mẹ"), "dossier_moved_no_account", {},
            dedupe_key=f"move:{move.pk}",
        )  # fmt: skip
    sending.send(
        ToAddress("me@example.vn", "Trần Thị Mẹ"), "dossier_moved_no_account", {}, dedupe_key="x:1"
    )
    for waiting in Delivery.objects.filter(status=DeliveryStatus.QUEUED, to="me@example.vn"):
        deliver(message_id=waiting.message_id)

    found = Unreached.objects.get()
    assert (found.person_id, found.failures) == (None, 3)
    assert len(deeds_on(f"address:{_digest('me@example.vn')}")) == 1
    ask_to_phone(found.pk)
    assert told(cast.hung) == [f"{PHONE} {dossier.code}"]


def _digest(address: str) -> str:
    from hashlib import sha256

    return sha256(address.encode()).hexdigest()[:16]
