"""The citizens' pages of the catalogue: home, answers, one procedure, site map, questions."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.core.text import clean
from motcua.law.queries import filing_place
from motcua.procedures import rules
from motcua.procedures.queries import (
    abolition_of,
    catalogue_tree,
    find,
    life_events,
    procedure_page,
    published_codes,
    served_events,
)
from motcua.procedures.types import Answer, ChannelTerm, Detail, Filters

PAGE = 10
_PUBLIC = ("home", "search", "site_map", "questions", "statistics")
GONE = 410
LONGEST_QUESTION = 300
FILTERS = {
    "su-kien": "event",
    "linh-vuc": "field",
    "co-quan": "agency",
    "cap": "level",
    "doi-tuong": "audience",
}
NOT_FOR_ENGINES = (
    "/ho-so/", "/thong-bao/", "/tai-khoan/", "/tra-cuu/?", "/xac-minh/", "/thu-tuc/*/nop/",
    "/can-bo/", "/quan-tri/", "/api/", "/csp/", "/ngon-ngu/",
)  # fmt: skip
FACET_TITLES = {
    "audience": ("doi-tuong", "Dành cho"),
    "level": ("cap", "Cấp giải quyết"),
    "field": ("linh-vuc", "Lĩnh vực"),
    "agency": ("co-quan", "Cơ quan"),
}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, the life events that have an answer, tracking, a telephone number."""
    return render(request, "portal/procedures/home.html", {"events": served_events()})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The answers to a question, with ways to narrow them."""
    question = clean(request.GET.get("q", ""))[:LONGEST_QUESTION]
    chosen = {
        name: value
        for name in FILTERS
        if (value := clean(request.GET.get(name, ""))[:LONGEST_QUESTION])
    }
    offset = _offset(request.GET.get("tu", ""))
    filters = Filters(**{FILTERS[name]: value for name, value in chosen.items()})
    answer = find(question, filters, limit=PAGE, offset=offset)
    if question and answer.total == 1 and question == answer.found[0].code:
        return redirect("portal:procedure", code=question)
    kept = {"q": question, **chosen} if question else dict(chosen)
    more = offset + PAGE < answer.total
    page: dict[str, Any] = {
        "question": question,
        "answer": answer,
        "event": next((e for e in life_events() if e.slug == filters.event), None),
        "chosen": [(value, _link(kept, **{name: ""})) for name, value in chosen.items()
                   if name != "su-kien"],
        "hidden": list(chosen.items()),
        "groups": _groups(answer, kept),
        "first": offset + 1,
        "last": offset + len(answer.found),
        "next": _link(kept, tu=str(offset + PAGE)) if more else "",
        "prev": _link(kept) if offset else "",
        "examples": ("đăng ký khai sinh", "mở quán cà phê", "xác nhận độc thân", "chuyển hộ khẩu"),
    }  # fmt: skip
    return render(request, "portal/procedures/search.html", page)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure as a worried person reads it; one that is bãi bỏ says so (410)."""
    try:
        page = procedure_page(code)
    except NotFound:
        return _abolished(request, code)
    detail = page.detail
    papers = [slot for slot in page.slots if slot.required and not slot.case]
    maybe = [slot for slot in page.slots if not slot.required and not slot.case]
    cases = [
        (case, [slot for slot in page.slots if slot.case == case])
        for case in dict.fromkeys(slot.case for slot in page.slots if slot.case)
    ]
    context: dict[str, Any] = {
        "page": page,
        "detail": detail,
        "papers": papers,
        "maybe": maybe,
        "cases": cases,
        "channels": [channel_row(term) for term in detail.channels],
        "templates": _templates(detail),
        "place": filing_place(code, clock.now().date()),
        "start_url": f"/thu-tuc/{detail.code}/nop/",
    }
    return render(request, "portal/procedures/procedure.html", context)


def _templates(detail: Detail) -> list[tuple[str, str]]:
    """(name, address) of the forms to download; only what is a web address is linked."""
    given = [(slot.form_name or slot.name, slot.form_url) for slot in detail.slots
             if slot.form_name or slot.form_url]  # fmt: skip
    given += [(one.name, one.url) for one in detail.form_files]
    return [(name, url if url.startswith(("https://", "http://")) else "") for name, url in given]


def _abolished(request: HttpRequest, code: str) -> HttpResponse:
    """Since when and by which decision a procedure is bãi bỏ; one that never was is not found."""
    if (gone := abolition_of(code)) is None:
        raise NotFound
    return render(request, "portal/procedures/abolished.html", {"gone": gone}, status=GONE)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """The site as a tree of words: every published procedure under its field."""
    return render(request, "portal/procedures/site_map.html", {"tree": catalogue_tree()})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Questions people ask and their answers."""
    hotline = settings.AUTHORITY["hotline"]
    items = [(q, answer.replace("{hotline}", hotline)) for q, answer in _questions()]
    return render(request, "portal/procedures/questions.html", {"items": items})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of the public pages, for search engines."""
    places = [reverse(f"portal:{name}") for name in _PUBLIC]
    places += [reverse("portal:procedure", args=[code]) for code, _ in published_codes()]
    lines = "".join(f"<url><loc>{settings.PORTAL_URL}{place}</loc></url>" for place in places)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, nothing of anybody's, no office."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in NOT_FOR_ENGINES)]
    lines.append(f"Sitemap: {settings.PORTAL_URL}{reverse('portal:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache
def _questions() -> list[tuple[str, str]]:
    """The questions of faq.toml."""
    content = tomllib.loads((Path(__file__).parents[1] / "faq.toml").read_text("utf-8"))
    return [(item["question"], item["answer"]) for item in content["item"]]


def _offset(typed: str) -> int:
    """From which answer on; anything that is not a small number is the start."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else 0


def _link(kept: dict[str, str], **changes: str) -> str:
    """The address of this search with something changed."""
    values = {name: value for name, value in {**kept, **changes}.items() if value}
    return "?" + urlencode(values)


def _groups(answer: Answer, kept: dict[str, str]) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """The facets worth choosing from: (title, [(label, count, address)])."""
    groups = []
    for key, (name, title) in FACET_TITLES.items():
        facets = answer.facets.get(key, ())
        if name in kept or len(facets) < 2:
            continue
        links = [(f.label, f.count, _link(kept, **{name: f.value})) for f in facets]
        groups.append((title, links))
    return groups


def channel_row(term: ChannelTerm) -> tuple[str, str, str, list[str]]:
    """A way to file for the table: its name, its case, its time limit, its fees line by line."""
    time = rules.limit_text(term.duration, [term])
    fees = [f"{amount}{': ' if note else ''}{note}" for amount, note in rules.fee_lines(term.fees)]
    beside = term.case or ("" if term.note == time else term.note)
    return term.channel_name, beside, time, fees or [rules.fee_text([term])]
