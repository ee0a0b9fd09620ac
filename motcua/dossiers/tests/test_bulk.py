"""Steps on many dossiers: each is judged as on its own page, and looking at fifty costs as one."""

from io import BytesIO

import pytest

from motcua.core.errors import Refused
from motcua.dossiers.actions import intake, papers
from motcua.dossiers.actions.bulk import accept_unopened
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_costs import queries_of
from motcua.dossiers.tests.test_desk_counter import right_in_bulk, tick
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf

pytestmark = pytest.mark.django_db


def test_a_dossier_whose_required_paper_is_gone_stays_and_says_which(cast: Cast) -> None:
    whole, broken = a_dossier(cast, Status.SUBMITTED), a_dossier(cast, Status.SUBMITTED)
    paper = broken.documents.get()
    paper.delete()
    order = right_in_bulk(whole, broken) | {"confirm": "1"}

    done = text_of(desk_of(cast.hung).post("/can-bo/hang-loat/", order))

    assert "xong 1, còn 1 hồ sơ chưa làm được" in done
    assert f"Còn thiếu giấy tờ: {paper.name}" in done
    broken.refresh_from_db()
    assert broken.status == Status.SUBMITTED


def test_what_was_supplemented_must_be_opened_first(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT)
    upload = BytesIO(a_pdf("bản rõ hơn"))
    upload.name = "ro.pdf"
    slot = dossier.supplement_items[0]["slot"]
    papers.attach(citizen=cast.lan, reference=dossier.reference, slot=slot, uploads=[upload])
    intake.supplement_dossier(citizen=cast.lan, reference=dossier.reference)
    dossier.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        accept_unopened(
            post=cast.hung,
            reference=dossier.reference,
            revision=dossier.revision,
            found_right=True,
        )

    assert refusal.value.reasons[0].code == "supplement_unseen"


def test_the_preview_of_ten_takes_as_many_queries_as_of_one(cast: Cast) -> None:
    dossiers = [a_dossier(cast, Status.SUBMITTED) for _ in range(10)]
    desk = desk_of(cast.hung)

    def preview(chosen: list[Dossier]) -> str:
        return text_of(desk.post("/can-bo/hang-loat/", {"do": "accept", "chon": tick(*chosen)}))

    preview(dossiers[:1])
    one = queries_of(lambda: preview(dossiers[:1]))
    ten = queries_of(lambda: preview(dossiers))

    assert ten == one
    assert preview(dossiers).count(cast.lan.full_name) == 10


def test_a_dossier_of_another_commune_shows_nothing_in_the_preview(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    shown = text_of(
        desk_of(cast.sau).post("/can-bo/hang-loat/", {"do": "accept", "chon": tick(dossier)})
    )

    assert "Không còn hồ sơ này trong danh sách" in shown
    assert cast.lan.full_name not in shown
