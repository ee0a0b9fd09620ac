"""Pages of those who run the house."""

from django.urls import path

from motcua.sites.backoffice import notices, pages

app_name = "backoffice"

urlpatterns = [
    path("", pages.home, name="home"),
    path("thu/", notices.letters, name="letters"),
    path("mau/", notices.templates, name="templates"),
    path("mau/<slug:template>/<slug:channel>/", notices.template, name="template"),
]
