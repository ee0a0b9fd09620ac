"""The catalogue's pages, included by the citizens' site inside the namespace `portal`."""

from django.urls import path

from motcua.procedures.web import portal, sheets

urlpatterns = [
    path("", portal.home, name="home"),
    path("tim/", portal.search, name="search"),
    path("thu-tuc/<str:code>/", portal.procedure, name="procedure"),
    path("thu-tuc/<str:code>/niem-yet/", sheets.posting_sheet, name="posting_sheet"),
    path("thu-tuc/<str:code>/ho-so-mau/", sheets.sample, name="sample"),
    path("niem-yet/", sheets.posting_sheets, name="posting_sheets"),
    path("so-do-cong/", portal.site_map, name="site_map"),
    path("hoi-dap/", portal.questions, name="questions"),
    path("robots.txt", portal.robots, name="robots"),
    path("sitemap.xml", portal.sitemap, name="sitemap"),
]
