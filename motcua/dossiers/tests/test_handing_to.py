"""A result goes to a person who is named and has a paper; the letter says to whom."""

import pytest

from motcua.core.errors import Refused
from motcua.dossiers import jobs
from motcua.dossiers.actions import delivery
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import press, text_of
from motcua.dossiers.workflow import Status, Step
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "identity", "box"),
    [
        ("12 <b>", "079190000001", "receiver_name"),
        ("Nguyễn Thị Lan", "abc", "receiver_identity"),
        ("Nguyễn Thị Lan", "0791900000", "receiver_identity"),
    ],
)
def test_hung_hands_nothing_to_somebody_who_cannot_be_a_person(
    cast: Cast, name: str, identity: str, box: str
) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)

    answer = press(
        desk_of(cast.hung), dossier, Step.DELIVER, receiver_name=name, receiver_identity=identity
    )
    with pytest.raises(Refused) as refusal:
        delivery.deliver_result(
            post=cast.hung, reference=dossier.reference, receiver_name=name,
            receiver_identity=identity,
        )  # fmt: skip

    assert answer.status_code == 422
    assert f'id="deliver-{box}_error"' in text_of(answer)
    assert refusal.value.reasons[0].field == box
    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY


def test_a_passport_and_a_number_with_spaces_will_do(cast: Cast) -> None:
    for identity, kept in (("c1234567", "C1234567"), ("079 190 000 001", "079190000001")):
        dossier = a_dossier(cast, Status.RESULT_READY)

        press(
            desk_of(cast.hung), dossier, Step.DELIVER,
            receiver_name="H' Hen Niê", receiver_identity=identity,
        )  # fmt: skip

        assert dossier.moves.get(step=Step.DELIVER).note.endswith(kept)


@pytest.mark.parametrize(
    ("receiver", "to_whom"), [("Trần Văn Bảo", "Trần Văn Bảo"), ("NGUYỄN THỊ LAN", "ông/bà")]
)
def test_lan_reads_to_whom_her_result_was_handed(cast: Cast, receiver: str, to_whom: str) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    delivery.deliver_result(post=cast.hung, reference=dossier.reference, receiver_name=receiver)

    jobs.tell_applicant(dossier.moves.get(step=Step.DELIVER).pk)

    assert f"đã được trả cho {to_whom} lúc" in Message.objects.get(channel="inbox").body
