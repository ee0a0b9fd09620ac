"""At a station of an interlinked dossier: take the papers in, give back what was done, be urged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.queries import receiving_posts
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.actions.interlinking import begin_ready, end_alarm, papers_in_hand
from motcua.dossiers.events import DossierUrged, StationAnswered
from motcua.dossiers.models import Dossier, Station, Urging
from motcua.dossiers.stations import SETTLE
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.files.actions import store

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.actions.papers import Upload

FILE = "ket-qua-lien-thong"
ANSWERED = (
    "done_at", "closed_at", "done_by", "done_by_key", "answer", "digest", "file_name",
)  # fmt: skip


def answer_station(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    answer: str,
    upload: Upload | None = None,
) -> Dossier:
    """Trả kết quả liên thông: the unit's part is done; with that its door to the dossier closes.

    Whoever waited for it begins. Papers that it was sent are confirmed with it. The file is taken in before the dossier is locked.
    """
    seen = access.to_see(access.stationed_at(post), reference)
    next_status(Status(seen.status), Step.ANSWER_STATION, post.actor.role)
    refuse_if(rules.required_text("answer", answer, "Mời ghi kết quả của đơn vị."))
    stored = store(upload, upload.name or FILE, post.actor) if upload else None
    with transaction.atomic():
        now = clock.now()
        dossier = access.to_change(access.stationed_at(post), reference)
        station = _mine(post, dossier)
        _refuse_older_plan(dossier, station, revision)
        station.done_at = station.closed_at = now
        station.done_by, station.done_by_key = post.holder_name, post.actor.key
        station.answer = answer.strip()
        if stored and upload:
            station.digest, station.file_name = stored.digest, upload.name or FILE
        station.save(update_fields=ANSWERED)
        papers_in_hand(dossier, station, post, now)
        end_alarm(dossier, station, now)
        move = dossier.take(  # what it says stays at the station: not every unit reads it
            Step.ANSWER_STATION, by=post.actor, at=now, note=f"Dòng {station.order}",
            facts={"station": station.order},
        )  # fmt: skip
        begin_ready(dossier, now, post.holder_name)
        publish(StationAnswered(move.pk, dossier.pk))
    return dossier


def _mine(post: Post, dossier: Dossier) -> Station:
    """The part that this post's unit is doing now; the caller has locked the dossier."""
    found = dossier.stations.filter(
        unit_id=post.unit_id, is_lead=False, started_at__isnull=False, closed_at=None
    ).first()
    if found is None:  # done, or no longer waited for
        raise NotFound
    return found


def _of_the_lead(post: Post, dossier: Dossier) -> Station:
    """The lead's own part, for whoever settles the dossier or heads its unit; locked by the caller."""
    found = dossier.stations.filter(is_lead=True, started_at__isnull=False, closed_at=None).first()
    if found is None or post.role not in SETTLE:
        raise NotFound
    return found


def _refuse_older_plan(dossier: Dossier, station: Station, revision: int | None) -> None:
    """Refuse an answer to what was asked of the unit before its present task was written.

    What others did meanwhile changes the revision too, and is no reason to type again.
    """
    last = dossier.moves.filter(step=Step.INTERLINK, at=station.planned_at).last()
    if revision is not None and last is not None and revision < last.seq:
        refuse_if(
            rules.changed_meanwhile(revision, last.seq, last.step, last.by, localtime(last.at))
        )


@transaction.atomic
def receive_papers(*, post: Post, reference: str) -> Station:
    """Nhận giấy tờ chuyển đến: the unit has the papers of the slip in hand and says so; once.

    In the end they come back to whoever settles the dossier, who confirms them like any other.
    """
    if access.may_see(access.dossiers_at(post), reference):
        dossier = access.to_change(access.dossiers_at(post), reference)
        station = _of_the_lead(post, dossier)
    else:
        dossier = access.to_change(access.stationed_at(post), reference)
        station = _mine(post, dossier)
    if not station.by_paper:
        raise Refused([Reason("no_papers", "Phần việc này không có giấy tờ chuyển kèm.")])
    papers_in_hand(dossier, station, post, clock.now())
    return station


@transaction.atomic
def urge_station(*, post: Post, reference: str, number: int, note: str) -> Urging:
    """Đôn đốc một đơn vị liên thông: whoever takes in what comes to it is told (WF-10)."""
    dossier = at_the_desk(post, reference, None, Step.CLOSE_STATION)
    station = dossier.stations.filter(
        order=number, is_lead=False, started_at__isnull=False, closed_at=None
    ).first()
    if station is None:
        raise NotFound
    refuse_if(rules.required_text("note", note, "Mời ghi nội dung đôn đốc."))
    told = receiving_posts([station.unit_id]).get(station.unit_id, [])
    if not told:
        raise Refused([Reason("nobody_to_urge", "Đơn vị này chưa có ai để nhận đôn đốc.")])
    urging = Urging.objects.create(
        dossier=dossier, unit_id=station.unit_id, text=note.strip(), urged_at=clock.now(),
        urged_by=post.holder_name,
    )  # fmt: skip
    urging.recipients.add(*told)
    record(
        post.actor, "dossier.station_urged", dossier.reference, at=urging.urged_at,
        station=station.order,
    )  # fmt: skip
    publish(DossierUrged(urging.pk, subject=f"dossier:{dossier.pk}"))
    return urging
