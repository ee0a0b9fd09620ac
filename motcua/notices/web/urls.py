"""The citizen's inbox, as the portal includes it."""

from django.urls import path

from motcua.notices.web import choosing, portal

urlpatterns = [
    path("tai-khoan/thong-bao/", choosing.ways, name="ways"),
    path("thong-bao/", portal.inbox, name="inbox"),
    path("thong-bao/da-doc/", portal.read_all, name="inbox_read_all"),
    path("thong-bao/<str:token>/", portal.message, name="inbox_message"),
]
