"""The citizen's inbox on the portal."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.notices.types import ToPerson
from motcua.notices.web import boxes
from motcua.people.web import citizen_of, citizen_required

FRONT = boxes.Front(
    space="portal",
    base="base_portal.html",
    home="/ho-so/",
    home_text="Xem hồ sơ của tôi",
    choose="/tai-khoan/thong-bao/",
    empty="Ông/bà chưa có thông báo nào. Khi hồ sơ có thay đổi, thông báo sẽ hiện ở đây và được "
    "gửi theo cách ông/bà đã chọn.",
)


@require_GET
@never_cache
@citizen_required
def inbox(request: HttpRequest) -> HttpResponse:
    """“Thông báo”: everything the house wrote to this person, newest first."""
    return boxes.listed(request, FRONT, _mine(request))


@require_GET
@never_cache
@citizen_required
def message(request: HttpRequest, token: str) -> HttpResponse:
    """One message; opening it is reading it."""
    return boxes.opened(request, FRONT, _mine(request), token)


@require_POST
@citizen_required
def read_all(request: HttpRequest) -> HttpResponse:
    """The “Đánh dấu tất cả đã đọc” button."""
    return boxes.marked(request, FRONT, _mine(request))


def _mine(request: HttpRequest) -> ToPerson:
    return ToPerson(citizen_of(request).pk)
