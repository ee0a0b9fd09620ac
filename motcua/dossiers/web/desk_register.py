"""Sổ theo dõi hồ sơ at the desk: asking for a register, seeing how far it is, taking it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from motcua.agencies.queries import units_of
from motcua.agencies.web import post_of, post_required
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.days import a_day
from motcua.core.errors import Reason, Refused
from motcua.dossiers import queries, register
from motcua.dossiers.actions.registers import KINDS, order_register
from motcua.dossiers.rules.reading import NOTE_LONGEST
from motcua.dossiers.web.desk_frame import desk_page
from motcua.dossiers.web.files import download
from motcua.files.queries import read_file
from motcua.procedures.queries import field_names

FORMS = (("pdf", "PDF, khổ A4, để in"), ("xlsx", "Bảng tính XLSX"))
PARTS = ("day", "month", "year")
NOBODY = -1  # no unit has this number


@dataclass(frozen=True)
class Order:
    """A register as the page shows it."""

    id: int
    scope: str
    form: str
    asked_at: Any
    total: int
    done: int
    is_ready: bool
    is_gone: bool
    is_given_up: bool


@require_http_methods(["GET", "POST"])
@post_required(Role.DESK_OFFICER, Role.APPROVER)
def registers(request: HttpRequest) -> HttpResponse:
    """What to list and in which form; under it the registers asked for last."""
    if request.method == "GET":
        return _page(request, _this_year())
    longest = {"reason": NOTE_LONGEST + 1}
    typed = {
        name: value[: longest.get(name, 200)]
        for name, value in request.POST.items()
        if isinstance(value, str)
    }
    days = {
        name: a_day(*(typed.get(f"{name}-{part}", "") for part in PARTS))
        for name in ("since", "until")
    }
    try:
        order_register(
            post=post_of(request), form=typed.get("form", ""), unit_id=_unit(typed),
            field=typed.get("field", ""), state=typed.get("state", ""), **days,
            reason=typed.get("reason", "").strip(),
        )  # fmt: skip
    except Refused as no:
        return _page(request, typed, no.reasons)
    messages.success(request, "Đã nhận yêu cầu. Sổ đang được lập; mời xem tiến độ bên dưới.")
    return redirect("desk:registers")


@require_GET
@post_required(Role.DESK_OFFICER, Role.APPROVER)
def file(request: HttpRequest, register_id: int) -> HttpResponse:
    """A register that is ready, for the post that asked for it and no other."""
    order = register.order_of(post_of(request), register_id)
    name = f"so-theo-doi-ho-so-{order.pk}.{order.form}"
    return download(read_file(order.digest), KINDS[order.form], name)


def _unit(typed: dict[str, str]) -> int | None:
    """The unit chosen: none for all of them, one that is not there for what is no number."""
    text = typed.get("unit", "")
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else NOBODY


def _this_year() -> dict[str, str]:
    today = localdate(clock.now())
    first = {"since-day": "1", "since-month": "1", "since-year": str(today.year)}
    last = (today.day, today.month, today.year)
    until = {f"until-{part}": str(n) for part, n in zip(PARTS, last, strict=True)}
    return first | until | {"form": "pdf"}


def _page(
    request: HttpRequest, typed: dict[str, str], reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    post = post_of(request)
    page = {
        "typed": {name.replace("-", "_"): value for name, value in typed.items()},
        "units": [(str(unit.id), unit.name) for unit in units_of(post.agency_id)],
        "fields": [(name, name) for name in field_names()],
        "states": [(key, text) for key, text in register.STATES.items() if key],
        "forms": FORMS,
        "usual": register.usual_names(),
        "orders": [
            Order(
                each.pk, each.scope, each.form.upper(), each.asked_at, each.total, each.done,
                register.is_kept(each), each.ready_at is not None and not register.is_kept(each),
                register.is_given_up(each),
            )
            for each in register.orders_of(post)
        ],
        "worklists": queries.desk_counters(post),
        "reasons": reasons,
        "errors": {reason.field: reason.text for reason in reasons} or None,
    }  # fmt: skip
    return desk_page(request, "desk/registers.html", page, status=422 if reasons else 200)
