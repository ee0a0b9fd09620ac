"""Whoever has no account is told by letter, at the address they gave, and nobody reads it but they."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from motcua.core.actors import Actor, Role
from motcua.dossiers import jobs
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import as_if_filed_for, desk_of, signed_in
from motcua.dossiers.types import Applicant, Channel
from motcua.dossiers.workflow import Status, Step
from motcua.notices.actions.delivering import deliver
from motcua.notices.actions.unsent import drop_letter, send_again
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer
from motcua.notices.queries import unread_count, unsent_letters
from motcua.notices.types import ToPerson
from motcua.people.models import Account, Person
from motcua.testing.cast import Cast
from motcua.testing.dossiers import (
    STRANGER,
    a_dossier,
    filed_at_counter,
    filed_by_partner,
)

pytestmark = pytest.mark.django_db
HEN = replace(STRANGER, email="hen.nie@example.vn", address="Buôn Ako Dhong")
QUAN = Actor(Role.KEEPER, "post:9", "Bùi Minh Quân")


@pytest.fixture
def post_office() -> Any:
    return mailer()  # the fake: the settings see to it in tests


def told(dossier: Dossier, step: Step) -> list[Message]:
    """The messages about the last move of this kind; the job runs twice."""
    move = dossier.moves.filter(step=step).last()
    assert move is not None
    jobs.tell_applicant(move.pk)
    jobs.tell_applicant(move.pk)
    return list(Message.objects.filter(dedupe_key=f"move:{move.pk}"))


def brought_to(cast: Cast, status: Status, owner: Any = HEN) -> Dossier:
    """A dossier that H' Hen Niê brought to the desk, taken to `status` by the people of the cast."""
    dossier = a_dossier(cast, status, channel=Channel.COUNTER)
    as_if_filed_for(dossier, owner)
    return dossier


@pytest.mark.parametrize("file", [filed_at_counter, filed_by_partner])
def test_who_files_through_others_gets_one_letter_with_the_number_and_the_answer_time(
    cast: Cast, post_office: Any, file: Any
) -> None:
    dossier = file(cast, owner=HEN)

    (message,) = told(dossier, Step.SUBMIT)
    deliver(message_id=message.pk)
    deliver(message_id=message.pk)

    (letter,) = post_office.letters
    assert letter.to == "hen.nie@example.vn"
    assert letter.body.startswith("Kính gửi ông/bà H' Hen Niê,")
    assert dossier.reference in letter.body
    assert "sẽ trả lời chậm nhất" in letter.body
    assert Delivery.objects.get().proof == letter.message_id


# What each letter must hold, and where it must not send somebody who cannot sign in.
OCCASIONS = [
    (Status.ACCEPTED, Step.ACCEPT, "Hẹn trả kết quả:"),
    (Status.PRE_SUPPLEMENT, Step.ASK_SUPPLEMENT, "Ảnh mờ, không đọc được số."),
    (Status.REJECTED, Step.REJECT, "khiếu nại"),
    (Status.ASSIGNING, Step.TAKE_OVER, "Phòng Tư pháp - Hộ tịch"),
    (Status.RESULT_READY, Step.ISSUE, "mang theo căn cước"),
    (Status.REFUSED, Step.REFUSE, "Thông tin không khớp sổ gốc."),
    (Status.DELIVERED, Step.DELIVER, "đã được trả cho ông/bà"),
]


@pytest.mark.parametrize(("status", "step", "said"), OCCASIONS)
def test_every_later_step_is_told_and_leads_to_the_public_look_up_only(
    cast: Cast, status: Status, step: Step, said: str
) -> None:
    dossier = brought_to(cast, status)

    (message,) = told(dossier, step)

    assert said in message.body
    assert "{{" not in message.body + message.subject
    assert "/ho-so/" not in message.body
    assert "trang hồ sơ" not in message.body
    assert "bấm" not in message.body
    where = f"/tra-cuu/?ma={dossier.code or dossier.reference}"
    assert message.link == where
    assert where in message.body
    assert Client().get(where).status_code == 200


@pytest.mark.parametrize(("status", "step", "said"), OCCASIONS)
def test_a_letter_that_goes_astray_tells_no_more_of_the_owner_than_the_name(
    cast: Cast, status: Status, step: Step, said: str
) -> None:
    (message,) = told(brought_to(cast, status), step)

    for private in (HEN.national_id, HEN.phone, HEN.address, HEN.email):
        assert private not in message.subject + message.body + message.link


def test_an_account_made_later_under_the_same_address_and_number_finds_nothing(cast: Cast) -> None:
    dossier = brought_to(cast, Status.ACCEPTED)
    told(dossier, Step.ACCEPT)
    later = Person.objects.create(
        account=Account.objects.create_user("hen", email=HEN.email), full_name=HEN.name,
        national_id=HEN.national_id, email=HEN.email, birth_on=date(1992, 5, 30),
    )  # fmt: skip
    hen = signed_in(later)

    assert unread_count(ToPerson(later.pk)) == 0
    assert dossier.reference not in hen.get("/thong-bao/").content.decode()
    assert hen.get(f"/thong-bao/{Message.objects.get().token}/").status_code == 404
    assert hen.get(f"/ho-so/{dossier.reference}/").status_code == 404


def test_who_gave_no_address_either_is_not_written_to_and_the_desk_reads_so(cast: Cast) -> None:
    dossier = filed_at_counter(cast, owner=replace(STRANGER, phone="0270 3812 345"))
    reachable = filed_at_counter(cast, owner=HEN)
    hung = desk_of(cast.hung)

    assert told(dossier, Step.SUBMIT) == []
    page, other = (
        hung.get(f"/can-bo/ho-so/{d.reference}/").content.decode() for d in (dossier, reachable)
    )
    assert "Hệ thống không gửi tin được: mời gọi 0270 3812 345 hoặc báo trực tiếp" in page
    assert "Hệ thống không gửi tin được" not in other
    assert HEN.email in other


def test_who_has_an_account_is_told_there_although_the_desk_filed_for_them(cast: Cast) -> None:
    lan = replace(HEN, name=cast.lan.full_name, national_id=cast.lan.national_id)

    messages = told(filed_at_counter(cast, owner=lan), Step.SUBMIT)

    assert sorted(m.channel for m in messages) == ["email", "inbox"]
    assert {m.recipient_id for m in messages} == {cast.lan.pk}
    assert Delivery.objects.get().to == "lan@songha.example"


def test_an_account_without_an_address_is_written_to_at_the_one_its_owner_gave(cast: Cast) -> None:
    Person.objects.filter(pk=cast.lan.pk).update(email="")
    lan = replace(HEN, name=cast.lan.full_name, national_id=cast.lan.national_id)

    told(filed_at_counter(cast, owner=lan), Step.SUBMIT)

    assert Delivery.objects.get().to == "hen.nie@example.vn"


def test_lan_who_files_for_her_mother_is_told_and_the_mother_is_not_written_to(cast: Cast) -> None:
    Person.objects.filter(pk=cast.lan.pk).update(email="", phone="")
    dossier = a_dossier(cast, Status.SUBMITTED)
    mother = Applicant("Trần Thị Mẹ", "079160000009", email="me@example.vn")
    as_if_filed_for(dossier, mother, filer=cast.lan)

    (message,) = told(dossier, Step.SUBMIT)

    assert (message.recipient_id, message.channel) == (cast.lan.pk, "inbox")


def test_a_letter_about_what_was_asked_goes_to_whose_dossier_it_was_then(cast: Cast) -> None:
    dossier = brought_to(cast, Status.PRE_SUPPLEMENT)
    other = {"name": "Y Moan", "national_id": "066194000029", "email": "moan@example.vn"}
    Dossier.objects.filter(pk=dossier.pk).update(applicant=other, applicant_name="Y Moan")

    (message,) = told(dossier, Step.ASK_SUPPLEMENT)

    assert message.address == HEN.email
    assert message.body.startswith("Kính gửi ông/bà H' Hen Niê,")


def test_a_letter_that_does_not_arrive_is_listed_sent_again_or_dropped(
    cast: Cast, post_office: Any
) -> None:
    (message,) = told(filed_at_counter(cast, owner=HEN), Step.SUBMIT)
    post_office.refused.add(HEN.email)
    deliver(message_id=message.pk)

    (found,) = unsent_letters()
    assert (found.to, found.has_inbox) == (HEN.email, False)
    listed = desk_of(cast.quan).get("/quan-tri/thu/").content.decode()
    assert "Người nhận không có tài khoản" in listed

    send_again(keeper=QUAN, message_id=message.pk)
    deliver(message_id=message.pk)
    drop_letter(keeper=QUAN, message_id=message.pk)
    assert unsent_letters() == []


def test_what_is_written_to_those_without_an_account_has_words_of_its_own_to_edit() -> None:
    Template.objects.filter(code="dossier_accepted_no_account").delete()
    call_command("seed_notices", verbosity=0)

    codes = Template.objects.values_list("code", "channel")
    for code in set(jobs.TEMPLATES.values()):
        assert (f"{code}_no_account", "email") in codes
    for code in jobs.ALARMS.values():
        assert {(code, "email"), (code, "inbox")} <= set(codes)
