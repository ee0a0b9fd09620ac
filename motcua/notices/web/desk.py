"""The inbox of an official, in the post they act in: what is theirs in another post is not here."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.agencies.web import post_of, post_required
from motcua.core.actors import Role
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
KEEPERS = replace(
    FRONT,
    home="/quan-tri/",
    home_text="Về trang quản trị",
    empty="Vị trí này chưa có thông báo nào. Khi có lịch làm việc, hồ sơ pháp lý hay mẫu giấy chờ duyệt, "
    "thông báo sẽ hiện ở đây và được gửi tới thư điện tử của ông/bà.",
)


@require_GET
@never_cache
@post_required()
def inbox(request: HttpRequest) -> HttpResponse:
    """“Thông báo” at the desk: everything the house wrote to this post, newest first."""
    return boxes.listed(request, _front(request), _mine(request))


@require_GET
@never_cache
@post_required()
def message(request: HttpRequest, token: str) -> HttpResponse:
    """One message; opening it is reading it."""
    return boxes.opened(request, _front(request), _mine(request), token)


@require_POST
@post_required()
def read_all(request: HttpRequest) -> HttpResponse:
    """The “Đánh dấu tất cả đã đọc” button."""
    return boxes.marked(request, FRONT, _mine(request))


def _front(request: HttpRequest) -> boxes.Front:
    return KEEPERS if post_of(request).role == Role.KEEPER else FRONT


def _mine(request: HttpRequest) -> ToPost:
    return ToPost(post_of(request).pk)
