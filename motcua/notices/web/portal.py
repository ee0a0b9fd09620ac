"""The citizen's inbox on the portal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.core.text import clean
from motcua.notices import queries
from motcua.notices.actions import sending as actions
from motcua.people.web import citizen_of, citizen_required


@require_GET
@never_cache
@citizen_required
def inbox(request: HttpRequest) -> HttpResponse:
    """“Thông báo”: everything the house wrote to this person, newest first."""
    before = clean(request.GET.get("truoc", ""))
    page = queries.inbox(citizen_of(request).pk, before or None)
    here = reverse("portal:inbox")
    older = f"{here}?truoc={page.older}" if page.older else ""
    shown = {"page": page, "older": older, "newest": here if before else ""}
    return render(request, "notices/inbox.html", shown)


@require_GET
@never_cache
@citizen_required
def message(request: HttpRequest, token: str) -> HttpResponse:
    """One message; opening it is reading it."""
    person_id = citizen_of(request).pk
    found = queries.inbox_message(person_id, token)
    actions.read_message(person_id=person_id, token=token)
    return render(request, "notices/message.html", {"message": found})


@require_POST
@citizen_required
def read_all(request: HttpRequest) -> HttpResponse:
    """The “Đánh dấu tất cả đã đọc” button."""
    count = actions.read_all(person_id=citizen_of(request).pk)
    messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return redirect("portal:inbox")
