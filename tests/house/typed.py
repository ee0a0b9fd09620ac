"""What is typed at the doors: enough for whoever may pass to get through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from motcua.core import clock
from motcua.people.joining import conflict
from motcua.procedures.queries import published_terms
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import PASSWORD
from motcua.testing.dossiers import BIRTH, asked_paper
from motcua.workdays.queries import latest_edition
from tests.house.beside import next_open_day
from tests.house.doors import Stage

Typed = Callable[[Stage], dict[str, Any]]


def nothing(stage: Stage) -> dict[str, Any]:
    return {}


def a_page(stage: Stage) -> dict[str, Any]:
    form = published_terms(BIRTH).form
    return as_post(form, form.pages[0].key, valid_answers(form))


def a_mandate(stage: Stage) -> dict[str, Any]:
    days = [f"{clock.now() + timedelta(days=n):%d/%m/%Y}" for n in (0, 9)]
    return {
        "attorney_number": "066194000012", "attorney_name": "H' Hen Niê", "kind": "hired",
        "procedures": "", "from_on": days[0], "to_on": days[1], "result_store": "none",
        "document": "FILE",
    }  # fmt: skip


def keeping_apart(stage: Stage) -> dict[str, Any]:
    seen = conflict(stage.beside.places["conflict_id"]).seen
    return {"do": "apart", "reason": "Không đúng người.", "seen": seen}


def a_delivery(stage: Stage) -> dict[str, Any]:
    revision = stage.dossiers["ready"].revision
    return {"revision": revision, "receiver_name": "Lan", "receiver_identity": "079190000001"}


def a_filing(stage: Stage) -> dict[str, Any]:
    terms = published_terms(BIRTH)
    slots = [slot.code for slot in terms.slots if slot.required]
    dossier = {
        "procedure_code": BIRTH, "agency_code": stage.cast.ward.code,
        "applicant": {"name": "Nguyễn Thị Lan"}, "answers": valid_answers(terms.form),
        "papers": [{"slot": slot, "name": f"{slot}.pdf"} for slot in slots],
    }  # fmt: skip
    key = {"Idempotency-Key": "cua-vao-0001"}
    return {"dossier": dossier, "files": ["FILE"] * len(slots), "HEADERS": key}


def a_new_password(stage: Stage) -> dict[str, Any]:
    return {"oldpassword": PASSWORD, **dict.fromkeys(("password1", "password2"), "thuyen-xuoi-9")}


def ticked(stage: Stage) -> dict[str, Any]:
    sent = stage.dossiers["sent"]
    return {
        "do": "accept",
        "confirm": "1",
        "chon": f"{sent.reference}@{sent.revision}",
        "dat": sent.reference,
    }


def a_register_asked(stage: Stage) -> dict[str, Any]:
    days = {
        f"{name}-{part}": n
        for name in ("since", "until")
        for part, n in zip(("day", "month", "year"), (1, 1, 2026), strict=True)
    }
    return days | {"form": "xlsx"}


def an_agreement(stage: Stage) -> dict[str, Any]:
    return {"do": "approve", "revision": 2, "edition": latest_edition()}


def handing_over(stage: Stage) -> dict[str, Any]:
    taken = stage.dossiers["taken"]
    unit = stage.cast.hoa.unit_id
    return {"chon": f"{taken.reference}@{taken.revision}", "unit": unit, "confirm": "1"}


def an_urging(stage: Stage) -> dict[str, Any]:
    return {
        "don-vi": stage.cast.hoa.unit_id, "chon": stage.dossiers["slow"].reference,
        "text": "Đề nghị khẩn trương.", "answer_by": f"{next_open_day(stage.cast):%d/%m/%Y}",
    }  # fmt: skip


def a_turning_back(stage: Stage) -> dict[str, Any]:
    handed = stage.dossiers["handed"]
    chosen = f"{handed.reference}@{handed.revision}"
    return {"do": "back", "chon": chosen, "note": "Thiếu bản chính."}


def a_code(stage: Stage) -> dict[str, Any]:
    revision = stage.dossiers["examined"].revision
    return {"code": "H99.31-261119-0042", "reason": "Gõ sai ngày.", "revision": revision}


def a_new_date(stage: Stage) -> dict[str, Any]:
    examined = stage.dossiers["examined"]
    new = datetime.fromisoformat(examined.approvals.get().facts["due_at"])
    return {
        "do": "sign", "day": f"{localtime(new):%d/%m/%Y}", "hour": f"{localtime(new):%H:%M}",
        "reason": "Chờ xác minh.", "revision": examined.revision,
    }  # fmt: skip


def a_consultation(stage: Stage) -> dict[str, Any]:
    examined = stage.dossiers["examined"]
    assert examined.due_at is not None
    return {
        "revision": examined.revision, "lines": "1", "unit-1": stage.cast.binh.unit_id,
        "content-1": "Nơi cư trú có tranh chấp không?",
        "due-1": f"{localtime(examined.due_at):%d/%m/%Y}",
    }  # fmt: skip


def a_passing(stage: Stage) -> dict[str, Any]:
    sent = stage.dossiers["sent"]
    why = "Nơi cư trú của người nộp ở xã Tân Hòa."
    return {"revision": sent.revision, "agency": stage.cast.commune.pk, "note": why}


def a_shared_plan(stage: Stage) -> dict[str, Any]:
    first = {"unit-1": stage.cast.binh.unit_id, "task-1": "Xác nhận nơi cư trú."}
    lead = {"unit-2": stage.cast.mai.unit_id, "task-2": "Tổng hợp.", "role-2": "lead"}
    limits = {
        f"{name}-{n}": said
        for n in (1, 2)
        for name, said in (("amount", "1"), ("per", "working_hour"))
    }
    return {"revision": stage.dossiers["examined"].revision, "lines": "2"} | first | lead | limits


def a_correction(stage: Stage) -> dict[str, Any]:
    examined = stage.dossiers["examined"]
    paper = asked_paper(examined)
    return {"revision": examined.revision, "muc": paper, f"ly-do-{paper}": "blurred"}


def going_on(stage: Stage) -> dict[str, Any]:
    return {"revision": stage.dossiers["back"].revision, "du": "1"}
