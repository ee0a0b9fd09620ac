"""Pages of those who run the house."""

from django.urls import path

from motcua.sites.backoffice import (
    alarms,
    calendars,
    forms,
    notices,
    pages,
    profiles,
    reasons,
    recounts,
)

app_name = "backoffice"

urlpatterns = [
    path("", pages.home, name="home"),
    path("canh-bao/", alarms.alarms, name="alarms"),
    path("thu/", notices.letters, name="letters"),
    path("mau/", notices.templates, name="templates"),
    path("mau/<slug:template>/<slug:channel>/", notices.template, name="template"),
    path("mau-giay/", forms.forms, name="forms"),
    path("mau-giay/<slug:form_set>/<slug:kind>/", forms.form, name="form"),
    path("mau-giay/<slug:form_set>/<slug:kind>/<int:version>/", forms.version, name="form_version"),
    path("lich/", calendars.calendars, name="calendars"),
    path("lich/<int:year>/", calendars.calendar, name="calendar"),
    path("lich/de-nghi/<int:number>/", calendars.draft, name="calendar_draft"),
    path("lich/ban/<int:edition>/", recounts.edition, name="edition"),
    path("lich/tinh-lai/<int:recount_id>/", recounts.recount, name="recount"),
    path("ly-do-bo-sung/", reasons.reasons, name="reasons"),
    path("ly-do-bo-sung/them/", reasons.fresh, name="reason_add"),
    path("ly-do-bo-sung/ly-do/<slug:code>/", reasons.reason, name="reason"),
    path("phap-ly/", profiles.profiles, name="profiles"),
    path("phap-ly/<slug:profile>/<int:version>/", profiles.version, name="profile"),
    path("phap-ly/<slug:profile>/soan/", profiles.draft, name="profile_draft"),
]
