"""Tải bằng chứng: what the journal tells of one's own dossier, to be shown without us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.audit.actions import record
from motcua.audit.proofs import NotSealedYet, TooLong, proof_of
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused
from motcua.dossiers import access
from motcua.dossiers.replay import DEEDS
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from motcua.people.models import Person

NOT_YET = "Hồ sơ vừa có bước mới, đang được niêm phong. Mời ông/bà tải lại sau ít phút."
TOO_LONG = (
    "Hồ sơ có quá nhiều lượt ghi nên không lập được tệp bằng chứng. Mời ông/bà liên hệ cơ quan giải "
    "quyết hồ sơ."
)


def proof_for(citizen: Person, reference: str, *, is_taken: bool = True) -> tuple[str, bytes]:
    """Name and content of the file; every step can be read in it, the rest keeps the chain whole.

    The download is journalled, unless only the headers are asked for.
    """
    dossier = access.to_see(access.dossiers_of(citizen), reference)
    if dossier.status == Status.DRAFT:
        raise NotFound
    try:
        content = proof_of(dossier.reference, DEEDS)
    except NotSealedYet as no:
        raise Refused([Reason("not_sealed_yet", NOT_YET)]) from no
    except TooLong as no:
        raise Refused([Reason("proof_too_long", TOO_LONG)]) from no
    if is_taken:
        record(citizen.actor, "dossier.download", dossier.reference, at=clock.now(), what="proof")
    return f"ho-so-{dossier.code or dossier.reference}.dvcproof", content
