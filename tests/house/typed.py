"""What is typed at the doors: enough for whoever may pass to get through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.procedures.queries import published_terms
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import PASSWORD
from motcua.testing.dossiers import BIRTH
from motcua.workdays.queries import latest_edition
from tests.house.doors import Stage

Typed = Callable[[Stage], dict[str, Any]]


def nothing(stage: Stage) -> dict[str, Any]:
    return {}


def a_page(stage: Stage) -> dict[str, Any]:
    form = published_terms(BIRTH).form
    return as_post(form, form.pages[0].key, valid_answers(form))


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
