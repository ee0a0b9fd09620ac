"""Who is told over which channel: with an account or without, official or citizen."""

from typing import Any

import pytest
from pytest_django import Settings

from motcua.notices import jobs
from motcua.notices.actions import sending
from motcua.notices.actions.wording import seed_templates
from motcua.notices.models import Delivery, Message
from motcua.notices.ports import messenger
from motcua.notices.types import ToAddress, ToPerson, ToPost
from motcua.people.models import Person
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


def tell(person: Person, key: str = "move:1") -> None:
    seed_templates()
    sending.send(ToPerson(person.pk), "dossier_accepted", {"reference": "H1"}, dedupe_key=key)


def channels() -> list[str]:
    return sorted(Delivery.objects.values_list("message__channel", flat=True))


def test_who_chose_nothing_gets_a_letter_and_without_an_address_a_text(cast: Cast) -> None:
    tell(cast.lan)
    Person.objects.filter(pk=cast.thu.pk).update(email="")
    tell(cast.thu, key="move:2")

    by = dict(Delivery.objects.values_list("message__recipient_id", "message__channel"))
    assert by == {cast.lan.pk: "email", cast.thu.pk: "sms"}


def test_a_house_without_a_carrier_sends_no_text(cast: Cast, settings: Settings) -> None:
    settings.ADAPTERS = {"mailer": settings.ADAPTERS["mailer"]}
    Person.objects.filter(pk=cast.lan.pk).update(email="")

    tell(cast.lan)

    assert channels() == []


def test_who_has_no_account_and_only_a_telephone_is_told_there(
    settings: Settings, db: None
) -> None:
    seed_templates()
    settings.QUIET_HOURS, settings.SMS_HOURS = (0, 0), (0, 24)  # whatever the hour
    hen = ToAddress("", "H' Hen Niê", "0912 345 678")

    sending.send(hen, "dossier_accepted_no_account", {"reference": "H1"}, dedupe_key="move:9")
    message = Message.objects.get()
    jobs.deliver_email(message.pk)

    texts: Any = messenger("sms")
    assert (message.address, message.recipient_id) == ("84912345678", None)
    assert texts.messages[0].text.startswith("Ho so H1 da duoc tiep nhan")


def test_an_official_is_written_to_and_never_texted(cast: Cast) -> None:
    sending.send(ToPost(cast.hung.pk), "answer_near", {"reference": "H1"}, dedupe_key="alarm:1")

    assert channels() == ["email"]
