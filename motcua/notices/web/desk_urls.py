"""The official's inbox, as the desk includes it."""

from django.urls import path

from motcua.notices.web import desk

urlpatterns = [
    path("thong-bao/", desk.inbox, name="inbox"),
    path("thong-bao/da-doc/", desk.read_all, name="inbox_read_all"),
    path("thong-bao/<str:token>/", desk.message, name="inbox_message"),
]
