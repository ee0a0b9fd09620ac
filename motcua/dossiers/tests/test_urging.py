"""Bình urges the unit that has a dossier; Hòa and Mai are told, one of them answers."""

import pytest

from motcua.audit.queries import deeds_on
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import telling
from motcua.dossiers.actions import urging
from motcua.dossiers.models import Dossier, Urging
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.types import Channel
from motcua.dossiers.web.desk_consulting import URGING
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def urged(cast: Cast, status: Status = Status.EXAMINING) -> tuple[Dossier, Urging]:
    dossier = a_dossier(cast, status)
    urging.urge(post=cast.binh, reference=dossier.reference, note=URGING)
    dossier.refresh_from_db()
    return dossier, Urging.objects.get(dossier=dossier)


def test_the_head_of_the_unit_and_who_works_on_it_are_told_once(cast: Cast) -> None:
    dossier, letter = urged(cast)
    telling.tell_urged(letter.pk)
    telling.tell_urged(letter.pk)

    told = Message.objects.filter(channel="inbox").values_list("post_id", flat=True)
    assert sorted(told) == sorted([cast.hoa.pk, cast.mai.pk])
    assert cast.lan.full_name not in "".join(m.body + m.subject for m in Message.objects.all())
    assert deeds_on(dossier.reference)[-1] == "dossier.urge"


def test_urging_changes_neither_the_status_nor_the_clock_nor_the_task(cast: Cast) -> None:
    before = a_dossier(cast, Status.EXAMINING)
    task = before.tasks.get(done_at=None).pk
    urging.urge(post=cast.binh, reference=before.reference, note=URGING)

    after = Dossier.objects.get(pk=before.pk)
    assert (after.status, after.clock_at) == (before.status, before.clock_at)
    assert after.tasks.get(done_at=None).pk == task


def test_what_still_lies_at_the_desk_is_urged_at_the_desk(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED, channel=Channel.COUNTER)
    urging.urge(post=cast.binh, reference=dossier.reference, note=URGING)

    assert list(Urging.objects.get().recipients.all()) == [cast.hung]


def test_an_urging_without_a_word_is_none(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    with pytest.raises(Refused):
        urging.urge(post=cast.binh, reference=dossier.reference, note=" ")
    assert not Urging.objects.exists()


def test_hoa_answers_on_the_page_and_binh_reads_it(cast: Cast) -> None:
    dossier, letter = urged(cast)
    page = f"/can-bo/ho-so/{dossier.reference}/"
    hoa = desk_of(cast.hoa)
    assert "Trả lời đôn đốc" in hoa.get(page).content.decode()

    hoa.post(f"{page}don-doc/{letter.pk}/", {"answer": "Xong trong ngày mai."})

    assert "Xong trong ngày mai." in desk_of(cast.binh).get(page).content.decode()
    assert deeds_on(dossier.reference).count("dossier.answer_urging") == 1
    with pytest.raises(Refused):
        urging.answer_urging(
            post=cast.mai, reference=dossier.reference, urging_id=letter.pk, answer="Lại nữa"
        )


def test_nobody_but_who_was_urged_answers_and_lan_reads_nothing_of_it(cast: Cast) -> None:
    dossier, letter = urged(cast)

    for stranger in (cast.hung, cast.sau, cast.binh):
        with pytest.raises(NotFound):
            urging.answer_urging(
                post=stranger, reference=dossier.reference, urging_id=letter.pk, answer="Tôi"
            )
    shown = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "khẩn trương" not in shown
