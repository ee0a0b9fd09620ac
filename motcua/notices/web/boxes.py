"""The pages of an inbox, the same for citizens and officials; each front says whose it is."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from motcua.core.text import clean
from motcua.notices import queries
from motcua.notices.actions import sending as actions
from motcua.notices.types import Inbox


@dataclass(frozen=True)
class Front:
    """Where an inbox is shown: the space of its addresses, the frame around it, what is empty."""

    space: str
    base: str
    home: str
    home_text: str
    empty: str
    choose: str = ""  # where its owner says how else they want to be told


def listed(request: HttpRequest, front: Front, whose: Inbox) -> HttpResponse:
    """Everything the house wrote to this reader, newest first."""
    before = clean(request.GET.get("truoc", ""))
    page = queries.inbox(whose, before or None)
    here = reverse(f"{front.space}:inbox")
    shown = {
        "front": front,
        "page": page,
        "rows": [(row, reverse(f"{front.space}:inbox_message", args=[row.token])) for row in page.rows],
        "read_all": reverse(f"{front.space}:inbox_read_all"),
        "older": f"{here}?truoc={page.older}" if page.older else "",
        "newest": here if before else "",
    }  # fmt: skip
    return render(request, "notices/inbox.html", shown)


def opened(request: HttpRequest, front: Front, whose: Inbox, token: str) -> HttpResponse:
    """One message; opening it is reading it."""
    found = queries.inbox_message(whose, token)
    actions.read_message(whose=whose, token=token)
    shown = {"front": front, "message": found, "inbox": reverse(f"{front.space}:inbox")}
    return render(request, "notices/message.html", shown)


def marked(request: HttpRequest, front: Front, whose: Inbox) -> HttpResponse:
    """The “Đánh dấu tất cả đã đọc” button."""
    count = actions.read_all(whose=whose)
    messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return redirect(f"{front.space}:inbox")
