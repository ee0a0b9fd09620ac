"""Words registered with a carrier go as one message only where the carrier fills them in itself."""

import pytest
from django.core.management import call_command

from motcua.core import clock
from motcua.notices.models import Delivery, Template
from motcua.notices.rules import parts
from motcua.notices.tests.test_phones import NOON, sms, tell, wants, work
from motcua.notices.types import Channel, DeliveryStatus
from motcua.people.models import Person
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
LONG = "Ho so {{reference}} " + "da duoc tiep nhan va dang duoc xem xet. " * 6


@pytest.fixture
def lan(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Lan reads SMS; the keeper registered long words for them."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    call_command("seed_notices", verbosity=0)
    Template.objects.filter(channel=Channel.SMS, code="dossier_accepted").update(
        subject="4711", body=LONG
    )
    Person.objects.filter(pk=cast.lan.pk).update(phone="0990 000 001")
    wants(cast.lan, "sms")
    return cast.lan


def test_a_carrier_that_fills_registered_words_gets_one_message(lan: Person) -> None:
    tell(lan)
    work()

    [sent] = sms().messages
    assert sent.template_id == "4711"


def test_a_carrier_that_sends_our_text_gets_it_in_as_many_parts_as_it_needs(
    lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms(), "uses_templates", False)

    tell(lan)
    work()

    [delivery] = Delivery.objects.filter(message__channel=Channel.SMS)
    sent = [message.text for message in sms().messages]
    assert delivery.status == DeliveryStatus.SENT
    assert len(sent) > 1
    assert sent == list(parts(delivery.message.body))
    assert all(len(text) <= 160 for text in sent)
    assert len({message.id for message in sms().messages}) == len(sent)
