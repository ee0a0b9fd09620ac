"""Pages of those who run the house."""

from django.urls import path

from motcua.sites.backoffice import (
    accounts,
    alarms,
    calendars,
    conflicts,
    forms,
    notices,
    pages,
    profiles,
    readings,
    reasons,
    recounts,
)

app_name = "backoffice"

urlpatterns = [
    path("", pages.home, name="home"),
    path("canh-bao/", alarms.alarms, name="alarms"),
    path("tai-khoan/", accounts.accounts, name="accounts"),
    path("tai-khoan/them/", accounts.fresh, name="account_add"),
    path("tai-khoan/<int:account_id>/", accounts.account, name="account"),
    path("luot-xem/", readings.readings, name="readings"),
    path("noi-tai-khoan/", conflicts.conflicts, name="conflicts"),
    path("noi-tai-khoan/<int:conflict_id>/", conflicts.one, name="conflict"),
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
