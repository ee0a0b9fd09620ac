"""The inbox of an official, in the post they act in: what is theirs in another post is not here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.agencies.web import post_of, post_required
from motcua.notices.types import ToPost
from motcua.notices.web import boxes

FRONT = boxes.Front(
    space="desk",
    base="base_desk.html",
    home="/can-bo/",
    home_text="Về danh sách việc",
    empty="Vị trí này chưa có thông báo nào. Khi một hồ sơ sắp hoặc đã quá hạn trả lời tiếp nhận, "
    "thông báo sẽ hiện ở đây và được gửi tới thư điện tử của ông/bà.",
)


@require_GET
@never_cache
@post_required()
def inbox(request: HttpRequest) -> HttpResponse:
    """“Thông báo” at the desk: everything the house wrote to this post, newest first."""
    return boxes.listed(request, FRONT, _mine(request))


@require_GET
@never_cache
@post_required()
def message(request: HttpRequest, token: str) -> HttpResponse:
    """One message; opening it is reading it."""
    return boxes.opened(request, FRONT, _mine(request), token)


@require_POST
@post_required()
def read_all(request: HttpRequest) -> HttpResponse:
    """The “Đánh dấu tất cả đã đọc” button."""
    return boxes.marked(request, FRONT, _mine(request))


def _mine(request: HttpRequest) -> ToPost:
    return ToPost(post_of(request).pk)
