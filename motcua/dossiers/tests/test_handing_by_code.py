"""A hand-over list names a dossier once, by either number, to who may read it, by the hour it had."""

from datetime import datetime

import pytest
import time_machine

from motcua.dossiers.actions import handing_over
from motcua.dossiers.models import Dossier, TransferLine
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_handing_over import brought, letters, on_a_list, words_of
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db


def test_hung_types_codes_and_the_list_keeps_his_order(cast: Cast) -> None:
    one, two, three = brought(cast, 3)
    chosen = [(str(three.code), three.revision), (one.reference, None), (str(two.code), None)]

    done = handing_over.hand_over(post=cast.hung, unit_id=cast.hoa.unit_id, chosen=chosen)

    assert done.given == [three.reference, one.reference, two.reference]
    assert not done.left
    lines = TransferLine.objects.filter(list_id=done.id)
    assert [line.dossier_id for line in lines] == [three.pk, one.pk, two.pk]


def test_one_dossier_by_both_its_numbers_is_given_once(cast: Cast) -> None:
    [dossier] = brought(cast)
    chosen = [(dossier.reference, dossier.revision), (str(dossier.code), dossier.revision)]

    done = handing_over.hand_over(post=cast.hung, unit_id=cast.hoa.unit_id, chosen=chosen)

    assert (done.given, done.left) == ([dossier.reference], {})
    assert TransferLine.objects.filter(dossier=dossier).count() == 1


def test_on_paper_too_hoa_reads_nobodys_name_once_the_dossier_went_back(cast: Cast) -> None:
    one, other = brought(cast, 2)
    Dossier.objects.filter(pk=other.pk).update(
        applicant_name="Cao Thị Vân", applicant={"name": "Cao Thị Vân", "address": "Ngõ Bàng 7"}
    )
    paper = on_a_list(cast, [one, other])
    place = f"/can-bo/ban-giao/{paper.pk}/ban-in/"
    handing_over.take_over(post=cast.hoa, reference=one.reference)
    assert letters("Cao Thị Vân") in words_of(desk_of(cast.hoa).get(place).content)

    handing_over.turn_back(post=cast.hoa, reference=other.reference, note="Thiếu bản chính")

    hers = words_of(desk_of(cast.hoa).get(place).content)
    assert letters("Cao Thị Vân") not in hers
    assert letters("Ngõ Bàng 7") not in hers
    assert letters(str(other.code)) in hers
    assert letters("Cao Thị Vân") in words_of(desk_of(cast.hung).get(place).content)


def test_hung_gains_no_hour_by_taking_his_own_list_back_and_hoa_gives_him_one(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=HANOI), tick=False):
        one, other = (
            a_dossier(cast, Status.ACCEPTED, "1.004222", Channel.COUNTER) for _ in range(2)
        )
        on_a_list(cast, [one, other])
    before = one.transfer_due_at

    with time_machine.travel(datetime(2026, 11, 25, 16, 0, tzinfo=HANOI), tick=False):
        handing_over.turn_back(post=cast.hung, reference=one.reference, note="Lập nhầm đơn vị")
        handing_over.turn_back(post=cast.hoa, reference=other.reference, note="Thiếu bản chính")

    one.refresh_from_db()
    other.refresh_from_db()
    assert before is not None
    assert one.transfer_due_at == one.clock_at == before
    assert other.transfer_due_at is not None
    assert other.transfer_due_at > before
