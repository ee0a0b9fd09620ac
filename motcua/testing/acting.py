"""Who acts for whom, and who could not be told apart: one of each, for tests."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from motcua.core import clock
from motcua.files.actions import store
from motcua.people.acting import make_mandate
from motcua.people.joining import join, open_conflicts
from motcua.people.parties import Identity, MandateWords, PartyKind
from motcua.people.ports import Proof
from motcua.testing.dossiers import a_pdf

if TYPE_CHECKING:
    from motcua.people.models import Person
    from motcua.testing.cast import Cast


def a_mandate(
    grantor: Person, number: str, name: str, *procedures: str, store_in: str = "owner"
) -> int:
    """A mandate of thirty days, with its paper."""
    paper = BytesIO(a_pdf(f"ủy quyền {number}"))
    kept = store(paper, "uy-quyen.pdf")
    today = clock.now().date()
    words = MandateWords(
        number, name, "attorney", procedures, today, today + timedelta(days=30), store_in
    )
    return make_mandate(
        grantor=grantor, words=words, known=procedures,
        document=(kept.digest, kept.name, kept.kind),
    )  # fmt: skip


def a_conflict(cast: Cast) -> int:
    """Somebody comes with Lan's number under another name."""
    who = Identity(
        "vneid", "t-other", PartyKind.PERSON, 2, "Trần Thị Khác", (cast.lan.national_id,)
    )
    join(Proof(who, (), ""))
    return open_conflicts()[-1].id


def who_acts(cast: Cast) -> dict[str, int | str]:
    """What stands in the addresses of mandates, members, conflicts and sign-in services."""
    return {
        "mandate_id": a_mandate(cast.lan, "066194000012", "H' Hen Niê"),
        "conflict_id": a_conflict(cast),
        "member_id": 1,
        "service": "vneid",
    }
