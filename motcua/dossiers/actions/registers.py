"""Asking for a register, and making it in the background."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, localtime

from motcua.agencies.queries import agency_facts, hold_post, units_of
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.events import publish
from motcua.dossiers import register
from motcua.dossiers.events import RegisterAsked
from motcua.dossiers.form_templates import template_on
from motcua.dossiers.models import RegisterOrder
from motcua.dossiers.slips import (
    DossierRegister,
    ListHeading,
    Office,
    SealedPaper,
    book,
    qr_payload,
    spreadsheet,
)
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.lists import RegisterRow
from motcua.dossiers.slips.sets import LETTERS
from motcua.files.actions import keep_made
from motcua.law.queries import profile_on

if TYPE_CHECKING:
    from datetime import date

    from motcua.agencies.models import Post

KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEPT_AS = {"pdf": "application/pdf", "xlsx": "application/zip"}
NOT_CHOSEN = Reason("not_chosen", "Mời chọn PDF hoặc bảng tính.", "form")
BAD_UNIT = Reason("unit_unknown", "Mời chọn một đơn vị của cơ quan.", "unit")
BAD_STATE = Reason("state_unknown", "Mời chọn một trạng thái trong danh sách.", "state")
MAKING = Reason(
    "register_under_way",
    "Sổ anh/chị yêu cầu trước đó đang được lập. Mời chờ xong rồi yêu cầu tiếp.",
)


class Narrowed(TypedDict, total=False):
    """To what a register may be narrowed."""

    unit_id: int | None
    field: str
    state: str


@transaction.atomic
def order_register(
    *,
    post: Post,
    form: str,
    since: date | None,
    until: date | None,
    reason: str = "",
    **narrowed: Unpack[Narrowed],
) -> RegisterOrder:
    """Yêu cầu lập sổ theo dõi hồ sơ: it is made in the background and waits for whoever asked.

    Law: FRM-07, FRM-08, S-24
    """
    units = {unit.id: unit.name for unit in units_of(post.agency_id)}
    unit_id = narrowed.get("unit_id")
    refuse_if(
        [
            *([] if form in KINDS else [NOT_CHOSEN]),
            *([] if unit_id is None or unit_id in units else [BAD_UNIT]),
            *([] if narrowed.get("state", "") in register.STATES else [BAD_STATE]),
            *register.period_objections(since, until),
        ]
    )
    assert since is not None and until is not None  # the objections have said so
    wanted = register.Wanted(since, until, **narrowed)
    hold_post(post.pk)
    refuse_if([MAKING] if register.is_under_way(post) else [])
    total = register.chosen(post, wanted).count()
    refuse_if(_too_many(total) or register.reason_objections(total, reason))
    scope = _in_words(wanted, units.get(unit_id or 0, ""))
    order = RegisterOrder.objects.create(
        post=post, wanted=wanted.as_json(), scope=scope, form=form, total=total,
        reason=reason, asked_at=clock.now(),
    )  # fmt: skip
    record(
        post.actor, "dossier.register_asked", post.actor.key, at=order.asked_at,
        order=order.pk, scope=scope, form=form, total=total, note=reason,
    )  # fmt: skip
    publish(RegisterAsked(order.pk))
    return order


def make_register(order_id: int) -> None:
    """Lập sổ: read, write, keep; twice is once, and a job cut short begins anew."""
    order = RegisterOrder.objects.select_related("post").filter(pk=order_id).first()
    if order is None:
        raise NotFound
    if order.ready_at is not None:
        return
    place = Path(settings.FILES_ROOT) / "drafts"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place / f"register-{order.pk}-{uuid4().hex}"  # another may be making it at this moment
    spool = path.with_suffix(".rows")
    try:
        # The head tells how many follow: that is known once all were read, not when it was asked for.
        total = _read(order, spool)
        head, rows = _head(order, total), _spooled(spool)
        if order.form == "pdf":
            words = template_on(head.heading.form_set, head.kind, localdate(order.asked_at))
            pages = book.write_pdf(path, head, rows, words, lambda done: _told(order, done))
        else:
            pages = spreadsheet.write_xlsx(path, head, rows, lambda done: _told(order, done)) and 1
        with transaction.atomic():
            if not RegisterOrder.objects.select_for_update().filter(pk=order.pk, ready_at=None):
                return  # the other was faster
            kept = keep_made(
                path, KEPT_AS[order.form], pages, f"so-theo-doi-{order.pk}.{order.form}"
            )
            RegisterOrder.objects.filter(pk=order.pk).update(
                digest=kept.digest, ready_at=clock.now(), total=total, done=total
            )
    finally:
        path.unlink(missing_ok=True)
        spool.unlink(missing_ok=True)


def _read(order: RegisterOrder, spool: Path) -> int:
    """Read every row once, into a file beside the register; says how many there were."""
    total = 0
    with spool.open("wb") as file:
        for batch in register.read_through(order.post, register.wanted_from(order.wanted)):
            for row in batch:
                pickle.dump(row, file)
            total += len(batch)
    return total


def _spooled(spool: Path) -> Iterator[RegisterRow]:
    """The rows as they were read, one in memory at a time."""
    end = spool.stat().st_size
    with spool.open("rb") as file:
        while file.tell() < end:
            yield pickle.load(file)


def _told(order: RegisterOrder, done: int) -> None:
    """How far it is, for whoever looks."""
    RegisterOrder.objects.filter(pk=order.pk).update(done=min(done, order.total))


def _head(order: RegisterOrder, total: int) -> DossierRegister:
    agency, at = agency_facts(order.post.agency_id), localtime(order.asked_at)
    law = profile_on(at.date(), agency.code)
    number = f"{order.pk}/{LETTERS[SlipKind.REGISTER]}"
    sealed = SealedPaper("", "", "", SlipKind.REGISTER, number, at, form_set=law.form_set)
    office = Office(agency.name, settings.AUTHORITY["place"])
    heading = ListHeading(
        replace(office, phone=agency.phone, website=settings.PORTAL_URL), number, at,
        qr_payload(sealed), law.form_set, law.basis_of("register"),
    )  # fmt: skip
    wanted = register.wanted_from(order.wanted)
    years = sorted({str(wanted.since.year), str(wanted.until.year)})
    return DossierRegister(heading, " - ".join(years), order.scope, (), total)


def _in_words(wanted: register.Wanted, unit: str) -> str:
    parts = [unit or "Mọi đơn vị", f"lĩnh vực {wanted.field}" if wanted.field else "mọi lĩnh vực"]
    parts.append(f"tiếp nhận từ {wanted.since:%d/%m/%Y} đến {wanted.until:%d/%m/%Y}")
    if wanted.state:
        parts.append(register.STATES[wanted.state].lower())
    return "; ".join(parts)


def _too_many(total: int) -> list[Reason]:
    if total <= register.MOST:
        return []
    text = f"Có {total} hồ sơ, mỗi sổ nhiều nhất {register.MOST}. Mời chọn khoảng ngắn hơn."
    return [Reason("register_too_long", text, "until")]
