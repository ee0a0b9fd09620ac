"""Pages of those who run the house."""

from django.urls import path

from motcua.sites.backoffice import pages

app_name = "backoffice"

urlpatterns = [
    path("", pages.home, name="home"),
]
