"""An official's desk: the post one acts in, the worklists, the search, and steps on many dossiers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.agencies.queries import case_posts
from motcua.agencies.web import choose_post, post_of, post_required, posts_of
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.core.text import whole_number
from motcua.dossiers import consulting_queries, desk_queries, queries
from motcua.dossiers.actions import bulk as many
from motcua.dossiers.pages import Preview
from motcua.dossiers.urging_documents import may_sign
from motcua.dossiers.web.desk_assign import StepDatesForm
from motcua.dossiers.web.desk_clock import with_clocks
from motcua.dossiers.web.desk_forms import FilterForm
from motcua.dossiers.web.desk_frame import LAST_LIST, desk_page
from motcua.dossiers.web.desk_statistics import of_the_year
from motcua.dossiers.workflow import Status, Step, open_steps

if TYPE_CHECKING:
    from motcua.agencies.models import Post

MOST_AT_ONCE = 50
TAKING_OVER = "cho-nhan-ban-giao"
LATE = ("sap-den-han", "qua-han")  # the lists from which a unit is urged


@dataclass(frozen=True)
class Bulk:
    """A step that can be taken on many dossiers at once, and who may."""

    text: str
    role: Role
    run: Callable[..., object]
    question: str = ""  # what must be chosen once for all of them
    promise: str = ""  # what pressing “Thực hiện” says of them
    is_looked_through: bool = False  # each dossier needs the tick that its papers were found right

    def is_blank(self, chosen: str, right: set[str]) -> bool:
        """Whether the page of this step was sent without what it asks for."""
        return not right if self.is_looked_through else bool(self.question and not chosen)


@dataclass(frozen=True)
class Result:
    """What became of one dossier of a bulk step."""

    reference: str
    is_done: bool
    text: str


@dataclass(frozen=True)
class Chosen:
    """What was chosen once for all dossiers: who gets them, and by when they are to be done."""

    one: str = ""
    finish_by: datetime | None = None
    by_share: bool = False


def _accept(post: "Post", reference: str, revision: int, chosen: Chosen, right: bool) -> None:
    many.accept_unopened(post=post, reference=reference, revision=revision, found_right=right)


def _assign(post: "Post", reference: str, revision: int, chosen: Chosen, right: bool) -> None:
    assignee = whole_number(chosen.one) or 0  # which nobody has
    many.assign_unopened(
        post=post, reference=reference, revision=revision, assignee_id=assignee,
        finish_by=chosen.finish_by, by_share=chosen.by_share,
    )  # fmt: skip


def _decide(post: "Post", reference: str, revision: int, chosen: Chosen, right: bool) -> None:
    many.decide_unopened(post=post, reference=reference, revision=revision)


BULK = {
    "accept": Bulk(
        "Tiếp nhận đã chọn",
        Role.DESK_OFFICER,
        _accept,
        promise="Chỉ hồ sơ anh/chị đánh dấu “Tất cả đạt” được tiếp nhận; hồ sơ khác ở lại danh sách.",
        is_looked_through=True,
    ),
    "assign": Bulk("Phân công đã chọn", Role.UNIT_HEAD, _assign, "Phân công cho"),
    "decide": Bulk("Ký duyệt đã chọn", Role.APPROVER, _decide),
}


@require_GET
@post_required()
def home(request: HttpRequest) -> HttpResponse:
    """The desk opens at the list where this post's work begins."""
    post = post_of(request)
    if post.role not in queries.HOME:
        raise NotFound
    return redirect("desk:list", worklist=queries.HOME[post.role])


@require_http_methods(["GET", "POST"])
@post_required()
def posts(request: HttpRequest) -> HttpResponse:
    """In which post the official acts, when the account has several."""
    if request.method == "POST":
        post = choose_post(request, whole_number(request.POST.get("post", "")) or 0)
        return redirect("backoffice:home" if post.role == Role.KEEPER else "desk:home")
    return desk_page(request, "desk/posts.html", {"posts": posts_of(request)})


@require_GET
@post_required()
def worklist(request: HttpRequest, worklist: str) -> HttpResponse:
    """One worklist, what is left of the clock first."""
    post = post_of(request)
    if not queries.is_theirs(post, worklist):
        raise NotFound
    form = FilterForm(request.GET, auto_id="loc-%s")
    wanted = form.wanted()
    found = queries.desk_list(post, worklist, wanted, request.GET.get("tiep", ""))
    if request.session.get(LAST_LIST) != worklist:
        request.session[LAST_LIST] = worklist  # J and K on a dossier go on in this list
    context = {
        "desk": found,
        "worklist": found.worklist,
        "worklists": found.worklists,
        "rows": with_clocks(found.rows),
        "form": form,
        "is_filtered": bool(wanted),
        "next_url": _next_url(request, found.next_cursor),
        "bulk": _bulk_open(post, found.worklist.statuses),
        "can_file": post.role == Role.DESK_OFFICER,
        "is_head": post.role == Role.UNIT_HEAD,
        "is_registrar": post.role == Role.REGISTRAR,
        "can_hand_over": post.role == Role.DESK_OFFICER
        and Status.ACCEPTED in found.worklist.statuses,
        "can_urge": worklist in LATE and may_sign(post),
        "coming": consulting_queries.papers_coming(post) if worklist == TAKING_OVER else [],
        **of_the_year(post),
    }
    return desk_page(request, "desk/list.html", context)


def _bulk_open(post: "Post", statuses: Sequence[Status]) -> list[tuple[str, Bulk]]:
    """The steps this post can take on many dossiers of a list."""
    return [
        (name, step)
        for name, step in BULK.items()
        if any(Step(name) in open_steps(status, Role(post.role)) for status in statuses)
    ]


def _next_url(request: HttpRequest, cursor: str | None) -> str:
    """The address of the next page, with the same filters."""
    kept = {key: value for key, value in request.GET.items() if key != "tiep" and value}
    return "?" + urlencode(kept | {"tiep": cursor}) if cursor else ""


@require_POST
@post_required()
def bulk(request: HttpRequest) -> HttpResponse:
    """A step on the dossiers ticked: first what will be done, then a result per dossier."""
    post = post_of(request)
    name = request.POST.get("do", "")
    if name not in BULK or BULK[name].role != post.role:
        raise NotFound
    ticked = _ticked(request)
    back = request.POST.get("back", "")
    if objection := _too_few_or_many(len(ticked)):
        messages.warning(request, objection)
        return redirect("desk:home")
    step, right = BULK[name], set(request.POST.getlist("dat"))
    chosen, is_confirmed = request.POST.get("chosen", ""), "confirm" in request.POST
    is_blank = step.is_blank(chosen, right)
    dates = StepDatesForm(request.POST if is_confirmed else None, auto_id="han-%s")
    is_wrong = is_confirmed and not dates.is_valid()
    context: dict[str, Any] = {
        "do": name, "bulk": step, "right": right, "chosen": chosen, "dates": dates,
        "back": back if back.startswith("/can-bo/") else "",
    }  # fmt: skip
    shown: dict[str, Preview] = {}
    if is_blank or is_wrong or not is_confirmed:
        shown = desk_queries.previews(post, [reference for reference, _ in ticked])
        if step.is_looked_through:  # what needs no paper needs no tick
            is_blank = is_blank and any(preview.papers for preview in shown.values())
    if is_confirmed and not is_blank and not is_wrong:
        given = _chosen(chosen, dates)
        results = [_one(step, post, ref, seen, given, ref in right) for ref, seen in ticked]
        done = sum(result.is_done for result in results)
        context |= {"results": results, "done": done, "left": len(results) - done}
        return desk_page(request, "desk/bulk_done.html", context)
    context["is_unanswered"] = is_confirmed and is_blank
    context["ticked"] = [(ref, revision, shown.get(ref)) for ref, revision in ticked]
    context["first_tick"] = next((r for r, _ in ticked if r in shown and shown[r].papers), "")
    context["choices"] = case_posts(post.unit_id) if step.question else []
    return desk_page(request, "desk/bulk.html", context, status=422 if is_confirmed else 200)


def _chosen(one: str, dates: StepDatesForm) -> Chosen:
    by_share = dates.cleaned_data["finish"] == "share"
    return Chosen(one, dates.finish_by, by_share)


def _too_few_or_many(ticked: int) -> str:
    if not ticked:
        return "Chưa chọn hồ sơ nào. Mời anh/chị đánh dấu hồ sơ rồi bấm lại."
    if ticked > MOST_AT_ONCE:
        return f"Mỗi lần làm nhiều nhất {MOST_AT_ONCE} hồ sơ. Mời anh/chị bỏ bớt rồi bấm lại."
    return ""


def _ticked(request: HttpRequest) -> list[tuple[str, int]]:
    """The dossiers ticked, each with the revision that its row showed."""
    found = []
    for value in request.POST.getlist("chon"):
        reference, _, seen = value.rpartition("@")
        if reference and (revision := whole_number(seen)) is not None:
            found.append((reference, revision))
    return found


def _one(
    step: Bulk, post: "Post", reference: str, revision: int, chosen: Chosen, right: bool
) -> Result:
    """Take the step on one dossier; a refusal is a result like any other."""
    try:
        step.run(post, reference, revision, chosen, right)
    except Refused as no:
        return Result(reference, False, " ".join(reason.text for reason in no.reasons))
    except NotFound:
        return Result(reference, False, "Không còn hồ sơ này trong danh sách của anh/chị.")
    return Result(reference, True, "Xong")
